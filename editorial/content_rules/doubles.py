"""The same said twice, in one record or in two."""

from editorial.content_rules.registry import rule
from editorial.content_rules.texts import normal, stems
from sources.choices import Severity

FEWEST_WORDS = 6  # of a sentence; shorter ones may well stand twice
ALIKE = 0.6  # share of their words that two headings have in common
MOSTLY = 0.8  # share of a duty's words that a challenge repeats
FEWEST_SHARED = 3
MOST_ALIKE = 0.75  # share of the pairs of neighboring words that two texts have in common


@rule(
    "Same sentence twice",
    Severity.DOUBT,
    f"A sentence of at least {FEWEST_WORDS} words stands in two records, or twice in one.",
    "A sentence of which one word was changed is another sentence. Notes on sources are left out: two editions of one "
    "document may well be described alike.",
)
def same_sentence(one, content):
    if one.label == "sources.source":
        return None
    seen = set()
    for sentence in one.sentences:
        plain = normal(sentence)
        if len(plain.split()) < FEWEST_WORDS:
            continue
        others = [other for other in content.saying.get(plain, []) if other is not one]
        if others:
            return f"“{sentence.strip()}” stands in “{others[0].obj}” as well."
        if plain in seen:
            return f"“{sentence.strip()}” stands twice in it."
        seen.add(plain)
    return None


@rule(
    "Nearly the same text",
    Severity.DOUBT,
    f"Two descriptions of works, or reasons in lists, share more than {MOST_ALIKE * 100:.0f} percent of their pairs of "
    "neighboring words.",
    "Other texts are not compared. What says the same in other words is not seen.",
)
def nearly_the_same(one, content):
    if one not in content.reading_pairs:
        return None
    own = content.reading_pairs[one]
    for other, pairs in content.reading_pairs.items():
        if (
            other is not one
            and len(own & pairs) > MOST_ALIKE * len(own | pairs)
            and normal(one.body) != normal(other.body)
        ):
            return f"Says nearly what “{other.obj}” says."
    return None


@rule(
    "Same heading twice",
    Severity.DOUBT,
    "Two records of one kind have the same heading within one career or credential, or two works, courses or lists the "
    f"same title; or two questions share {ALIKE * 100:.0f} percent of their words.",
    "Headings of different careers may agree. The same question in quite other words is not seen.",
)
def same_heading(one, content):
    if not one.title or one.label in ("sources.source", "careers.alternativetitle"):
        return None
    if content.headings[one.label, one.page, normal(one.title)] != [one]:
        return f"“{one.title}” is the heading of another {one.obj._meta.verbose_name}, too."
    for other, words in content.questions[one.career] if one.label == "careers.question" else []:
        own = stems(one.title)
        if other is not one and len(own & words) >= max(FEWEST_SHARED, ALIKE * len(own | words)):
            return f"“{one.title}” asks nearly what “{other.title}” asks."
    return None


@rule(
    "Challenge that restates a duty",
    Severity.DOUBT,
    f"A challenge repeats {MOSTLY * 100:.0f} percent of the words of a duty of the same career, or says only “the need "
    "to be able to”.",
    f"A duty in other words is not seen, nor one of fewer than {FEWEST_SHARED} words that carry meaning.",
)
def restated_duty(one, content):
    if one.label != "careers.passage" or one.obj.section != "challenge":
        return None
    if "need to be able to" in one.whole.lower():
        return "“The need to be able to” states a duty. Say what makes it hard."
    own = stems(one.whole)
    for duty, *texts in content.duty_stems[one.career]:
        if any(len(words) >= FEWEST_SHARED and len(own & words) >= MOSTLY * len(words) for words in texts):
            return f"Repeats the duty “{duty.obj}”. Say what makes it hard."
    return None
