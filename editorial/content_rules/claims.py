"""What a text claims: of law, of the market, of issuers; and whether what the sources say of it is told."""

import re

from editorial.content_rules.registry import rule
from editorial.content_rules.texts import stems
from sources.choices import Severity, Stance, Trust
from sources.models import STATEMENT_FIELDS, Citation

LAWS = {
    "US": r"HIPAA|Medicare|Medicaid|EMTALA|Stark [Ll]aw|Anti-Kickback|ERISA|Affordable Care Act|Joint Commission|DEA",
    "GB": r"NHS|CQC|GMC|Care Quality Commission|General Medical Council",
    "AU": r"AHPRA",
    "DE": r"Approbation|SGB V",
}
LAW = re.compile("|".join(rf"(?P<{code}>(?:{names})\b)" for code, names in LAWS.items()))
ADJECTIVES = {"US": ["U.S.", "American", "federal", "Federal"], "GB": ["English", "British", "Scottish", "Welsh"]}
ADJECTIVES |= {"AU": ["Australian"], "DE": ["German"]}
GROWTH = re.compile(
    r"\b(?:demand|market|jobs?|employment|profession|field|role|post|salar(?:y|ies)|pay|need|opportunities)\b[^.;]{0,80}"
    r"\b(?:grow(?:s|n|ing|th)?|increas(?:e|es|ed|ing)|expand(?:s|ed|ing)?|ris(?:e|es|ing)|boom\w*|soar\w*)\b"
    r"|\b(?:growing|increasing|rising) (?:demand|need|market)\b",
    re.IGNORECASE,
)
ASSERTED = re.compile(
    r"(?:expected|projected|predicted|forecast|significant|rapid|strong|steadi|growing|rising|increasing|boom|soar)"
)
HONEST = re.compile(r"\b(?:unsourced|without (?:a )?(?:source|figures?)|no (?:source|figures?))\b", re.IGNORECASE)
LONG_TEXT = 60  # words; a shorter text cannot keep every promise of its heading
FEWEST_WORDS = 2
PARTS_OF_HEADING = re.compile(r"[?!:;–—] ")
CITED_AS = {Citation._meta.get_field(name).related_model._meta.label_lower: name for name in STATEMENT_FIELDS}


@rule(
    "Law of one country without the country",
    Severity.NOTE,
    "It names a law or an authority of one country (HIPAA, Medicare, the NHS), but neither is it tied to that country "
    "nor does it name the country, one of its states or its adjective.",
    "Only the names on a short list are known. The page around a text may make the country plain.",
)
def law_without_country(one, content):
    if one.country or one.label.startswith("sources.") or one.label.startswith("readinglist."):
        return None
    for found in LAW.finditer(one.whole):
        code = found.lastgroup
        if not any(name in one.whole for name in [*content.places[code], *ADJECTIVES[code]]):
            return f"“{found[0]}” holds in one country ({code}), which is not named."
    return None


@rule(
    "Growth claimed without a figure",
    Severity.DOUBT,
    "It says that demand, pay or the like grows, with no number, or on unverified sources alone.",
    "It is known by its words. A claim that says of itself that it has no source or figure passes, and so does a "
    "number that measures something else.",
)
def growth_without_figure(one, content):
    if one.label.startswith(("sources.", "readinglist.")) or not ASSERTED.search(one.lower) or HONEST.search(one.lower):
        return None
    for sentence in one.sentences:
        if ASSERTED.search(sentence.lower()) and GROWTH.search(sentence):
            if not re.search(r"\d", sentence):
                return f"Claims growth without a figure: “{sentence.strip()}”"
            if not rests_on_named_origin(one, content):
                return f"Claims growth on sources that do not say where it comes from: “{sentence.strip()}”"
    return None


