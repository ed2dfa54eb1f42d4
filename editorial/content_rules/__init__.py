"""Rules over the content: flaws of texts, claims, reviews and links; one small pure function for each.

`RULES` lists them in the order of these modules. Their findings are not stored: they are worked out from the content as
it is, and kept in memory for as long as it stays the same.
"""

from functools import lru_cache

from django.utils import timezone

from editorial.content_rules import broken, claims, counts, doubles, upkeep, words  # noqa: F401 -- each registers its rules
from editorial.content_rules.content import Content, Record
from editorial.content_rules.findings import ContentFinding, still_open
from editorial.content_rules.registry import RULES, ContentRule, Section
from editorial.models import Decision

__all__ = [
    "RULES",
    "Content",
    "ContentFinding",
    "ContentRule",
    "Record",
    "Section",
    "findings_of",
    "open_content_findings",
]


@lru_cache(maxsize=1)
def findings_of(content):
    """[ContentFinding] of everything found, the worst first, then in the order of the rules."""
    ordered = sorted(RULES.values(), key=lambda rule: -rule.rank)
    found = ((rule, one, rule.check(one, content)) for rule in ordered for one in content.records)
    return [ContentFinding(rule, one, sentence) for rule, one, sentence in found if sentence]


def open_content_findings(today=None):
    """What /known-issues/ shows: open findings about the texts of records that readers can see, the worst first."""
    today = today or timezone.localdate()
    found = still_open(findings_of(Content(today)), Decision.objects.in_force(today))
    return [one for one in found if one.rule.section == Section.TEXTS and one.is_public]
