"""Spelling: places, and American English."""

import re

from editorial.content_rules.registry import rule
from sources.choices import Severity

# British spellings and the American ones that this guide uses. Longer words are covered by their beginnings.
AMERICAN = {
    "aetiolog": "etiolog",
    "ageing": "aging",
    "anaesthe": "anesthe",
    "behaviour": "behavior",
    "cancell(?=ed|ing)": "cancel",
    "catalogue": "catalog",
    "centre": "center",
    "colour": "color",
    "counsell": "counsel",
    "defence": "defense",
    "enrolment": "enrollment",
    "favour": "favor",
    "fulfil(?!l)": "fulfill",
    "gynaecolog": "gynecolog",
    "haemato": "hemato",
    "honour": "honor",
    "judgement": "judgment",
    "labour": "labor",
    "learnt": "learned",
    "licence": "license",
    "neighbour": "neighbor",
    "offence": "offense",
    "oncolog(?=ue)": "oncologist",
    "organis(?=ation|e|ing)": "organiz",
    "orthopaed": "orthoped",
    "paediatr": "pediatr",
    "practis(?=e|ing)": "practic",
    "prioritis": "prioritiz",
    "programme(?!d|r)": "program",
    "recognis": "recogniz",
    "realis(?=e|ing|ation)": "realiz",
    "sceptic": "skeptic",
    "specialis(?=e|ing|ation)": "specializ",
    "standardis": "standardiz",
    "summaris": "summariz",
    "theatre": "theater",
    "travell(?=ed|ing|er)": "travel",
    "utilis": "utiliz",
    "whilst": "while",
}
BRITISH = re.compile(rf"(?:{'|'.join(AMERICAN)})")
STARTS_SENTENCE = re.compile(r"(?:^|[.!?:]\s|\n)\W*$")
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\*[^*\n]+\*|\"[^\"\n]*\"")


@rule(
    "Misspelled place",
    Severity.EXCLUDE,
    "A text uses a spelling of a city that is kept among its other names as a misprint, such as “Bengalaru”.",
    "Only misprints that editors recorded are known. What was printed with a figure keeps its spelling for ever.",
)
def misspelled_place(one, content):
    for misprint, right in content.misprints.items():
        if misprint in one.whole and misprint not in quoted(one.whole):
            return f"“{misprint}” is a misprint of {right}."
    return None


@rule(
    "British spelling",
    Severity.NOTE,
    "This guide spells the American way: “center”, “program”, “organization”.",
    "A list of words, no dictionary. Names written with a capital, words quoted or in italics, and titles of sources "
    "and works are left alone.",
)
def british_spelling(one, content):
    for found in BRITISH.finditer(one.lower):
        before = one.whole[: found.start()]
        if before[-1:].isalpha():
            continue
        word = re.match(r"\w+", one.whole[found.start() :])[0]
        named = word[0].isupper() and not STARTS_SENTENCE.search(before)
        if not named and word not in quoted(one.whole):
            return f"“{word}” is spelled the British way."
    return None


def quoted(text):
    return " ".join(QUOTED.findall(text))