@rule(
    "Credential of another issuer",
    Severity.EXCLUDE,
    "A sentence ties a credential to the issuer of another one and does not name its own.",
    "Only the credentials and issuers recorded here are known, by name or abbreviation. Rejected claims, disagreements "
    "and what stands beside one are left alone: they tell the error as such.",
)
def another_issuer(one, content):
    told = getattr(one.obj, "kind", "") in ("confused-with", "rejected-claim") or getattr(
        one.obj, "disagreement_id", None
    )
    if told or one.label.startswith("sources.") or not any(known.stands_in(one.whole) for known in content.issued):
        return None
    for sentence in [one.heading, *one.sentences]:
        named = [known for known in content.issued if known.named.search(sentence)]
        if len(named) != 1 or named[0].body.search(sentence):
            continue
        for other in content.issued:
            found = other.granted.search(sentence)
            if found and other is not named[0]:
                return f"Ties “{named[0].name}” to {found[1]}; its issuer is {named[0].issuer}."
    return None


@rule(
    "Role placed in two stages",
    Severity.DOUBT,
    "Two stages of one career name the same other role in what people then do, and the later one does not tell that "
    "sources differ.",
    "Only roles with a profile of their own are known, by title or abbreviation. That one of the two is a step in the "
    "past is not seen.",
)
def role_in_two_stages(one, content):
    if one.label != "careers.careerstage" or one.obj.disagreement_id:
        return None
    for career in content.by_label["careers.career"]:
        if career.career == one.career or not career_named(career.obj, one):
            continue
        for other in content.by_label["careers.careerstage"]:
            if other.career == one.career and other.obj.stage < one.obj.stage and career_named(career.obj, other):
                return f"“{career.obj}” stands here and in “{other.obj.get_stage_display()}”."
    return None


@rule(
    "Disputed, but the sides are not told",
    Severity.DOUBT,
    "A requirement is marked as disputed, or a citation contradicts a statement, and no disagreement is tied to it "
    "that tells both sides.",
    "That a source contradicts must be recorded in its citation. Whether the text itself tells it is not seen. Facts "
    "about credentials have a kind of their own for claims that were rejected.",
)
def sides_not_told(one, content):
    if not hasattr(one.obj, "disagreement_id") or one.obj.disagreement_id:
        return None
    if getattr(one.obj, "necessity", "") == "disputed":
        return "Marked as disputed, without the disagreement that names both sides."
    if any(stance == Stance.CONTRADICTS for stance, _ in citations(one, content)):
        return "A source contradicts it, and no disagreement tells both sides."
    return None


@rule(
    "Requirement on unverified word alone",
    Severity.NOTE,
    "No source that says where its facts come from supports a requirement, required or helpful.",
    "It cannot see whether the source gives a reason.",
)
def unverified_requirement(one, content):
    if one.label != "careers.qualification" or rests_on_named_origin(one, content):
        return None
    return "Only sources that do not say where their facts come from name it, or none."


@rule(
    "Heading promises what the text does not keep",
    Severity.NOTE,
    f"A later part of a heading, after a colon or a question mark, shares no word with a text of more than {LONG_TEXT} "
    "words.",
    "A text may keep a promise in other words; a heading of one part is not looked at.",
)
def heading_not_kept(one, content):
    if len(one.body.split()) <= LONG_TEXT:
        return None
    said = stems(one.body)
    for part in PARTS_OF_HEADING.split(one.heading)[1:]:
        words = stems(part)
        if len(words) >= FEWEST_WORDS and not words & said:
            return f"“{part.strip()}” is promised, but the text never speaks of it."
    return None


def career_named(career, stage):
    """Whether a stage says that people then are in this career."""
    text = f"{stage.texts['title']}\n{stage.texts['does']}"
    return career.title.lower() in text.lower() or bool(
        career.short_title and re.search(rf"\b{re.escape(career.short_title)}\b", text)
    )


def citations(one, content):
    """{(stance, trust of the source)} of what it cites."""
    return content.trusts.get((CITED_AS.get(one.label), one.obj.pk), set())


def rests_on_named_origin(one, content):
    """Whether a source supports it that says where its facts come from."""
    found = citations(one, content)
    return any(stance == Stance.SUPPORTS and trust != Trust.UNVERIFIED for stance, trust in found)
