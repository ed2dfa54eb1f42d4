"""What grows old or was never checked: reviews, identifications, addresses."""

from datetime import timedelta

from editorial.content_rules.registry import Section, rule
from readinglist.choices import Confidence
from sources.choices import Severity

A_YEAR = timedelta(days=365)
READING = ["readinglist.work", "readinglist.course"]
SOURCE = "sources.source"
LINKED = [*READING, SOURCE]  # kinds with an address elsewhere


@rule(
    "Never reviewed",
    Severity.DOUBT,
    "No editor has recorded a review of the whole profile.",
    "Only the day of the review is known, not how thorough it was.",
    Section.REVIEWS,
)
def never_reviewed(one, content):
    if one.label == "careers.career" and one.obj.reviewed_on is None:
        return "Nobody has recorded a review of the whole profile."
    return None


@rule(
    "Review out of date",
    Severity.DOUBT,
    "A career was last reviewed, or a credential last compared with its sources, more than twelve months ago.",
    "Only the day of the review is known, not how thorough it was.",
    Section.REVIEWS,
)
def stale_review(one, content):
    day = getattr(
        one.obj, {"careers.career": "reviewed_on", "careers.credential": "checked_on"}.get(one.label, ""), None
    )
    if day and content.today - day > A_YEAR:
        return f"Last {'reviewed' if one.label == 'careers.career' else 'compared with its sources'} on {day:%Y-%m-%d}."
    return None


@rule(
    "Not identified",
    Severity.DOUBT,
    "No work or course was found that fits the description from which the record was made.",
    "It repeats what the research recorded.",
    Section.WORKS,
)
def not_identified(one, content):
    if one.label in READING and one.obj.confidence == Confidence.NO_MATCH:
        return "No match was found for it."
    return None


@rule(
    "Identified with doubts",
    Severity.NOTE,
    "A work or course is known but was not found in a source, or it fits its description badly.",
    "It repeats what the research recorded.",
    Section.WORKS,
)
def doubtful_identity(one, content):
    if one.label in READING and one.obj.confidence in (Confidence.RECALLED, Confidence.WEAK_MATCH):
        return f"{one.obj.get_confidence_display()}."
    return None


@rule(
    "Dead address",
    Severity.DOUBT,
    "A person found that the address of a source, work or course leads nowhere.",
    "Only what a person has recorded is known.",
    Section.LINKS,
)
def dead_link(one, content):
    if one.label in LINKED and one.obj.url and is_dead(one.obj):
        day = one.obj.url_dead_on
        return f"{one.obj.url} was found dead on {day:%Y-%m-%d}: look where it has moved, or take it out."
    return None


@rule(
    "Address never opened",
    Severity.NOTE,
    "Nobody has recorded the day on which a person opened the address of a source, work or course.",
    "We open no address by program: whether a page is still there, only a person can tell.",
    Section.LINKS,
)
def link_never_opened(one, content):
    if one.label in LINKED and one.obj.url and not is_dead(one.obj) and opened_on(one) is None:
        return f"No person has opened {one.obj.url} yet, as far as was recorded."
    return None


@rule(
    "Address opened long ago",
    Severity.NOTE,
    "A person last opened the address of a source, work or course more than twelve months ago.",
    "We open no address by program: whether a page is still there, only a person can tell.",
    Section.LINKS,
)
def link_opened_long_ago(one, content):
    day = opened_on(one) if one.label in LINKED and one.obj.url and not is_dead(one.obj) else None
    if day and content.today - day > A_YEAR:
        return f"{one.obj.url} was last opened on {day:%Y-%m-%d}."
    return None


def opened_on(one):
    """The day on which a person last opened the address; for a source, on which they read it."""
    return one.obj.retrieved_on if one.label == SOURCE else one.obj.url_checked_on


def is_dead(item):
    return item.url_dead_on is not None
