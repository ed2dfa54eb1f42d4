"""What a form holds while it is saved, so that nobody else saves the same records meanwhile.

The form of a duty also edits its citations, which have forms of their own; and whether a duty is public depends on its
career. Whoever saves a part therefore holds all that it is a part of, too: first these, then the part. As this always
goes from the whole to its parts, and by their keys within a kind, nobody waits for somebody who waits for them.
"""

from django.forms.models import _get_foreign_key

from editorial.saving.effects import seen_through


def owner_field(owner, inline):
    """The relation that ties the rows of an inline to the record of the model `owner` whose form has them."""
    return _get_foreign_key(owner, inline.model, fk_name=inline.fk_name)


def wholes(record):
    """The records of which this one is a part, those that are parts of nothing first."""
    _, *found = seen_through(record)
    return sorted(found, key=lambda one: (len(seen_through(one)), one._meta.label, one.pk))


def hold(record):
    """The record as it is now, held with what it is a part of until the transaction ends; None if it is gone."""
    for whole in wholes(record):
        lock(type(whole), whole.pk)
    if lock(type(record), record.pk) is None:
        return None
    record.refresh_from_db()
    return record


def lock(model, pk):
    return model._default_manager.select_for_update(of=("self",)).filter(pk=pk).first()
