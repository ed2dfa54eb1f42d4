"""Database constraints that several models declare alike."""

from django.db.models import CheckConstraint, Q


def one_of(field, choices, name):
    """The database accepts only the declared choices; loading a fixture raw would otherwise take any word."""
    return CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)
