"""The salary page as a learner uses it: with JavaScript and without it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.salary_table import box, cities, rows

DELHI = "1 figure for medical director in Delhi, shown as printed, sorted by city, A to Z."
ALL = "15 figures for medical director, shown as printed, sorted by city, A to Z."
WRONG_AMOUNT = "This is no amount such as 300000 or 300,000, so it was ignored."
TICKED = "#filters input:checked:not([value=title])"  # the title itself is ticked unless others are asked for


def ticked(page):
    return page.eval_on_selector_all(TICKED, "boxes => boxes.map(box => `${box.name}=${box.value}`)")


def expect_view(page, query, sentence, count):
    """The address and what the page shows agree. `query` may be followed by the order that a form sends along."""
    expect(page).to_have_url(re.compile(rf"/salaries/{re.escape(query)}$"))
    expect(page.locator("#results .sentence")).to_have_text(sentence)
    expect(rows(page)).to_have_count(count)


def mark(page):
    """Leave something in the page that a full load would wipe away."""
    page.evaluate("window.mark = 'still here'")


def marked(page):
    return page.evaluate("window.mark") == "still here"


# With JavaScript


def test_ticked_city_filters_in_place(page):
    page.goto("/salaries/")
    mark(page)
    expect_view(page, "", ALL, 15)

    box(page, "Delhi").check()

    expect_view(page, "?city=delhi", DELHI, 1)
    assert cities(page) == ["Delhi"]
    assert marked(page)


def test_ticked_city_is_announced_and_keeps_focus(page):
    page.goto("/salaries/")
    announcement = page.locator("#announcement")
    expect(announcement).to_have_text("")
    announcement.evaluate("element => { element.kept = true }")  # a live region speaks only if it stays the same one

    box(page, "Delhi").check()

    expect(announcement).to_have_text(DELHI)
    expect(announcement).to_have_role("status")
    assert announcement.evaluate("element => element.kept")
    expect(box(page, "Delhi")).to_be_focused()
    assert page.get_by_role("status").count() == 1


def test_typed_former_name_finds_city(page):
    page.goto("/salaries/")
    mark(page)

    page.get_by_label("City, area, former name or country").press_sequentially("bangalore", delay=20)

    expect_view(
        page,
        "?q=bangalore",
        "1 figure for medical director matching “bangalore”, shown as printed, sorted by city, A to Z.",
        1,
    )
    assert cities(page) == ["Bengaluru"]
    assert marked(page)


def test_filters_together_leave_nothing_empty_in_address(page):
    page.goto("/salaries/")

    box(page, "Delhi").check()
    expect(rows(page)).to_have_count(1)
    box(page, "London").check()
    expect(rows(page)).to_have_count(2)
    page.get_by_label("At least").fill("300,000")
    page.get_by_label("Sort by").select_option("-city")

    expect(page).to_have_url(re.compile(r"/salaries/\?city=delhi&city=london&min=300000&ordering=-city$"))
    assert cities(page) == ["London", "Delhi"]


def test_back_and_forward_restore_the_view(page):
    page.goto("/salaries/")
    box(page, "Delhi").check()
    expect_view(page, "?city=delhi", DELHI, 1)
    box(page, "London").check()
    both = "2 figures for medical director in Delhi and London, shown as printed, sorted by city, A to Z."
    expect_view(page, "?city=delhi&city=london", both, 2)

    page.go_back()
    expect_whole(page, "?city=delhi", DELHI, 1, ["city=delhi"])
    page.go_back()
    expect_whole(page, "", ALL, 15, [])
    page.go_forward()
    expect_whole(page, "?city=delhi", DELHI, 1, ["city=delhi"])
    page.go_forward()
    expect_whole(page, "?city=delhi&city=london", both, 2, ["city=delhi", "city=london"])

    box(page, "London").uncheck()
    expect_whole(page, "?city=delhi", DELHI, 1, ["city=delhi"])


def test_back_restores_text_and_order(page):
    page.goto("/salaries/?q=india&ordering=-city")
    page.get_by_label("City, area, former name or country").fill("bangalore")
    expect(rows(page)).to_have_count(1)
    page.get_by_label("Sort by").select_option("city")
    expect(page).to_have_url(re.compile(r"\?q=bangalore$"))

    page.go_back()
    expect(page).to_have_url(re.compile(r"\?q=bangalore&ordering=-city$"))
    expect(page.get_by_label("Sort by")).to_have_value("-city")
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?q=india&ordering=-city$"))
    expect(page.get_by_label("City, area, former name or country")).to_have_value("india")
    expect(rows(page)).to_have_count(2)


def test_back_from_another_page_restores_the_view(page):
    page.goto("/salaries/")
    box(page, "Delhi").check()
    expect(rows(page)).to_have_count(1)
    rows(page).get_by_role("link", name="Delhi", exact=True).click()
    expect(page).to_have_url(re.compile(r"/salaries/cities/delhi/$"))

    page.go_back()

    expect_whole(page, "?city=delhi", DELHI, 1, ["city=delhi"])


def expect_whole(page, query, sentence, count, boxes):
    """A full page, header and footer included, whose form, table and address agree."""
    expect_view(page, query, sentence, count)
    expect(page.get_by_role("banner").get_by_role("link", name="Salaries", exact=True)).to_be_visible()
    expect(page.get_by_role("contentinfo")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Salaries by city")
    expect(page.locator(TICKED)).to_have_count(len(boxes))
    assert ticked(page) == boxes


def test_removed_chip_clears_its_filter(page):
    page.goto("/salaries/")
    box(page, "Delhi").check()
    box(page, "London").check()
    expect(rows(page)).to_have_count(2)

    page.get_by_role("list", name="Active filters").get_by_role("link", name="Remove filter City: Delhi").click()

    expect(rows(page)).to_have_count(1)
    assert cities(page) == ["London"]
    expect(page).to_have_url(re.compile(r"/salaries/\?city=london$"))
    expect(box(page, "Delhi")).not_to_be_checked()
    expect(box(page, "London")).to_be_checked()


def test_cleared_chips_show_everything(page):
    page.goto("/salaries/?city=delhi&q=india&min=100")

    page.get_by_role("link", name="Clear all").click()

    expect(rows(page)).to_have_count(15)
    expect(page.locator(TICKED)).to_have_count(0)
    expect(page.get_by_label("City, area, former name or country")).to_have_value("")
    assert "=" not in page.url


def test_wrong_amount_typed_is_named_and_rest_works(page):
    page.goto("/salaries/?country=IN")
    type_wrong_amount(page)

    expect(page.locator("#results .notice--problem")).to_contain_text(WRONG_AMOUNT)
    expect(rows(page)).to_have_count(2)
    expect(page.get_by_label("At least")).to_have_value("abc")


def test_wrong_amount_typed_is_named_beside_its_field(page):
    page.goto("/salaries/?country=IN")
    field = page.get_by_label("At least")
    type_wrong_amount(page)

    expect(page.locator(".field", has=field)).to_contain_text(WRONG_AMOUNT)
    expect(field).to_have_accessible_description(WRONG_AMOUNT)

    field.fill("300000")
    field.press("Tab")
    expect(page.locator(".field", has=field)).not_to_contain_text(WRONG_AMOUNT)


def test_wrong_amount_in_address_is_gone_once_corrected(page):
    page.goto("/salaries/?min=abc&country=IN")
    field = page.get_by_label("At least")
    field.fill("3000000")
    field.press("Tab")

    expect(rows(page)).to_have_count(1)
    expect(page.locator(".field", has=field)).not_to_contain_text(WRONG_AMOUNT)


def type_wrong_amount(page):
    page.get_by_label("At least").fill("abc")
    page.get_by_label("At least").press("Tab")


# Without JavaScript


def test_button_filters_without_scripts(page_without_js):
    page = page_without_js
    page.goto("/salaries/")
    box(page, "Delhi").check()

    page.get_by_role("button", name="Show figures").click()

    expect(rows(page)).to_have_count(1)
    expect(page.locator("#results .sentence")).to_have_text(DELHI)
    assert cities(page) == ["Delhi"]
    assert "city=delhi" in page.url
    expect(box(page, "Delhi")).to_be_checked()


def test_former_name_is_found_without_scripts(page_without_js):
    page = page_without_js
    page.goto("/salaries/")
    search = page.get_by_label("City, area, former name or country")
    search.fill("bangalore")
    search.press("Enter")

    expect(rows(page)).to_have_count(1)
    assert cities(page) == ["Bengaluru"]
    expect(search).to_have_value("bangalore")


def test_back_and_chip_work_without_scripts(page_without_js):
    page = page_without_js
    page.goto("/salaries/")
    box(page, "Delhi").check()
    page.get_by_role("button", name="Show figures").click()
    expect(rows(page)).to_have_count(1)

    page.go_back()
    expect(rows(page)).to_have_count(15)
    page.go_forward()
    expect(rows(page)).to_have_count(1)
    page.get_by_role("link", name="Remove filter City: Delhi").click()

    expect(rows(page)).to_have_count(15)
    assert "city=delhi" not in page.url
    expect(box(page, "Delhi")).not_to_be_checked()


@pytest.mark.parametrize("with_scripts", [True, False])
def test_wrong_value_in_address_is_named_beside_its_field(new_page, with_scripts):
    page = new_page(java_script_enabled=with_scripts)
    response = page.goto("/salaries/?min=abc&country=IN")

    assert response.status == 200
    field = page.get_by_label("At least")
    expect(field).to_have_value("abc")
    expect(field).to_have_accessible_description(WRONG_AMOUNT)
    expect(page.locator(".field", has=field).locator(".field__problem")).to_be_visible()
    expect(rows(page)).to_have_count(2)
    expect(box(page, "India")).to_be_checked()


@pytest.mark.parametrize("with_scripts", [True, False])
def test_empty_result_offers_to_drop_a_filter(new_page, with_scripts):
    page = new_page(java_script_enabled=with_scripts)
    page.goto("/salaries/?city=delhi&min=9000000")
    expect(rows(page)).to_have_count(0)
    expect(page.locator("#results")).to_contain_text("No figure passes all of these filters.")

    page.get_by_role("link", name=re.compile("^Without “At least:")).click()

    expect_view(page, "?city=delhi", DELHI, 1)


@pytest.mark.parametrize("with_scripts", [True, False])
def test_sorted_column_says_so_and_turns_round(new_page, with_scripts):
    page = new_page(java_script_enabled=with_scripts)
    page.goto("/salaries/?country=US")
    header = page.get_by_role("columnheader", name="City")
    expect(header).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("#results [aria-sort]")).to_have_count(1)
    upwards = cities(page)

    header.get_by_role("link").click()

    expect(header).to_have_attribute("aria-sort", "descending")
    assert cities(page) == upwards[::-1] == sorted(upwards, reverse=True)
    expect(page).to_have_url(re.compile(r"\?country=US&ordering=-city$"))
    expect(page.get_by_label("Sort by")).to_have_value("-city")

    page.get_by_role("columnheader", name="Median").get_by_role("link").click()

    expect(page.get_by_role("columnheader", name="Median")).to_have_attribute("aria-sort", "descending")
    assert cities(page) == ["Seattle", "Austin", "New York", "San Francisco"]
