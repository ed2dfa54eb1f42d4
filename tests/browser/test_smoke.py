"""The harness itself: the server answers, the browser works, and the watch over pages sees what it should."""

import json

import pytest

from tests.browser.conftest import COLOR_OPTIONS


def test_site_answers_in_browser(page):
    response = page.goto("/healthz")

    assert response.status == 200
    assert json.loads(page.inner_text("body")) == {"status": "ok"}


def test_site_answers_without_scripts(page_without_js):
    assert page_without_js.goto("/healthz").status == 200


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_window_is_as_asked(page, color_scheme, width):
    page.goto("/healthz")

    assert page.evaluate("innerWidth") == width
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is (color_scheme == "dark")


def test_watch_sees_console_errors_and_script_errors(page, problems):
    page.goto("/healthz")
    page.evaluate("console.error('told')")
    page.evaluate("setTimeout(() => { throw new Error('thrown') })")
    page.wait_for_timeout(100)

    assert [problem.partition(":")[0] for problem in problems] == ["console", "script"]
    problems.clear()


def test_watch_sees_requests_to_other_hosts(page, problems):
    page.route("https://example.org/**", lambda route: route.abort())
    page.goto("/healthz")
    page.evaluate("new Image().src = 'https://example.org/pixel.png'")
    page.wait_for_timeout(100)

    assert any("example.org" in problem for problem in problems)
    problems.clear()


def test_axe_finds_a_planted_fault(page, accessibility_faults):
    page.goto("/healthz")
    page.evaluate("document.body.append(document.createElement('button'))")

    assert any(fault.startswith("button-name") for fault in accessibility_faults(page))


def test_axe_finds_a_planted_color_in_the_dark(page, accessibility_faults):
    page.emulate_media(color_scheme="dark")
    page.goto("/")
    page.locator("main p").first.evaluate("paragraph => (paragraph.style.color = '#333')")

    assert any(fault.startswith("color-contrast") for fault in accessibility_faults(page, COLOR_OPTIONS))
