"""A session is new, short and out of the reach of scripts; where it leads is on this site."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.signin.signing_in import LOGIN, PASSWORD, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


def test_cookie_ends_with_the_browser_and_is_out_of_reach(client, account):
    cookie = sign_in(client).cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


def test_session_ends_after_eight_hours(client, account):
    sign_in(client)
    session = Session.objects.get()

    assert abs(session.expire_date - timezone.now() - timedelta(hours=8)) < timedelta(minutes=1)
    session.expire_date = timezone.now() + timedelta(minutes=1)
    session.save()
    assert is_signed_in(client)
    session.expire_date = timezone.now() - timedelta(seconds=1)
    session.save()
    assert client.get("/admin/")["Location"] == f"{LOGIN}?next=/admin/"


def test_sign_in_changes_the_session_and_signing_out_ends_it(client, account):
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    sign_in(client)

    key = client.cookies["sessionid"].value
    assert key != planted.session_key
    assert [one.session_key for one in Session.objects.all()] == [key]
    client.post("/admin/logout/")
    client.cookies["sessionid"] = key
    assert not is_signed_in(client)
    assert not Session.objects.exists()


def test_signing_out_needs_a_form(client, account):
    sign_in(client)

    assert client.get("/admin/logout/").status_code == 405
    assert is_signed_in(client)


def test_changed_password_ends_other_sessions(client, account):
    sign_in(client)
    account.set_password("nine yellow tramways")
    account.save()

    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "target", ["//example.org", "/\\example.org", "\\\\example.org", "https://example.org/", "\t//example.org", "///x"]
)
@pytest.mark.parametrize("by", ["form", "address"])
def test_sign_in_leads_to_no_other_site(target, by, client, account):
    values = {"username": account.username, "password": PASSWORD}
    if by == "form":
        response = client.post(LOGIN, values | {"next": target})
    else:
        response = client.post(LOGIN, values, query_params={"next": target})

    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_form_without_its_token_is_refused(account):
    strict = Client(enforce_csrf_checks=True)
    strict.get(LOGIN)

    assert sign_in(strict).status_code == 403
    assert not is_signed_in(strict)
    assert sign_in(strict, csrfmiddlewaretoken=strict.cookies["csrftoken"].value).status_code == 302


def test_page_tells_whom_it_does_not_know(client, account):
    account.is_staff = False
    account.save()
    client.force_login(account)

    assert "You are signed in as edith, but this page needs another account." in client.get(LOGIN).content.decode()


def test_looking_at_the_page_makes_no_session(client):
    response = client.get(LOGIN)

    assert "no-store" in response["Cache-Control"]
    assert list(response.cookies) == ["csrftoken"]
    assert not Session.objects.exists()
