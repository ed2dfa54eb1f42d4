"""Public changes: which of them a page shows, and how a record is named in its address."""

import json
from itertools import groupby
from urllib.parse import quote, unquote, urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError

from careerguide.filtering import GuideFilterSet, OneFilter, TextFilter
from editorial.changes.diffs import kind_of, model_of
from editorial.models import Change

MOST_CHARACTERS = 400  # of a record's name in an address


def record_name(label, key):
    """How an address names a record: "careers.duty:medical-director/peer-review"."""
    return f"{label}:{'/'.join(quote(str(part), safe='') for part in key)}"


def record_query(record):
    """The query string of the changes of one record, of which a Change or the record itself is given."""
    if isinstance(record, Change):
        name = record_name(record.label, json.loads(record.key))
    else:
        name = record_name(record._meta.label_lower, record.natural_key())
    return f"?{urlencode({'record': name})}"


def record_parts(name):
    """(label, natural key) of a record's name in an address. Raises ValueError for anything else."""
    label, colon, key = name.partition(":")
    if not (colon and key and model_of(label)):
        raise ValueError(name)
    return label, [unquote(part) for part in key.split("/")]


class RecordField(forms.CharField):
    default_error_messages = {"invalid": "This names no record, so it was ignored."}

    def __init__(self, **kwargs):
        super().__init__(max_length=MOST_CHARACTERS, **kwargs)

    def clean(self, value):
        try:
            text = super().clean(value)
            if text:
                record_parts(text)
        except (ValidationError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"]) from error
        return text


class RecordFilter(django_filters.Filter):
    field_class = RecordField

    def filter(self, queryset, value):
        return queryset.of_key(*record_parts(value)) if value else queryset


class ChangeFilter(GuideFilterSet):
    """Public changes by kind of record, by words, or those of one record."""

    kind = OneFilter(field_name="label", label="Kind of record", noun="kind of record")
    q = TextFilter(label="Search")
    record = RecordFilter(label="Record")

    class Meta:
        model = Change
        fields = []

    def __init__(self, data):
        super().__init__(data, Change.objects.public())

    def current_choices(self):
        labels = Change.objects.public().labels()
        return {"kind": sorted(((label, kind_name(label)) for label in labels), key=lambda pair: pair[1])}

    def value_label(self, name, value):
        if name != "record":
            return super().value_label(name, value)
        label, key = record_parts(value)
        return f"{kind_of(label)} {' / '.join(key)}"

    def sentence(self, count):
        parts = [f"{count:,} public change{'' if count == 1 else 's'}"]
        if "kind" in self.active:
            parts.append(f" of the kind “{self.labels('kind')[0].lower()}”")
        if "record" in self.active:
            parts.append(f" of the {self.labels('record')[0]}")
        if "q" in self.active:
            parts.append(f", matching “{self.active['q']}”")
        return "".join(parts) + ", the newest first."


def kind_name(label):
    """What the records of a kind are called: "Salary figure"."""
    return sentence_case(kind_of(label))


def sentence_case(text):
    return text[:1].upper() + text[1:]


def by_revision(changes):
    """[[Change]]: what was saved in one action, in one role and for one reason, stands together."""
    said = groupby(changes, key=lambda one: (one.revision_id, one.role, one.reason, one.source_id))
    return [list(group) for _, group in said]
