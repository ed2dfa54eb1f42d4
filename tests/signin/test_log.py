"""The log tells who came, who was refused and why, on one line each, and nothing that opens a door."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.signin.signing_in import LOGIN, NAME, PASSWORD, fail, sign_in

pytestmark = pytest.mark.django_db

LINE = re.compile(r"(?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (?P<rest>(INFO|WARNING|ERROR) .+)")


def rests(lines):
    return [LINE.fullmatch(line)["rest"] for line in lines()]


def test_sign_in_and_out(client, account, lines):
    sign_in(client)
    client.post("/admin/logout/", REMOTE_ADDR="192.0.2.2")

    assert rests(lines) == [
        "INFO careerguide.signin Signed in: 'edith' from 192.0.2.1",
        "INFO careerguide.signin Signed out: 'edith' from 192.0.2.2",
    ]


def test_signing_out_without_having_signed_in_is_nothing(client, db, lines):
    client.post("/admin/logout/")

    assert lines() == []


def test_refusals_and_the_lock(client, account, lines):
    fail(client, 5)
    sign_in(client)

    refused = "WARNING careerguide.signin Sign-in refused: 'edith' from 192.0.2.1"
    locked = "WARNING careerguide.signin Sign-in locked: 'edith' from 192.0.2.1"
    assert rests(lines) == [*[refused] * 4, locked, locked]


def test_refusal_without_the_right_to_come_in(client, account, lines):
    account.is_staff = False
    account.save()
    sign_in(client)

    assert rests(lines) == ["WARNING careerguide.signin Sign-in refused: 'edith' from 192.0.2.1"]


def test_permission_denied_in_the_admin(client, account, lines):
    client.force_login(account)
    before = len(lines())
    response = client.get("/admin/salaries/salaryfigure/", REMOTE_ADDR="192.0.2.1")

    assert response.status_code == 403
    assert rests(lines)[before:] == [
        "WARNING django.request Permission denied: 'edith' from 192.0.2.1 by GET '/admin/salaries/salaryfigure/'"
    ]


def test_form_without_token(account, lines):
    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403

    [line] = rests(lines)
    assert line == f"WARNING django.security.csrf Forbidden (CSRF cookie not set.): {LOGIN}"


@pytest.mark.parametrize("setter", ["own page", "page of another", "new account"])
def test_password_set(setter, client, account, lines):
    new = {"new_password1": "nine yellow tramways", "new_password2": "nine yellow tramways"}
    page, name = reverse("admin:password_change"), NAME
    fields = new | {"old_password": PASSWORD}
    if setter != "own page":
        User.objects.create_superuser("chief", password=PASSWORD)
        page = reverse("admin:auth_user_password_change", args=[account.pk])
        fields = {f"password{n}": "nine yellow tramways" for n in "12"} | {"usable_password": "true"}
    if setter == "new account":
        page, name = reverse("admin:auth_user_add"), "new"
        fields |= {"username": "new"}
    client.force_login(User.objects.last())
    before = len(lines())
    response = client.post(page, fields)

    assert response.status_code == 302, response.context["errors"]
    assert rests(lines)[before:] == [f"INFO careerguide.signin Password set: {name!r}"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("eve\r\n2026-01-01T00:00:00.000Z INFO careerguide.signin Signed in: 'chief'", r"eve\r\n2026-01-01"),
        ("eve\x1b[2K\x85\u2028next", r"'eve\x1b[2K\x85\u2028next'"),
        ("eve' from 192.0.2.9", '"eve\' from 192.0.2.9" from 192.0.2.1'),
    ],
)
def test_name_forges_no_line(name, written, client, account, lines):
    sign_in(client, name=name)

    [line] = rests(lines)
    assert line.startswith("WARNING careerguide.signin Sign-in refused: ")
    assert written in line


def test_path_forges_no_line(client, account, lines):
    client.force_login(account)
    before = len(lines())
    for key in ("1%1B[2K", "%C2%85", "%0D%0A"):
        client.get(f"/admin/salaries/salaryfigure/{key}/change/")

    denied = "WARNING django.request Permission denied: 'edith' from 127.0.0.1 by GET '/admin/salaries/salaryfigure"
    assert rests(lines)[before:] == [
        rf"{denied}/1\x1b[2K/change/'",
        rf"{denied}/\x85/change/'",
        r"WARNING django.request Not Found: /admin/salaries/salaryfigure/\r\n/change/",
    ]


def test_no_secret_is_written(client, account, lines, caplog):
    """Not even to whoever turns every message on."""
    with caplog.at_level("DEBUG"):
        page = client.get(LOGIN)
        token = page.cookies["csrftoken"].value
        secrets = ["hidden password", PASSWORD, token, page.context["csrf_token"]]
        sign_in(client, "hidden password", csrfmiddlewaretoken=token)
        sign_in(client, csrfmiddlewaretoken=token)
        secrets += [client.cookies["sessionid"].value]
        client.get("/admin/salaries/salaryfigure/")
        client.post("/admin/logout/")
    messages = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]

    assert len(lines()) >= 4
    assert not [line for line in [*lines(), *messages] for secret in secrets if str(secret) in line]


def test_line_of_a_running_site(tmp_path):
    """In UTC wherever the machine stands, and on one line whatever is written."""
    script = "import django, logging; django.setup(); logging.getLogger('x').warning('one\\r\\ntwo')"
    environment = {
        "DJANGO_SETTINGS_MODULE": "careerguide.settings",
        "DJANGO_VAR_DIR": str(tmp_path),
        "TZ": "Asia/Tokyo",
    }
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True)

    [line] = done.stderr.splitlines()
    match = LINE.fullmatch(line)
    assert match["rest"] == r"WARNING x - one\x0d\x0atwo"
    assert abs(datetime.fromisoformat(match["time"]) - datetime.now(UTC)) < timedelta(minutes=2)
