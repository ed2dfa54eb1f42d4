"""The promises that travel in headers, the same on public pages, the admin and errors."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
PUBLIC = [
    "/",
    "/careers/medical-director/",
    "/careers/medical-director/settings/",
    "/careers/medical-director/readiness/?country=US&q-license=have",
    "/careers/compare/?career=medical-director&career=department-chair",
    "/credentials/cmd/?plan=zzzzz",
    "/disagreements/",
    "/plan/?plan=zzzzz",
    "/plan/?credential=cmd",
    "/plan.ics?credential=cmd",
    "/reading.bib",
    "/reading.ris",
    "/reading.csl.json",
    "/salaries/",
    "/salaries.csv",
    "/salaries.json",
    "/search/?q=a",
    "/gallery/",
]
OTHER = ["/admin/login/", "/nothing/", "/sitemap.xml", "/robots.txt", "/healthz", "/readyz"]


def policy_of(response):
    parts = (part.split(maxsplit=1) for part in response["Content-Security-Policy"].split(";") if part.strip())
    return dict(parts)


@pytest.mark.parametrize("address", [*PUBLIC, *OTHER])
def test_policy_is_strict_everywhere(address, client):
    assert policy_of(client.get(address)) == POLICY


@pytest.mark.parametrize("address", ["/admin/", "/admin/salaries/salaryfigure/", "/admin/careers/duty/add/"])
def test_policy_is_strict_in_the_admin(address, admin_client):
    response = admin_client.get(address)

    assert response.status_code == 200
    assert policy_of(response) == POLICY


@pytest.mark.parametrize("address", [*PUBLIC, *OTHER])
@pytest.mark.parametrize("name", HEADERS)
def test_header(address, name, client):
    assert client.get(address)[name] == HEADERS[name]


@pytest.mark.parametrize("method", ["TRACE", "PUT"])
def test_refusal_at_the_edge_has_headers(method, client):
    response = client.generic(method, "/")

    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Permissions-Policy"] == HEADERS["Permissions-Policy"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_page_sets_no_cookie_and_looks_at_none(address, client):
    client.cookies["sessionid"] = "f" * 32
    response = client.get(address)

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("/reading.bib", "application/x-bibtex"),
        ("/reading.ris", "application/x-research-info-systems"),
        ("/reading.csl.json", "application/vnd.citationstyles.csl+json"),
        ("/plan.ics?credential=cmd", "text/calendar"),
    ],
)
def test_download_says_what_it_is_and_how_it_is_called(address, media_type, client):
    response = client.get(address)
    suffix = urlsplit(address).path.partition(".")[2]

    assert response.status_code == 200
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert re.fullmatch(rf'attachment; filename="[a-z-]+\.{re.escape(suffix)}"', response["Content-Disposition"])


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1.example.org", "a@127.0.0.1", "127.0.0.1:80:80", "", "127.0.0.1/x"]
)
def test_forged_host_is_refused(host, client):
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9999", "localhost", "[::1]"])
def test_own_host_is_answered_with_addresses_from_the_settings(host, client):
    content = client.get("/method/", headers={"Host": host}).content.decode()

    assert f'<link rel="canonical" href="{settings.BASE_URL}/method/">' in content
    assert "9999" not in content


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "example.org"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Port": "444", "Forwarded": "host=example.org;proto=https"},
    ],
)
@pytest.mark.parametrize("address", ["/method/", "/sitemap.xml", "/robots.txt", "/plan/?plan=zzzzz"])
def test_forwarding_headers_of_a_client_change_nothing(headers, address, client):
    forged = client.get(address, headers=headers)

    assert not forged.wsgi_request.is_secure()
    assert (forged.status_code, forged.content) == (200, client.get(address).content)


def test_canonical_address_follows_the_settings(client, settings):
    settings.BASE_URL = "https://guide.example.org"

    assert 'rel="canonical" href="https://guide.example.org/salaries/"' in client.get("/salaries/").content.decode()
    assert "<loc>https://guide.example.org/salaries/</loc>" in client.get("/sitemap.xml").content.decode()
    assert "Sitemap: https://guide.example.org/sitemap.xml" in client.get("/robots.txt").content.decode()
    plan = client.get("/plan/?credential=cmd", follow=True).content.decode()
    assert "<code>https://guide.example.org/plan/?plan=" in plan
    assert b"https://guide.example.org/credentials/cmd/#fact-" in client.get("/plan.ics?credential=cmd").content


@pytest.mark.parametrize("address", ["/admin/", "/admin/salaries/salaryfigure/"])
def test_admin_asks_for_an_account(address, client):
    response = client.get(address)

    assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={address}")


@pytest.mark.parametrize("target", ["//example.org/", "/\\example.org", "https://example.org/", "\t//example.org"])
def test_login_leads_to_no_other_site(target, client, admin_user):
    values = {"username": admin_user.username, "password": "password", "next": target}
    response = client.post("/admin/login/", values)

    assert (response.status_code, response["Location"]) == (302, "/admin/")


@pytest.mark.parametrize(
    ("target", "place"),
    [({}, "/admin/"), ({"next": ""}, "/admin/"), ({"next": "/admin/salaries/area/"}, "/admin/salaries/area/")],
)
def test_login_leads_to_where_one_was_going_or_to_the_admin(target, place, client, admin_user):
    response = client.post("/admin/login/", {"username": admin_user.username, "password": "password"} | target)

    assert (response.status_code, response["Location"]) == (302, place)
    assert client.get(place).status_code == 200


def test_form_without_token_is_refused_with_a_page(admin_user):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "admin", "password": "password"})

    assert response.status_code == 403
    assert "The form had expired" in response.content.decode()
