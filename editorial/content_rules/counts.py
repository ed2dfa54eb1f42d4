"""Numbers that a text states of this guide, held against what the guide holds."""

import re

from editorial.content_rules.registry import rule
from sources.choices import Severity

NUMBERS = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
)
TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
PARTS = {  # of a career, by the relation that holds them
    "setting": "careers.careersetting",
    "stage": "careers.careerstage",
    "duty": "careers.duty",
    "requirement": "careers.qualification",
    "qualification": "careers.qualification",
    "question": "careers.question",
}
SECTIONS = {"challenge": "challenge", "tip": "tip", "benefit": "benefit", "project": "project"}
KINDS = {  # of the whole guide
    "career": "careers.career",
    "credential": "careers.credential",
    "work": "readinglist.work",
    "book": "readinglist.work",
    "course": "readinglist.course",
    "list": "readinglist.readinglist",
    "source": "sources.source",
    "disagreement": "sources.disagreement",
}
IN_A_LIST = {
    "course": ["course"],
    "work": ["work"],
    "book": ["work"],
    "title": ["work", "course"],
    "entry": ["work", "course"],
}
IN_A_LIST |= {"item": ["work", "course"]}
PLURALS = {"duties": "duty", "cities": "city", "entries": "entry"}
NOUN = "|".join(
    [*PLURALS, *(f"{noun}s" for noun in {**PARTS, **SECTIONS, **KINDS, **IN_A_LIST} if noun not in PLURALS.values())]
)
COUNTED = re.compile(rf"\b({'|'.join([*NUMBERS[2:], *TENS])}|\d{{1,3}}) (?:\w+ed )?({NOUN})\b", re.IGNORECASE)
# What shows that the text speaks of this guide and not of the world.
OURS = re.compile(
    r"\b(?:this (?:guide|page|site|profile)|below|curated|listed here|we['’]ve|we (?:have )?(?:list|describe|collect))",
    re.IGNORECASE,
)
WHOLE = re.compile(r"\b(?:all|these|the|our|of|for|curated|chosen)\W*$", re.IGNORECASE)


@rule(
    "Stated count differs from the real one",
    Severity.EXCLUDE,
    "A career, a part of its profile or a list says how many courses, works, settings or the like there are here, and "
    "the real number is another. Number words count.",
    "Only where a text shows that it speaks of this guide: “we list”, “this page”, a list about itself. In a list, a "
    "smaller number with more words after it, “two books that look beyond medicine”, may count a part and passes.",
)
def stated_count(one, content):
    if (one.career is None and one.label != "readinglist.readinglist") or not COUNTED.search(one.whole):
        return None
    for sentence in [one.heading, *one.sentences]:
        for found in COUNTED.finditer(sentence):
            stated, noun = number(found[1]), singular(found[2])
            real = real_count(one, content, noun, sentence)
            if real is None or stated == real or (may_be_a_part(one, sentence, found) and stated < real):
                continue
            return f"Says “{found[0]}”; there {'is' if real == 1 else 'are'} {real}."
    return None


def number(text):
    text = text.lower()
    return int(text) if text.isdigit() else TENS.get(text) or NUMBERS.index(text)


def singular(noun):
    return PLURALS.get(noun.lower(), noun.lower().removesuffix("s"))


def real_count(one, content, noun, sentence):
    """How many there are of what the sentence counts; None if it does not count anything of this guide."""
    if one.label == "readinglist.readinglist":
        kinds = IN_A_LIST.get(noun)
        entries = [
            entry.obj for entry in content.by_label["readinglist.listentry"] if entry.obj.reading_list_id == one.obj.pk
        ]
        return sum(any(getattr(entry, f"{kind}_id") for kind in kinds) for entry in entries) if kinds else None
    about_itself = one.label == "careers.career" and noun in ("setting", "stage")
    if one.career is None or not (about_itself or OURS.search(sentence)):
        return None
    if noun == "city":
        return content.city_count
    if noun in PARTS:
        return sum(part.career == one.career for part in content.by_label[PARTS[noun]])
    if noun in SECTIONS:
        passages = content.by_label["careers.passage"]
        return sum(part.career == one.career and part.obj.section == SECTIONS[noun] for part in passages)
    return len(content.by_label[KINDS[noun]]) if noun in KINDS else None


def may_be_a_part(one, sentence, found):
    """Whether a number in the text of a list may count some of its entries only."""
    at_start = not sentence[: found.start()].strip() or WHOLE.search(sentence[: found.start()])
    return one.label == "readinglist.readinglist" and not at_start and bool(re.match(r" \w", sentence[found.end() :]))
