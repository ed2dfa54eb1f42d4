"""Which of the dated exchange rates and price levels count: the newest."""

from datetime import date
from decimal import Decimal

import pytest

from salaries import judgement
from salaries.choices import Shown
from salaries.conversion import Conversion
from salaries.models import ExchangeRate, PriceLevel, SalaryFigure
from salaries.tests.figures import shown_amount
from salaries.tests.queries import asked
from sources.models import Source

pytestmark = pytest.mark.django_db

NEWEST = date(2026, 10, 30)


def test_newest_rates_are_of_one_day():
    rates = ExchangeRate.objects.latest()

    assert [rate.currency for rate in rates] == ["CAD", "CNY", "GBP", "ILS", "INR", "SGD", "USD"]
    assert {rate.day for rate in rates} == {NEWEST}


def test_day_still_being_entered_takes_nothing_out_of_the_ranking():
    source = Source.objects.get(slug="ecb-reference-rates")
    ExchangeRate.objects.create(currency="USD", day=date(2026, 11, 2), units_per_euro="2", source=source)

    assert {rate.day for rate in ExchangeRate.objects.latest()} == {NEWEST}
    assert shown_amount() == Decimal("167580.00")
    assert asked("currency=INR").problems == {}


def test_newest_price_level_of_each_country_counts():
    india = PriceLevel.objects.select_related("country").get(country="IN")
    PriceLevel.objects.create(country=india.country, year=2026, ppp="20", level="23", source=india.source)

    assert {one.year for one in PriceLevel.objects.latest() if one.country_id != "IN"} == {2025}
    assert shown_amount("delhi", basis=Shown.PPP) == 195_000
    assert round(shown_amount("paris", basis=Shown.PPP)) == 204_778
    assert Conversion(Shown.PPP).years == "2025 to 2026"
    judgement.refresh()
    assert SalaryFigure.objects.for_role("medical-director").filter(confidence="exclude").count() == 4


def test_conversion_says_whence_it_comes():
    converted, power = Conversion(Shown.CONVERTED, "GBP"), Conversion(Shown.PPP)

    assert (converted.units, converted.day, converted.years) == ("GBP", NEWEST, "")
    assert converted.attribution == Source.objects.get(slug="ecb-reference-rates").attribution != ""
    assert (power.units, power.day, power.years) == ("int$", None, "2025")
    assert power.attribution == Source.objects.get(slug="worldbank-prices-2025").attribution != ""


def test_printed_view_needs_no_records(django_assert_num_queries):
    with django_assert_num_queries(0):
        printed = Conversion()
        assert (printed.units, printed.day, printed.years, printed.attribution) == ("", None, "", "")
        printed.annotations()
