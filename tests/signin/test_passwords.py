"""Passwords are long; they are not made odd, nor cut."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.signin.signing_in import NAME, PASSWORD, is_signed_in, shown, sign_in

pytestmark = pytest.mark.django_db

LONG = "correct horse battery staple, correct horse battery staple, a+b=ç"


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("tram line 1234", "too short"),  # 14 characters
        ("tram line 12345", ""),
        ("trammmmmmmmmmmmmmmm", ""),  # no rule about kinds of characters
        ("111111111111111", "too common"),
        ("editheditheditheditor", "too similar to the username"),
        ("x" * 4096, ""),
    ],
)
def test_new_password(password, problem):
    user = User(username="edithedithedithedith")
    if not problem:
        validate_password(password, user)
        return
    with pytest.raises(ValidationError, match=problem):
        validate_password(password, user)


def change_password(client, old, new):
    fields = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(reverse("admin:password_change"), fields)


def test_short_password_is_refused_with_what_to_do(client, account):
    client.force_login(account)
    response = change_password(client, PASSWORD, "tram line 1234")

    assert "This password is too short. It must contain at least 15 characters." in shown(response)
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


@pytest.mark.parametrize("new", [LONG[:64], LONG * 64], ids=lambda new: f"{len(new)} characters")
def test_long_password_is_taken_whole(new, client, account, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    assert len(new) in (64, 4160)
    client.force_login(account)

    assert change_password(client, PASSWORD, new).status_code == 302
    client.logout()
    assert sign_in(client, new[:-1]).status_code == 200
    assert not is_signed_in(client)
    assert sign_in(client, new).status_code == 302
    assert is_signed_in(client)


@pytest.mark.parametrize("password", ["x" * 64, "x" * 4096, "x" * 500_000, "a\0b", "\ud7ff🩺", " "])
def test_odd_password_is_refused_politely(password, client, account):
    response = sign_in(client, password)

    assert response.status_code == 200
    assert 'role="alert"' in shown(response)
    assert not is_signed_in(client)


def test_refusal_names_no_reason_that_helps_a_guesser(client, account):
    User.objects.create_user("gone", password=PASSWORD, is_staff=True, is_active=False)
    User.objects.create_user("reader", password=PASSWORD)
    pages = {
        name: shown(sign_in(client, password, name)).replace(name, "NAME")
        for name, password in [(NAME, "wrong"), ("nobody", "wrong"), ("gone", PASSWORD), ("reader", PASSWORD)]
    }

    assert "Username or password is wrong" in pages[NAME]
    assert set(pages.values()) == {pages[NAME]}
