"""One currency at a dated rate: hand-worked values, the same on SQLite and PostgreSQL.

Rates of 2026-10-30, units for 1 EUR: CAD 1.5606, CNY 7.4326, GBP 0.8338, ILS 3.4950, INR 106.084, SGD 1.4282,
USD 1.1172. Amounts are chosen so that no result lies on a rounding boundary, which the two databases may decide
differently.
"""

from decimal import Decimal

import pytest

from salaries.choices import Shown
from salaries.conversion import Conversion
from salaries.drawings import NO_RATE
from salaries.models import ExchangeRate, PriceLevel, SalaryFigure
from salaries.tests.figures import NOT_RANKED, shown_amount, title_figures
from salaries.tests.queries import asked, cities

pytestmark = pytest.mark.django_db

# City, currency, amount as printed, USD at the rates of 2026-10-30, international dollars of 2025: the columns
# usd_at_ecb_rate_2026_10_30 and ppp_intl_dollars_2025 of the assessment, which another program worked out.
ASSESSED = [
    ("new-york", "USD", 357_000, 357_000, 357_000),
    ("san-francisco", "USD", 350_000, 350_000, 350_000),
    ("seattle", "USD", 428_000, 428_000, 428_000),
    ("austin", "USD", 397_000, 397_000, 397_000),
    ("toronto", "CAD", 293_000, 209_752, 232_451),
    ("london", "GBP", 300_000, 401_967, 427_637),
    ("paris", "EUR", 150_000, 167_580, 204_778),
    ("berlin", "EUR", 176_000, 196_627, 244_824),
    ("tel-aviv", "ILS", 86_000, 27_490, 23_525),
    ("singapore", "SGD", 666_000, 520_974, 650_508),
    ("beijing", "CNY", 858_000, 128_967, 248_009),
    ("shanghai", "CNY", 141_000, 21_194, 40_757),
    ("shenzhen", "CNY", 373_000, 56_066, 107_817),
    ("bengaluru", "INR", 418_000, 4_402, 21_070),
    ("delhi", "INR", 3_900_000, 41_072, 196_583),
]


# Values


@pytest.mark.parametrize(
    ("currency", "amount", "period", "asked_for", "expected"),
    [
        ("EUR", "150000", "year", "USD", "167580"),  # 150,000 x 1.1172
        ("EUR", "150000", "unstated", "USD", "167580"),  # read as a year
        ("EUR", "12500", "month", "USD", "167580"),  # x 12
        ("EUR", "1000", "hour", "USD", "2323776"),  # x 2,080 x 1.1172
        ("USD", "1117.20", "year", "EUR", "1000"),
        ("GBP", "83380", "year", "USD", "111720"),  # 100,000 EUR
        ("USD", "111720", "year", "INR", "10608400"),  # 100,000 EUR x 106.084
        ("INR", "106084", "month", "SGD", "17138.40"),  # 1,000 EUR x 12 x 1.4282
        ("CAD", "56.09", "hour", "CAD", "116667.20"),  # x 2,080
        ("CAD", "56.09", "hour", "EUR", "74757.91"),  # / 1.5606 = 74,757.9136
        ("CAD", "56.09", "hour", "USD", "83519.54"),  # x 1.1172 = 83,519.5411
        ("EUR", "0.01", "year", "USD", "0.01"),
        ("EUR", "99999999999.99", "year", "EUR", "99999999999.99"),
    ],
)
def test_converted_amount_is_that_of_a_year(currency, amount, period, asked_for, expected):
    assert shown_amount(asked_for=asked_for, currency=currency, amount=amount, period=period) == Decimal(expected)


@pytest.mark.parametrize(
    ("city", "currency", "amount", "period", "expected"),
    [
        ("new-york", "USD", "357000", "unstated", "357000"),  # the United States are the measure
        ("toronto", "CAD", "1260483", "year", "1000000"),  # / 1.260483
        ("toronto", "CAD", "56.09", "hour", "92557.54"),  # 116,667.20 / 1.260483 = 92,557.5355
        ("paris", "EUR", "732.50", "month", "11999.98"),  # 8,790 / 0.732501 = 11,999.9836
    ],
)
def test_purchasing_power_is_that_of_a_year(city, currency, amount, period, expected):
    shown = shown_amount(city, basis=Shown.PPP, currency=currency, amount=amount, period=period)

    assert shown == Decimal(expected)


@pytest.mark.parametrize(("city", "currency", "amount", "dollars", "power"), ASSESSED)
def test_assessed_figure_is_shown_as_assessed(city, currency, amount, dollars, power):
    figure = title_figures(city).get()

    assert (figure.currency, figure.amount, figure.period) == (currency, amount, "unstated")
    assert abs(shown_amount(city) - dollars) <= Decimal("0.5")
    assert abs(shown_amount(city, basis=Shown.PPP) - power) <= Decimal("0.5")


def test_assessed_figures_are_all_in_the_table():
    assert {row[0] for row in ASSESSED} == set(cities(""))


