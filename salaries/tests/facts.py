"""Facts of made-up figures, and what a rule says of them; no database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from salaries.choices import Basis
from salaries.rules import RULES, Facts, Peers

TODAY = date(2026, 11, 22)


def figures(*changes, **shared):
    """Figures that no statistical rule compares unless asked to: each in a place of its own, without a value."""
    return [Facts(**{"key": n, "area": n, "place": f"Place {n}"} | shared | one) for n, one in enumerate(changes)]


def priced(*values, **first):
    """Figures of one role with these purchasing-power values; further facts are of the first."""
    one, *others = figures(*({"ppp": Decimal(value)} for value in values))
    return [replace(one, **first), *others]


def at(z):
    """Seven figures, of which the first lies `z` robust standard deviations from the median of int$ 200,000.

    The six others lie at most one doubling from it, so that the median distance from the median is one doubling.
    """
    up = 1 if z > 0 else -1
    doublings = [z / 0.6745, 0, up, up, -up, -up, -up]
    return priced(*(200_000 * 2**times for times in doublings))


def conflicting(found, times):
    """The same figures; the first holds `times` the amount of the second, in one country and currency."""
    one, other, *rest = found
    return [replace(one, yearly=Decimal(times) * 1000), replace(other, yearly=Decimal(1000)), *rest]


def earning(*amounts, **shared):
    return figures(*({"yearly": Decimal(amount)} for amount in amounts), **shared)


def official(p10, p90, **facts):
    """An official figure of a wider class in area 0, where the judged figure is."""
    values = {"key": 99, "place": "Shire", "population": "managers (11-9111)", "is_title": False}
    percentiles = {name: value and Decimal(value) for name, value in (("p10", p10), ("p90", p90))}
    return Facts(**values | percentiles | {"basis": Basis.OFFICIAL} | facts)


def of(as_of):
    return figures({"as_of": as_of})


def check(name, found, today=TODAY):
    """What a rule says of the first of these figures; None if it is silent."""
    return RULES[name].check(found[0], Peers(found, today))
