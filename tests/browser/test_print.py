"""On paper: dark ink on white, whatever the screen's colors, and nothing that only a screen can use."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import luminance

INK = ["body", "main a", "h1", ".lead", "main .quiet"]


@pytest.fixture
def color_scheme():
    return "dark"


@pytest.mark.parametrize(
    "address, ink",
    [("/salaries/?country=IN", [*INK, "td", "th"]), ("/careers/medical-director/", INK)],
)
def test_dark_screen_prints_dark_on_white(page, address, ink):
    page.goto(address)
    assert luminance(page, "body", "backgroundColor") < 0.1
    assert luminance(page, "body", "color") > 0.5

    page.emulate_media(media="print", color_scheme="dark")

    assert luminance(page, "body", "backgroundColor") == 1
    for selector in ink:
        assert luminance(page, selector, "color") < 0.1, selector
        assert luminance(page, selector, "backgroundColor") in (None, 1), selector
    for selector in (".header", ".footer"):
        assert luminance(page, selector, "backgroundColor") == 1, selector


def test_paper_has_no_controls(page):
    page.goto("/salaries/?country=IN")
    controls = [
        page.get_by_role("navigation"),
        page.get_by_role("search"),
        page.locator("#filters"),
        page.get_by_role("button"),
        page.get_by_role("link", name="Clear all"),
        page.get_by_role("link", name="Skip to the content"),
        page.get_by_role("link", name="Go to the figures"),
    ]
    page.emulate_media(media="print")

    for control in controls:
        expect(control.filter(visible=True)).to_have_count(0)
    expect(page.locator(".jump")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#results tbody tr").filter(visible=True)).to_have_count(2)


def test_profile_prints_without_its_contents_list(page):
    page.goto("/careers/medical-director/")
    page.emulate_media(media="print")

    expect(page.get_by_role("navigation").filter(visible=True)).to_have_count(0)
    expect(page.locator(".source-list li").first).to_be_visible()


@pytest.mark.parametrize("address, least", [("/salaries/", 1), ("/careers/medical-director/", 3)])
def test_pdf_has_pages(page, address, least):
    page.goto(address)

    document = page.pdf(format="A4")

    assert document.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", document)) >= least
