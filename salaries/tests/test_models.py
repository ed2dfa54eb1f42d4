from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F

from careers.models import Career, Country
from salaries.amounts import MOST_MONEY, printed_number
from salaries.models import (
    Acceptance,
    Area,
    CityAlias,
    ExchangeRate,
    Finding,
    PopulationDescribed,
    PriceLevel,
    SalaryFigure,
)
from sources.models import Source
from tests.constraints import check_both_sides, check_uniqueness, names

pytestmark = pytest.mark.django_db

NO_SPREAD = dict.fromkeys(["p10", "p25", "p75", "p90"])
SIDES = [
    (Area, "area_latitude_in_degrees", {"latitude": Decimal("90.00001")}, {"latitude": 90}),
    (Area, "area_latitude_in_degrees", {"latitude": Decimal("-90.00001")}, {"latitude": -90}),
    (Area, "area_longitude_in_degrees", {"longitude": Decimal("180.00001")}, {"longitude": 180}),
    (Area, "area_longitude_in_degrees", {"longitude": Decimal("-180.00001")}, {"longitude": -180}),
    (Area, "area_kind_known", {"kind": "village"}, {"kind": "state"}),
    (Area, "area_city_is_identified", {"kind": "city"}, {"kind": "metropolitan"}),
    (Area, "area_not_within_itself", {"within": F("pk")}, {"within": None}),
    (Area, "area_of_statistics_has_code", {"code": ""}, {"code": "X"}),
    (PopulationDescribed, "populationdescribed_kind_known", {"kind": "crowd"}, {"kind": "managers"}),
    (ExchangeRate, "exchangerate_positive", {"units_per_euro": 0}, {"units_per_euro": Decimal("0.000001")}),
    (ExchangeRate, "exchangerate_of_other_currency", {"currency": "EUR"}, {"currency": "JPY"}),
    (ExchangeRate, "exchangerate_of_other_currency", {"currency": "jpy"}, {"currency": "JPY"}),
    (ExchangeRate, "exchangerate_of_other_currency", {"currency": "JP"}, {"currency": "JPY"}),
    (PriceLevel, "pricelevel_positive", {"ppp": 0}, {"ppp": Decimal("0.00000001")}),
    (PriceLevel, "pricelevel_positive", {"level": 0}, {"level": Decimal("0.000001")}),
    (
        SalaryFigure,
        "salaryfigure_amounts_plausible",
        NO_SPREAD | {"amount": 0},
        NO_SPREAD | {"amount": Decimal("0.01")},
    ),
    (
        SalaryFigure,
        "salaryfigure_amounts_plausible",
        NO_SPREAD | {"amount": MOST_MONEY + 1},
        NO_SPREAD | {"amount": MOST_MONEY},
    ),
    (SalaryFigure, "salaryfigure_amounts_plausible", {"mean": -1}, {"mean": 1}),
    (SalaryFigure, "salaryfigure_currency_iso_4217", {"currency": "inr"}, {"currency": "INR"}),
    (SalaryFigure, "salaryfigure_currency_iso_4217", {"currency": "IN"}, {"currency": "INR"}),
    (SalaryFigure, "salaryfigure_currency_iso_4217", {"currency": ""}, {"currency": "INR"}),
    (SalaryFigure, "salaryfigure_keeps_printed_text", {"as_printed": ""}, {"as_printed": "₹418,000"}),
    (SalaryFigure, "salaryfigure_period_known", {"period": "week"}, {"period": "hour"}),
    (SalaryFigure, "salaryfigure_basis_known", {"basis": ""}, {"basis": "survey"}),
    (SalaryFigure, "salaryfigure_median_or_why_not", {"amount": None}, {"amount": None, "withheld": "not-released"}),
    (SalaryFigure, "salaryfigure_median_or_why_not", {"withheld": "not-released"}, {"withheld": ""}),
    (SalaryFigure, "salaryfigure_bound_if_only_a_bound", {"at_least": 1}, {"at_least": None}),
    (
        SalaryFigure,
        "salaryfigure_bound_if_only_a_bound",
        {"amount": None, "withheld": "at-least"},
        {"amount": None, "withheld": "at-least", "at_least": 239200},
    ),
    (SalaryFigure, "salaryfigure_percentiles_rise", {"p10": 2, "p25": 1}, {"p10": 1, "p25": 1}),
    (
        SalaryFigure,
        "salaryfigure_percentiles_rise",
        NO_SPREAD | {"amount": 5, "p25": 6},
        NO_SPREAD | {"amount": 5, "p25": 5},
    ),
    (
        SalaryFigure,
        "salaryfigure_percentiles_rise",
        NO_SPREAD | {"amount": 5, "p75": 4},
        NO_SPREAD | {"amount": 5, "p75": 5},
    ),
    (SalaryFigure, "salaryfigure_percentiles_rise", {"p75": 400001, "p90": 400000}, {"p75": 400000, "p90": 400000}),
    (
        SalaryFigure,
        "salaryfigure_percentiles_rise",
        NO_SPREAD | {"amount": 100, "p10": 101},
        NO_SPREAD | {"amount": 100, "p10": 100},
    ),
    (
        SalaryFigure,
        "salaryfigure_percentiles_rise",
        NO_SPREAD | {"p10": 400000, "p90": 399999, "amount": None, "withheld": "not-released"},
        NO_SPREAD | {"p10": 400000, "p90": 400000, "amount": None, "withheld": "not-released"},
    ),
    (SalaryFigure, "salaryfigure_withheld_known", {"withheld": "lost", "amount": None}, {"withheld": ""}),
    (SalaryFigure, "salaryfigure_confidence_known", {"confidence": "high"}, {"confidence": "doubt"}),
    (Finding, "finding_severity_known", {"severity": "bad"}, {"severity": "doubt"}),
    (Finding, "finding_severity_known", {"severity": ""}, {"severity": "exclude"}),
    (CityAlias, "cityalias_kind_known", {"kind": ""}, {"kind": "former"}),
    (CityAlias, "cityalias_kind_known", {"kind": "nickname"}, {"kind": "misprint"}),
]
MODELS = [
    Acceptance,
    Area,
    CityAlias,
    ExchangeRate,
    Finding,
    PopulationDescribed,
    PriceLevel,
    SalaryFigure,
]
OTHERS = {
    "salaryfigure_once_per_source_and_time",
    "cityalias_once_per_city",
    "area_once_per_code",
    "exchangerate_once_per_day",
    "pricelevel_once_per_year",
    "finding_once_per_rule",
    "acceptance_once_per_rule",
    "acceptance_has_reason",
}


