"""One line of the quality desk, and lists of lines of which only the portion asked for is made."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from careerguide.rows import key_text
from editorial.states import name_of
from sources.choices import RANKS


@dataclass(frozen=True)
class DeskItem:
    """`rule`, `label` and `key` name a finding for good; `severity` is empty for work that waits and is no finding."""

    rule: str
    title: str
    severity: str
    severity_label: str
    label: str
    key: str
    name: str
    sentence: str
    address: str
    decide: str = ""  # where work that waits is decided without opening the record
    acceptable: bool = False  # here: a figure's finding is accepted on the page of the figure, with a source

    @property
    def is_finding(self):
        return bool(self.severity)

    @property
    def rank(self):
        return RANKS.get(self.severity, -1)

    @property
    def decide_address(self):
        """Where it is accepted or put off."""
        return f"{reverse('admin:desk_decide')}?{urlencode({'rule': self.rule, 'label': self.label, 'key': self.key})}"


def admin_address(label, pk):
    return reverse(f"admin:{label.replace('.', '_')}_change", args=[pk])


def of_content(finding):
    """The line of a finding of a rule over content."""
    return DeskItem(
        rule=finding.rule.name,
        title=finding.rule.title,
        severity=finding.severity,
        severity_label=finding.severity_label,
        label=finding.label,
        key=finding.key,
        name=finding.name,
        sentence=finding.sentence,
        address=admin_address(finding.label, finding.record.obj.pk),
        acceptable=True,
    )


def of_figure(finding):
    """The line of a finding of a rule over figures; the figure is joined with place and population."""
    figure = finding.figure
    return DeskItem(
        rule=finding.rule,
        title=finding.about.title,
        severity=finding.severity,
        severity_label=finding.get_severity_display().lower(),
        label=figure._meta.label_lower,
        key=key_text(figure.natural_key()),
        name=str(figure) if figure.describes_title else f"{figure}, {figure.population}",
        sentence=finding.sentence,
        address=admin_address(figure._meta.label_lower, figure.pk),
    )


def waiting(record, title, sentence, address="", decide=""):
    """The line of a record that waits for somebody."""
    label = record._meta.label_lower
    return DeskItem(
        rule="",
        title=title,
        severity="",
        severity_label="",
        label=label,
        key="",
        name=name_of(record),
        sentence=sentence,
        address=address or admin_address(label, record.pk),
        decide=decide,
    )


class Lines:
    """Lines already made, then rows of a queryset that become lines when they are asked for."""

    def __init__(self, made=(), rows=None, make=None, count=None):
        self.made, self.rows, self.make = list(made), rows, make
        self._count = 0 if rows is None else count

    def __len__(self):
        if self._count is None:
            self._count = self.rows.count()
        return len(self.made) + self._count

    def __getitem__(self, portion):
        start, stop, _ = portion.indices(len(self))
        skipped = len(self.made)
        further = range(max(start - skipped, 0), max(stop - skipped, 0))
        found = [self.make(row) for row in self.rows[further.start : further.stop]] if further else []
        return self.made[start:stop] + found
