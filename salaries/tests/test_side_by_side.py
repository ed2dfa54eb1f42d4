"""The table of the comparison: what each cell says of its place, and what each row says of all."""

import re
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils.html import escape

from salaries.compare_rows import NOT_RESEARCHED, UNSTATED
from salaries.models import ExchangeRate, PriceLevel, SalaryFigure
from salaries.tests.figures import title_figure
from salaries.tests.pages import words
from salaries.tests.queries import COMPARE, FOUR, INDIA, UNITED_STATES, comparison
from sources.models import Source

pytestmark = pytest.mark.django_db


def page(client, query):
    return client.get(COMPARE + query).content.decode()


def rows_of(query):
    return {row.label: row for group in comparison(query).table.groups for row in group.rows}


def cells(client, query):
    """{label of a row: [words of each cell]} of the page."""
    content = page(client, query)
    found = {}
    for row in re.findall(r'<tr role="row" class="compare__row.*?</tr>', content, re.S):
        label = re.search(r'role="rowheader">([^<]+)', row)[1]
        some = re.findall(r"<td .*?</td>", row, re.S)
        found[label] = [words(cell) for cell in some]
    return found


def test_two_figures_in_one_currency_speak_against_each_other(client):
    delhi, bengaluru = cells(client, INDIA)["Confidence and reasons"]

    assert "9.3 times above the other figure in INR (Bengaluru), INR 418,000; one of the two may be wrong" in delhi
    assert "9.3 times below the other figure in INR (Delhi), INR 3,900,000; one of the two may be wrong" in bengaluru
    assert "not corrected" in delhi
    assert "not corrected" in bengaluru


@pytest.mark.parametrize("query", [INDIA, FOUR, "?city=shanghai&city=beijing&city=tel-aviv&city=singapore"])
def test_every_reason_of_every_figure_is_shown(query, client):
    content = page(client, query)
    slugs = QueryDict(query.lstrip("?")).getlist("city")
    figures = SalaryFigure.objects.for_role("medical-director").filter(area__slug__in=slugs).with_joins()

    assert len(figures) == len(slugs)
    for figure in figures:
        for one in figure.reasons:
            assert escape(one.sentence) in content


def test_accepted_reason_stays_and_says_so(client):
    figure = title_figure("delhi")
    figure.findings.filter(rule="undated").update(accepted=True)

    assert "Accepted. The source gives no date" in cells(client, INDIA)["Confidence and reasons"][0]


@pytest.mark.parametrize(
    ("label", "query", "expected"),
    [
        ("As printed", INDIA, ["INR 3,900,000 printed ₹3,900,000", "INR 418,000 printed ₹418,000 under “Bengalaru”"]),
        ("Pay period", INDIA, ["unstated read as a year", "unstated read as a year"]),
        ("As of", INDIA, ["unstated", "unstated"]),
        ("In USD a year", FOUR, ["USD 402,000", "USD 357,000", "USD 41,000", "not converted “$293,000” may mean"]),
        ("In EUR a year", f"{INDIA}&currency=EUR", ["EUR 37,000", "not converted"]),
        (
            "In international dollars a year",
            FOUR,
            ["int$ 428,000", "int$ 357,000", "int$ 197,000", "not converted for the same reason"],
        ),
        ("This title", INDIA, ["p10 to p90 unstated median USD 41,000", "not drawn"]),
        ("Managers", INDIA, [NOT_RESEARCHED, NOT_RESEARCHED]),
        ("Local currency", FOUR, ["GBP British Pound", "USD US Dollar", "INR Indian Rupee", "CAD Canadian Dollar"]),
        ("National price level", FOUR, ["92", "100", "23", "90"]),
        ("Time zone", INDIA, ["Asia/Kolkata", "Asia/Kolkata"]),
        ("Population of the city", INDIA, ["11,034,555", "8,495,492"]),
        ("Population of the city", "?city=london&city=united-kingdom", ["8,961,989", NOT_RESEARCHED]),
        ("Time zone", "?city=london&city=united-kingdom", ["Europe/London", NOT_RESEARCHED]),
        ("Official area", "?city=delhi&city=london", ["not researched or not free to reuse", "United Kingdom country"]),
        ("As printed", "?city=london&city=united-kingdom", ["GBP 300,000", NOT_RESEARCHED]),
    ],
)
def test_cell_says_what_is_known(label, query, expected, client):
    found = cells(client, query)[label]

    assert len(found) == len(expected)
    for text, beginning in zip(found, expected, strict=True):
        assert text.startswith(beginning)


@pytest.mark.parametrize("query", [INDIA, FOUR, UNITED_STATES, "?city=united-kingdom&city=paris&currency=ILS"])
def test_no_cell_is_blank(query, client):
    found = cells(client, query)

    assert len(found) >= 15
    assert [label for label, some in found.items() if "" in some] == []


def test_original_stands_beside_each_converted_band(client):
    toronto = cells(client, FOUR)["Managers"][3]

    assert "USD 48,000 to USD 129,000" in toronto  # CAD 32.34 and 86.54 an hour, times 2,080, at 1.1172 / 1.5606
    assert "median USD 84,000; printed CAD 56.09 an hour" in toronto


