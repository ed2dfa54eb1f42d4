"""What scanners and the OWASP ASVS ask of every kind of answer, with the settings of a public site."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.test import Client

from tests import scanner

pytestmark = pytest.mark.django_db
FOR_HTTPS = [
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "CONTENT_SECURITY_POLICY",
]
KINDS = {
    "page": ("/careers/medical-director/", 200),
    "table": ("/salaries/?country=IN", 200),
    "sign-in": ("/admin/login/", 200),
    "error": ("/nothing/", 404),
    "static file": ("/static/css/base.css", 200),
    "redirect": ("/careers", 301),
    "redirect to the sign-in": ("/admin/", 302),
    "csv": ("/salaries.csv?country=IN", 200),
    "json": ("/salaries.json?country=IN", 200),
    "atom": ("/changes.atom", 200),
    "calendar": ("/plan.ics?credential=cmd", 200),
    "sitemap": ("/sitemap.xml", 200),
    "security.txt": ("/.well-known/security.txt", 200),
    "health": ("/healthz", 200),
}
YEAR = 31_536_000  # seconds


@pytest.fixture(scope="module")
def public_settings(tmp_path_factory):
    """What production sets otherwise than a developer's machine, read from the settings themselves."""
    script = "import json; from django.conf import settings\n"
    script += f"print(json.dumps({{name: getattr(settings, name) for name in {FOR_HTTPS}}}))"
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "careerguide.settings",
        "DJANGO_ENV": "production",
        "DJANGO_ALLOWED_HOSTS": "guide.example.org",
        "DJANGO_SECRET_KEY": "a-key-for-tests-that-is-long-enough-to-be-taken-0123456789",
        "DJANGO_VAR_DIR": str(tmp_path_factory.mktemp("var")),
    }
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture
def public(settings, public_settings):
    """A reader's browser, over HTTPS."""
    for name, value in public_settings.items():
        setattr(settings, name, value)
    settings.SECURITY_CONTACT = "mailto:editors@example.org"
    return Client()


@pytest.fixture(params=KINDS)
def answer(request, public):
    address, status = KINDS[request.param]
    response = public.get(address, secure=True)
    assert response.status_code == status
    yield response
    response.close()


@pytest.fixture
def inside(public, admin_user):
    public.force_login(admin_user)
    return public


# The Observatory


def test_score_is_a_plus(answer):
    assert scanner.score(scanner.Answer.of(answer)) >= 100


def test_score_of_a_signed_in_editor_s_page_is_a_plus(inside):
    response = inside.get("/admin/salaries/salaryfigure/", secure=True)

    assert scanner.score(scanner.Answer.of(response)) >= 100


def test_plain_http_leads_to_https_on_the_same_host(public):
    response = public.get("/salaries/?country=IN")

    assert (response.status_code, response["Location"]) == (301, "https://testserver/salaries/?country=IN")


STRICT = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "strict-transport-security": "max-age=31536000",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


@pytest.mark.parametrize(
    ("change", "cookies", "points"),
    [
        ({}, [], 120),
        ({"content-security-policy": None}, [], 55),
        ({"content-security-policy": "default-src 'self'; script-src 'unsafe-inline'"}, [], 60),
        ({"strict-transport-security": "max-age=600"}, [], 110),
        ({"x-content-type-options": None}, [], 115),
        ({"cross-origin-resource-policy": "cross-origin"}, [], 80),
        ({"access-control-allow-origin": "*", "access-control-allow-credentials": "true"}, [], 50),
        ({}, ["sessionid=1; Secure; SameSite=Lax"], 70),
        ({}, ["csrftoken=1; Secure; HttpOnly"], 80),
        ({}, ["sessionid=1; HttpOnly; SameSite=Lax"], 110),
    ],
)
def test_scanner_finds_what_is_planted(change, cookies, points):
    """Rules that find nothing anywhere would praise any site."""
    headers = {name: value for name, value in (STRICT | change).items() if value}

    assert scanner.score(scanner.Answer(headers.items(), cookies)) == points


# OWASP ASVS 5.0, level 1 and what level 2 asks of headers, by number


def test_3_3_1_cookies_are_bound_to_this_host(public, admin_user):
    public.get("/admin/login/", secure=True)
    values = {"username": admin_user.username, "password": "password"}
    response = public.post("/admin/login/", values, secure=True)
    set_cookies = [morsel.OutputString() for morsel in response.cookies.values()]

    assert {cookie.partition("=")[0] for cookie in set_cookies} == {"__Host-sessionid", "__Host-csrftoken"}
    for cookie in set_cookies:
        assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


def named_letters(answer):
    kind = answer.headers.get("content-type", "")
    return not kind.startswith("text/") or re.search('; charset="?utf-8', kind)


EVERY_ANSWER = {
    "3.4.1 HTTPS for a year, below this name too": lambda answer: (
        answer.headers["strict-transport-security"] == f"max-age={YEAR}; includeSubDomains"
    ),
    "3.4.2 no other origin reads it": lambda answer: "access-control-allow-origin" not in answer.headers,
    "3.4.3 the policy names objects": lambda answer: answer.policy["object-src"] == ["'none'"],
    "3.4.3 the policy names the base": lambda answer: answer.policy["base-uri"] == ["'none'"],
    "3.4.4 its type is not guessed": lambda answer: answer.headers["x-content-type-options"] == "nosniff",
    "3.4.5 its address does not leak": lambda answer: answer.headers["referrer-policy"] in scanner.PRIVATE_REFERRERS,
    "3.4.6 nobody frames it": lambda answer: answer.policy["frame-ancestors"] == ["'none'"],
    "4.1.1 text names its letters": named_letters,
}


def test_every_answer_keeps_the_rules(answer):
    found = scanner.Answer(answer.items())

    assert [rule for rule, kept in EVERY_ANSWER.items() if not kept(found)] == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_3_5_3_nothing_public_is_changed_by_a_request(method, public):
    assert public.generic(method, "/salaries/", secure=True).status_code == 405


def test_6_3_2_no_account_comes_with_the_content(db):
    assert not apps.get_model("auth.User").objects.exists()


def test_7_2_4_sign_in_makes_a_new_session(public, admin_user):
    public.force_login(admin_user)
    before = public.session.session_key
    public.logout()
    public.force_login(admin_user)

    assert public.session.session_key != before


def test_13_4_4_trace_is_refused(public):
    assert public.generic("TRACE", "/", secure=True).status_code == 405


@pytest.mark.parametrize("path", ["/.git/config", "/.env", "/db.sqlite3", "/static/.git/config", "/requirements.txt"])
def test_13_4_1_no_file_of_the_project_is_served(path, public):
    assert public.get(path, secure=True).status_code == 404


def test_14_3_2_editor_s_pages_are_kept_nowhere(inside):
    assert "no-store" in inside.get("/admin/", secure=True)["Cache-Control"]


def test_16_5_1_error_shows_nothing_of_the_inside(public, monkeypatch):
    from careerguide import views

    monkeypatch.setattr(views, "page_context", lambda *args: 1 / 0)
    public.raise_request_exception = False
    response = public.get("/", secure=True)

    assert response.status_code == 500
    assert not re.search(rb"Traceback|ZeroDivision|site-packages|careerguide/", response.content)
