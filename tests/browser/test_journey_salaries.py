"""A learner filters salaries by city: from the table to one figure and out again, step by step.

Every step runs with JavaScript and without it, unless its docstring says otherwise. Expected numbers are those of the
fifteen printed figures; rates change with the fixtures, so converted amounts are checked against the JSON of the view.
"""

import csv
import json
import re
from io import StringIO
from itertools import groupby
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.salary_table import CITY, box, cities, row, rows

UNRANKED = {"Bengaluru", "Shanghai", "Tel Aviv", "Toronto"}
NOT_RANKED = "Not ranked, shown as printed, each with the reason"


def groups(page):
    """The cities of the ranked rows and those of the rows that are not ranked, each in the order shown."""
    bodies = page.locator("#results tbody")
    return [bodies.nth(n).locator(f"tr[id] {CITY}").all_inner_texts() for n in range(bodies.count())]


def amounts(page, within="#results tbody:first-of-type"):
    """[(currency, amount)] of the rows, in the order shown."""
    texts = page.locator(f"{within} .amount").all_inner_texts()
    return [(text[:-1].split("\xa0")[0], int(re.sub(r"\D", "", text.split("\xa0")[1]))) for text in texts]


def address_of(page, name):
    return page.locator("#results").get_by_role("link", name=name, exact=True).get_attribute("href")


# 1: opens Salaries


def test_opened_table_says_what_each_figure_is(learner):
    page = learner.page
    table = page.get_by_role("table", name="Pay by place, as printed; nothing corrected.")
    expect(table).to_be_visible()
    expect(rows(page)).to_have_count(15)
    expect(page.locator("#results .sentence")).to_contain_text("15 figures for medical director")

    delhi = row(page, "delhi")
    expect(delhi.get_by_role("rowheader")).to_contain_text("this title")
    expect(delhi.locator("[data-label=Country]")).to_have_text("India")
    expect(delhi.locator(".amount")).to_have_text("INR\xa03,900,000")
    expect(delhi).to_contain_text("printed ₹3,900,000; period unstated")
    expect(delhi).to_contain_text("estimate, as of unstated")
    expect(row(page, "bengaluru").get_by_role("rowheader")).to_contain_text("printed “Bengalaru”")
    assert page.locator("#results thead th:not([scope=col])").count() == 0
    assert page.locator("#results tbody th:not([scope])").count() == 0


def test_opened_table_gives_a_reason_for_each_confidence(learner):
    page = learner.page
    confidence = row(page, "delhi").locator("[data-label=Confidence]")
    expect(confidence).to_contain_text("Doubtful")
    reason = confidence.get_by_text("9.3 times above the other figure in INR (Bengaluru)")
    expect(reason).to_be_hidden()

    confidence.locator("summary").click()

    expect(reason).to_be_visible()
    assert rows(page).filter(has=page.locator(".reasons__list li")).count() == 15
    expect(page.get_by_text("Bars compare figures in one currency only")).to_be_visible()
    assert "relevance" not in page.locator("body").inner_text().lower()


# 2: types "bangalore"


def test_former_name_is_found_and_announced(learner):
    page = learner.page
    search = page.get_by_label("City, area, former name or country")
    search.press_sequentially("bangalore", delay=20)
    if not learner.scripts:
        search.press("Enter")

    expect(rows(page)).to_have_count(1)
    assert cities(page) == ["Bengaluru"]
    assert learner.query == [("q", "bangalore")]
    if learner.scripts:  # without, the whole page is read anew
        expect(page.get_by_role("status")).to_contain_text("1 figure for medical director matching “bangalore”")
    page.reload()
    assert cities(page) == ["Bengaluru"]


# 3: chooses several cities and a country


