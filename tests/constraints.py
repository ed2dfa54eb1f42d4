"""Ask the database itself whether a constraint holds; forms and `full_clean()` have no say here."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import UniqueConstraint

from editorial.status import Publishable


@contextmanager
def refused_by(model, name):
    """What is done inside fails because of `model`'s constraint `name`, and for no other reason."""
    constraint = next(constraint for constraint in model._meta.constraints if constraint.name == name)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    if connection.vendor == "sqlite" and isinstance(constraint, UniqueConstraint):  # it names the columns instead
        columns = [model._meta.get_field(field).column for field in constraint.fields]
        name = ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
    assert name in str(caught.value)


def check_both_sides(model, name, broken, valid):
    """A row takes the values `valid`, and not the values `broken`."""
    row = model.objects.filter(pk=model.objects.values_list("pk").first()[0])
    with refused_by(model, name):
        row.update(**broken)
    assert row.update(**valid) == 1


def check_uniqueness(original, name, ours, apart):
    """A copy of a row is refused, even with the values `ours`; with the values `apart` it is a row of its own."""
    model = type(original)
    with refused_by(model, name):
        copied(original, **ours).save()
    copied(original, **ours, **apart).save()


def copied(original, **changes):
    copy = type(original).objects.get(pk=original.pk)
    copy.pk, copy._state.adding = None, True
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def names(*models):
    """The names of all constraints that these models declare themselves.

    Those of the status, which six kinds share, are tested for all of them in editorial/tests/test_constraints.py.
    """
    shared = {one.name % {"class": model._meta.model_name} for model in models for one in Publishable.Meta.constraints}
    return {constraint.name for model in models for constraint in model._meta.constraints} - shared
