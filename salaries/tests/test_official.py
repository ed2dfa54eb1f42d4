"""Official statistics beside the title's figures: what was published, where it is shown, and under which name."""

import csv
import html
import re
from decimal import Decimal
from io import StringIO

import pytest
from django.http import QueryDict

from salaries.filters import SalaryFilter
from salaries.models import Area, PopulationDescribed, SalaryFigure
from sources.models import Source

pytestmark = pytest.mark.django_db

NEW_YORK = "new-york-newark-jersey-city-ny-nj"
AUSTIN = "austin-round-rock-san-marcos-tx"
RECORDED = ["bls-oews-2025", "jobbank-wages-2024", "ons-ashe-2024"]

# Word for word as research/open-data.md and the notes beside the data ask.
ATTRIBUTIONS = {
    "bls-oews-2025": "U.S. Bureau of Labor Statistics, OEWS, May 2025. BLS.gov cannot vouch for the data or analyses "
    "derived from these data after the data have been retrieved from BLS.gov.",
    "jobbank-wages-2024": "Contains information licensed under the Open Government Licence - Canada.",
    "ons-ashe-2024": "Source: Office for National Statistics, ASHE 2024 provisional, licensed under the Open "
    "Government Licence v3.0.",
    "ecb-reference-rates": "Source: European Central Bank, euro foreign exchange reference rates.",
    "worldbank-prices-2025": "World Bank, World Development Indicators / International Comparison Program, CC BY 4.0.",
}


def asked(query):
    return SalaryFilter(QueryDict(query))


def found(query):
    """The area and population of each figure, in order."""
    return [(figure.area.slug, figure.population_id) for figure in asked(query).figures]


def areas(query):
    return {area for area, _ in found(query)}


