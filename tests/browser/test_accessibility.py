"""Every kind of page keeps WCAG 2.2 AA, as far as a program can tell, and fits the window.

A window of 1280 px zoomed to 400 % lays pages out as one of 320 px does, so the narrow run covers that as well.
"""

import pytest

from tests.browser.conftest import COLOR_OPTIONS
from tests.browser.looks import OVERFLOWING

pytestmark = pytest.mark.looks


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_are_accessible_and_fit_the_window(page, visit_all, accessibility_faults):
    faults = []
    for name, _ in visit_all(page):
        faults += [f"{name}: scrolls sideways: {what}" for what in page.evaluate(OVERFLOWING)]
        page.emulate_media(color_scheme="light")
        faults += [f"{name}: {fault}" for fault in accessibility_faults(page)]
        page.emulate_media(color_scheme="dark")
        faults += [f"{name}, dark: {fault}" for fault in accessibility_faults(page, COLOR_OPTIONS)]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_filtered_results_stay_accessible(page, accessibility_faults):
    """What htmx puts in, as opposed to what the server sends with the page."""
    page.goto("/salaries/")
    page.get_by_role("checkbox", name="Delhi 1").check()
    page.wait_for_url("**/salaries/?city=delhi*")
    page.get_by_label("At least").fill("abc")
    page.get_by_label("At least").press("Tab")
    page.locator("#results .notice--problem").wait_for()

    assert accessibility_faults(page) == []
