"""From research files to fixture rows, shown on a few invented rows; the real files lie outside this repository."""

import pytest
from django.conf import settings
from django.core.management import call_command

from salaries.tests.research_files import (
    AREA,
    ASHE,
    CITIES,
    DELHI,
    HOURLY,
    JOBBANK,
    JOBS,
    OEWS,
    POUNDS,
    PRICE,
    PRICES,
    PROVINCE,
    REGION,
    SEEDS,
    TABLES,
    WAGES,
    Research,
    by_slug,
)


@pytest.fixture
def research(tmp_path, capsys):
    return Research(tmp_path)


def test_areas(research):
    rows = research.make()["salaries.area.json"]

    assert [(row["fields"]["kind"], row["fields"]["slug"], row["fields"].get("code")) for row in rows] == [
        ("country", "canada", "CA"),
        ("country", "united-kingdom", "GB"),
        ("country", "united-states", "US"),
        ("state", "illinois-us", "US-IL"),
        ("state", "indiana-us", "US-IN"),
        ("state", "ontario-ca", "CA-ON"),
        ("economic-region", "lake-woods-on", "ER3599"),
        ("nonmetropolitan", "south-indiana-nonmetropolitan-area", "1800001"),
        ("metropolitan", "springfield-shelbyville-il-in", "11111"),
        ("city", "delhi", None),
        ("city", "london", None),
        ("city", "tel-aviv", None),
    ]


@pytest.mark.parametrize(
    ("slug", "name", "states"),
    [
        ("springfield-shelbyville-il-in", "Springfield-Shelbyville, IL-IN", [["illinois-us"], ["indiana-us"]]),
        ("south-indiana-nonmetropolitan-area", "South Indiana nonmetropolitan area", [["indiana-us"]]),
        ("lake-woods-on", "Lake–Woods, ON", [["ontario-ca"]]),
        ("illinois-us", "Illinois", None),
        ("united-states", "United States", None),
    ],
)
def test_area_lies_in_its_states(slug, name, states, research):
    fields = by_slug(research.make()["salaries.area.json"])[slug]

    assert (fields["name"], fields.get("states")) == (name, states)


def test_city(research):
    cities = by_slug(research.make()["salaries.area.json"])

    assert cities["delhi"] == {
        "slug": "delhi",
        "name": "Delhi",
        "kind": "city",
        "country": ["IN"],
        "geonames_id": 1,
        "admin1_code": "07",
        "latitude": "28.5",
        "longitude": "77.25",
        "population": 10,
        "timezone": "Asia/Kolkata",
        "source": ["geonames"],
    }
    assert cities["london"]["within"] == ["united-kingdom"]


def test_countries(research):
    rows = [row["fields"] for row in research.make()["careers.country.json"]]

    assert [(row["code"], row["name"], row["currency"]) for row in rows] == [
        ("AU", "Australia", "AUD"),  # without figures: for requirements
        ("GB", "United Kingdom", "INR"),
        ("IL", "Israel", "INR"),
        ("IN", "India", "INR"),
    ]


def test_price_levels(research):
    (row,) = research.make()["salaries.pricelevel.json"]  # that of another year is left out

    assert row["fields"] == {
        "country": ["IN"],
        "year": 2025,
        "ppp": "19.8",
        "level": "22.7",
        "source": ["worldbank-prices-2025"],
    }


