import csv
import json
import re
from io import StringIO

import pytest

from salaries.amounts import MOST_MONEY
from salaries.choices import Withheld
from salaries.models import SalaryFigure

pytestmark = pytest.mark.django_db

HEADER = (
    "id,city,city_name,area_kind,country,career,population,population_name,amount,currency,currency_certain,period,basis,covers,"
    "p10,p25,p75,p90,mean,median_withheld,at_least,sample_size,employment,employment_error_percent,wage_error_percent,"
    "as_printed,city_as_printed,as_of,note,shown_amount,shown_currency,rate_date,rankable,why_not_ranked,confidence,findings,source,"
    "source_url,retrieved,licence,attribution,conversion_attribution"
)
QUERIES = [
    "",
    "?city=bengaluru",
    "?q=bangalore",
    "?country=IN",
    "?city=delhi&city=london",
    "?city=delhi&city=nowhere",
    "?country=IN&city=london",
    "?ordering=-city",
    "?ordering=-median&min=300,000",
    "?ordering=median",
    "?ordering=-country",
    "?ordering=?&min=abc&currency=XAU",
    "?basis=converted&ordering=-median",
    "?currency=EUR&ordering=median&min=100000",
    "?basis=ppp&country=IN&country=CN",
    "?population=11-9111&state=texas-us&basis=ppp",
    "?population=30010&population=title&country=CA&ordering=median&state=ontario-ca",
    "?confidence=exclude&confidence=doubt",
    "?career=medical-director&population=title&basis=printed&ordering=city",
    "?career=coroner&population=x&basis=x&country=IN",
    "?min=3e5",
]


@pytest.fixture
def as_csv(client):
    def read(query=""):
        return list(csv.DictReader(StringIO(client.get(f"/salaries.csv{query}").content.decode(), newline="")))

    return read


@pytest.fixture
def as_json(client):
    return lambda query="": json.loads(client.get(f"/salaries.json{query}").content)


def test_csv_is_a_file_in_utf_8_with_line_ends_of_rfc_4180(client):
    response = client.get("/salaries.csv")
    lines = response.content.decode("utf-8").split("\r\n")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="medical-director-salaries.csv"'
    assert lines[0] == HEADER
    assert lines[-1] == ""
    assert "\n" not in "".join(lines)
    assert "₹3,900,000" in response.content.decode("utf-8")


def test_csv_has_every_figure(as_csv):
    rows = as_csv()

    assert len(rows) == 15
    assert all(row["source"] and row["licence"] for row in rows)
    assert {row["as_of"] for row in rows} == {"unstated"}


def test_csv_row(as_csv):
    (row,) = as_csv("?city=bengaluru")
    source = SalaryFigure.objects.get(area__slug="bengaluru").source

    assert "[far-from-the-role] int$" in row.pop("findings")
    assert row.pop("why_not_ranked").startswith("int$")
    assert {name: value for name, value in row.items() if value} == {
        "id": "medical-director-bengaluru-opencourser",
        "city": "bengaluru",
        "city_name": "Bengaluru",
        "area_kind": "city",
        "country": "IN",
        "career": "medical-director",
        "population": "title",
        "population_name": "this title",
        "amount": "418000",
        "currency": "INR",
        "currency_certain": "True",
        "period": "unstated",
        "basis": "estimate",
        "as_printed": "₹418,000",
        "city_as_printed": "Bengalaru",
        "as_of": "unstated",
        "note": "The city is printed “Bengalaru”; read as Bengaluru, also known as Bangalore.",
        "rankable": "False",
        "confidence": "exclude",
        "source": f"{source.publisher}, {source.title}",
        "source_url": source.url,
        "retrieved": "2026-11-21",
        "licence": source.licence,
    }


@pytest.mark.parametrize("query", QUERIES)
def test_table_csv_and_json_hold_the_same_rows(query, client, as_csv, as_json):
    table = re.findall(r'<tr role="row" id="([^"]+)"', client.get(f"/salaries/{query}").content.decode())

    assert [row["id"] for row in as_csv(query)] == table
    assert [row["id"] for row in as_json(query)["figures"]] == table


def test_json_values_are_those_of_csv(as_csv, as_json):
    for row, figure in zip(as_csv(), as_json()["figures"], strict=True):
        findings = " ".join(f"[{one['rule']}] {one['sentence']}" for one in figure.pop("findings"))
        assert row.pop("findings") == findings
        assert row == {name: "" if value is None else str(value) for name, value in figure.items()}


@pytest.mark.parametrize("query", QUERIES)
def test_json_says_what_was_asked(query, client, as_json):
    meta, context = as_json(query)["meta"], client.get(f"/salaries/{query}").context

    assert meta["total"] == len(as_json(query)["figures"])
    assert meta["description"] == context["sentence"]
    assert meta["problems"] == context["filterset"].problems
    assert set(meta["query"]) == set(context["filterset"].active)
    assert meta["licence"]


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("?ordering=city&career=medical-director&population=title&basis=printed", {}),
        ("?ordering=city&city=delhi", {"city": ["delhi"]}),
        ("?ordering=-city", {"ordering": "-city"}),
    ],
)
def test_json_leaves_defaults_out_of_the_query(query, understood, as_json):
    assert as_json(query)["meta"]["query"] == understood


def test_json_names_the_sources_of_its_rows(as_json):
    (source,) = as_json("?city=delhi")["meta"]["sources"]

    assert source["id"] == "opencourser-career-2024"
    assert source["publisher"]
    assert source["licence"]
    assert as_json("?q=nowhere")["meta"]["sources"] == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_csv_cell_that_a_spreadsheet_would_run_is_text(start, as_csv, as_json):
    note = f"{start}2+3, HYPERLINK"
    SalaryFigure.objects.filter(area__slug="delhi").update(note=note)

    assert as_csv("?city=delhi")[0]["note"] == f"'{note}"
    assert as_json("?city=delhi")["figures"][0]["note"] == note


@pytest.mark.parametrize("text", ["a=1", "", "'", "1", " a", "a\n=1", 'say "a, b"', "₹1"])
def test_csv_cell_that_is_harmless_stays(text, as_csv):
    SalaryFigure.objects.filter(area__slug="delhi").update(note=text)

    assert as_csv("?city=delhi")[0]["note"] == text


@pytest.mark.parametrize(
    ("amount", "csv_text", "json_number"),
    [
        ("32.34", "32.34", 32.34),
        ("86000.00", "86000", 86000),
        ("0.01", "0.01", 0.01),
        ("0.10", "0.1", 0.1),
        ("99999999999.99", "99999999999.99", 99999999999.99),
        (None, "", None),
    ],
)
@pytest.mark.parametrize("column", ["amount", "p10", "mean"])  # one stands alone, the others side by side in the file
def test_amount_is_a_plain_number(column, amount, csv_text, json_number, as_csv, as_json):
    withheld = Withheld.NOT_RELEASED if (column, amount) == ("amount", None) else ""
    amounts = {"amount": MOST_MONEY} | {column: amount}  # the median is never below a lower percentile
    SalaryFigure.objects.filter(area__slug="delhi").update(**amounts, withheld=withheld)

    assert as_csv("?city=delhi")[0][column] == csv_text
    assert as_json("?city=delhi")["figures"][0][column] == json_number