@pytest.mark.parametrize(
    ("asked_for", "expected"),
    [
        ("CAD", "234090"),
        ("CNY", "1114890"),
        ("EUR", "150000"),
        ("GBP", "125070"),
        ("ILS", "524250"),
        ("INR", "15912600"),
        ("SGD", "214230"),
        ("USD", "167580"),
    ],
)
def test_currency_shows(asked_for, expected, client):
    """150,000 EUR in each of the eight currencies, on the page, in the filterset, and in the export."""
    filterset = asked(f"city=paris&currency={asked_for}")
    (exported,) = client.get(f"/salaries.json?city=paris&currency={asked_for}").json()["figures"]
    content = client.get(f"/salaries/?city=paris&currency={asked_for}").content.decode()

    assert filterset.problems == {}
    assert [figure.shown_amount for figure in filterset.figures] == [Decimal(expected)]
    assert (exported["shown_amount"], exported["shown_currency"]) == (int(expected), asked_for)
    assert exported["rate_date"] == "2026-10-30"
    assert f"{asked_for}\N{NO-BREAK SPACE}{round(int(expected), -3):,}" in content


@pytest.mark.parametrize(("city", "currency", "amount"), [row[:3] for row in ASSESSED])
def test_amount_in_its_own_currency_is_unchanged(city, currency, amount):
    assert shown_amount(city, asked_for=currency) == amount


@pytest.mark.parametrize("name", ["p10", "p25", "p75", "p90"])
def test_percentile_is_converted_as_the_median_is(name):
    title_figures("paris").update(period="month", **{"amount": "12500", name: "12500"})
    figure = title_figures("paris").shown_in(Conversion(Shown.CONVERTED)).get()

    assert round(figure.shown(getattr(figure, name)), 2) == Decimal("167580.00")
    assert figure.shown(None) is None


@pytest.mark.parametrize("period", ["year", "month", "hour", "unstated"])
def test_printed_amount_keeps_its_period(period):
    assert shown_amount(basis=Shown.PRINTED, amount="56.09", period=period) == Decimal("56.09")


def test_purchasing_power_for_the_rules_holds_figures_that_are_not_ranked():
    values = dict(SalaryFigure.objects.for_role("medical-director").purchasing_power())
    by_city = {figure.area.slug: values[figure.pk] for figure in asked("").figures}

    assert {city: round(value) for city, value in by_city.items()} == {row[0]: row[4] for row in ASSESSED}


# What cannot be converted


@pytest.mark.parametrize("basis", Shown.values)
def test_figure_that_is_not_ranked_has_no_shown_amount(basis):
    figures = asked(f"basis={basis}").figures

    assert {figure.area.slug for figure in figures if figure.shown_amount is None} == NOT_RANKED
    assert {figure.area.slug for figure in figures if not figure.rankable} == NOT_RANKED


@pytest.mark.parametrize("basis", Shown.values)
def test_withheld_median_has_no_shown_amount(basis):
    assert shown_amount(basis=basis, amount=None, withheld="not-released") is None


def test_currency_without_a_rate_converts_nothing():
    conversion = Conversion(Shown.CONVERTED, "XAU")
    found = list(SalaryFigure.objects.for_role("medical-director").shown_in(conversion))

    assert len(found) == 15
    assert [figure for figure in found if figure.shown_amount is not None or figure.factor is not None] == []


def test_figure_in_a_currency_without_a_rate_is_not_converted():
    assert shown_amount(currency="JPY") is None
    assert shown_amount("berlin") == Decimal("196627.20")


@pytest.mark.parametrize(
    ("basis", "missing", "shown"), [(Shown.CONVERTED, "exchange rates", 4), (Shown.PPP, "price levels", 0)]
)
def test_without_records_only_its_own_currency_is_shown_and_the_page_says_so(basis, missing, shown, client):
    ExchangeRate.objects.all().delete()
    PriceLevel.objects.all().delete()
    content = client.get(f"/salaries/?basis={basis}").content.decode()
    data = client.get(f"/salaries.json?basis={basis}").json()

    assert f"No {missing} are on record" in content
    assert "None" not in content + data["meta"]["description"]
    assert NO_RATE in content
    found = [row for row in data["figures"] if row["shown_amount"]]
    assert [(row["currency"], row["amount"] == row["shown_amount"]) for row in found] == [("USD", True)] * shown
    assert [row for row in data["figures"] if row["rate_date"]] == []
    assert all(row["why_not_ranked"] for row in data["figures"] if not row["shown_amount"])
    assert len(data["figures"]) == 15


def test_country_without_price_level_has_no_purchasing_power():
    PriceLevel.objects.filter(country="IN").delete()

    assert shown_amount("delhi", basis=Shown.PPP) is None
    assert round(shown_amount("paris", basis=Shown.PPP)) == 204_778
    assert round(shown_amount("delhi")) == 41_072


def test_figure_in_another_currency_than_its_country_has_no_purchasing_power():
    assert shown_amount("delhi", basis=Shown.PPP, currency="USD") is None
    assert shown_amount("delhi") == 3_900_000


def test_reason_for_no_amount_stands_below_the_row(client):
    title_figures("delhi").update(currency="USD")
    content = client.get("/salaries/?city=delhi&basis=ppp").content.decode()

    assert "Not ranked, shown as printed" in content
    assert NO_RATE in content
