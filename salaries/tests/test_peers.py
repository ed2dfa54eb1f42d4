"""The figure furthest from another is found without holding every figure against every other."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salaries import peers
from salaries.limits import CONFLICT_RATIO
from salaries.peers import Facts, Peers, apart

DAY = date(2026, 11, 22)
AMOUNTS = [None, *map(Decimal, (1, 2, 4, 8, 16))]
STATUSES = st.sampled_from(["published", "draft"])
ROWS = st.tuples(st.sampled_from(AMOUNTS), st.sampled_from("AB"), st.booleans(), STATUSES)


def figures(rows):
    return [
        Facts(key=key, yearly=yearly, country=country, is_title=is_title, status=status)
        for key, (yearly, country, is_title, status) in enumerate(rows)
    ]


def furthest(one, some):
    """The answer by holding it against all of them."""
    rivals = [
        other
        for other in some
        if other.is_published and other.is_title and other.yearly and other.key != one.key
        if other.country == one.country and apart(one, other) > CONFLICT_RATIO
    ]
    return max(rivals, key=lambda other: (apart(one, other), other.key), default=None)


@given(st.lists(ROWS, max_size=8))
def test_conflict_is_with_the_furthest_of_all(rows):
    some = figures(rows)
    among = Peers(some, DAY)

    for one in some:
        wanted = furthest(one, some) if one.is_title and one.yearly else None
        assert among.conflict(one) is wanted


@given(st.lists(ROWS, max_size=6))
def test_rivals_are_counted_without_the_figure_itself(rows):
    some = figures(rows)
    among = Peers(some, DAY)

    for one in some:
        others = [other for other in some if other.key != one.key and other.is_published and other.is_title]
        assert among.rival_count(one) == sum(other.country == one.country for other in others)


def test_twice_as_many_figures_take_twice_as_many_comparisons(monkeypatch):
    def comparisons(count):
        made = []
        monkeypatch.setattr(peers, "apart", lambda one, other: made.append(1) or apart(one, other))
        some = figures([(Decimal(1 + n % 9), "A", True, "published") for n in range(count)])
        among = Peers(some, DAY)
        for one in some:
            among.conflict(one)
        return len(made)

    assert comparisons(2000) <= 2.1 * comparisons(1000)
