"""Reasons for doubt about figures, and what editors said of them."""

from django.db import models
from django.db.models import Q

from careerguide.constraints import one_of
from careerguide.natural_keys import NaturalKeyModel
from salaries.querysets import AcceptanceQuerySet, FindingQuerySet
from salaries.rules import RULES, Rule
from sources.choices import Severity
from sources.models import Source


class Finding(models.Model):
    """A reason for doubt that a rule produced about a figure. Derived: salaries/judgement.py writes these rows."""

    figure = models.ForeignKey("salaries.SalaryFigure", models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=40, help_text="The name of the rule in salaries/rules.py.")
    severity = models.CharField(max_length=10, choices=Severity)
    rank = models.PositiveSmallIntegerField(help_text="2 not ranked, 1 doubt, 0 note: the worst comes first.")
    sentence = models.TextField()
    accepted = models.BooleanField(default=False, help_text="An editor accepted it; see Acceptance.")

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-rank", "rule", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "rule"], name="finding_once_per_rule"),
            one_of("severity", Severity, "finding_severity_known"),
        ]
        indexes = [models.Index(fields=["accepted", "-rank", "rule"], name="finding_open_worst_first")]

    def __str__(self):
        return self.sentence

    @property
    def excludes(self):
        """Whether it keeps the figure out of rankings."""
        return self.severity == Severity.EXCLUDE and not self.accepted

    @property
    def is_note(self):
        return self.severity == Severity.NOTE

    @property
    def about(self):
        """The rule that made it."""
        return RULES.get(self.rule) or Rule(self.rule, self.rule, self.severity, "", check=None)  # of another version


class Acceptance(NaturalKeyModel):
    """An editor's word that a finding is known and the figure stands: with a reason and a source, and never hidden.

    It holds for the figure as it then was: once amount, currency or period are read otherwise, it lapses.
    """

    NATURAL_KEY = ("figure__slug", "rule")
    PUBLISHED_THROUGH = ("figure__status",)
    CONTENT_FIELDS = ("sentence", "amount", "currency", "period", "accepted_on")  # in files, though in no form

    figure = models.ForeignKey("salaries.SalaryFigure", models.CASCADE, related_name="acceptances")
    rule = models.CharField(max_length=40)
    sentence = models.TextField(blank=True, editable=False, help_text="What the finding said when it was accepted.")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, editable=False)
    currency = models.CharField(max_length=3, editable=False)
    period = models.CharField(max_length=10, editable=False)
    reason = models.TextField(help_text="Why the figure stands all the same. Shown to readers.")
    source = models.ForeignKey(Source, models.PROTECT, related_name="acceptances")
    accepted_on = models.DateField(auto_now_add=True)

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        ordering = ["figure", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "rule"], name="acceptance_once_per_rule"),
            models.CheckConstraint(condition=~Q(reason=""), name="acceptance_has_reason"),
        ]

    def __str__(self):
        return f"{self.figure}: {self.rule}"

    def save(self, **kwargs):
        """Keep what the figure said when its finding was accepted, and on which day; a file knows both already."""
        day = self.accepted_on
        if self._state.adding and not self.currency:
            self.amount, self.currency, self.period = self.figure.amount, self.figure.currency, self.figure.period
        super().save(**kwargs)
        if day and day != self.accepted_on:  # the database layer wrote today into a new row
            self.accepted_on = day
            super().save(update_fields=["accepted_on"])
