"""Official statistics in the table: which query finds them, and that every row says whom it describes."""

import html
import re

import pytest

from salaries.models import Area, PopulationDescribed, SalaryFigure
from salaries.tests.pages import words
from salaries.tests.queries import asked

pytestmark = pytest.mark.django_db

NEW_YORK = "new-york-newark-jersey-city-ny-nj"
AUSTIN = "austin-round-rock-san-marcos-tx"


def found(query):
    """The area and population of each figure, in order."""
    return [(figure.area.slug, figure.population_id) for figure in asked(query).figures]


def areas(query):
    return {area for area, _ in found(query)}


def rows_of_table(client, query):
    """{id: the text of the row} of one page of the table, in order."""
    content = client.get(f"/salaries/?{query}").content.decode()
    rows = re.findall(r'<tr role="row" id="([^"]+)">(.*?)</tr>', content, re.DOTALL)
    return {slug: words(row) for slug, row in rows}


# Filters


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 15),
        ("population=11-9111", 581),
        ("population=title&population=11-9111", 596),
        ("population=30010", 52),
        ("population=30010&state=ontario-ca", 11),
        ("population=2212", 1),
        ("population=1171", 1),
        ("population=11-9111&country=US", 581),
        ("population=11-9111&country=CA", 0),
        ("population=30010&country=CA", 52),
        ("population=2212&population=30010&country=CA&country=GB", 53),
        ("country=US", 4),
        ("state=new-york-us", 1),
        ("state=texas-us", 1),
        ("state=vermont-us", 0),
        ("population=11-9111&q=austin", 1),
        ("population=11-9111&q=vermont", 3),
        ("population=11-9111&q=newark", 1),
        ("population=11-9111&q=newark+jersey", 1),
        ("population=11-9111&city=vermont-us", 1),
    ],
)
def test_query_finds(query, count):
    filterset = asked(query)

    assert filterset.problems == {}
    assert len(filterset.figures) == count
    assert filterset.sentence(count).startswith(f"{count} figure")


def test_default_view_is_the_title_alone():
    assert {population for _, population in found("")} == {"title"}


@pytest.mark.parametrize("state", ["new-york-us", "new-jersey-us"])
def test_area_in_two_states_is_found_under_both(state):
    assert NEW_YORK in areas(f"population=11-9111&state={state}")
    assert (NEW_YORK, "11-9111") in found(f"population=11-9111&state={state}&city=new-york")


@pytest.mark.parametrize("state", ["pennsylvania-us", "texas-us"])
def test_area_is_not_found_under_another_state(state):
    assert NEW_YORK not in areas(f"population=11-9111&state={state}")


@pytest.mark.parametrize(
    ("state", "others"),
    [
        ("texas-us", {AUSTIN, "abilene-tx", "texas-us"}),
        ("ontario-ca", {"toronto-on", "ontario-ca"}),
        ("vermont-us", {"vermont-us"}),
    ],
)
def test_state_holds_itself_and_what_lies_in_it(state, others):
    found = areas(f"population=11-9111&population=30010&state={state}")

    assert others <= found
    assert {Area.objects.get(slug=slug).country_id for slug in found} == {state[-2:].upper()}


def test_city_of_the_role_is_found_in_its_state():
    assert found("state=texas-us") == [("austin", "title")]
    assert found("state=ontario-ca") == [("toronto", "title")]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("city=new-york&population=11-9111", [(NEW_YORK, "11-9111")]),
        ("city=new-york&population=11-9111&population=title", [("new-york", "title"), (NEW_YORK, "11-9111")]),
        ("city=toronto&population=30010", [("toronto-on", "30010")]),
        ("city=london&population=2212", [("united-kingdom", "2212")]),
        ("city=delhi&population=11-9111", []),
        (f"city={AUSTIN}&population=29-1229", [(AUSTIN, "29-1229")]),
        ("q=nyc&population=11-9111", [(NEW_YORK, "11-9111")]),  # by the alias of the city in it
        ("q=austin&population=29-1229", [(AUSTIN, "29-1229")]),
    ],
)
def test_city_leads_to_the_area_around_it(query, rows):
    assert found(query) == rows


def test_pages_hold_every_figure_once(client):
    pages = [rows_of_table(client, f"population=29-1242&page={page}") for page in (1, 2)]

    assert [len(rows) for rows in pages] == [60, 31]
    assert len(pages[0] | pages[1]) == 91


def test_ten_pages_hold_the_managers(client):
    first = client.get("/salaries/?population=11-9111")
    last = rows_of_table(client, "population=11-9111&page=10")

    assert first.context["page"].paginator.num_pages == 10
    assert len(last) == 581 - 9 * 60
    assert 'href="?population=11-9111&amp;page=2#results"' in first.content.decode()


# Names


@pytest.mark.parametrize(
    "query",
    [
        "population=11-9111&state=texas-us",
        "population=title&population=11-9111&state=texas-us&ordering=-median&basis=converted",
        "population=title&population=30010&country=CA&basis=ppp",
        "population=title&population=1171&population=2212&country=GB&ordering=median",
    ],
)
def test_every_row_says_whom_it_describes(query, client):
    rows = rows_of_table(client, query)
    populations = dict(SalaryFigure.objects.filter(slug__in=rows).values_list("slug", "population"))

    assert len(rows) == len(populations) > 1
    for slug, text in rows.items():
        code = populations[slug]
        assert ("this title" if code == "title" else f"class {code}, not this title") in text
        assert ("Official statistic" if code == "title" else "Estimate") not in text


def test_mixed_list_names_both_in_its_sentence(client):
    response = client.get("/salaries/?population=title&population=11-9111")

    assert response.context["sentence"].startswith(
        "596 figures for medical director and medical and health services managers (11-9111)"
    )
    assert "Not this title: medical and health services managers (11-9111)." in response.content.decode()


def test_every_class_is_explained_on_the_page(client):
    for population in PopulationDescribed.objects.exclude(code="title"):
        place = "&state=vermont-us" if population.classification.endswith("United States") else ""
        content = html.unescape(client.get(f"/salaries/?population={population.code}{place}").content.decode())

        assert len(population.about.split()) >= 9
        assert population.classification
        assert str(population) in content
        assert population.about in content


def test_every_class_of_the_figures_is_offered(client):
    content = client.get("/salaries/").content.decode()
    codes = set(SalaryFigure.objects.order_by().values_list("population", flat=True))

    assert codes == set(PopulationDescribed.objects.values_list("code", flat=True))
    assert [code for code in codes if f'name="population" value="{code}"' not in content] == []
