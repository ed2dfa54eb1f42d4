"""Guessing is slow: five wrong tries under one name from one address, then a quarter of an hour of nothing."""

import re
from datetime import datetime, timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.signin.signing_in import LOGIN, NAME, PASSWORD, fail, is_signed_in, shown, sign_in

pytestmark = pytest.mark.django_db

THERE = "198.51.100.7"
QUARTER = timedelta(minutes=15)


def move_back(time):
    """As if the tries had been made earlier."""
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - time)


def without_times(page):
    return re.sub("<time .*?</time>", "", page)


def test_fifth_wrong_try_locks_even_the_right_password(client, account):
    assert fail(client, 5) == [200, 200, 200, 200, 429]

    assert sign_in(client).status_code == 429
    assert not is_signed_in(client)


def test_four_wrong_tries_are_forgiven(client, account):
    assert fail(client, 4) == [200] * 4

    assert sign_in(client).status_code == 302
    assert is_signed_in(client)


def test_success_begins_the_count_anew(client, account):
    for _ in range(3):
        assert fail(client, 4) == [200] * 4
        assert sign_in(client).status_code == 302
        client.post("/admin/logout/")

    assert not AccessAttempt.objects.exists()


def test_other_address_and_other_name_are_not_locked(client, account):
    User.objects.create_user("robert", password=PASSWORD, is_staff=True)
    fail(client, 5)

    assert sign_in(client, address=THERE).status_code == 302
    assert sign_in(client, name="robert").status_code == 302
    assert sign_in(client).status_code == 429


def test_other_browsers_are_the_same_guesser(client, account):
    statuses = [fail(client, 1, headers={"User-Agent": f"Browser/{number}"})[0] for number in range(5)]

    assert statuses == [200, 200, 200, 200, 429]


def test_name_without_account_is_locked_in_the_same_way(client, account):
    known, unknown = ([sign_in(client, "wrong", name) for _ in range(6)] for name in (NAME, "nobody"))

    assert [one.status_code for one in unknown] == [one.status_code for one in known]
    assert shown(unknown[3]).replace("nobody", NAME) == shown(known[3])
    assert without_times(shown(unknown[5])) == without_times(shown(known[5]))


@pytest.mark.parametrize(
    ("waited", "status"), [(QUARTER + timedelta(seconds=1), 302), (QUARTER - timedelta(seconds=30), 429)]
)
def test_lock_ends_after_a_quarter_of_an_hour(waited, status, client, account):
    fail(client, 5)
    move_back(waited)

    assert sign_in(client).status_code == status


def test_tries_while_locked_do_not_lengthen_the_wait(client, account):
    fail(client, 5)
    move_back(QUARTER - timedelta(seconds=30))
    response = sign_in(client)

    assert 0 < int(response["Retry-After"]) <= 30
    assert "For 1 more minute nothing" in shown(response)
    move_back(timedelta(seconds=31))
    assert sign_in(client).status_code == 302


def test_locked_page_says_what_happened_and_when_to_try_again(client, account):
    fail(client, 4)
    response = sign_in(client, "wrong")
    page = shown(response)
    until = datetime.fromisoformat(re.search('<time datetime="([^"]+)">', page)[1])

    assert response.status_code == 429
    assert 890 <= int(response["Retry-After"]) <= 900
    assert QUARTER - timedelta(seconds=10) < until - timezone.now() < QUARTER + timedelta(minutes=1)
    assert f"{until:%H:%M} UTC</time>" in page
    assert "For 15 more minutes nothing is accepted for it, the right password included." in page
    assert "no-store" in response["Cache-Control"]
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert NAME not in page


def test_locked_page_is_the_same_for_scripts(client, account):
    """django-axes would answer these with its own data, open to every origin."""
    fail(client, 5)
    response = sign_in(client, headers={"X-Requested-With": "XMLHttpRequest"})

    assert shown(response) == shown(sign_in(client))
    assert "Access-Control-Allow-Origin" not in response


def test_right_password_without_the_right_to_come_in_counts_as_wrong(client, account):
    User.objects.create_user("reader", password=PASSWORD)
    statuses = [sign_in(client, name="reader").status_code for _ in range(5)]

    assert statuses == [200, 200, 200, 200, 429]


@pytest.mark.parametrize("command", [["axes_reset_username", NAME], ["axes_reset"]])
def test_command_unlocks(command, client, account, capsys):
    fail(client, 5)
    call_command(*command)

    assert "1 attempts removed." in capsys.readouterr().out
    assert sign_in(client).status_code == 302


def test_table_holds_no_secret_and_nothing_longer_than_needed(client, account):
    sign_in(client, "hidden password", csrfmiddlewaretoken="hidden token", code="hidden code")
    [row] = AccessAttempt.objects.values_list()

    assert "hidden" not in str(row)
    move_back(QUARTER + timedelta(seconds=1))
    sign_in(client, name="robert", address=THERE)
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["robert"]
    sign_in(client)
    assert not AccessLog.objects.exists() and not AccessFailureLog.objects.exists()


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a" * 151, "Ensure this value has at most 150 characters (it has 151)."),
        ("a" * 5000, "Ensure this value has at most 150 characters (it has 5000)."),
        ("a\0b", "Null characters are not allowed."),
        ("", "This field is required."),
    ],
)
def test_name_that_cannot_be_is_refused_before_it_is_looked_for(name, problem, client, account):
    response = sign_in(client, name=name)

    assert (response.status_code, problem in shown(response)) == (200, True)
    assert not AccessAttempt.objects.exists()


@pytest.mark.parametrize("name", ["a" * 150, "ﬁ🩺", "a\r\nb", "' OR 1=1 --", "%s{0}"])
def test_odd_name_is_refused_like_any_other(name, client, account):
    assert fail(client, 6, name=name) == [200, 200, 200, 200, 429, 429]


def test_forwarded_address_of_a_client_does_not_help(client, account):
    statuses = [fail(client, 1, headers={"X-Forwarded-For": f"203.0.113.{number}"})[0] for number in range(5)]

    assert statuses == [200, 200, 200, 200, 429]


def test_behind_a_proxy_the_entry_counts_that_the_proxy_made(client, account, settings):
    settings.BEHIND_PROXY = True
    proxy = "127.0.0.1"
    for number in range(5):
        fail(client, 1, address=proxy, headers={"X-Forwarded-For": f"203.0.113.{number}, {THERE}"})

    assert sign_in(client, address=proxy, headers={"X-Forwarded-For": f"203.0.113.9, {THERE}"}).status_code == 429
    assert sign_in(client, address=proxy, headers={"X-Forwarded-For": f"{THERE}, 203.0.113.9"}).status_code == 302


def test_addresses_of_one_subscriber_count_together(client, account):
    for number in range(5):
        fail(client, 1, address=f"2001:db8:0:1::{number}")

    assert sign_in(client, address="2001:db8:0:1:ffff::1").status_code == 429
    assert sign_in(client, address="2001:db8:0:2::1").status_code == 302


def test_sender_without_an_address_is_counted(client, account):
    """A server that listens on a socket file has none to tell."""
    assert fail(client, 5, address="") == [200, 200, 200, 200, 429]


def test_pages_for_readers_ask_nothing_of_it(client):
    for page in ("/", "/careers/medical-director/", LOGIN):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        assert not [one for one in captured.captured_queries if "axes_" in one["sql"]]
