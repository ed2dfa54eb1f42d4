"""A learner filters salaries by city, steps 1 to 3: opens the table, finds a place by an old name, removes filters.

Every step of the journey runs with JavaScript and without it. Expected numbers are those of the fifteen printed
figures.
"""

import re
from urllib.parse import parse_qsl

from playwright.sync_api import expect

from tests.browser.salary_table import box, cities, row, rows

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