def test_several_cities_and_a_country_make_removable_chips(learner):
    page = learner.page
    for label in ("Delhi", "London", "United Kingdom"):
        box(page, label).check()
        if learner.scripts:
            expect(page.get_by_role("list", name="Active filters")).to_contain_text(label)
    learner.done()

    chips = page.get_by_role("list", name="Active filters")
    for chip in ("City: Delhi", "City: London", "Country: United Kingdom"):
        expect(chips).to_contain_text(chip)
    assert cities(page) == ["London"]

    chips.get_by_role("link", name="Remove filter Country: United Kingdom").click()

    expect(rows(page)).to_have_count(2)
    assert cities(page) == ["Delhi", "London"]
    expect(box(page, "Delhi")).to_be_checked()
    expect(box(page, "United Kingdom")).not_to_be_checked()

    page.get_by_role("link", name="Clear all").click()

    expect(rows(page)).to_have_count(15)
    assert learner.query == []
    page.go_back()
    expect(rows(page)).to_have_count(2)
    page.go_back()
    expect(rows(page)).to_have_count(1)
    assert cities(page) == ["London"]


# 4: sorts by amount


def test_printed_amounts_sort_within_one_currency(learner):
    page = learner.page
    page.get_by_role("link", name="Sort by Median").click()

    expect(page.locator("#results [aria-sort]")).to_have_attribute("aria-sort", "descending")
    expect(page.locator("#results .sentence")).to_contain_text("highest first within each currency")
    found = amounts(page)
    runs = [(currency, [amount for _, amount in run]) for currency, run in groupby(found, key=lambda pair: pair[0])]
    assert len(runs) == len({currency for currency, _ in runs}) == 6  # no currency comes twice
    assert all(some == sorted(some, reverse=True) for _, some in runs)
    assert_unranked_at_the_end(page)


def test_converted_amounts_sort_across_currencies(learner):
    page = learner.page
    learner.choose("Amounts", "converted")
    expect(page.locator("#results .notice")).to_contain_text("Converted at")
    learner.choose("Sort by", "-median")

    expect(page.locator("#results .sentence")).to_contain_text(
        "sorted by median, highest first; what is not ranked comes last"
    )
    found = [amount for _, amount in amounts(page)]
    assert found == sorted(found, reverse=True)
    assert (groups(page)[0][0], groups(page)[0][-1]) == ("Singapore", "Delhi")
    assert_unranked_at_the_end(page)
    assert learner.query == [("basis", "converted"), ("ordering", "-median")]


def assert_unranked_at_the_end(page):
    ranked, unranked = groups(page)
    assert (len(ranked), set(unranked)) == (11, UNRANKED)
    expect(page.locator("#results tbody").last.locator("tr").first).to_have_text(NOT_RANKED)
    reasons = page.locator("#results tbody").last.locator("tr[id] + .table__why")
    expect(reasons).to_have_count(4)
    for city, reason in zip(unranked, reasons.all(), strict=True):
        expect(reason).to_be_visible()
        expect(reason).to_contain_text(f"{city} is not ranked: ")
        assert len(reason.inner_text()) > 60


# 5: switches to one currency


def test_one_currency_names_rate_date_and_source_above_the_table(learner):
    page = learner.page
    learner.choose("Amounts", "converted")
    notice = page.locator("#results .notice")
    expect(notice).to_contain_text("European Central Bank")
    view = page.request.get(address_of(page, "JSON")).json()

    day = view["meta"]["conversion"]["rate_date"]
    expect(notice).to_contain_text(f"Converted at the reference rates of {day}")
    expect(page.locator("#results .sentence")).to_contain_text(f"in USD a year, at the rates of {day}")
    assert notice.get_by_role("link", name="source").get_attribute("href").startswith("/sources/")
    expect(page.locator("#results .notice ~ table")).to_be_visible()
    notice.locator("summary").click()
    expect(notice).to_contain_text(f"1 EUR = {view['meta']['conversion']['units_per_euro']['CAD']} CAD")


def test_one_currency_keeps_the_original_beside_each_rounded_value(learner):
    page = learner.page
    learner.choose("Amounts", "converted")
    expect(page.locator("#results .notice")).to_contain_text("Converted at")
    learner.choose("Currency", "EUR")
    expect(page.locator("#results .sentence")).to_contain_text("in EUR a year")

    figures = {one["id"]: one for one in page.request.get(address_of(page, "JSON")).json()["figures"]}
    ranked = page.locator("#results tbody").first.locator("tr[id]").all()
    assert len(ranked) == 11
    for one, (currency, shown) in zip(ranked, amounts(page), strict=True):
        figure = figures[one.get_attribute("id")]
        assert (currency, shown) == ("EUR", round(figure["shown_amount"] / 1000) * 1000)
        expect(one).to_contain_text(f"printed {figure['as_printed']} ({figure['currency']}), read as a year")
    expect(row(page, "paris").locator(".amount")).to_have_text("EUR\xa0150,000")  # it was printed in euro
    assert learner.query == [("basis", "converted"), ("currency", "EUR")]


