"""Database constraints that several models declare alike."""

from django.db.models import CheckConstraint, Q


def one_of(field, choices, name, or_empty=False):
    """The database accepts only the declared choices; saving past the forms would otherwise take any word."""
    values = [*choices.values, ""] if or_empty else choices.values
    return CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)
