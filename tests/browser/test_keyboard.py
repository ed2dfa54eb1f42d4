"""The salary page with the keyboard alone: everything is reached, seen and used."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.keys import tab_to
from tests.browser.looks import FOCUSED
from tests.browser.salary_table import MANAGERS, box, row, rows

FOCUSABLE = "a[href], button, input, select, textarea, summary"


def test_keyboard_reaches_and_uses_everything(page):
    page.goto("/salaries/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    tab_to(page, page.get_by_label("City, area, former name or country"))
    page.keyboard.type("in")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/salaries/\?q=in$"))
    expect(page.locator("#results .sentence")).to_contain_text("matching “in”")
    before = rows(page).count()
    assert before > 2

    tab_to(page, box(page, "India"))
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"/salaries/\?q=in&country=IN$"))
    expect(rows(page)).to_have_count(2)
    expect(page.locator("#announcement")).to_contain_text("2 figures for medical director in India")
    expect(box(page, "India")).to_be_focused()


@pytest.mark.parametrize("width, color_scheme", [(320, "light"), (1280, "dark")])
def test_focus_is_always_visible(new_page, width, color_scheme):
    page = new_page(reduced_motion="reduce")  # else the page is still scrolling to the focused element when we look
    page.goto("/salaries/?city=delhi&city=london&min=abc")
    expected = page.locator(FOCUSABLE).filter(visible=True).count()
    stops = []
    while len(stops) <= 2 * expected:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["atBody"]:
            break
        stops.append(stop)

    assert len(stops) == expected
    assert [stop["what"] for stop in stops if not (stop["outlined"] and stop["inWindow"])] == []


def test_keyboard_alone_opens_a_reason_and_compares_two_places(new_page):
    page = new_page()
    page.goto("/salaries/?country=IN")
    tab_to(page, page.get_by_role("checkbox", name="Compare Bengaluru"), limit=80)  # past every filter
    page.keyboard.press("Space")
    tab_to(page, row(page, "bengaluru").locator("summary"))
    page.keyboard.press("Enter")
    expect(row(page, "bengaluru").get_by_text("9.3 times below the other figure in INR")).to_be_visible()
    tab_to(page, page.get_by_role("checkbox", name="Compare Delhi"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Compare those ticked").last)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Compare ")
    assert parse_qsl(urlsplit(page.url).query) == [("city", "bengaluru"), ("city", "delhi")]


def test_keyboard_alone_opens_the_official_statistics(new_page):
    """With JavaScript, which puts in new results: what has focus must not be lost with the old ones."""
    page = new_page()
    page.goto("/salaries/")
    summary = page.locator("summary", has_text="Official statistics: managers")
    tab_to(page, summary)
    page.keyboard.press("Enter")
    managers = page.get_by_role("checkbox", name=MANAGERS)
    tab_to(page, managers)
    page.keyboard.press("Space")

    expect(page.get_by_role("status")).to_contain_text(MANAGERS)
    expect(managers).to_be_focused()
