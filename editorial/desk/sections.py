"""What stands on the quality desk, section by section, in a constant number of queries."""

import json
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import cached_property

from editorial.content_rules import Content, Section, findings_of
from editorial.content_rules.findings import still_open
from editorial.desk.items import Lines, of_content, of_figure, waiting
from editorial.models import Decision, Proposal, Report
from editorial.rights import asks_for_two
from editorial.status import Publishable, Status
from salaries.models import Finding, SalaryFigure
from sources.choices import RANKS, Severity

FIGURE = "salaries.salaryfigure"
UNDATED = "undated"  # the rule whose findings have a section of their own
WAITING = {
    Status.DRAFT: ("Draft", "Whoever works on it sends it to review."),
    Status.IN_REVIEW: ("In review", "A publisher decides."),
}
SECOND_PERSON = "A publisher who did not change it last decides."
PROPOSED = "Proposed change"


@dataclass(frozen=True)
class DeskSection:
    slug: str
    title: str
    says: str
    lines: Lines

    @property
    def count(self):
        return len(self.lines)


class Desk:
    """What one person sees: lines about records that they may look at. Without a user, everything."""

    def __init__(self, user=None, today=None):
        self.user, self.today = user, today or timezone.localdate()

    def may_see(self, label):
        app, _, model = label.partition(".")
        return self.user is None or any(self.user.has_perm(f"{app}.{action}_{model}") for action in ("view", "change"))

    @cached_property
    def decisions(self):
        return list(Decision.objects.in_force(self.today))

    @cached_property
    def content(self):
        return Content(self.today)

    @cached_property
    def content_items(self):
        """Open findings of the rules over content."""
        seen = [one for one in findings_of(self.content) if self.may_see(one.label)]
        return [(one.rule.section, of_content(one)) for one in still_open(seen, self.decisions)]

    @property
    def figure_findings(self):
        """Open findings about figures that are not withdrawn, without those put off."""
        put_off = [
            Q(rule=one.rule, figure__slug=json.loads(one.key)[0], sentence=one.sentence)
            for one in self.decisions
            if one.label == FIGURE
        ]
        found = Finding.objects.open().exclude(figure__status=Status.WITHDRAWN)
        return found.exclude(Q(*put_off, _connector=Q.OR)) if put_off else found

    @cached_property
    def figure_counts(self):
        """{(severity, rule): number of open findings about figures}"""
        if not self.may_see(FIGURE):
            return {}
        rows = self.figure_findings.order_by().values_list("severity", "rule").annotate(Count("pk"))
        return {(severity, rule): count for severity, rule, count in rows}

    @cached_property
    def sections(self):
        return [
            self.waiting(),
            self.reports(),
            self.figures(),
            self.undated(),
            self.of_content(Section.TEXTS, "Counts, broken copy, doubled texts, claims and spelling."),
            self.of_content(Section.REVIEWS, "Careers and credentials that nobody has looked at for a year."),
            self.of_content(Section.WORKS, "Works and courses of which it is not sure what they are."),
            self.of_content(Section.LINKS, "Open each in a browser, and record the day on its page."),
        ]

    def section(self, slug):
        """The section of this name; None if there is none."""
        return next((one for one in self.sections if one.slug == slug), None)

    def waiting(self):
        """Proposed changes, then drafts and what is in review."""
        proposals = [one for one in Proposal.objects.waiting() if self.may_see(one.label)]
        records = [
            record.obj
            for record in self.content.records
            if isinstance(record.obj, Publishable) and record.obj.status in WAITING and self.may_see(record.label)
        ]
        records.sort(key=lambda record: record.status != Status.IN_REVIEW)
        figures = SalaryFigure.objects.filter(status__in=WAITING).select_related("area", "career")
        lines = Lines(
            [*map(of_proposal, proposals), *map(of_unpublished, records)],
            figures.order_by("-status", "slug") if self.may_see(FIGURE) else None,
            of_unpublished,
        )
        return DeskSection("waiting", "Drafts and changes waiting", "Readers do not see these yet.", lines)

    def reports(self):
        rows = Report.objects.open() if self.may_see("editorial.report") else None
        says = "Check what was reported, answer it there, and close it."
        return DeskSection("reports", "Reported errors", says, Lines(rows=rows, make=of_report))

    def figures(self):
        """The worst first."""
        counts = Counter()
        for (severity, rule), count in self.figure_counts.items():
            counts[severity] += count if rule != UNDATED else 0
        said = [f"{counts[one]:,} {one.label.lower()}" for one in reversed(Severity) if counts[one]]
        rows = self.figure_findings.exclude(rule=UNDATED).with_joins().worst_first()
        lines = Lines(rows=rows, make=of_figure, count=counts.total())
        return DeskSection("figures", "Findings about figures", ", ".join(said) + "." if said else "", lines)

    def undated(self):
        count = sum(count for (_, rule), count in self.figure_counts.items() if rule == UNDATED)
        rows = self.figure_findings.filter(rule=UNDATED).with_joins().worst_first()
        says = "Nobody can tell how old these are."
        return DeskSection(UNDATED, "Figures without a date", says, Lines(rows=rows, make=of_figure, count=count))

    def of_content(self, section, says):
        lines = Lines([item for of, item in self.content_items if of == section])
        return DeskSection(section.value, section.label, says, lines)

    def item(self, rule, label, key):
        """The open finding of this name, or None."""
        if not self.may_see(label):
            return None
        if label == FIGURE:
            items = map(of_figure, self.figure_findings.filter(rule=rule, figure__slug=slug_of(key)).with_joins())
        else:
            items = (item for _, item in self.content_items)
        return next((item for item in items if (item.rule, item.label, item.key) == (rule, label, key)), None)

    def count_at_least(self, severity):
        """How many open findings there are of this severity or a worse one; see sources.choices.RANKS."""
        figures = sum(count for (found, _), count in self.figure_counts.items() if RANKS[found] >= RANKS[severity])
        return figures + self.count_of_content(severity)

    def count_of_content(self, severity):
        return sum(item.rank >= RANKS[severity] for _, item in self.content_items)


def of_proposal(proposal):
    reason = f" “{proposal.reason}”" if proposal.reason else ""
    sentence = f"Proposed on {proposal.proposed_at:%Y-%m-%d}.{reason} A publisher decides."
    return waiting(proposal, PROPOSED, sentence, proposal.form_address, proposal.decide_address)


def of_unpublished(record):
    title, who = WAITING[record.status]
    if record.status == Status.IN_REVIEW and asks_for_two(record):
        who = SECOND_PERSON
    return waiting(record, title, who)


def of_report(report):
    return waiting(report, report.get_state_display().capitalize(), report.said)


def slug_of(key):
    """The one part of a natural key in JSON; a text that names nothing if it is none."""
    try:
        parts = json.loads(key)
    except ValueError:
        return ""
    return parts[0] if isinstance(parts, list) and len(parts) == 1 and isinstance(parts[0], str) else ""
