from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from careers.models import Career, Country
from salaries.models import City, CityAlias, SalaryFigure
from sources.models import Source
from tests.constraints import check_both_sides, check_uniqueness, names

pytestmark = pytest.mark.django_db

SIDES = [
    (City, "city_latitude_in_degrees", {"latitude": Decimal("90.00001")}, {"latitude": 90}),
    (City, "city_latitude_in_degrees", {"latitude": Decimal("-90.00001")}, {"latitude": -90}),
    (City, "city_longitude_in_degrees", {"longitude": Decimal("180.00001")}, {"longitude": 180}),
    (City, "city_longitude_in_degrees", {"longitude": Decimal("-180.00001")}, {"longitude": -180}),
    (SalaryFigure, "salaryfigure_amount_positive", {"amount": 0}, {"amount": Decimal("0.01")}),
    (SalaryFigure, "salaryfigure_amount_positive", {"amount": -1}, {"amount": Decimal("999999999999.99")}),
    (SalaryFigure, "salaryfigure_currency_iso_4217", {"currency": "inr"}, {"currency": "INR"}),
    (SalaryFigure, "salaryfigure_currency_iso_4217", {"currency": "IN"}, {"currency": "INR"}),
    (SalaryFigure, "salaryfigure_currency_iso_4217", {"currency": ""}, {"currency": "INR"}),
    (SalaryFigure, "salaryfigure_keeps_printed_text", {"as_printed": ""}, {"as_printed": "₹418,000"}),
    (SalaryFigure, "salaryfigure_period_known", {"period": "week"}, {"period": "hour"}),
    (SalaryFigure, "salaryfigure_basis_known", {"basis": ""}, {"basis": "survey"}),
    (CityAlias, "cityalias_kind_known", {"kind": ""}, {"kind": "former"}),
    (CityAlias, "cityalias_kind_known", {"kind": "nickname"}, {"kind": "misprint"}),
]
OTHERS = {"salaryfigure_once_per_source_and_time", "cityalias_once_per_city"}


def test_constraints_are_all_tested():
    assert {name for _, name, _, _ in SIDES} | OTHERS == names(City, CityAlias, SalaryFigure)


@pytest.mark.parametrize(("model", "name", "broken", "valid"), SIDES)
def test_constraint_has_two_sides(model, name, broken, valid):
    check_both_sides(model, name, broken, valid)


@pytest.mark.parametrize("apart", [{"as_of": "2025"}, {"population": "11-9111"}])
def test_figure_stands_once_per_source_and_time(apart):
    original = SalaryFigure.objects.get(city__slug="delhi")

    check_uniqueness(original, "salaryfigure_once_per_source_and_time", {"slug": "copy"}, apart)


def test_alias_stands_once_per_city():
    check_uniqueness(CityAlias.objects.get(name="Bangalore"), "cityalias_once_per_city", {}, {"name": "Bangaluru"})


def figure(**changes):
    values = {
        "slug": "a-figure",
        "career": Career.objects.get(slug="medical-director"),
        "city": City.objects.get(slug="delhi"),
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
        {"population": "11-9111"},
        {"population": "ISCO.1342"},
        {"as_of": "2025"},
        {"as_of": "2024-02-29"},
        {"amount": Decimal("0.01"), "note": "Read as paise."},
        {"amount": Decimal("0.01"), "as_printed": "₹0.01"},
        {"period": "month"},
    ],
)
def test_figure_takes(changes):
    figure(**changes).full_clean()


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
        ("population", "all"),
        ("population", "title\n"),
        ("population", "a class"),
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


def test_figure_leads_to_its_place_on_the_page_of_its_city(client):
    address, _, anchor = SalaryFigure.objects.get(city__slug="delhi").get_absolute_url().partition("#")

    assert address == "/salaries/cities/delhi/"
    assert f'id="{anchor}"' in client.get(address).content.decode()


def test_figure_text():
    assert str(figure(amount=Decimal("3900000.00"))) == "Delhi: INR 3,900,000"


@pytest.mark.parametrize("model", [City, Career, Source, Country])
def test_what_a_figure_rests_on_cannot_be_deleted(model):
    delhi = SalaryFigure.objects.get(city__slug="delhi")
    used = {City: delhi.city, Career: delhi.career, Source: delhi.source, Country: delhi.city.country}[model]

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
    cities = [found.city.name for found in SalaryFigure.objects.with_joins().ordered_by(ordering)]

    assert (cities[0], cities[-1]) == (first, last)


@pytest.mark.parametrize(
    ("ordering", "dates"), [("as_of", ["2020", "2025-05", ""]), ("-as_of", ["2025-05", "2020", ""])]
)
def test_figures_without_date_come_last(ordering, dates):
    SalaryFigure.objects.filter(city__slug="paris").update(as_of="2020")
    SalaryFigure.objects.filter(city__slug="delhi").update(as_of="2025-05")

    assert [found.as_of for found in SalaryFigure.objects.ordered_by(ordering)][:3] == dates


def test_figures_of_wider_classes_are_not_those_of_the_role():
    figure(population="11-9111").save()

    assert SalaryFigure.objects.for_role("medical-director").count() == 15
    assert [found.population for found in City.objects.get(slug="delhi").salary_figures.by_population()] == [
        "title",
        "11-9111",
    ]
