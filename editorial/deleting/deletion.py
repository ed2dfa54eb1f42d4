"""What goes with records that are to be deleted, what speaks against it, and the reason that readers are told."""

from django import forms
from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from editorial.parts import tied_to
from sources.last_sources import ONLY_SOURCE, left_without

REASON_MISSING = "Say why it is deleted: readers know it, and they see the reason on the page of changes."


class DeletionForm(forms.Form):
    change_reason = forms.CharField(
        label="Reason for deleting",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Needed for what readers know: they see it on the page of changes, never your name.",
        error_messages={"required": REASON_MISSING},
    )

    def __init__(self, data, needed):
        super().__init__(data)
        self.fields["change_reason"].required = needed


class Deletion:
    """Some records of one model, and everything that would go with them."""

    def __init__(self, records, data=None, needs_reason=False):
        """`data` is the form of the confirmation once it was sent."""
        collector = NestedObjects(using=DEFAULT_DB_ALIAS)
        collector.collect(records)
        self.doomed = {model: some for model, some in collector.data.items() if not model._meta.auto_created}
        self.form = DeletionForm(data, needs_reason or any(map(is_known, self.all)))

    @property
    def all(self):
        return [one for some in self.doomed.values() for one in some]

    @property
    def obstacles(self):
        """Why none of it may go, as HTML, one record each; Django itself finds those whose keys would lead nowhere."""
        ties = [one for model, some in self.doomed.items() for one in tied_to(model, [record.pk for record in some])]
        named = [describe(owner) for owner in ties if is_known(owner) and owner not in self.all]
        citations = [one for one in self.all if one._meta.label_lower == "sources.citation"]
        stay = [one.statement for one in citations if one.statement not in self.all]
        bereft = left_without(stay, [one.pk for one in citations])
        return [*dict.fromkeys(named), *(format_html(ONLY_SOURCE, describe(one)) for one in bereft)]

    @property
    def reason(self):
        return self.form.cleaned_data["change_reason"]


def is_known(record):
    return getattr(record, "was_public", False)


def describe(record):
    """A record with its kind, linked to its form: 'Duty: <a …>Chair peer review</a>'."""
    kind = capfirst(record._meta.verbose_name)
    try:
        address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return f"{kind}: {record}"
    return format_html('{}: <a href="{}">{}</a>', kind, address, record)