def test_purchasing_power_is_international_and_national(learner):
    page = learner.page
    page.get_by_role("link", name="By purchasing power").click()

    notice = page.locator("#results .notice")
    expect(notice).to_contain_text("In international dollars")
    expect(notice).to_contain_text("They are national, not of a city")
    assert {currency for currency, _ in amounts(page)} == {"int$"}
    assert_unranked_at_the_end(page)


# 6: compares Delhi and Bengaluru


def test_two_ticked_places_stand_side_by_side_uncorrected(learner):
    page = learner.page
    box(page, "India").check()
    learner.done()
    expect(rows(page)).to_have_count(2)
    for city in ("Delhi", "Bengaluru"):
        page.get_by_role("checkbox", name=f"Compare {city}").check()
    page.get_by_role("button", name="Compare those ticked").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Compare ")
    assert urlsplit(page.url).path == "/salaries/compare/"
    heads = page.locator("table.compare thead th")
    expect(heads).to_have_count(3)
    places = page.locator(f"table.compare thead {CITY}").all_inner_texts()
    assert sorted(places) == ["Bengaluru", "Delhi"]
    first, second = (heads.nth(n).bounding_box() for n in (1, 2))
    assert first["y"] == second["y"] and first["x"] < second["x"]

    printed = page.locator("table.compare tr", has=page.get_by_role("rowheader", name="As printed"))
    delhi, bengaluru = (printed.get_by_role("cell").nth(places.index(name)) for name in ("Delhi", "Bengaluru"))
    expect(delhi).to_contain_text("INR\xa03,900,000")
    expect(bengaluru).to_contain_text("INR\xa0418,000")
    for told in (
        "9.3 times above the other figure in INR (Bengaluru), INR 418,000",
        "9.3 times below the other figure in INR (Delhi), INR 3,900,000",
        "one of the two may be wrong; not corrected, because no second source was found",
    ):
        expect(page.get_by_text(told).first).to_be_visible()
    converted = page.locator("table.compare tr", has=page.get_by_role("rowheader", name="In USD a year"))
    expect(converted.get_by_role("cell").nth(places.index("Bengaluru"))).to_contain_text("not converted")


@pytest.mark.parametrize("width", [320])
def test_comparison_stacks_on_a_phone(learner):
    page = learner.page
    page.goto("/salaries/compare/?city=delhi&city=bengaluru")

    printed = page.locator("table.compare tr", has=page.get_by_role("rowheader", name="As printed"))
    first, second = (printed.get_by_role("cell").nth(n).bounding_box() for n in (0, 1))
    assert second["y"] >= first["y"] + first["height"]


# 7: opens one figure


