"""What answers where there is no page: a way on, a redirect to the right address, or words that need no database."""

from urllib.parse import unquote, urlsplit

import pytest

from tests.pages import Page

pytestmark = pytest.mark.django_db

MISSING = [
    "/careers/nobody/",
    "/careers/nobody/settings/",
    "/careers/nobody/readiness/",
    "/credentials/nothing/",
    "/reading/nothing/",
    "/reading/lists/none/",
    "/salaries/cities/nowhere/",
    "/salaries/figures/nothing/",
    "/sources/none/",
    "/nothing/",
]


@pytest.mark.parametrize("address", MISSING)
def test_missing_page_says_so_and_offers_ways_on(address, client):
    response = client.get(address)
    page = Page(response)

    assert response.status_code == 404
    assert len(page.all("h1")) == 1
    assert "Status 404" in page.text
    assert page.meta("robots") == ["noindex"]
    assert {"/", "/careers/", "/salaries/", "/reading/"} <= set(page.values("href"))
    assert not response.cookies


@pytest.mark.parametrize("address", ["/careers", "/salaries", "/reading", "/careers/medical-director"])
def test_address_without_slash_leads_to_the_page(address, client):
    response = client.get(address)

    assert (response.status_code, response["Location"]) == (301, f"{address}/")


@pytest.mark.parametrize("address", ["//example.org/%2e%2e", "//example.org/a", "/\\example.org", "/%5cexample.org"])
def test_odd_address_never_leads_elsewhere(address, client):
    response = client.generic("GET", unquote(address))

    assert response.status_code in (301, 400, 404)
    assert urlsplit(response.get("Location", "/")).netloc == ""


def test_error_page_without_its_template_is_a_line_of_text(rf, monkeypatch):
    from careerguide import views

    monkeypatch.setattr(views, "render", lambda *args, **kwargs: 1 / 0)
    response = views.server_error(rf.get("/anything/"))

    assert (response.status_code, response["Content-Type"]) == (500, "text/plain")
    assert b"Something failed" in response.content


@pytest.mark.parametrize("view", ["bad_request", "forbidden", "forbidden_form", "not_found", "server_error"])
def test_error_page_needs_no_database(view, rf, django_assert_num_queries):
    from django.contrib.auth.models import AnonymousUser

    from careerguide import views

    request = rf.get("/anything/")
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        page = Page(getattr(views, view)(request))

    assert len(page.all("h1")) == 1
    assert f"Status {page.response.status_code}" in page.text
