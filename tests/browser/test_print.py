"""On paper: dark ink on white, whatever the screen's colors, and nothing that only a screen can use."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import BROKEN_WORDS, OVERFLOWING, luminance
from tests.browser.pages import KINDS_OF_PAGE, PLAN

pytestmark = pytest.mark.looks

INK = ["body", "main a", "h1", ".lead", "main .quiet"]
A4 = 672  # CSS pixels between the margins
GUIDANCE = [
    "profile of one place",
    "settings",
    "readiness",
    "readiness answered",
    "careers compared, four",
    "credentials",
    "credential",
    "disagreements",
    "plan",
    "plan with problems",
]


def sheets(document):
    return len(re.findall(rb"/Type\s*/Page\b", document))


@pytest.fixture
def color_scheme():
    return "dark"


@pytest.mark.parametrize(
    "address, ink",
    [
        ("/salaries/?country=IN", [*INK, "td", "th"]),
        ("/careers/medical-director/", INK),
        (KINDS_OF_PAGE["settings"], [*INK, "td", "th"]),
        (KINDS_OF_PAGE["readiness answered"], [*INK, ".notice", "summary"]),
        (KINDS_OF_PAGE["credential"], INK),
        (KINDS_OF_PAGE["plan with problems"], ["body", "main a", "h1", "main .quiet", ".notice", "code", ".tag"]),
    ],
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
    assert sheets(document) >= least


@pytest.mark.parametrize("name", GUIDANCE)
def test_guidance_fits_the_paper_and_has_no_controls(page, name):
    page.goto(KINDS_OF_PAGE[name])
    page.set_viewport_size({"width": A4, "height": 1000})
    page.emulate_media(media="print")

    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(BROKEN_WORDS) == []
    for control in (
        page.get_by_role("navigation"),
        page.get_by_role("search"),
        page.get_by_role("button"),
        page.get_by_role("combobox"),
        page.get_by_role("complementary", name="Your plan"),
        page.locator(".plan-link"),
    ):
        expect(control.filter(visible=True)).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_what_helps_with_a_gap_is_unfolded_on_paper(page):
    page.goto(KINDS_OF_PAGE["readiness answered"])
    page.emulate_media(media="print")

    for folded in ("a[href^='/reading/']", "a[href^='/sources/']"):
        expect(page.locator("#result details").locator(folded).first).to_be_visible()
    expect(page.locator(".questions")).to_be_hidden()  # the answers stand beside each gap


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("more", ["", "&work=withdrawn-since&city=delhi~000&plan=zzzzz"])
def test_plan_of_twelve_items_fits_on_two_sheets(page, size, more):
    page.goto(PLAN + more)
    assert page.locator(".plan__items > li").filter(has=page.locator(".plan-link")).count() == 12

    assert 1 <= sheets(page.pdf(format=size)) <= 2


def test_printed_plan_has_its_short_address_the_dates_and_no_controls(page, site):
    page.goto(PLAN)
    cities = page.locator("section", has=page.get_by_role("heading", name="Cities")).locator("li")
    credentials = page.locator("section", has=page.get_by_role("heading", name="Credentials")).locator("li")
    deadlines = page.locator("section", has=page.get_by_role("heading", name="Deadlines")).locator("li")
    page.emulate_media(media="print")

    date = r"(January|February|March|April|May|June|July|August|September|October|November|December) \d+, 20\d\d"
    address = page.locator(".plan__ways code")
    expect(address).to_be_visible()
    assert address.inner_text().startswith(f"{site}/plan/?plan=")
    expect(page.get_by_role("img", name="QR code of the short address")).to_be_visible()
    expect(page.get_by_text(re.compile(f"as the guide had them on {date}"))).to_be_visible()
    for rows, told in ((cities, r"as of \S+"), (credentials, f"checked {date}"), (deadlines, f"Checked {date}")):
        assert rows.count() >= 2
        for row in rows.all():
            expect(row).to_contain_text(re.compile(told))
    for control in ("Remove", "Add", "calendar", "renew"):
        expect(page.get_by_role("link", name=re.compile(control)).filter(visible=True)).to_have_count(0)
    expect(page.locator("input, select, .plan__more").filter(visible=True)).to_have_count(0)
