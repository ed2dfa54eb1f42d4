"""Any page of the open findings, the worst first, without walking through those before it.

They are counted by rule and population once for each revision of the content; the counts say in which of these groups a
page lies, and only those are put in order.
"""

from bisect import bisect_left, bisect_right
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import NamedTuple

from django.db.models import Q

from careerguide.kept import kept_by_revision
from salaries.findings import Finding
from salaries.rules import RULES


class Group(NamedTuple):
    """Open findings of one rule about figures of one population that readers can see."""

    rank: int
    rule: str
    severity: str
    population: str
    number: int


@kept_by_revision()
def groups():
    """All of them in the order of FindingQuerySet.worst_first."""
    return [Group(*row) for row in Finding.objects.published().open().counted_by_group()]


def counted_rules():
    """[(Rule, number of open findings about figures that readers can see)] of every rule."""
    numbers = dict.fromkeys(RULES, 0)
    for group in groups():
        numbers[group.rule] = numbers.get(group.rule, 0) + group.number
    return [(rule, numbers[name]) for name, rule in RULES.items()]


class OpenFindings:
    """Those that the filters let pass, counted and sliced as a Paginator asks for them."""

    ordered = True

    def __init__(self, active):
        """`active` holds what is asked for: a "rule", a "severity", both or neither."""
        self.groups = [group for group in groups() if all(getattr(group, name) == active[name] for name in active)]

    def count(self):
        return sum(group.number for group in self.groups)

    def __getitem__(self, wanted):
        reached = list(accumulate((group.number for group in self.groups), initial=0))
        start, stop = wanted.start, min(wanted.stop, reached[-1])
        if start >= stop:
            return []
        first, last = bisect_right(reached, start) - 1, bisect_left(reached, stop)
        where, before = reduce(or_, map(in_group, self.groups[first:last])), reached[first]
        found = Finding.objects.published().open().filter(where).with_joins().worst_first()
        return list(found[start - before : stop - before])


def in_group(group):
    return Q(rank=group.rank, rule=group.rule, figure__population=group.population)
