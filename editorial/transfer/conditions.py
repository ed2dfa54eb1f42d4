"""The check constraints of a model, asked of a record in memory: the database would be asked once for each and row.

As in SQL, a comparison with nothing is neither true nor false, and only what is false is refused. What is not
understood here, such as a function of the database, is left to the database.
"""

from functools import cache

from django.db.models import CheckConstraint, F, Q

COMPARISONS = {
    "": lambda left, right: left == right,
    "exact": lambda left, right: left == right,
    "in": lambda left, right: left in right,
    "gt": lambda left, right: left > right,
    "gte": lambda left, right: left >= right,
    "lt": lambda left, right: left < right,
    "lte": lambda left, right: left <= right,
    "range": lambda left, right: right[0] <= left <= right[1],
}


def broken(record):
    """The messages of the check constraints that the record breaks."""
    return [message for message, holds in checks(type(record)) if holds(record) is False]


@cache
def checks(model):
    """[(message, function of a record that returns True, False or None, which is unknown)]"""
    constraints = [one for one in model._meta.constraints if isinstance(one, CheckConstraint)]
    return [(one.get_violation_error_message(), function_of(one.condition)) for one in constraints]


def function_of(condition):
    if isinstance(condition, tuple):
        return comparison(*condition)
    if not isinstance(condition, Q) or condition.connector == Q.XOR:
        return unknown
    parts = [function_of(child) for child in condition.children]
    decisive = condition.connector == Q.OR  # one true part decides an OR, one false part an AND

    def holds(record):
        answer = not decisive
        for part in parts:
            found = part(record)
            if found is decisive:
                answer = decisive
                break
            if found is None:
                answer = None
        return not answer if condition.negated and answer is not None else answer

    return holds


def comparison(path, wanted):
    name, _, lookup = path.partition("__")
    if lookup == "isnull":
        return lambda record: (getattr(record, name) is None) == wanted
    if lookup not in COMPARISONS or (hasattr(wanted, "resolve_expression") and not isinstance(wanted, F)):
        return unknown
    compare = COMPARISONS[lookup]

    def holds(record):
        left = getattr(record, name)
        right = getattr(record, wanted.name) if isinstance(wanted, F) else wanted
        return None if left is None or right is None else compare(left, right)

    return holds


def unknown(record):
    return None
