"""Official statistics as they were published, and the areas that they are of."""

from decimal import Decimal

import pytest

from salaries.models import Area, SalaryFigure

pytestmark = pytest.mark.django_db

NEW_YORK = "new-york-newark-jersey-city-ny-nj"
AUSTIN = "austin-round-rock-san-marcos-tx"
RECORDED = ["bls-oews-2025", "jobbank-wages-2024", "ons-ashe-2024"]


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