def test_constraints_are_all_tested():
    assert {name for _, name, _, _ in SIDES} | OTHERS == names(*MODELS)


@pytest.mark.parametrize(("model", "name", "broken", "valid"), SIDES)
def test_constraint_has_two_sides(model, name, broken, valid):
    check_both_sides(model, name, broken, valid)


@pytest.mark.parametrize("apart", [{"as_of": "2025"}, {"population_id": "11-9111"}])
def test_figure_stands_once_per_source_and_time(apart):
    original = SalaryFigure.objects.get(area__slug="delhi")

    check_uniqueness(original, "salaryfigure_once_per_source_and_time", {"slug": "copy"}, apart)


@pytest.mark.parametrize(
    ("model", "name", "ours", "apart"),
    [
        (Area, "area_once_per_code", {"slug": "copy"}, {"code": "another"}),
        (ExchangeRate, "exchangerate_once_per_day", {}, {"currency": "JPY"}),
        (PriceLevel, "pricelevel_once_per_year", {}, {"year": 1999}),
        (Finding, "finding_once_per_rule", {}, {"rule": "another"}),
    ],
)
def test_record_stands_once(model, name, ours, apart):
    check_uniqueness(model.objects.earliest("pk"), name, ours, apart)


def test_acceptance_stands_once_per_rule_and_has_a_reason():
    original = Acceptance(figure=SalaryFigure.objects.earliest("pk"), rule="undated", reason="Known.")
    original.source = Source.objects.get(slug="geonames")
    original.save()

    check_uniqueness(original, "acceptance_once_per_rule", {}, {"rule": "stale"})
    check_both_sides(Acceptance, "acceptance_has_reason", {"reason": ""}, {"reason": "Known."})


def test_alias_stands_once_per_city():
    check_uniqueness(CityAlias.objects.get(name="Bangalore"), "cityalias_once_per_city", {}, {"name": "Bangaluru"})


