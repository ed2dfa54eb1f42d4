"""The page of the part-time calculator, and the example that it offers."""

import json
import re

import pytest
from django.conf import settings
from django.http import QueryDict

from salaries.parttime_form import PartTimeForm
from salaries.parttime_views import ASSUMED, EXAMPLE, EXAMPLE_QUERY, SOURCES, WAGES

pytestmark = pytest.mark.django_db

ADDRESS = "/salaries/part-time/"


def fixture(name):
    return [row["fields"] for row in json.loads((settings.BASE_DIR / "fixtures" / name).read_text())]


def test_example_comes_from_the_fixtures():
    sources = {row["slug"]: row for row in fixture("sources.source.json")}
    figures = {row["slug"]: row for row in fixture("salaries.salaryfigure.json")}
    passages = {row["slug"]: row["text"] for row in fixture("careers.passage.json")}
    answers = " ".join(row["answer"] for row in fixture("careers.question.json"))
    values = {one.name: one.value for one in EXAMPLE}
    figure = figures["oews-2025-29-1229-us"]

    assert set(sources) >= SOURCES
    assert {one.source for one in EXAMPLE} - {ASSUMED} <= SOURCES
    assert (values["salary"], [WAGES], values["currency"]) == (figure["amount"], figure["source"], figure["currency"])
    assert f"${values['rate']}.19" in passages["pay-hospital-hourly"]
    assert "gave four to six hours a week" in answers
    assert (values["hours"], values["hours_per"]) == ("4", "week")


def test_example_is_a_whole_calculation():
    form = PartTimeForm(QueryDict(EXAMPLE_QUERY[1:]))

    assert form.problems == {}
    assert (form.pay.total, form.pay.notes, form.pay.surplus_hours) == (269705, [], 0)  # 239,337 + 30,368


def test_empty_form_explains_and_calculates_nothing(client):
    content = client.get(ADDRESS).content.decode()

    assert 'id="result"' not in content
    assert "<table" not in content
    assert "notice" not in content
    assert "most posts were part-time" in content
    assert 'name="weeks" type="text" value="52"' in content
    assert 'name="currency" type="text" value="USD"' in content


@pytest.mark.parametrize("query", ["?weeks=48&currency=EUR&hours_per=week&salary=&share=", "?salary=abc", "?x=1"])
def test_without_numbers_there_is_no_result(query, client):
    response = client.get(ADDRESS + query)

    assert response.status_code == 200
    assert 'id="result"' not in response.content.decode()


def test_result_shows_formula_and_inputs(client):
    content = client.get(f"{ADDRESS}?salary=250,000&share=80&hours=5&hours_per=week&rate=150&currency=eur")
    content = content.content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert "<strong>EUR 239,000</strong> a year" in content  # 200,000 + 260 x 150
    for text in ("EUR 250,000 × 80%", "5 hours × 52 weeks", "260 hours × EUR 150", "EUR 200,000 + EUR 39,000"):
        assert text in content
    assert 'value="250,000"' in content
    assert '<option value="week" selected>' in content
    assert "More than full time" not in content


def test_more_than_full_time_is_warned_of_not_refused(client):
    content = client.get(f"{ADDRESS}?salary=100000&hours=10&rate=100").content.decode()

    assert "120\N{NO-BREAK SPACE}hours a year above a full-time year of 2,080\N{NO-BREAK SPACE}hours" in content
    assert "<strong>USD\N{NO-BREAK SPACE}112,000</strong>" in content


def test_problem_stands_beside_its_field_and_the_rest_counts(client):
    response = client.get(f"{ADDRESS}?salary=lots&stipend=30000&hours_per=day")
    content = response.content.decode()

    assert response.status_code == 200
    assert 'value="lots"' in content
    assert re.search(r'id="salary-problem">“lots” is no amount', content)
    assert re.search(r'id="hours_per-problem">“day” is no period', content)
    assert 'id="stipend-problem"></p>' in content
    assert "<strong>USD\N{NO-BREAK SPACE}30,000</strong>" in content


@pytest.mark.parametrize("name", PartTimeForm.base_fields)
def test_what_was_typed_comes_back_escaped(name, client):
    content = client.get(ADDRESS, {name: '"><script>zq7</script>\0', "stipend": "1"} | {name: '"><b>zq7'})
    hostile = client.get(ADDRESS, {name: '"><script>zq7</script>\0'}).content.decode()

    assert "<b>zq7" not in content.content.decode()
    assert "<script>zq7" not in hostile
    assert "\0" not in hostile
    assert "&lt;script&gt;zq7" in hostile


@pytest.mark.parametrize("query", ["", EXAMPLE_QUERY, "?salary=abc"])
def test_one_query(query, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(ADDRESS + query)


def test_example_link_fills_the_form_and_names_its_sources(client):
    empty = client.get(ADDRESS).content.decode()
    href = re.search(r'href="([^"]+)">Fill in an example', empty)[1].replace("&amp;", "&")
    content = client.get(ADDRESS + href).content.decode()

    assert href == EXAMPLE_QUERY
    assert "<strong>USD\N{NO-BREAK SPACE}269,705</strong>" in content
    for one in EXAMPLE:
        assert f'value="{one.value}"' in content
    for slug in SOURCES:
        assert f'href="/sources/{slug}/"' in empty
    assert "BLS.gov cannot vouch" in empty


def test_form_needs_no_script(client):
    content = client.get(ADDRESS + EXAMPLE_QUERY).content.decode()

    assert "<script" not in content
    assert f'action="{ADDRESS}" method="get"' in content


def test_other_methods_are_refused(client):
    assert client.head(ADDRESS).status_code == 200
    assert client.post(ADDRESS).status_code == 405