def test_figure_shows_its_whole_provenance(learner):
    page = learner.page
    row(page, "bengaluru").get_by_role("link", name=re.compile(r"^where from ?: Bengaluru, this title$")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Bengaluru: medical director")
    expect(page.locator("#same-currency-conflict")).to_contain_text("9.3 times below the other figure in INR")
    expect(page.get_by_role("heading", name="What this number is about")).to_be_visible()
    for term, definition in {
        "Printed as": "₹418,000 under “Bengalaru”",
        "Median": "INR\xa0418,000",
        "Pay period": "unstated; read as a year wherever figures are compared",
        "Kind": "Estimate",
        "Gross or net, full-time or part-time, what is included": "unstated",
        "Sample size": "unstated",
        "Figure as of": "unstated",
        "Earlier figures of the same publisher": "none on record",
        "Id of this figure": "medical-director-bengaluru-opencourser",
    }.items():
        fact = page.locator(".facts > div", has=page.get_by_text(term, exact=True))
        expect(fact.locator("dd")).to_have_text(definition)


def test_figure_is_no_dead_end(learner):
    page = learner.page
    page.goto("/salaries/figures/medical-director-bengaluru-opencourser/")

    report = page.get_by_role("link", name="Report an error in Bengaluru: INR 418,000")
    assert report.get_attribute("href") == "/known-issues/#report"  # this site has no mail address
    page.get_by_role("link", name="This figure in the table").click()
    expect(rows(page)).to_have_count(1)
    assert cities(page) == ["Bengaluru"]


# 8: downloads


def test_downloads_hold_exactly_the_filtered_rows(learner):
    page = learner.page
    page.goto("/salaries/?country=IN&country=CN&basis=converted&ordering=-median")
    shown = rows(page).evaluate_all("rows => rows.map(row => row.id)")
    assert len(shown) == 5

    with page.expect_download() as download:
        page.locator("#results").get_by_role("link", name="CSV", exact=True).click()
    assert download.value.suggested_filename.endswith(".csv")
    text = Path(download.value.path()).read_bytes().decode("utf-8")
    table = list(csv.DictReader(StringIO(text, newline="")))
    page.locator("#results").get_by_role("link", name="JSON", exact=True).click()
    view = json.loads(page.locator("body").inner_text())

    assert [one["id"] for one in table] == [one["id"] for one in view["figures"]] == shown
    assert view["meta"]["query"]["country"] == ["IN", "CN"]
    assert all(source["licence"] and source["retrieved"] for source in view["meta"]["sources"])
    for one, figure in zip(table, view["figures"], strict=True):
        assert re.fullmatch(r"\d+", one["amount"]) and re.fullmatch(r"[A-Z]{3}", one["currency"])  # numbers, not text
        assert re.fullmatch(r"[A-Z]{2}", one["country"])
        assert one["licence"] and one["findings"] and one["source_url"].startswith("https://")
        assert one["as_printed"] == figure["as_printed"]
        assert bool(one["shown_amount"]) == (one["rankable"] == "True") == figure["rankable"]
    assert [figure["rankable"] for figure in view["figures"]] == [True, True, True, False, False]


# 9: shares


def test_address_reproduces_the_view_elsewhere(learner, new_page):
    page = learner.page
    learner.choose("Amounts", "converted")
    expect(page.locator("#results .notice")).to_contain_text("Converted at")
    box(page, "India").check()
    learner.done()
    expect(rows(page)).to_have_count(2)

    for scripts in (True, False):
        other = new_page(java_script_enabled=scripts)
        other.goto(page.url)
        assert other.locator("#results").inner_text() == page.locator("#results").inner_text()
        expect(box(other, "India")).to_be_checked()
        expect(other.get_by_label("Amounts", exact=True)).to_have_value("converted")
        for name in ('meta[name="description"]', 'meta[property="og:description"]'):
            assert "estimates" in other.locator(name).get_attribute("content")


# At the edges


def test_filters_that_leave_nothing_can_be_dropped_one_by_one(learner):
    page = learner.page
    page.goto("/salaries/?city=delhi&confidence=note")
    expect(rows(page)).to_have_count(0)
    expect(page.locator("#results")).to_contain_text("No figure passes all of these filters.")

    page.get_by_role("link", name="Without “Confidence: Notes only”").click()

    expect(rows(page)).to_have_count(1)
    assert learner.query == [("city", "delhi")]


def test_bad_values_are_named_and_the_rest_applies(learner):
    page = learner.page
    bad = "city=atlantis&state=x&min=abc&confidence=sure&population=9&basis=gold&currency=ZZZ&ordering=up&career=king"
    response = page.goto(f"/salaries/?country=IN&{bad}")

    assert response.status == 200
    expect(rows(page)).to_have_count(2)
    problem = page.locator("#results .notice--problem")
    for name, _ in parse_qsl(bad):
        expect(problem.locator("li", has=page.locator("code", has_text=re.compile(f"^{name}$")))).to_have_count(1)
    expect(problem).to_contain_text("“atlantis”: no city or area with figures here, so ignored.")
