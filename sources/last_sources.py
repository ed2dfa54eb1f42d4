"""No public statement loses its only source: which statements would be left with none."""

from django.db import transaction

from sources.models import STATEMENT_FIELDS, Citation

ONLY_SOURCE = "It is the only source of {}; add another first."


def left_without(statements, going=()):
    """The statements that readers see, or saw, and that no citation ties to a source, but those `going` (primary keys).

    Inside a transaction each statement is held, so that two editors do not take away the last two at once.
    """
    return [one for one in dict.fromkeys(statements) if one.was_public and not has_source(one, going)]


def has_source(statement, going):
    if transaction.get_connection().in_atomic_block:
        held = type(statement)._default_manager.select_for_update(of=("self",)).order_by()
        held.filter(pk=statement.pk).first()
    return statement.citations.exclude(pk__in=going).exists()


def forsaken(changes):
    """The statements, as far as they are still there, that citations belonged to before these changes."""
    removed = [change.before for change in changes if change.label == Citation._meta.label_lower]
    named = [(field, before[field]) for before in removed for field in STATEMENT_FIELDS if before.get(field)]
    found = [
        Citation._meta.get_field(field).related_model._default_manager.with_natural_keys([key]).first()
        for field, key in named
    ]
    return [one for one in found if one is not None]