def figure(**changes):
    values = {
        "slug": "a-figure",
        "career": Career.objects.get(slug="medical-director"),
        "area": Area.objects.get(slug="delhi"),
        "amount": Decimal(1),
        "currency": "INR",
        "basis": "survey",
        "as_printed": "₹1",
        "city_as_printed": "Delhi",
        "source": Source.objects.get(slug="geonames"),
    }
    return SalaryFigure(**values | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"population_id": "11-9111"},
        {"as_of": "2025"},
        {"as_of": "2024-02-29"},
        {"amount": Decimal("0.01"), "note": "Read as paise."},
        {"amount": Decimal("0.01"), "as_printed": "₹0.01"},
        {"period": "month"},
    ],
)
def test_figure_takes(changes):
    figure(**changes).full_clean()


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("$397,000", "397000"),
        ("S$666,000", "666000"),
        ("₹39,00,000 a year", "3900000"),
        ("Rs. 2,500,000", "2500000"),
        ("Rs.350000", "350000"),
        ("350 000 €", "350000"),
        ("CHF 250'000", "250000"),
        ("₹0.01", "0.01"),
        ("1,234.56", "1234.56"),
        ("€ 1.234,56", None),
        ("2.500.000 €", None),
        ("$350,000-$400,000", None),
        ("12,3", None),
        ("unstated", None),
        ("", None),
    ],
)
def test_printed_number_is_read_or_not_at_all(printed, number):
    assert printed_number(printed) == (number and Decimal(number))


def test_amount_other_than_printed_needs_a_note():
    with pytest.raises(ValidationError) as caught:
        figure(amount=Decimal("0.01")).full_clean()

    assert list(caught.value.message_dict) == ["note"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", Decimal(0)),
        ("amount", Decimal(-1)),
        ("amount", Decimal("1.001")),
        ("amount", Decimal("1000000000000")),
        ("amount", Decimal("NaN")),
        ("currency", "₹"),
        ("currency", "inr"),
        ("currency", "123"),
        ("currency", "IN\n"),
        ("as_of", "2025-13"),
        ("as_of", "2023-02-29"),
        ("as_printed", ""),
        ("city_as_printed", ""),
        ("period", "week"),
        ("basis", "rumor"),
        ("slug", "a figure"),
    ],
)
def test_figure_refuses(field, value):
    with pytest.raises(ValidationError) as caught:
        figure(**{field: value}).full_clean()

    assert field in caught.value.message_dict


def test_figure_has_a_page_and_a_place_on_that_of_its_city(client):
    delhi = SalaryFigure.objects.get(area__slug="delhi")

    assert delhi.get_absolute_url() == "/salaries/figures/medical-director-delhi-opencourser/"
    assert f'id="{delhi.slug}"' in client.get("/salaries/cities/delhi/").content.decode()


def test_figure_text():
    assert str(figure(amount=Decimal("3900000.00"))) == "Delhi: INR 3,900,000"


@pytest.mark.parametrize("model", [Area, Career, Source, Country])
def test_what_a_figure_rests_on_cannot_be_deleted(model):
    delhi = SalaryFigure.objects.get(area__slug="delhi")
    used = {Area: delhi.area, Career: delhi.career, Source: delhi.source, Country: delhi.area.country}[model]

    with pytest.raises(Exception, match="protected foreign keys"):
        used.delete()


@pytest.mark.parametrize(
    ("ordering", "first", "last"),
    [
        ("city", "Austin", "Toronto"),
        ("-city", "Toronto", "Austin"),
        ("country", "Toronto", "Seattle"),
        ("-country", "Austin", "Toronto"),
        ("median", "Toronto", "Seattle"),
        ("-median", "Toronto", "San Francisco"),
    ],
)
def test_figures_in_order(ordering, first, last):
    cities = [
        found.area.name for found in SalaryFigure.objects.for_role("medical-director").with_joins().ordered_by(ordering)
    ]

    assert (cities[0], cities[-1]) == (first, last)


@pytest.mark.parametrize(
    ("ordering", "dates"), [("as_of", ["2020", "2025-05", ""]), ("-as_of", ["2025-05", "2020", ""])]
)
def test_figures_without_date_come_last(ordering, dates):
    SalaryFigure.objects.filter(area__slug="paris").update(as_of="2020")
    SalaryFigure.objects.filter(area__slug="delhi").update(as_of="2025-05")

    assert [found.as_of for found in SalaryFigure.objects.for_role("medical-director").ordered_by(ordering)][
        :3
    ] == dates


def test_figures_of_wider_classes_are_not_those_of_the_role():
    figure(population_id="11-9111").save()

    assert SalaryFigure.objects.for_role("medical-director").count() == 15
    assert [found.population_id for found in Area.objects.get(slug="delhi").salary_figures.by_population()] == [
        "title",
        "11-9111",
    ]
