"""Two editors at once: what a record was when a form was opened, and what it has become since."""

import hashlib
import json

from django.utils.text import capfirst

from careerguide.rows import plain
from editorial.models import Change

FIELD = "record_version"  # the hidden input of a form


def version_of(record, parts=(), kinds=()):
    """A text that changes with the record or any of its parts: "<fingerprint>-<number of its last change>".

    `kinds` (see editorial/parts.py) is what the form edits together with the record; there may be none at present.
    """
    last = Change.objects.about(record, kinds).values_list("pk", flat=True).first() or 0
    columns = [[one._meta.label, [getattr(one, field.attname) for field in written(one)]] for one in [record, *parts]]
    ties = [sorted(getattr(record, many.name).values_list("pk", flat=True)) for many in record._meta.many_to_many]
    said = json.dumps([columns, ties], default=plain)
    return f"{hashlib.sha256(said.encode()).hexdigest()[:32]}-{last}"


def written(record):
    """The fields that people write; what the rules derive may change while a form is open."""
    return [field for field in record._meta.concrete_fields if field.editable or field.primary_key]


def changes_since(record, version, kinds=()):
    """What others have changed of the record and of its parts since the version."""
    last = version.rpartition("-")[2]
    known = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else 0
    return Change.objects.about(record, kinds).filter(pk__gt=known)


def differences(form, names, of=""):
    """[(field, what is stored now, what the form says)] of every field of these names in which the two differ."""
    return [
        (
            f"{of}{capfirst(form.fields[name].label or name)}",
            shown(form, name, form.get_initial_for_field(form.fields[name], name)),
            shown(form, name, form[name].value()),
        )
        for name in form.changed_data
        if name in names
    ]


def differences_of_rows(formset, kind):
    """The same for the parts that a form edits beside its record; each says of which part it is, as the form has it."""
    found, hidden = [], {formset.model._meta.pk.name, formset.fk.name}
    for form in formset.forms:
        record = form.instance if form.instance.pk else "new"
        found += differences(form, form.fields.keys() - hidden, f"{capfirst(kind)} “{record}”: ")
    return found


def shown(form, name, value):
    """A value in words: the name of a choice or of related records rather than their keys."""
    if value in (None, "", []):
        return "(empty)"
    choices = getattr(form.fields[name], "queryset", None)
    if choices is not None:
        keys = [getattr(one, "pk", one) for one in (value if isinstance(value, list | tuple) else [value])]
        try:
            return ", ".join(str(one) for one in choices.filter(pk__in=keys)) or str(value)
        except (TypeError, ValueError):
            return str(value)
    return str(dict(getattr(form.fields[name], "choices", [])).get(value, value))
