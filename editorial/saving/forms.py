"""What every form of content asks besides the record itself: its next status, the reason, the source."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.utils import timezone

from careerguide.formfields import LinesField
from careerguide.widgets import ListedSelect
from editorial import rights
from editorial.models import Change
from editorial.saving import conflicts
from editorial.status import Publishable, Status
from sources.models import Source

FACTS = ["next_status", "change_reason", "change_source", "confirmed"]
WARNINGS_READ = "warnings_read"  # the hidden input of a form that shows warnings
PAST_DAYS = {"url_checked_on", "url_dead_on", "retrieved_on", "reviewed_on", "checked_on", "reported_on", "closed_on"}
REASON_MISSING = "Say why: readers can see this record, and they see the reason for every change of it."
STEP_LABELS = {
    Status.DRAFT: "Back to draft",
    Status.IN_REVIEW: "Send to review",
    Status.PUBLISHED: "Publish it",
    Status.WITHDRAWN: "Withdraw it",
}


class EditorialForm(forms.ModelForm):
    """The form of a record of content; `attempt` (see attempts.py) says what was wrong with an earlier try."""

    attempt = None  # set by EditorialAdmin.get_form

    next_status = forms.ChoiceField(
        label="After saving",
        required=False,
        widget=forms.RadioSelect,
        help_text="Readers see what is published. The address of what is withdrawn says so, with the reason.",
    )
    change_reason = LinesField(
        label="Reason for this change",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Readers see it on the page of changes, never your name. Needed for whatever is public, such as "
        "“The source gives base pay; the bonus had been added.”",
    )
    change_source = forms.ModelChoiceField(
        Source.objects.all(),
        label="Source for this change",
        required=False,
        help_text="Where the new value stands. Needed when a published figure changes.",
    )
    confirmed = forms.BooleanField(label="I have read the warnings: save it all the same", required=False)

    def __init__(self, *args, **kwargs):
        if self.attempt and self.attempt.earlier and not args:
            kwargs["initial"] = {**(kwargs.get("initial") or {}), **self.attempt.earlier}
        super().__init__(*args, **kwargs)
        self.model_fields = [name for name in self.fields if name not in FACTS]
        if "change_source" in self.fields:
            self.offer_sources()
        if "next_status" in self.fields:
            self.offer_steps()
        if "confirmed" in self.fields and not (self.attempt and self.attempt.warnings):
            self.fields["confirmed"].widget = forms.HiddenInput()

    def offer_sources(self):
        """Every source, and a plus sign for those who may add one."""
        field, relation = self.fields["change_source"], Change._meta.get_field("source")
        may_add = self.attempt is not None and self.attempt.user.has_perm("sources.add_source")
        select = ListedSelect(relation, admin.site, placeholder="Choose the source for this change")
        field.widget = RelatedFieldWidgetWrapper(select, relation.remote_field, admin.site, can_add_related=may_add)
        field.widget.choices = field.choices

    def offer_steps(self):
        """What may become of the record: it stays what it is, or takes a step that this person may take."""
        record, field = self.instance, self.fields["next_status"]
        if not isinstance(record, Publishable):
            field.widget = forms.HiddenInput()
            return
        if record._state.adding:
            record.status = Status.DRAFT
        now = Status(record.status)
        steps = rights.steps(self.attempt.user, record)
        field.choices = [("", f"Stays {now.label}"), *((step.value, STEP_LABELS[step]) for step in steps)]
        field.initial = ""  # whatever it has become by the time the form is sent

    def clean(self):
        """What an earlier try of the same form found: it is shown beside the fields, with everything typed kept."""
        cleaned = super().clean()
        withdraws = cleaned.get("next_status") == Status.WITHDRAWN != self.instance.status
        if withdraws and not cleaned.get("change_reason"):
            self.add_error("change_reason", REASON_MISSING)
        for name in PAST_DAYS & cleaned.keys():
            if cleaned[name] and cleaned[name] > timezone.localdate():
                self.add_error(name, "This day is still to come.")
        for name, text in self.attempt.refusals if self.attempt else []:
            self.add_error(name if name in self.fields else None, text)
        return cleaned

    @property
    def differences(self):
        return conflicts.differences(self, self.model_fields)
