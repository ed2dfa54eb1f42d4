"""The page of the comparison: which places are asked for, and what leads to it and on."""

import re
from urllib.parse import urlencode

import pytest
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salaries.models import Area
from salaries.tests.queries import COMPARE, FOUR, INDIA, UNITED_STATES, comparison

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", []),
        ("?city=delhi", ["Delhi"]),
        ("?city=delhi&city=bengaluru", ["Delhi", "Bengaluru"]),
        ("?city=bengaluru&city=delhi", ["Bengaluru", "Delhi"]),
        ("?city=delhi&city=delhi&city=london&city=delhi", ["Delhi", "London"]),
        ("?city=delhi&city=&city=london", ["Delhi", "London"]),
        ("?city=delhi&city=nowhere&city=london", ["Delhi", "London"]),
        ("?city=delhi&city=united-kingdom", ["Delhi", "United Kingdom"]),
        ("?city=paris&city=berlin&city=delhi&city=london&city=austin", ["Paris", "Berlin", "Delhi", "London"]),
        ("?city=delhi&city=Delhi", ["Delhi"]),
    ],
)
def test_places_in_the_order_asked(query, names):
    assert [area.name for area in comparison(query).areas] == names


@pytest.mark.parametrize(
    ("query", "problems"),
    [
        ("?city=delhi&city=delhi", {}),
        ("?city=delhi&currency=EUR", {}),
        ("?city=delhi&city=nowhere", {"city": "“nowhere”: no city or area here, so ignored."}),
        (
            "?city=paris&city=berlin&city=delhi&city=london&city=austin&city=tel-aviv",
            {"city": "At most four places fit side by side. Left out: Austin and Tel Aviv."},
        ),
        (
            "?city=x&city=paris&city=berlin&city=delhi&city=london&city=austin",
            {"city": "“x”: no city or area here, so ignored. At most four places fit side by side. Left out: Austin."},
        ),
        ("?currency=XYZ", {"currency": "“XYZ” is no currency with an exchange rate here, so it was ignored."}),
        ("?city=a%00b", {"city": "“ab”: no city or area here, so ignored."}),
    ],
)
def test_problems_are_named(query, problems, client):
    response = client.get(COMPARE + query)

    assert response.status_code == 200
    assert response.context["comparison"].problems == problems
    for text in problems.values():
        assert escape(text) in response.content.decode()


def test_wrong_values_leave_the_rest_standing(client):
    response = client.get(f"{COMPARE}{INDIA}&city=nowhere&currency=XYZ")

    assert "The rest is compared below." in response.content.decode()
    assert response.context["comparison"].conversion.units == "USD"
    assert "<table" in response.content.decode()


@pytest.mark.parametrize("query", ["", "?city=delhi", "?city=nowhere", "?city=delhi&city=delhi"])
def test_fewer_than_two_places_offer_the_choice(query, client):
    content = client.get(COMPARE + query).content.decode()

    assert "<table" not in content
    assert content.count('type="checkbox" name="city"') == Area.objects.cities().count()
    assert ('value="delhi" checked' in content) == ("delhi" in query)


def test_area_of_the_table_stands_in_the_choice(client):
    assert 'value="united-kingdom" checked' in client.get(f"{COMPARE}?city=united-kingdom").content.decode()


def test_links_remove_each_place_and_keep_the_order_and_the_currency(client):
    content = client.get(f"{COMPARE}?city=london&city=delhi&city=austin&currency=EUR").content.decode()

    for address in ("city=delhi&city=austin", "city=london&city=austin", "city=london&city=delhi"):
        assert f'href="?{escape(address)}&amp;currency=EUR"' in content


def test_form_adds_a_place_to_those_shown(client):
    content = client.get(COMPARE + INDIA).content.decode()

    assert re.findall(r'<input type="hidden" name="city" value="([^"]+)"', content) == ["delhi", "bengaluru"]
    added = content[content.index('<select id="add-city"') :]
    added = added[: added.index("</select>")]
    assert '<option value="london">' in added
    assert '<option value="delhi">' not in added


def test_full_comparison_takes_no_further_place(client):
    content = client.get(COMPARE + FOUR).content.decode()

    assert 'id="add-city"' not in content
    assert "Four is the most" in content


def test_title_and_trail(client):
    content = client.get(COMPARE + INDIA).content.decode()

    assert "<h1>Compare Delhi and Bengaluru</h1>" in content
    assert '<a href="/salaries/">Salaries</a>' in content


def test_ticks_of_the_salary_table_lead_here(client):
    content = client.get("/salaries/").content.decode()

    assert f'<form id="compare" class="actions" action="{COMPARE}" method="get">' in content
    assert 'name="city" value="delhi" form="compare"' in content


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 2), ("?city=delhi", 2), (INDIA, 5), (FOUR, 5), (f"{UNITED_STATES}&currency=EUR", 5), (f"{FOUR}&city=x", 5)],
)
def test_queries_are_few_and_do_not_grow(query, count, client, django_assert_num_queries):
    with django_assert_num_queries(count):
        client.get(COMPARE + query)


def test_only_reading_is_allowed(client):
    assert client.post(COMPARE).status_code == 405


HOSTILE = ["\0", "<script>zq7</script>", '"><b>zq7', "İı", "' OR 1=1 --", "{{ 6007*6007 }}", "a" * 500, "%", "../x"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([*HOSTILE, "delhi", "london", "austin", "toronto", "california"]) | st.text(max_size=9)),
    st.sampled_from([*HOSTILE, "", "EUR", "usd", "INR"]),
)
def test_any_query_gives_a_page(client, places, currency):
    query = urlencode([*(("city", place) for place in places), ("currency", currency)], errors="replace")
    response = client.get(f"{COMPARE}?{query}")

    assert response.status_code == 200
    assert len(response.context["comparison"].areas) <= 4
    assert "<script>zq7" not in response.content.decode()
    assert "<b>zq7" not in response.content.decode()
    assert "\0" not in response.content.decode()