def rows_of_table(client, query):
    """{id: the text of the row} of one page of the table, in order."""
    content = client.get(f"/salaries/?{query}").content.decode()
    rows = re.findall(r'<tr role="row" id="([^"]+)">(.*?)</tr>', content, re.DOTALL)
    return {slug: " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split()) for slug, row in rows}


# What was published


@pytest.mark.parametrize(
    ("source", "count"),
    [("bls-oews-2025", 3286), ("jobbank-wages-2024", 52), ("ons-ashe-2024", 4), ("opencourser-career-2024", 15)],
)
def test_source_has_all_its_figures(source, count):
    assert SalaryFigure.objects.filter(source__slug=source).count() == count


def test_official_figures_are_those_of_the_three_offices():
    assert set(SalaryFigure.objects.filter(basis="official").values_list("source__slug", flat=True)) == set(RECORDED)
    assert SalaryFigure.objects.filter(basis="official").describing(["title"]).count() == 0


@pytest.mark.parametrize(
    ("area", "population", "p10", "p25", "amount", "p75", "p90"),
    [
        ("united-states", "11-9111", 73_390, 94_700, 123_860, 166_100, 224_340),
        (NEW_YORK, "11-9111", 102_450, 130_030, 167_580, 219_010, 348_010),
        ("san-francisco-oakland-fremont-ca", "11-9111", 67_320, 104_010, 166_310, 224_090, 315_430),
        ("seattle-tacoma-bellevue-wa", "11-9111", 98_360, 125_770, 160_100, 204_550, 307_930),
        (AUSTIN, "11-9111", 64_210, 93_110, 126_110, 164_450, 269_090),
        ("toronto-on", "30010", "32.34", None, "56.09", None, "86.54"),
        ("canada", "30010", "28.85", None, "52.50", None, "75"),
        ("united-kingdom", "2212", 40_227, 55_962, 74_979, 118_090, 148_583),
        ("united-kingdom", "1171", None, None, None, None, None),
    ],
)
def test_figure_is_as_published(area, population, p10, p25, amount, p75, p90):
    figure = SalaryFigure.objects.get(area__slug=area, population=population)
    published = [None if value is None else Decimal(value) for value in (p10, p25, amount, p75, p90)]

    assert [figure.p10, figure.p25, figure.amount, figure.p75, figure.p90] == published


@pytest.mark.parametrize(
    ("area", "amount", "p75", "p90"),
    [
        ("united-states", 265_930, 378_770, 452_360),
        (NEW_YORK, 265_930, 369_310, 424_620),
        ("san-francisco-oakland-fremont-ca", 294_360, 347_750, 425_070),
        ("seattle-tacoma-bellevue-wa", 330_560, 383_880, 433_910),
        (AUSTIN, 276_600, 349_520, 483_640),
    ],
)
def test_physicians_are_as_published(area, amount, p75, p90):
    figure = SalaryFigure.objects.get(area__slug=area, population="29-1229")

    assert (figure.amount, figure.p75, figure.p90) == (amount, p75, p90)


@pytest.mark.parametrize(
    ("source", "currency", "period", "as_of"),
    [
        ("bls-oews-2025", "USD", "year", "2025-05"),
        ("jobbank-wages-2024", "CAD", "hour", "2024"),
        ("ons-ashe-2024", "GBP", "year", "2024"),
    ],
)
def test_source_has_one_currency_period_and_time(source, currency, period, as_of):
    stated = SalaryFigure.objects.filter(source__slug=source).order_by().values_list("currency", "period", "as_of")

    assert set(stated.distinct()) == {(currency, period, as_of)}


def test_employment_and_standard_errors_are_kept():
    figure = SalaryFigure.objects.get(slug="oews-2025-11-9111-us")

    assert (figure.employment, figure.employment_error, figure.wage_error) == (597_080, Decimal("0.6"), Decimal("0.3"))
    assert figure.mean == 140_970


# What was withheld


@pytest.mark.parametrize(("why", "count"), [("at-least", 307), ("not-released", 131), ("", 2919)])
def test_reason_for_withholding_is_kept(why, count):
    assert SalaryFigure.objects.filter(withheld=why).count() == count


def test_bound_is_that_of_the_publisher():
    bounds = SalaryFigure.objects.filter(withheld="at-least").order_by().values_list("at_least", flat=True)

    assert set(bounds) == {Decimal(239_200)}
    assert not SalaryFigure.objects.exclude(withheld="at-least").exclude(at_least=None).exists()


@pytest.mark.parametrize(
    ("slug", "median", "why"),
    [
        ("oews-2025-29-1229-13460", "at or above USD 239,200", "Only known to be at or above a bound"),
        ("oews-2025-29-1229-12700", "not released", "Not released by the publisher"),
        ("ashe-2024-1171-gb", "not released", "Not released by the publisher"),
    ],
)
def test_card_says_why_there_is_no_median(slug, median, why, client):
    content = client.get(f"/salaries/figures/{slug}/").content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert f"<dt>Median</dt><dd>{median}</dd>" in content
    assert f"<dt>Median withheld</dt><dd>{why}</dd>" in content


def test_suppressed_median_of_british_managers_leaves_the_mean(client):
    figure = SalaryFigure.objects.get(slug="ashe-2024-1171-gb")
    content = client.get(figure.get_absolute_url()).content.decode()

    assert (figure.amount, figure.mean, figure.wage_error) == (None, 65_611, 14)
    assert "<dt>Mean</dt><dd>GBP\N{NO-BREAK SPACE}65,611</dd>" in content


# Areas


@pytest.mark.parametrize(
    ("city", "area"),
    [
        ("new-york", NEW_YORK),
        ("san-francisco", "san-francisco-oakland-fremont-ca"),
        ("seattle", "seattle-tacoma-bellevue-wa"),
        ("austin", AUSTIN),
        ("toronto", "toronto-on"),
        ("london", "united-kingdom"),
    ],
)
def test_city_is_tied_to_its_area(city, area, client):
    found = Area.objects.select_related("within").get(slug=city)

    assert found.within.slug == area
    assert found.within.get_absolute_url() in client.get(found.get_absolute_url()).content.decode()


def test_other_cities_have_no_area():
    assert Area.objects.cities().exclude(within=None).count() == 6


@pytest.mark.parametrize(
    ("kind", "count"),
    [("city", 15), ("country", 3), ("state", 64), ("metropolitan", 392), ("economic-region", 41)],
)
def test_areas_of_a_kind(kind, count):
    assert Area.objects.filter(kind=kind).count() == count


def test_area_with_figures_has_a_code_and_a_country():
    official = Area.objects.exclude(kind="city")

    assert not official.filter(code="").exists()
    assert set(official.order_by().values_list("country", flat=True)) == {"US", "CA", "GB"}


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
    pages = [rows_of_table(client, f"population=30010&page={page}") for page in (1, 2)]

    assert [len(rows) for rows in pages] == [50, 2]
    assert len(pages[0] | pages[1]) == 52


def test_twelve_pages_hold_the_managers(client):
    first = client.get("/salaries/?population=11-9111")
    last = rows_of_table(client, "population=11-9111&page=12")

    assert first.context["page"].paginator.num_pages == 12
    assert len(last) == 581 - 11 * 50
    assert 'href="?population=11-9111&amp;page=2"' in first.content.decode()


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


# What the publishers ask to have printed


@pytest.mark.parametrize(("slug", "text"), ATTRIBUTIONS.items())
def test_attribution_stands_on_the_page_of_sources(slug, text, client):
    source = Source.objects.get(slug=slug)

    assert source.attribution == text
    assert text in html.unescape(client.get("/sources/").content.decode())
    assert text in html.unescape(client.get(source.get_absolute_url()).content.decode())


@pytest.mark.parametrize(
    ("query", "source"),
    [
        ("population=11-9111&state=texas-us", "bls-oews-2025"),
        ("population=29-1243&basis=ppp", "bls-oews-2025"),
        ("population=30010", "jobbank-wages-2024"),
        ("population=1171&population=1231&population=2211&population=2212", "ons-ashe-2024"),
    ],
)
def test_attribution_stands_in_every_exported_row(query, source, client):
    rows = list(csv.DictReader(StringIO(client.get(f"/salaries.csv?{query}").content.decode(), newline="")))
    data = client.get(f"/salaries.json?{query}").json()

    assert rows
    assert {row["attribution"] for row in rows} == {ATTRIBUTIONS[source]}
    assert {row["attribution"] for row in data["figures"]} == {ATTRIBUTIONS[source]}
    assert ATTRIBUTIONS[source] in [one["attribution"] for one in data["meta"]["sources"]]


@pytest.mark.parametrize(("basis", "source"), [("converted", "ecb-reference-rates"), ("ppp", "worldbank-prices-2025")])
def test_attribution_of_the_conversion_stands_beside_every_converted_amount(basis, source, client):
    query = f"basis={basis}&population=title&population=30010"
    rows = list(csv.DictReader(StringIO(client.get(f"/salaries.csv?{query}").content.decode(), newline="")))
    data = client.get(f"/salaries.json?{query}").json()

    for row in [*rows, *data["figures"]]:
        assert (row["conversion_attribution"] or "") == (ATTRIBUTIONS[source] if row["shown_amount"] else "")
    assert len([row for row in rows if row["conversion_attribution"]]) == 63
    assert ATTRIBUTIONS[source] in [one["attribution"] for one in data["meta"]["sources"]]
    assert ATTRIBUTIONS[source] in html.unescape(client.get(f"/salaries/?{query}").content.decode())


@pytest.mark.parametrize(("slug", "text"), ATTRIBUTIONS.items())
def test_card_prints_the_attribution(slug, text, client):
    figure = SalaryFigure.objects.filter(source__slug=slug).first()

    if figure:
        assert text in html.unescape(client.get(figure.get_absolute_url()).content.decode())
