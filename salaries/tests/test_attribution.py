"""What the publishers ask to have printed stands wherever their figures do."""

import csv
import html
from io import StringIO

import pytest

from salaries.models import SalaryFigure
from sources.models import Source

pytestmark = pytest.mark.django_db

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
