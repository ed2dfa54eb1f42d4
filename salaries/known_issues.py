"""What the page of known issues shows: reports of errors, doubts about texts, and open findings about figures."""

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.functional import cached_property

from careerguide.filtering import GuideFilterSet, OneFilter
from careerguide.kept import kept_by_revision
from editorial.content_rules import open_content_findings
from editorial.models import Report
from salaries.models import Finding
from salaries.open_findings import OpenFindings
from salaries.rules import RULES
from sources.choices import Severity


class FindingFilter(GuideFilterSet):
    """Open findings by rule and severity."""

    rule = OneFilter(
        field_name="rule", label="Rule", noun="rule", choices=[(rule.name, rule.title) for rule in RULES.values()]
    )
    severity = OneFilter(field_name="severity", label="Severity", noun="severity", choices=Severity.choices)

    class Meta:
        model = Finding
        fields = []

    def __init__(self, data):
        super().__init__(data, Finding.objects.published().open())

    @property
    def found(self):
        """The worst first; within a rule those about the title itself before those about wider classes."""
        return OpenFindings(self.active)

    def sentence(self, count):
        parts = [f"{count:,} open finding{'' if count == 1 else 's'}"]
        if "severity" in self.active:
            parts.append(f" of severity “{self.labels('severity')[0].lower()}”")
        if "rule" in self.active:
            parts.append(f" by the rule “{self.labels('rule')[0]}”")
        return "".join(parts) + ", the worst first."


FINDINGS_AT_ONCE = 50
REPORTS_AT_ONCE = 20
CONTENT_AT_ONCE = 50


@kept_by_revision()
def doubts_about_texts(today):
    """Open findings about texts on a day. They are worked out from all of the content, which is the dear part."""
    return open_content_findings(today)


class KnownIssues:
    """The sections of the page. One that is filtered, or paged through, stands alone."""

    def __init__(self, data):
        self.data = data
        self.filterset = FindingFilter(data)
        self.alone = self.section_asked_for()

    def section_asked_for(self):
        """The name of the only section to show; empty for all."""
        asked = {name for name, value in self.data.items() if value}
        if self.filterset.active or self.filterset.problems or "page" in asked:
            return "figures"
        return "reports" if {"reports", "report"} & asked else "texts" if "texts" in asked else ""

    def shows(self, section):
        return self.alone in ("", section)

    @cached_property
    def page(self):
        """Open findings about figures."""
        return self.page_of(self.filterset.found, FINDINGS_AT_ONCE, "page") if self.shows("figures") else None

    @property
    def sentence(self):
        return self.filterset.sentence(self.page.paginator.count)

    @cached_property
    def reports(self):
        """Reports of errors, the newest first; or the one that the address names."""
        if not self.shows("reports"):
            return None
        name = self.data.get("report")
        found = Report.objects.named(name) if name else Report.objects.all()
        return self.page_of(found, REPORTS_AT_ONCE, "reports")

    @cached_property
    def texts(self):
        """Open findings about texts."""
        return (
            self.page_of(doubts_about_texts(timezone.localdate()), CONTENT_AT_ONCE, "texts")
            if self.shows("texts")
            else None
        )

    @property
    def as_asked(self):
        """Whether the pages shown are those that were asked for, by known rules and severities."""
        pages = [page for page in (self.page, self.reports, self.texts) if page is not None]
        asked = all(self.data.get(page.parameter) in (None, "", str(page.number)) for page in pages)
        return asked and not self.filterset.problems

    def page_of(self, found, size, parameter):
        page = Paginator(found, size).get_page(self.data.get(parameter))
        page.parameter = parameter
        return page
