"""What an editor says of a finding: it may stand, or it has to wait."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from editorial.choices import Verdict

LONGEST = timedelta(days=365)
NEEDS_A_DAY = "Say until when it is put off."
HAS_NO_DAY = "What is accepted stands until the finding says something else: leave the day empty."


class DecisionForm(forms.Form):
    """`said` is what the finding said when the page was shown."""

    verdict = forms.ChoiceField(
        label="Decision",
        choices=[
            (Verdict.ACCEPTED, "Accept it: the record may stand as it is"),
            (Verdict.POSTPONED, "Put it off until a day"),
        ],
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label="Put off until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="On this day it is open again. At most a year from now.",
    )
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why it may stand, or why it has to wait. Whoever looks at it next reads this.",
    )
    said = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, item, **kwargs):
        super().__init__(*args, initial={"said": item.sentence}, **kwargs)
        self.item = item
        if not item.acceptable:
            field = self.fields["verdict"]
            field.choices, field.initial = [field.choices[1]], Verdict.POSTPONED

    def clean_until(self):
        until, today = self.cleaned_data["until"], timezone.localdate()
        if until and not today < until <= today + LONGEST:
            raise forms.ValidationError("Choose a day after today, and at most a year from now.")
        return until

    def clean(self):
        cleaned = super().clean()
        postponed = cleaned.get("verdict") == Verdict.POSTPONED
        if postponed and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", NEEDS_A_DAY)
        if cleaned.get("verdict") == Verdict.ACCEPTED and cleaned.get("until"):
            self.add_error("until", HAS_NO_DAY)
        if "said" in cleaned and cleaned["said"] != self.item.sentence:
            self.add_error(None, "The finding says something else by now: read it again above, and decide on that.")
            self.data = self.data.copy()
            self.data["said"] = self.item.sentence
        return cleaned
