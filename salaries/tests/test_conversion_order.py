"""Bounds and order speak of the amount shown, across currencies and pay periods; test_conversion.py has the rates."""

import pytest

from salaries.tests.figures import NOT_RANKED, title_figures
from salaries.tests.queries import cities

pytestmark = pytest.mark.django_db

BY_DOLLARS = [
    "delhi",
    "shenzhen",
    "beijing",
    "paris",
    "berlin",
    "san-francisco",
    "new-york",
    "austin",
    "london",
    "seattle",
    "singapore",
]
BY_POWER = [
    "shenzhen",
    "delhi",
    "paris",
    "berlin",
    "beijing",
    "san-francisco",
    "new-york",
    "austin",
    "london",
    "seattle",
    "singapore",
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("city=paris&currency=USD&min=167580", ["paris"]),
        ("city=paris&currency=USD&min=167580.01", []),
        ("city=paris&currency=USD&max=167580", ["paris"]),
        ("city=paris&currency=USD&max=167579.99", []),
        ("city=london&currency=USD&min=401966.90", ["london"]),
        ("city=london&currency=USD&min=401966.91", []),
        ("city=london&currency=USD&max=401966.90", ["london"]),
        ("city=london&currency=USD&max=401966.89", []),
        ("city=berlin&basis=ppp&min=244824.26", ["berlin"]),
        ("city=berlin&basis=ppp&min=244824.27", []),
        ("city=berlin&basis=ppp&max=244824.26", ["berlin"]),
        ("city=berlin&basis=ppp&max=244824.25", []),
        ("city=paris&basis=printed&min=150000", ["paris"]),  # as printed, the printed amount counts
        ("city=paris&basis=printed&min=150000.01", []),
        ("currency=USD&min=0&country=IN", ["delhi"]),  # no bound lets a figure pass that is not ranked
        ("currency=USD&max=999999999999&country=IN", ["delhi"]),
        ("min=418000&max=418000", ["bengaluru"]),
        ("currency=EUR&min=150000&max=176000", ["berlin", "paris"]),
    ],
)
def test_bound_is_compared_with_the_shown_amount(query, found):
    assert cities(query) == found


def test_bound_counts_the_pay_period():
    title_figures("paris").update(amount="12500", period="month")

    assert cities("city=paris&currency=EUR&min=150000&max=150000") == ["paris"]
    assert cities("city=paris&min=12500&max=12500") == ["paris"]


@pytest.mark.parametrize(
    ("basis", "rising"),
    [("converted", BY_DOLLARS), ("ppp", BY_POWER)],
)
def test_median_is_sorted_across_currencies_and_what_is_not_ranked_comes_last(basis, rising):
    last = sorted(NOT_RANKED)

    assert cities(f"basis={basis}&ordering=median") == [*rising, *last]
    assert cities(f"basis={basis}&ordering=-median") == [*reversed(rising), *last]


@pytest.mark.parametrize("asked_for", ["CAD", "CNY", "EUR", "GBP", "ILS", "INR", "SGD", "USD"])
def test_order_is_the_same_in_every_currency(asked_for):
    assert cities(f"currency={asked_for}&ordering=median") == [*BY_DOLLARS, *sorted(NOT_RANKED)]


@pytest.mark.parametrize("ordering", ["city", "-city", "country", "-country", "as_of", "-as_of"])
def test_what_is_not_ranked_comes_last_in_every_order_of_a_converted_view(ordering):
    found = cities(f"currency=USD&ordering={ordering}")

    assert set(found[-4:]) == NOT_RANKED
    assert found[:-4] == [city for city in cities(f"ordering={ordering}") if city not in NOT_RANKED]
