"""What the database refuses although the form let it pass, in words that say what to do."""

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, OperationalError

FAULTS = (OperationalError, IntegrityError, DataError, OverflowError, ValueError)
NOTHING_SAVED = "Nothing was saved; what you typed is still here."
BUSY = "Nothing was saved: others are saving at the same time. What you typed is still here; save it again."
TOO_LARGE = f"{NOTHING_SAVED} A value is too large, or holds a character that no text has: shorten or retype it."
REFUSED = f"{NOTHING_SAVED} Something that it names was changed or deleted at the same time, or exists already."
WAY_ON = f"{NOTHING_SAVED} Change it here, or open the other record."


def refusals_of(fault, record, new):
    """[(field, text)] for the form that comes back. `record` is what was being saved, if it came to that."""
    if isinstance(fault, OperationalError):  # the database would not wait any longer
        return [("", BUSY)]
    if not isinstance(fault, IntegrityError):
        return [("", TOO_LARGE)]
    return complaints(record, new) or [("", f"{REFUSED} {broken_rule(fault)}".strip())]


def complaints(record, new):
    """What a record breaks. The form asked this, too, but not of fields that it only shows, nor in this moment."""
    if record is None:
        return []
    if new:
        record.pk, record._state.adding = None, True
    found = {}
    for check in (record.validate_unique, record.validate_constraints):
        try:
            check()
        except ValidationError as error:
            found |= error.message_dict
    return [("" if name == NON_FIELD_ERRORS else name, f"{' '.join(texts)} {WAY_ON}") for name, texts in found.items()]


def broken_rule(fault):
    """The message of the constraint that the database names, if it says more than its name."""
    for model in apps.get_models():
        for one in model._meta.constraints:
            if one.name in str(fault) and one.violation_error_message != one.default_violation_error_message:
                return one.violation_error_message
    return ""