def test_bands_of_all_places_share_one_axis():
    table = comparison(FOUR).table
    figures = {figure.slug: figure for figure in table.figures}
    end = table.axis.end

    assert [group.axis for group in table.groups] == [None, table.axis, None]
    assert table.axis.units == "USD"
    for slug in ("medical-director-london-opencourser", "medical-director-new-york-opencourser"):
        figure = figures[slug]
        assert figure.spread.median == (100 * figure.shown_amount / end).quantize(Decimal("0.1"))


def test_excluded_figure_is_neither_converted_nor_drawn():
    table = comparison(INDIA).table
    bengaluru = next(figure for figure in table.figures if figure.area.slug == "bengaluru")

    assert (bengaluru.shown_amount, bengaluru.power) == (None, None)
    assert bengaluru.spread is None


def test_amount_is_converted_by_hand():
    """EUR 150,000 at 1.1172 dollars for a euro."""
    figure = next(figure for figure in comparison("?city=paris&city=delhi").table.figures if figure.currency == "EUR")

    assert figure.shown_amount == Decimal("167580.00")


def test_shared_class_has_a_row_and_a_lone_one_stands_apart():
    rows = rows_of(UNITED_STATES)

    assert [len(cell.figures) for cell in rows["medical and health services managers"].cells] == [1, 1, 1, 1]
    assert [cell.unknown for cell in rows["neurologists"].cells if not cell.figures] == [UNSTATED]
    assert "Managers" not in rows
    assert [len(cell.figures) for cell in rows["Other physicians"].cells] == [0, 1, 0, 0]


def test_many_classes_of_one_place_are_folded_but_there(client):
    content = page(client, FOUR)
    names = SalaryFigure.objects.in_places(["new-york"]).filter(basis="official").values_list("slug", flat=True)

    assert len(names) > 10
    assert "14 more" in content
    assert [name for name in names if f'href="/salaries/figures/{name}/"' not in content] == []


def test_withheld_class_says_why(client):
    assert "not drawn not released No median: Office for National Statistics" in cells(client, FOUR)["Managers"][0]


def test_several_figures_of_one_place_stand_together(client):
    figure = title_figure("delhi")
    SalaryFigure.objects.create(
        slug="second",
        career=figure.career,
        area=figure.area,
        population=figure.population,
        amount=300000,
        currency="INR",
        basis="survey",
        as_printed="₹300,000",
        city_as_printed="New Delhi",
        as_of="2025",
        period="month",
        source=Source.objects.get(slug="geonames"),
    )
    found = cells(client, INDIA)

    assert "₹3,900,000" in found["As printed"][0]
    assert "₹300,000" in found["As printed"][0]
    assert found["As of"][0] == "unstated OpenCourser 2025 GeoNames"
    assert found["In USD a year"][0] == "USD 41,000 OpenCourser USD 38,000 GeoNames"


@pytest.mark.parametrize(
    ("query", "label", "verdict"),
    [
        (INDIA, "As printed", "differs"),
        (INDIA, "As of", "known for none of 2"),
        (INDIA, "In USD a year", "known for 1 of 2"),
        (INDIA, "Local currency", "the same"),
        (FOUR, "In USD a year", "differs"),
        (FOUR, "Local currency", "differs"),
        (FOUR, "Official area", "differs"),
        (FOUR, "Physicians", "no class in common"),
        (INDIA, "Physicians", "known for none of 2"),
        (UNITED_STATES, "medical and health services managers", "differs"),
        ("?city=paris&city=berlin", "Local currency", "the same"),
        ("?city=london&city=united-kingdom", "generalist medical practitioners", "the same"),
    ],
)
def test_row_says_whether_places_differ(query, label, verdict):
    assert rows_of(query)[label].verdict == verdict


def test_sentence_counts_the_rows(client):
    content = page(client, INDIA)

    assert "Delhi and Bengaluru: of 15 rows, 3 differ, 4 are the same and 8 cannot be compared." in words(content)
    assert content.count("compare__row--differs") == 3
    assert content.count("compare__row--same") == 4


def test_table_is_a_table_with_scoped_headers(client):
    content = page(client, FOUR)

    assert content.count('scope="col"') == 5
    assert content.count('scope="rowgroup"') == 3
    assert content.count('data-label="Toronto"') == content.count('class="compare__row')
    assert "<caption>" in content


def test_rates_and_prices_are_dated_and_sourced(client):
    text = words(page(client, INDIA))

    assert "Converted at the reference rates of 2026-10-30" in text
    assert "purchasing power parities of 2025" in text
    assert "of the country, not the city" in text


def test_without_rates_and_prices_the_page_says_so(client):
    ExchangeRate.objects.all().delete()
    PriceLevel.objects.all().delete()
    found = cells(client, "?city=delhi&city=new-york")

    assert found["In USD a year"][0].startswith("not converted No exchange rate")
    assert found["National price level"] == [NOT_RESEARCHED, NOT_RESEARCHED]