def test_figures_are_the_printed_ones_and_then_those_of_each_office(research):
    slugs = [row["fields"]["slug"] for row in research.make()["salaries.salaryfigure.json"]]

    assert slugs[0] == "medical-director-austin-opencourser"
    assert slugs[15:] == [
        "ashe-2024-1171-gb",
        "ashe-2024-2212-gb",
        "jobbank-2024-30010-er00",
        "jobbank-2024-30010-er35",
        "jobbank-2024-30010-er3599",
        "oews-2025-11-9111-11111",
        "oews-2025-11-9111-us",
        "oews-2025-11-9111-us-il",
        "oews-2025-11-9111-us-in",
        "oews-2025-29-1229-11111",
        "oews-2025-29-1229-1800001",
        "oews-2025-29-1243-11111",
    ]


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        (
            "oews-2025-11-9111-11111",
            {"area": ["springfield-shelbyville-il-in"], "population": ["11-9111"], "amount": "80", "p10": "60"}
            | {"p25": "70", "p75": "90", "p90": "95", "mean": "100", "employment": 120, "employment_error": "4.5"}
            | {"wage_error": "2", "currency": "USD", "period": "year", "basis": "official", "as_printed": "80"}
            | {"city_as_printed": "Springfield-Shelbyville, IL-IN", "as_of": "2025-05", "source": ["bls-oews-2025"]}
            | {"withheld": None, "at_least": None},
        ),
        ("oews-2025-11-9111-us", {"area": ["united-states"], "city_as_printed": "National"}),
        ("oews-2025-11-9111-us-il", {"area": ["illinois-us"]}),
        (
            "oews-2025-29-1229-11111",
            {"amount": None, "withheld": "at-least", "at_least": "239200", "p10": "60", "as_printed": "-"},
        ),
        (
            "oews-2025-29-1243-11111",
            {"amount": None, "withheld": "not-released", "at_least": None, "employment": None, "as_printed": "-"},
        ),
        (
            "jobbank-2024-30010-er3599",
            {"area": ["lake-woods-on"], "amount": "20.25", "p10": "10.5", "p90": "30", "p25": None, "p75": None}
            | {"currency": "CAD", "period": "hour", "as_of": "2024", "city_as_printed": "Lake--Woods"},
        ),
        (
            "ashe-2024-2212-gb",
            {"area": ["united-kingdom"], "amount": "80", "p10": "50", "p90": "99", "mean": "85", "employment": 3000}
            | {"wage_error": "4.5", "currency": "GBP", "period": "year", "as_printed": "80", "withheld": None},
        ),
        (
            "ashe-2024-1171-gb",
            {"amount": None, "withheld": "not-released", "mean": "85", "wage_error": "14", "employment": None},
        ),
        (
            "medical-director-bengaluru-opencourser",
            {"area": ["bengaluru"], "population": ["title"], "amount": "418000", "currency": "INR"}
            | {"as_printed": "₹418,000", "city_as_printed": "Bengalaru", "period": "unstated", "basis": "estimate"},
        ),
    ],
)
def test_figure(slug, expected, research):
    fields = by_slug(research.make()["salaries.salaryfigure.json"])[slug]

    assert {name: fields.get(name) for name in expected} == expected


@pytest.mark.parametrize(("median", "said"), [("20.25", True), ("20.26", False)])
def test_wages_repeated_from_the_province_are_said_to_be(median, said, research):
    research.write(JOBBANK, [{**HOURLY, **PROVINCE}, {**HOURLY, **REGION, "median_hourly_cad": median}])
    figures = by_slug(research.make()["salaries.salaryfigure.json"])

    assert ("repeats them" in figures["jobbank-2024-30010-er3599"]["note"]) == said
    assert "repeats them" not in figures["jobbank-2024-30010-er35"]["note"]


@pytest.mark.parametrize("name", TABLES)
def test_missing_file_is_refused_by_name(name, research):
    (research.folder / name).unlink()

    assert name in research.refused()


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        (
            OEWS,
            {**WAGES, **AREA, "area_code": "11112", "area": "Springfield Shelbyville (IL IN)"},
            "2 rows are called springfield-shelbyville-il-in.",
        ),
        (
            CITIES,
            {**DELHI, "geonames_id": "9", "country_iso2": "US"},
            "2 rows are called delhi.",
        ),
        (OEWS, {**WAGES, **AREA}, "2 rows are called oews-2025-11-9111-11111."),
        (JOBBANK, {**HOURLY, **PROVINCE}, "2 rows are called "),
        (ASHE, {**JOBS, **POUNDS}, "2 rows are called ashe-2024-2212-gb."),
    ],
)
def test_clash_of_slugs_is_refused(name, row, message, research):
    research.write(name, [*TABLES[name], row])

    assert message in research.refused()


def test_state_that_contradicts_the_name_is_refused(research):
    research.write(OEWS, [*TABLES[OEWS], {**WAGES, **AREA, "area_code": "22222", "area": "Gary, IN"}])

    assert research.refused() == "Gary, IN: the table says state 17, the name says ['18']."


@pytest.mark.parametrize("indicator", ["PA.NUS.PRVT.PP", "PA.NUS.PRVT.PLI"])
def test_country_with_one_indicator_alone_is_refused(indicator, research):
    research.write(PRICES, [*TABLES[PRICES], {**PRICE, "country_iso2": "FR", "indicator": indicator}])
    message = research.refused()

    assert message.startswith("ppp-worldbank.csv: no value for ")
    assert "FR" in message


def test_amount_that_was_not_printed_is_refused(research):
    research.write(
        SEEDS, [{**row, "seed_annual_local": "1"} if row["city"] == "Delhi" else row for row in TABLES[SEEDS]]
    )

    assert research.refused() == "Delhi: the table says 1, the page printed ₹3,900,000."


def test_rates_are_made_again_byte_for_byte(tmp_path, capsys):
    name = "salaries.exchangerate.json"
    call_command("make_rate_fixtures", to=tmp_path)

    assert (tmp_path / name).read_bytes() == (settings.BASE_DIR / "fixtures" / name).read_bytes()
    assert capsys.readouterr().out == f"168 rows in {tmp_path / name}\n"
    assert [path.name for path in tmp_path.iterdir()] == [name]
