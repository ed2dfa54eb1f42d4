"""What a record says at one moment, spelled as the files of fixtures/ spell it."""

import json
from dataclasses import dataclass
from decimal import Decimal

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder

from careerguide.rows import content_fields, key_text
from editorial.status import Publishable

OWNERS = ["career", "credential", "disagreement", "reading_list", "city", "figure"]


@dataclass(frozen=True)
class Content:
    """What one record says: its fields by name, and who knows them."""

    public: bool  # whether readers see it
    known: bool  # ... or saw it before
    fields: dict

    @property
    def status(self):
        return self.fields.get("status", "")


@dataclass(frozen=True)
class State(Content):
    """What one record says, and how it is named."""

    label: str
    object_id: str
    key: str
    name: str
    address: str


def rows_of(records):
    """The records whole, as django-reversion keeps them, before they become text."""
    return serializers.serialize("python", records, use_natural_foreign_keys=True)


def text_of(row):
    """A whole record as text; the JSON serializer would write the same in twice the time."""
    return json.dumps([row], cls=DjangoJSONEncoder, ensure_ascii=False)


def fields_of(record, row):
    """{field: value} of everything that files hold; relations as natural keys, values as JSON has them."""
    values = row["fields"]
    fields = {name: spelled(values[name]) for name in content_fields(type(record)) if name in values}
    for field in record._meta.many_to_many:
        if field.name in fields:
            fields[field.name] = sorted(fields[field.name])
    return fields


def spelled(value):
    """Numbers without exponent and without zeros at the end, dates as ISO 8601, natural keys as lists."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, list | tuple):
        return [spelled(one) for one in value]
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def content_of(record, row):
    """`row` is the record whole; see rows_of."""
    return Content(public=record.is_public, known=record.was_public, fields=fields_of(record, row))


def state_of(record, row=None):
    """`row` is the record whole, if it is at hand."""
    content = content_of(record, row or rows_of([record])[0])
    return State(
        **vars(content),
        label=record._meta.label_lower,
        object_id=str(record.pk),
        key=key_text(record.natural_key()),
        name=name_of(record)[:300],
        address=address_of(record),
    )


def name_of(record):
    """Its name after that of the record it is a part of: "Medical director: Chair peer review"."""
    name = str(record)
    if isinstance(record, Publishable):
        return name
    owner = next((str(getattr(record, name)) for name in OWNERS if getattr(record, f"{name}_id", None)), "")
    return name if not owner or name.startswith(owner) else f"{owner}: {name}"


def address_of(record):
    """The page on which readers find it, or its owner; empty if there is none."""
    shown = getattr(record, "statement", record)
    for candidate in [shown, *(getattr(shown, name, None) for name in OWNERS)]:
        if hasattr(candidate, "get_absolute_url"):
            return candidate.get_absolute_url()[:400]
    return ""
