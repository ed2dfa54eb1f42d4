"""The admin's pages keep WCAG 2.2 AA and the policy, fit a small phone, and print: light and dark.

What Django's own pages lack is written down below, and no more is let pass.
"""

import re
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import AXE_OPTIONS, COLOR_OPTIONS
from tests.browser.editing import FIGURES, Figure, Person
from tests.browser.looks import OVERFLOWING, luminance

pytestmark = pytest.mark.looks

SINGAPORE = Figure("Singapore", "$666,000", "SGD 666,000")
SAN_FRANCISCO = Figure("San Francisco", "$350,000", "USD 350,000")
SOURCE = "GeoNames"
# What axe fetches for itself would have to be allowed by the policy; no rule of ours needs it.
NO_FETCHING = {"preload": False}


# Django's links fade from one color to the next.
SETTLED = "() => Promise.allSettled(document.getAnimations().map(one => one.finished))"


@dataclass(frozen=True)
class Known:
    """A fault of Django's own: axe's rule, the HTML it is found in, and why it stays."""

    rule: str
    html: str
    why: str


BASELINE = [
    Known(
        "aria-input-field-name",
        r'^<span class="select2-selection__rendered" id="select2-id_[\w-]+-container" role="textbox"',
        "Select2 calls the text inside its box a textbox and names it by its title, which it has once something is "
        "chosen. The box around it, which has the focus, is named.",
    ),
    Known(
        "aria-prohibited-attr",
        r'^<span class="help-tooltip search-label-icon" aria-label=',
        "The magnifying glass over the two lists of filter_horizontal. The inputs beside it have labels of their own.",
    ),
    Known(
        "label",
        r'^<input (type="text" name="citations-\d+-place"|type="checkbox" name="citations-\d+-DELETE")',
        "Tabular inlines head their columns and give the inputs below no label.",
    ),
    Known("select-name", r'^<select name="citations-\d+-stance"', "As above: a tabular inline."),
]


@pytest.fixture
def site(editing):
    return editing.address


@pytest.fixture
def grace(page):
    return Person(page, "grace")


def states(grace, ada):
    """Bring the browser to each kind of page in turn, and yield its name and where it is: previews open a tab."""
    page = grace.page
    page.goto("/admin/")
    yield "sign-in", page
    grace.sign_in()
    yield "desk", page
    page.goto("/admin/desk/figures/")
    yield "section of the desk", page
    page.locator(".desk-lines a", has_text="Put off").first.click()
    page.wait_for_url("**/desk/decide/*")
    yield "finding", page
    page.goto(FIGURES)
    yield "change list", page
    grace.open_figure(SINGAPORE)
    yield "figure", page
    grace.write(amount="-5")
    page.locator("#salaryfigure_form").evaluate("form => { form.noValidate = true }")
    grace.save()
    assert grace.complaint("amount")
    yield "figure refused", page
    grace.open_figure(SAN_FRANCISCO)
    grace.write(covers=f"Gross at {page.viewport_size['width']} px.")
    yield "preview", grace.preview()
    propose(ada, SAN_FRANCISCO)
    grace.give_reason("The table says so.", SOURCE)
    grace.save()
    assert "was changed successfully" in grace.told
    ada.save()
    assert "somebody else has changed" in ada.page.locator("#content").inner_text()
    yield "conflict", ada.page
    grace.open_figure(SAN_FRANCISCO)
    grace.follow("History")
    yield "history", page
    propose(ada, SINGAPORE)
    ada.save()
    assert "a publisher looks at your change first" in ada.told
    page.goto("/admin/")
    page.locator(".desk-lines li", has_text="Proposed change").locator("a").first.click()
    page.wait_for_url("**proposal=*")
    yield "proposal", page
    grace.follow("Decline it, or take it back")
    yield "decision on a proposal", page
    page.get_by_label("Answer").fill("Only a try.")
    grace.press("Decline the proposal")
    for name, address in {
        "proposals": "/admin/editorial/proposal/",
        "report": "/admin/editorial/report/add/",
        "work": "/admin/readinglist/work/?q=Kotter",
        "import": f"{FIGURES}import/",
        "changes": "/changes/",
    }.items():
        page.goto(address)
        if name == "work":
            page.locator("#result_list tbody th a").first.click()
            page.wait_for_url("**/change/**")
        yield name, page


def propose(person, figure):
    """Type a change into the form; it is not sent yet."""
    person.open_figure(figure)
    person.write(covers="Gross, as proposed.")
    person.give_reason("The table says so.", SOURCE)


@pytest.mark.parametrize("width", [320, 1280])
def test_admin_is_accessible_and_fits_the_window(grace, new_page):
    ada = Person(new_page(), "ada").sign_in()
    faults, met = [], set()
    for name, page in states(grace, ada):
        faults += [f"{name}: scrolls sideways: {what}" for what in page.evaluate(OVERFLOWING)]
        for scheme, options in (("dark", COLOR_OPTIONS), ("light", AXE_OPTIONS)):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(SETTLED)
            for fault, html in violations(page, options):
                known = next((one for one in BASELINE if one.rule == fault and re.search(one.html, html)), None)
                met |= {known} if known else set()
                faults += [] if known else [f"{name}, {scheme}: {fault}: {html[:200]}"]
    faults += [f"mended, take it out of the baseline: {one.rule} {one.html}" for one in BASELINE if one not in met]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def violations(page, options):
    """[(axe's rule, HTML)]"""
    found = Axe().run(page, options=options | NO_FETCHING).response["violations"]
    return [(one["id"], node["html"]) for one in found for node in one["nodes"]]


@pytest.mark.parametrize("color_scheme", ["dark"])
@pytest.mark.parametrize("width", [1280])
@pytest.mark.parametrize("address", ["/admin/", FIGURES, f"{FIGURES}?q=delhi", "/admin/editorial/report/add/"])
def test_dark_admin_prints_dark_on_white(address, grace):
    page = grace.sign_in().page
    page.goto(address)
    if "?q=" in address:
        page.locator("#result_list tbody th a").first.click()
        page.wait_for_url("**/change/**")
    assert luminance(page, "body", "backgroundColor") < 0.1
    assert luminance(page, "body", "color") > 0.5

    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate(SETTLED)

    assert luminance(page, "body", "backgroundColor") == 1
    assert luminance(page, "body", "color") < 0.1
    for inside in ("h1", "h2", "a", "p", "label", "td", "th", "input"):
        selector = f"#content {inside}:visible"
        if page.locator(selector).count():
            assert luminance(page, selector, "color") < 0.1, selector
            assert luminance(page, selector, "backgroundColor") in (None, 1), selector
    for control in ("#header", "#nav-sidebar", ".submit-row", "#changelist-filter"):
        assert not page.locator(control).filter(visible=True).count(), control
