"""Requests that no browser of a reader sends: refused, or answered as any other, and never waited for."""

import re
from urllib.parse import quote

import pytest

from tests.parameters import ADDRESSES, ECHO

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "FOO"])
@pytest.mark.parametrize(
    "address", [*ADDRESSES, "/", "/careers/medical-director/", "/method/", "/healthz", "/robots.txt"]
)
def test_method_that_changes_is_refused(method, address, client):
    assert client.generic(method, address).status_code == 405


@pytest.mark.parametrize("address", [*ADDRESSES, "/", "/careers/medical-director/", "/sitemap.xml"])
def test_head_answers_without_body(address, client):
    response = client.head(address)

    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Type"] == client.get(address)["Content-Type"]


@pytest.mark.parametrize(
    "path",
    [
        "/careers/%00/readiness/",
        "/careers/medical-director/settings/1'/",
        "/credentials/%00/",
        "/plan/cmd/",
        "/plan.ics/",
    ]
    + ["/reading.bib/", "/reading.xml", "/disagreements/must-be-physician/"]
    + ["/careers/%00/", "/careers/..%2f..%2fetc/", "/careers/%c0%ae/", "/reading/%F0%9F%98%80/", "/salaries/cities/1'/"]
    + ["/salaries/figures/%00/", "/salaries/figures/1'/", "/salaries/figures/", "/known-issues/1/"]
    + [
        "/sources/" + "a" * 5000 + "/",
        "/static/../careerguide/settings.py",
        "/static/%2e%2e/manage.py",
        "/.env",
        "/.git/",
    ],
)
def test_odd_path_is_not_found(path, client):
    assert client.generic("GET", path).status_code in (400, 404)


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "a" * 3000},
        {"HX-Request": "true", "HX-Current-URL": "javascript:1"},
        {"If-Modified-Since": "rubbish", "If-None-Match": '"\x01'},
        {"Accept-Language": "en," * 1000},
        {"Cookie": "sessionid=\x01%00; csrftoken=<script>; =; ;;"},
        {"Range": "bytes=" + ",".join(f"{n}-{n}" for n in range(800))},
        {"Accept": "*/*;q=NaN"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_odd_header_breaks_nothing(headers, client):
    assert client.get("/salaries/", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "before",
    ["http://testserver//example.org/", "http://testserver/\\example.org/", "http://testserver@example.org/careers/"]
    + ["http://example.org/?http://testserver/", "//example.org/", "javascript:alert(1)", "http://[", "a" * 5000]
    + [f"http://testserver/careers/?q={quote(text)}" for text in ECHO[:4]],
)
def test_way_back_from_the_plan_never_leads_elsewhere(before, client):
    content = client.get("/plan/?city=delhi", follow=True, headers={"Referer": before}).content.decode()
    ways_back = re.findall(r'href="([^"]*)">Go on where you were', content)

    assert all(re.match(r"/(?![/\\])", way) for way in ways_back)
    assert not any(text in content for text in ECHO[:4])


class UnreadBody:
    """A body that must not be waited for: a slow sender would hold the thread."""

    def read(self, *args):
        raise AssertionError("the body was read")

    readline = read


def test_body_for_a_public_page_is_not_read(client):
    client.cookies["csrftoken"] = "a" * 32
    answer = {"wsgi.input": UnreadBody(), "CONTENT_LENGTH": "1000", "CONTENT_TYPE": "application/x-www-form-urlencoded"}

    assert client.generic("POST", "/careers/", **answer).status_code == 405


@pytest.mark.parametrize("length", ["2097153", "99999999999999999999", "-1", "x", "\u00b2"])
def test_body_over_the_limit_is_refused_unread(length, client):
    answer = {"wsgi.input": UnreadBody(), "CONTENT_LENGTH": length}

    assert client.generic("POST", "/admin/login/", **answer).status_code == 413


@pytest.mark.parametrize("method", ["FOO", "POST"])
def test_refusal_has_the_headers_of_a_page(method, client):
    response = client.generic(method, "/")

    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert (response["X-Content-Type-Options"], response["X-Frame-Options"]) == ("nosniff", "DENY")


def test_forged_host_is_logged_in_one_line(client, caplog):
    client.get("/", headers={"host": "evil.example"})

    assert [record.exc_info for record in caplog.records if record.name.endswith("DisallowedHost")] == [None]
