"""How a rule over content is declared, in the manner of salaries/rules.py.

A rule gets one `Record` and the `Content` it is judged among, and returns a sentence that quotes what it found, or
nothing. It is one small pure function; what it cannot see is stated beside it, and printed on /method/.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from sources.choices import RANKS, Severity

LEVELS = {Severity.NOTE: "note", Severity.DOUBT: "doubt", Severity.EXCLUDE: "defect"}


class Section(models.TextChoices):
    """Under which heading of the quality desk the findings of a rule stand."""

    TEXTS = "texts", "What the texts say"
    REVIEWS = "reviews", "Stale reviews"
    WORKS = "works", "Unidentified works"
    LINKS = "links", "Dead or unchecked links"


@dataclass(frozen=True)
class ContentRule:
    """`name` is stable: decisions and addresses use it. `says` and `limits` are what /method/ prints."""

    name: str
    title: str
    severity: str
    section: str
    says: str
    limits: str
    check: Callable

    @property
    def severity_label(self):
        """A defect is to be mended; nothing speaks for it. A doubt or a note may turn out to be right as it is."""
        return LEVELS[self.severity]

    @property
    def rank(self):
        return RANKS[self.severity]


RULES = {}


def rule(title, severity, says, limits, section=Section.TEXTS):
    """Register a rule under the name of its function."""

    def register(check):
        name = check.__name__.replace("_", "-")
        RULES[name] = ContentRule(name, title, severity, section, says, limits, check)
        return check

    return register
