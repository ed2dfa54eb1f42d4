"""A real server and a real browser for the tests in this folder.

The site runs as `make run` runs it, with a database and static files of its own. Playwright keeps an event loop running
in this thread, and Django refuses to use the database beside one: these tests talk to the site by HTTP only.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

import dj_database_url
import psycopg2
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import sync_playwright

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
START_LIMIT = 30  # seconds
MISSING = "/no-such-page/"
# htmx tells of every request that a newer one of the same form replaces; one that fails has another name.
REPLACED = ("htmx:sendAbort", "htmx:afterRequest")
KINDS_OF_PAGE = {
    "home": "/",
    "careers": "/careers/",
    "profile": "/careers/medical-director/",
    "second profile": "/careers/chief-medical-officer/",
    "reading": "/reading/",
    "work": "/reading/edwards-peer-review-study/",
    "course": "/reading/vbc-capstone/",
    "list": "/reading/lists/first-three/",
    "salaries": "/salaries/",
    "salaries with filters and a problem": "/salaries/?country=IN&q=india&min=abc&ordering=-median",
    "salaries empty": "/salaries/?city=delhi&min=9000000",
    "salaries converted": "/salaries/?basis=converted&ordering=-median",
    "salaries by purchasing power": "/salaries/?basis=ppp&population=11-9111&population=title&state=texas-us",
    "city": "/salaries/cities/bengaluru/",
    "city with official bands": "/salaries/cities/new-york/",
    "metropolitan area": "/salaries/cities/abilene-tx/",
    "figure": "/salaries/figures/medical-director-bengaluru-opencourser/",
    "compare none": "/salaries/compare/",
    "compare two": "/salaries/compare/?city=delhi&city=bengaluru",
    "compare four": "/salaries/compare/?city=delhi&city=bengaluru&city=london&city=new-york",
    "part-time": "/salaries/part-time/?salary=265930&share=90&hours=4&hours_per=week&weeks=52&rate=146&currency=USD",
    "known issues": "/known-issues/",
    "sources": "/sources/",
    "source": "/sources/opencourser-career-2024/",
    "method": "/method/",
    "search": "/search/?q=medical",
    "gallery": "/gallery/",
    "missing": MISSING,
}
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}


@dataclass
class Editor:
    """The superuser of the site under test."""

    name: str = "editor"
    password: str = "a password for tests only"


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
    """The address of the running site, such as http://127.0.0.1:41234, without a slash at the end."""
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    environment |= {"DJANGO_VAR_DIR": str(folder), "PORT": str(port), "DJANGO_SUPERUSER_PASSWORD": editor.password}
    with database_url(folder) as environment["DATABASE_URL"]:
        for command in (
            ["migrate", "--noinput", "--verbosity=0"],
            ["load_content"],
            ["collectstatic", "--noinput", "--verbosity=0"],
            ["createsuperuser", "--noinput", "--username", editor.name, "--email", "editor@example.org"],
        ):
            manage(command, environment)
        with served(port, environment, folder / "server.log"):
            yield f"http://127.0.0.1:{port}"


def free_port():
    with closing(socket.socket()) as candidate:
        candidate.bind(("127.0.0.1", 0))
        return candidate.getsockname()[1]


@contextmanager
def database_url(folder):
    """A new database beside the one of the other tests, on the same kind of server."""
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    given = os.environ["DATABASE_URL"]
    name = f"careerguide_browser_{os.getpid()}"
    administer(given, f"CREATE DATABASE {name}")
    try:
        yield urlsplit(given)._replace(path=f"/{name}").geturl()
    finally:
        administer(given, f"DROP DATABASE {name} WITH (FORCE)")


def administer(url, statement):
    config = dj_database_url.parse(url)
    address = {"host": config["HOST"], "port": config["PORT"], "user": config["USER"], "password": config["PASSWORD"]}
    given = {name: value for name, value in address.items() if value}
    with closing(psycopg2.connect(dbname=config["NAME"], **given, **config.get("OPTIONS", {}))) as connection:
        connection.autocommit = True  # databases are not made in a transaction
        with connection.cursor() as cursor:
            cursor.execute(statement)


def manage(arguments, environment):
    command = [sys.executable, "manage.py", *arguments]
    result = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    if result.returncode:
        pytest.fail(f"{' '.join(arguments)} failed:\n{result.stdout}{result.stderr}", pytrace=False)


@contextmanager
def served(port, environment, log):
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "careerguide.wsgi:application"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "1"]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", server, log)
            yield
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for(address, server, log):
    limit = time.monotonic() + START_LIMIT
    while server.poll() is None and time.monotonic() < limit:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 (our own address)
            return
        except URLError:
            time.sleep(0.1)
    pytest.fail(f"The site did not answer at {address}:\n{log.read_text()}", pytrace=False)


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

    def faults(page):
        violations = Axe().run(page, options=AXE_OPTIONS).response["violations"]
        return [
            f"{violation['id']}: {violation['help']}: {node['html'][:200]}"
            for violation in violations
            for node in violation["nodes"]
        ]

    return faults
