"""What editing leaves behind: changes, proposals, decisions on findings, reports of errors, uploads under way."""

import hashlib
import json

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from careerguide.constraints import one_of
from careerguide.natural_keys import NaturalKeyModel
from editorial.choices import Action, ProposalState, ReportState, Role, Verdict
from editorial.querysets import ChangeQuerySet, DecisionQuerySet, ProposalQuerySet, ReportQuerySet

OPEN_STATES = [ReportState.REPORTED, ReportState.CHECKED]
CLOSED_STATES = [ReportState.CHANGED, ReportState.UNCHANGED]
LABEL_HELP = 'The kind of record, such as "careers.duty".'
KEY_HELP = "Its natural key, as JSON."


class Change(models.Model):
    """One record as one revision changed it, fit for readers: when, what, in which role, why, before and after.

    `before` and `after` hold the changed fields alone, as the files of fixtures/ would spell them; a record that was
    added has no `before`, one that was removed no `after`. The whole record as it then was is the revision's Version.
    """

    hides = False  # of a trial: whether it would take from readers what they know, without withdrawing it

    revision = models.ForeignKey("reversion.Revision", models.CASCADE, related_name="changes")
    changed_at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=10, choices=Action)
    role = models.CharField(max_length=15, choices=Role)
    reason = models.TextField(blank=True)
    source = models.ForeignKey("sources.Source", models.PROTECT, null=True, blank=True, related_name="changes")
    label = models.CharField(max_length=100, help_text=LABEL_HELP)
    key = models.TextField(help_text=KEY_HELP)
    object_id = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    address = models.CharField(max_length=400, blank=True, help_text="Where readers find it.")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    public = models.BooleanField(help_text="Readers could see the record, before or after.")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["label", "object_id", "-changed_at"], name="change_of_record")]
        constraints = [
            one_of("action", Action, "change_action_known"),
            one_of("role", Role, "change_role_known"),
            models.UniqueConstraint(fields=["revision", "label", "object_id"], name="change_once_per_revision"),
        ]

    def __str__(self):
        return f"{self.name}: {self.get_action_display()}"


class Proposal(models.Model):
    """A change of something public by somebody who may not publish: the form as it was sent, until it is decided."""

    label = models.CharField(max_length=100, help_text=LABEL_HELP)
    object_id = models.CharField(max_length=40, blank=True, help_text="Empty for a new record.")
    name = models.CharField(max_length=300)
    form_data = models.JSONField(help_text="Names and values of the form's fields, in order.")
    version = models.CharField(max_length=64, blank=True, help_text="What the record was when the form was opened.")
    changes = models.JSONField(default=list, help_text="What it would change, as the trial of the form found it.")
    reason = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    answer = models.TextField(blank=True, help_text="Why it was declined.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="proposals")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="decided_proposals"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]
        permissions = [("publish_content", "Can publish, and change what is published")]
        indexes = [models.Index(fields=["state", "proposed_at"], name="proposal_waiting")]
        constraints = [
            one_of("state", ProposalState, "proposal_state_known"),
            models.CheckConstraint(
                condition=Q(state=ProposalState.WAITING) | Q(decided_at__isnull=False), name="proposal_decided_when"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def tried_changes(self):
        """What it would change, as Changes that were never saved."""
        return [Change(**one) for one in self.changes]

    @cached_property
    def is_orphan(self):
        """Whether the record that it would change is gone."""
        return bool(self.object_id) and not apps.get_model(self.label).objects.filter(pk=self.object_id).exists()

    @property
    def is_open(self):
        return self.state == ProposalState.WAITING and not self.is_orphan

    @property
    def why_not_open(self):
        if self.state == ProposalState.WAITING:
            return "The record that this proposal would change is gone: decline it."
        return f"This proposal does not wait any more: {self.get_state_display()}. {self.answer}".strip()

    @property
    def decide_address(self):
        """Where it is declined or taken back."""
        return reverse("admin:editorial_proposal_decide", args=[self.pk])

    @property
    def fingerprint(self):
        """Changes when the author sends it again."""
        return hashlib.sha256(json.dumps(self.form_data).encode()).hexdigest()[:16]

    def value_of(self, name):
        """What its form says in one field; empty if nothing."""
        return next((value for field, value in self.form_data if field == name), "")

    @property
    def form_address(self):
        """The form of the record, with the values of the proposal in it."""
        name = "admin:" + self.label.replace(".", "_")
        page = reverse(f"{name}_change", args=[self.object_id]) if self.object_id else reverse(f"{name}_add")
        return f"{page}?proposal={self.pk}"


class Decision(NaturalKeyModel):
    """What editors said of a finding of the quality desk: accepted for good, or put off until a day.

    It holds for what the finding then said; when its sentence changes, the finding is open again.
    """

    NATURAL_KEY = ("rule", "label", "key")
    is_public = was_public = False

    rule = models.CharField(max_length=40, help_text="The name of the rule.")
    label = models.CharField(max_length=100, help_text=LABEL_HELP)
    key = models.CharField(max_length=300, help_text=KEY_HELP)
    sentence = models.TextField(help_text="What the finding said.")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.TextField(help_text="Why it may stand, or why it has to wait.")
    until = models.DateField(null=True, blank=True, help_text="The day on which a finding that was put off comes back.")
    decided_on = models.DateField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["rule", "label", "key"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "label", "key"], name="decision_once_per_finding"),
            one_of("verdict", Verdict, "decision_verdict_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason"),
            models.CheckConstraint(
                condition=(~Q(verdict=Verdict.POSTPONED) | Q(until__isnull=False))
                & (~Q(verdict=Verdict.ACCEPTED) | Q(until__isnull=True)),
                name="decision_postponed_until_a_day",
                violation_error_message="Say until when it is put off. What is accepted has no such day.",
            ),
        ]

    def __str__(self):
        return f"{self.rule}: {self.get_verdict_display()}"


class Report(NaturalKeyModel):
    """An error that a reader reported, and what came of it. Who reported it is not kept."""

    is_public = was_public = False  # readers see reports on a page of their own; their history is the editors'

    slug = models.SlugField("id", max_length=80, unique=True, help_text='Such as "2026-11-22-delhi-period".')
    about = models.CharField(
        max_length=300, help_text="The id that the reader's mail named, or the address of the page, without the host."
    )
    name = models.CharField("what it is about", max_length=200, help_text='As readers know it: "Delhi: INR 3,900,000".')
    said = models.TextField(
        "what was reported", help_text="In your words. No name, address or anything else about the reader."
    )
    reported_on = models.DateField()
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.REPORTED)
    answer = models.TextField(blank=True, help_text="What was found, and what was changed or why not. Readers see it.")
    closed_on = models.DateField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_on", "slug"]
        constraints = [
            one_of("state", ReportState, "report_state_known"),
            models.CheckConstraint(condition=~Q(said=""), name="report_says_something"),
            models.CheckConstraint(
                condition=(~Q(state__in=OPEN_STATES) | Q(closed_on__isnull=True))
                & (~Q(state__in=CLOSED_STATES) | (Q(closed_on__isnull=False) & ~Q(answer=""))),
                name="report_closed_with_answer",
                violation_error_message="A closed report has an answer and the day on which it was closed.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.reported_on})"

    def get_absolute_url(self):
        """The page that shows this report alone: among all of them it moves from page to page."""
        return f"{reverse('salaries:known-issues')}?report={self.slug}#report-{self.slug}"


class Upload(models.Model):
    """A spreadsheet between its preview and its import. It lies here because another machine may finish the work."""

    name = models.CharField(max_length=100, unique=True)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self):
        return self.name
