"""The parts of a record, such as the sources of a statement, and what names it: both change when it does."""

import reversion
from django.db.models import CASCADE, Q

from careerguide.rows import key_text


def changes_about(record, kinds=None):
    """The condition for Changes of the record, and of its parts: of all kinds, or of `kinds`.

    A kind is a label with the name of the foreign key to the record, or None if there is only one.
    """
    own = Q(label=record._meta.label_lower, object_id=str(record.pk))
    parts = (changes_of_parts(tie, list(record.natural_key())) for tie in ties_of_parts(type(record), kinds))
    return Q(own, *parts, _connector=Q.OR)


def ties_of_parts(model, kinds):
    """The foreign keys by which other kinds of content are parts of this one: they are deleted with it."""
    relations = [one for one in model._meta.related_objects if one.on_delete is CASCADE and not one.many_to_many]
    ties = [one.field for one in relations if reversion.is_registered(one.related_model)]
    return ties if kinds is None else [tie for tie in ties if names_of(tie) & {*kinds}]


def names_of(tie):
    return {(tie.model._meta.label_lower, name) for name in (None, tie.name)}


def changes_of_parts(tie, key):
    """The condition for Changes of what is, was or has become a part of the record with this natural key.

    The part may be gone: its own natural key tells, which holds that of the whole; or the Change itself does.
    """
    model, name = tie.model, tie.name
    moved = Q(**{f"before__{name}": key}) | Q(**{f"after__{name}": key})
    if getattr(model, "NATURAL_KEY", ("",))[0].startswith(f"{name}__"):
        moved |= Q(key__startswith=f"{key_text(key)[:-1]}, ")
    elif model._meta.label_lower == "sources.citation":
        moved |= Q(key__endswith=f", {key_text([name, *key])[1:]}")
    return Q(moved, label=model._meta.label_lower)


def tied_to(model, keys):
    """The records, of whatever kind, that name those of `model` with these primary keys in a many-to-many field."""
    relations = (one for one in model._meta.related_objects if one.many_to_many)
    return [
        owner
        for relation in relations
        for owner in relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": keys}).distinct()
    ]
