"""Which open findings the page of known issues shows."""

from careerguide.filtering import GuideFilterSet, OneFilter
from salaries.models import Finding
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
        super().__init__(data, Finding.objects.open())

    @property
    def found(self):
        """The worst first; within a rule those about the title itself before those about wider classes."""
        return self.qs.with_joins().worst_first()

    def sentence(self, count):
        parts = [f"{count:,} open finding{'' if count == 1 else 's'}"]
        if "severity" in self.active:
            parts.append(f" of severity “{self.labels('severity')[0].lower()}”")
        if "rule" in self.active:
            parts.append(f" by the rule “{self.labels('rule')[0]}”")
        return "".join(parts) + ", the worst first."
