"""Whatever the query string: an answer, and the same figures in the same order in table, CSV and JSON."""

import csv
import re
from decimal import Decimal
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from salaries.filters import ORDERINGS, SalaryFilter

pytestmark = pytest.mark.django_db

FAST = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a query that fails has ten pairs at most; to shrink it takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
LONGEST = 4096  # characters of a query string; see careerguide/middleware.py

# Hundreds of figures describe these classes in the United States; a state keeps the pages of an example few.
LARGE = {"11-9111", "29-1215", "29-1229"}
STATES = ["vermont-us", "hawaii-us", "new-jersey-us", "district-of-columbia-us"]
GOOD = {
    "q": ["india", "new york", "usa", "上海", "austin", "UK"],
    "city": [
        "delhi",
        "london",
        "new-york",
        "toronto",
        "austin-round-rock-san-marcos-tx",
        "burlington-south-burlington-vt",
    ],
    "state": [*STATES, "ontario-ca"],
    "country": ["IN", "GB", "CN", "CA", "US"],
    "min": ["0", "150000", "300,000", "3e5", "41071.98"],
    "max": ["141000", "1000000", "999999999999.99", "60"],
    "confidence": ["clear", "note", "doubt", "exclude"],
    "career": ["medical-director"],
    "population": ["title", "30010", "1171", "2212", "29-1243", *sorted(LARGE)],
    "basis": ["printed", "converted", "ppp"],
    "currency": ["USD", "EUR", "GBP", "INR", "CNY", "ILS", "SGD", "CAD"],
    "ordering": [value for value, _ in ORDERINGS],
    "page": ["1", "2", "99"],
}
BAD = st.text(max_size=30) | st.sampled_from(
    [
        "",
        " ",
        "\0",
        "%",
        "_",
        "NaN",
        "-1",
        "1e999999",
        "9" * 400,
        "a" * 101,
        "XAU",
        "-pk",
        "title ",
        "٣",
        "’",
        "İ",
        "\ud800",
    ]
)
NAMES = st.sampled_from([*GOOD, "population", "basis", "currency", "ordering"])  # the last four twice as often
PAIR = NAMES.flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(GOOD[name]) | BAD))
STRANGE = st.tuples(st.text(max_size=12), st.text(max_size=12) | st.just("a" * 5000))


@st.composite
def queries(draw):
    """A list of (name, value), in which a large class of workers comes with a state."""
    pairs = draw(st.lists(PAIR, max_size=8)) + draw(st.lists(STRANGE, max_size=2))
    pairs = draw(st.permutations(pairs))
    if any(name == "population" and value in LARGE for name, value in pairs):
        pairs.append(("state", draw(st.sampled_from(STATES))))  # of several states the last counts
    return pairs


def written(pairs):
    return urlencode(pairs, errors="replace")


def table_ids(response):
    return re.findall(r'<tr role="row" id="([^"]+)"', response.content.decode())


def ids_of_all_pages(client, pairs):
    """The ids of every page of the table, from the first to the last."""
    rest = [(name, value) for name, value in pairs if name != "page"]
    first = client.get(f"/salaries/?{written(rest)}")
    found = table_ids(first)
    for number in range(2, first.context["page"].paginator.num_pages + 1):
        found += table_ids(client.get(f"/salaries/?{written([*rest, ('page', number)])}"))
    return found


@FAST
@given(pairs=queries())
def test_any_query_gives_the_same_figures_everywhere(pairs, db):
    query, client = written(pairs), Client()
    answers = [client.get(f"{address}?{query}") for address in ("/salaries/", "/salaries.csv", "/salaries.json")]

    if len(query) > LONGEST:
        assert {answer.status_code for answer in answers} == {414}
        return
    assert {answer.status_code for answer in answers} == {200}  # a wrong value is named, never refused
    rows = list(csv.DictReader(StringIO(answers[1].content.decode(), newline="")))
    figures = answers[2].json()["figures"]
    ids = [figure["id"] for figure in figures]
    assert len(ids) == len(set(ids))
    assert [row["id"] for row in rows] == ids
    assert ids_of_all_pages(client, pairs) == ids
    assert answers[2].json()["meta"]["description"] == answers[0].context["sentence"]
    assert_amounts_agree(rows, figures, answers[0].context["filterset"])


def assert_amounts_agree(rows, figures, filterset):
    """CSV and JSON say the same, and what may not be ranked is neither converted nor in front of what may."""
    for row, figure in zip(rows, figures, strict=True):
        for name in ("amount", "shown_amount", "shown_currency", "rate_date", "rankable"):
            assert row[name] == ("" if figure[name] is None else str(figure[name]))
        assert (figure["shown_amount"] is None) == (figure["shown_currency"] is None)
        if not figure["rankable"]:
            assert figure["shown_amount"] is None
    assert [figure["rankable"] for figure in figures] == sorted(
        (figure["rankable"] for figure in figures), reverse=True
    ) or not filterset.grouped
    if not filterset.conversion.is_printed:
        shown = [
            None if one["shown_amount"] is None else Decimal(row["shown_amount"])
            for row, one in zip(rows, figures, strict=True)
        ]
        amounts = [amount for amount in shown if amount is not None]
        assert shown == amounts + [None] * (len(shown) - len(amounts))
        assert filterset.order not in ("median", "-median") or amounts == sorted(
            amounts, reverse="-" in filterset.order
        )
        assert all(
            filterset.active.get("min", 0) <= amount <= filterset.active.get("max", amount) for amount in amounts
        )


@FAST
@given(pairs=queries())
def test_canonical_query_asks_the_same_without_a_problem(pairs, db):
    asked = SalaryFilter(QueryDict(written(pairs)[:LONGEST]))
    again = SalaryFilter(QueryDict(asked.query().lstrip("?")))

    assert again.problems == {}
    assert again.query() == asked.query()
    assert again.sentence(1) == asked.sentence(1)
    assert list(again.figures.values_list("pk")) == list(asked.figures.values_list("pk"))
