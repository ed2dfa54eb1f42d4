"""A real server and a real browser for the tests in this folder.

The site runs as `make run` runs it, with a database and static files of its own. Playwright keeps an event loop running
in this thread, and Django refuses to use the database beside one: these tests talk to the site by HTTP only.
"""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.browser.editing import EditingSite, make_accounts
from tests.browser.pages import KINDS_OF_PAGE, MISSING
from tests.browser.salary_table import Learner
from tests.browser.server import Editor, prepared, running, serving

ARGUMENTS = [
    "--no-sandbox",  # Chromium refuses to start as root with it, and every page here is ours
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_BROWSER = []  # why there is no browser, if so
# htmx tells of every request that a newer one of the same form replaces; one that fails has another name.
REPLACED = ("htmx:sendAbort", "htmx:afterRequest")
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}
# What the dark scheme can break, as it changes nothing but the colors in tokens.css.
COLOR_OPTIONS = AXE_OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter):
    for missing in NO_BROWSER[:1]:
        terminalreporter.write_line(f"The browser tests were skipped: {missing}")


# The site


@pytest.fixture(scope="session")
def editor():
    return Editor()


@pytest.fixture(scope="session")
def site(tmp_path_factory, editor):
    """The address of the running site, without a slash at the end."""
    with running(tmp_path_factory.mktemp("site"), editor) as address:
        yield address


@pytest.fixture(scope="session")
def editing(tmp_path_factory, editor):
    """A second site with accounts of both groups, so that what they change is seen by no other test."""
    folder = tmp_path_factory.mktemp("editing")
    with prepared(folder, editor) as environment:
        make_accounts(environment)
        with serving(folder, environment) as address:
            yield EditingSite(address, environment)


# The browser


@pytest.fixture(scope="package")
def browser():
    """Chromium: the one that CHROMIUM names, else the one on the path, else Playwright's own."""
    with sync_playwright() as playwright:  # ends with this folder's last test, so that others may use the database
        program = os.environ.get("CHROMIUM") or shutil.which("chromium") or playwright.chromium.executable_path
        if not Path(program).exists():
            missing = f"no browser at {program}; to get one: apt-get install chromium"
            if os.environ.get("CI") == "true":
                pytest.fail(missing, pytrace=False)
            NO_BROWSER.append(missing)
            pytest.skip(missing)
        running = playwright.chromium.launch(executable_path=program, headless=True, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def color_scheme():
    """ "light" or "dark": parametrize a test with `color_scheme` to have others."""
    return "light"


@pytest.fixture
def width():
    """The width of the window in CSS pixels: parametrize a test with `width` to have others."""
    return 1280


@pytest.fixture
def problems():
    """What a page did that no page of ours should do. A test that provokes it on purpose clears this list."""
    return []


@pytest.fixture
def new_page(browser, site, color_scheme, width, problems):
    """A function that opens an empty page; `problems` fails the test if it is not empty at the end."""
    contexts = []

    def open_page(**options):
        context = browser.new_context(
            base_url=site, color_scheme=color_scheme, viewport={"width": width, "height": 800}, **options
        )
        contexts.append(context)
        context.set_default_timeout(10_000)  # milliseconds
        watch(context, site, problems)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    if problems:
        pytest.fail("The page had problems:\n- " + "\n- ".join(problems), pytrace=False)


def watch(context, site, problems):
    def on_console(message):
        address = message.location.get("url", "")
        if message.text.startswith(REPLACED):
            return
        if message.type == "error" and address != f"{site}/favicon.ico":  # asked for where JSON can name no icon
            problems.append(f"console: {message.text} ({address})")

    def on_request(request):
        if not request.url.startswith((f"{site}/", "data:", "blob:")):
            problems.append(f"request to another host: {request.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: problems.append(f"script: {error.error}"))
    context.on("request", on_request)


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def page_without_js(new_page):
    return new_page(java_script_enabled=False)


@pytest.fixture
def visit_all(problems):
    """A function that opens one page of each kind in turn and yields its name and the site's response."""

    def visit(page):
        for name, address in KINDS_OF_PAGE.items():
            response = page.goto(address)
            assert response.status == (404 if address == MISSING else 200), address
            yield name, response
        problems[:] = [problem for problem in problems if not problem.endswith(f"{MISSING})")]  # Chromium tells of 404

    return visit


@pytest.fixture
def accessibility_faults():
    """A function that returns what breaks WCAG 2.2 AA on a page with JavaScript, one line a fault; see axe-core.

    The script comes in through the debugging protocol, which our Content-Security-Policy does not bind.
    """

    def faults(page, options=AXE_OPTIONS):
        violations = Axe().run(page, options=options).response["violations"]
        return [
            f"{violation['id']}: {violation['help']}: {node['html'][:200]}"
            for violation in violations
            for node in violation["nodes"]
        ]

    return faults


# The reader


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def learner(request, new_page):
    page = new_page(java_script_enabled=request.param)
    page.goto("/salaries/")
    return Learner(page, request.param)
