"""The salary page as a learner uses it: filtered in place with JavaScript."""

import re

from playwright.sync_api import expect

from tests.browser.salary_table import DELHI, WRONG_AMOUNT, box, cities, expect_view, rows

ALL = "15 figures for medical director, shown as printed, sorted by city, A to Z."
TICKED = "#filters input:checked:not([value=title])"  # the title itself is ticked unless others are asked for


def ticked(page):
    return page.eval_on_selector_all(TICKED, "boxes => boxes.map(box => `${box.name}=${box.value}`)")


def mark(page):
    """Leave something in the page that a full load would wipe away."""
    page.evaluate("window.mark = 'still here'")


def marked(page):
    return page.evaluate("window.mark") == "still here"


def test_ticked_city_filters_in_place(page):
    page.goto("/salaries/")
    mark(page)
    expect_view(page, "", ALL, 15)

    box(page, "Delhi").check()

    expect_view(page, "?city=delhi", DELHI, 1)
    expect(page).to_have_title(re.compile("^Salaries in Delhi · "))
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
