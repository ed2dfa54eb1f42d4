"""What readers get while the database does not answer: a page that says so, and no page that would need it."""

import io
import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DataError, InterfaceError, OperationalError, connection
from django.test import Client

from careerguide import views
from careerguide.logs import LineFormatter
from tests.pages import Page

pytestmark = pytest.mark.django_db
SAID = "connection to server at 127.0.0.1 failed"


@pytest.fixture
def outage():
    """No statement is answered."""

    def refuse(execute, sql, params, many, context):
        raise OperationalError(f"{SAID}\nDETAIL: a row with somebody's address")

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    "address", ["/", "/salaries/", "/careers/medical-director/", "/search/?q=london", "/salaries.csv"]
)
def test_page_that_needs_the_database_asks_to_come_back(address, outage, browser):
    response = browser.get(address)
    page = Page(response)

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert "Try again in a minute" in page.text
    assert page.meta("robots") == ["noindex"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_editor_is_told_as_well(admin_client, browser, outage):
    browser.cookies = admin_client.cookies

    assert browser.get("/admin/").status_code == 503


@pytest.mark.parametrize(("address", "status"), [("/healthz", 200), ("/robots.txt", 200), ("/nothing/", 404)])
def test_what_needs_no_database_is_answered(address, status, outage, browser):
    assert browser.get(address).status_code == status


def test_readiness_says_so(outage, browser):
    assert browser.get("/readyz").status_code == 503


@pytest.mark.parametrize(
    "view", ["bad_request", "forbidden", "forbidden_form", "not_found", "server_error", "unavailable"]
)
def test_error_page_needs_no_database(view, rf, outage):
    request = rf.get("/anything/")
    request.user = AnonymousUser()
    page = Page(getattr(views, view)(request))

    assert len(page.all("h1")) == 1
    assert f"Status {page.response.status_code}" in page.text


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError, 503), (InterfaceError, 503), (DataError, 500), (ZeroDivisionError, 500)]
)
def test_fault_of_a_query_is_no_outage(error, status, browser, monkeypatch):
    """It would come back with each try: nobody is asked to wait for it."""

    def fail(*args):
        raise error("of a test")

    monkeypatch.setattr(views, "page_context", fail)
    monkeypatch.setattr(views, "error_page", lambda request, status, *_: views.HttpResponse(status=status))

    assert browser.get("/").status_code == status


def test_log_says_it_in_a_line_without_the_row(outage, browser):
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(LineFormatter("{levelname} {name} {message}", style="{"))
    logging.getLogger("django").addHandler(handler)
    try:
        browser.get("/salaries/")
    finally:
        logging.getLogger("django").removeHandler(handler)

    said = handler.stream.getvalue().splitlines()
    assert said == [f"ERROR django.request Service Unavailable: /salaries/: OperationalError: {SAID}"]
