"""Sign-in with a one-time code, on a site in production behind a proxy."""

import pytest
from axes.models import AccessAttempt
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.signin.signing_in import LOGIN, PASSWORD, is_signed_in, shown, sign_in

pytestmark = pytest.mark.django_db


def code_of(device, later=0):
    """The six digits that an app shows so many seconds from now."""
    return f"{totp(device.bin_key, t0=-later):06}"


def as_if_a_second_had_gone_by():
    """django-otp takes no code for a second after a wrong one, then for two, then for four."""
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)


def wrong_code_of(device):
    near = {code_of(device, later) for later in (-60, -30, 0, 30, 60)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in near)


def test_right_code_lets_in(client, device):
    response = sign_in(client, code=code_of(device))

    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert is_signed_in(client)
    cookie = response.cookies["__Host-sessionid"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "Lax", "/")
    assert (cookie["domain"], cookie["max-age"]) == ("", "")


def test_code_is_taken_as_apps_show_it(client, device):
    code = code_of(device)

    assert sign_in(client, code=f" {code[:3]} {code[3:]} ").status_code == 302


@pytest.mark.parametrize(("later", "status"), [(-30, 302), (30, 302), (-90, 200), (90, 200)])
def test_clock_of_a_phone_may_differ_by_half_a_minute(later, status, client, device):
    assert sign_in(client, code=code_of(device, later)).status_code == status


def test_wrong_code_is_refused_as_a_wrong_password_is(client, device):
    code = code_of(device)
    answers = [
        shown(sign_in(client, code=wrong_code_of(device))),
        shown(sign_in(client, "wrong", code=code)),
        shown(sign_in(client, name="nobody", code=code)).replace("nobody", "edith"),
    ]
    same = {answer.replace(code, "CODE").replace(wrong_code_of(device), "CODE") for answer in answers}

    assert len(same) == 1
    assert "Username, password or code is wrong" in same.pop()
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "abcdef", "１２３４５６", "12345²", "-12345", "1" * 5000, "12\0456"]
)
def test_code_that_cannot_be_is_refused_before_the_password_is_tried(code, client, device):
    right, wrong = sign_in(client, code=code), sign_in(client, "wrong", code=code)

    assert (right.status_code, shown(right)) == (200, shown(wrong))
    assert right.context["form"].errors.keys() == {"code"}
    assert not AccessAttempt.objects.exists()
    assert not is_signed_in(client)


def test_code_works_once(client, device):
    code = code_of(device)
    sign_in(client, code=code)
    client.post("/admin/logout/")

    assert sign_in(client, code=code).status_code == 200
    assert not is_signed_in(client)
    as_if_a_second_had_gone_by()
    assert sign_in(client, code=code_of(device, 30)).status_code == 302
    assert is_signed_in(client)


def test_code_of_another_account_is_refused(client, device):
    other = User.objects.create_superuser("robert", password=PASSWORD)
    theirs = TOTPDevice.objects.create(user=other, name="phone")

    assert sign_in(client, code=code_of(theirs)).status_code == 200
    assert sign_in(client, name="robert", code=code_of(theirs)).status_code == 302


def test_account_without_codes_is_refused(client, account):
    assert sign_in(client, code="123456").status_code == 200
    assert not is_signed_in(client)


def test_wrong_codes_lock_as_wrong_passwords_do(client, device):
    statuses = [sign_in(client, code=wrong_code_of(device)).status_code for _ in range(5)]

    assert statuses == [200, 200, 200, 200, 429]
    as_if_a_second_had_gone_by()
    assert sign_in(client, code=code_of(device)).status_code == 429


def test_guesser_of_codes_is_slowed_down_from_every_address(client, device):
    sign_in(client, code=wrong_code_of(device))
    client.defaults["HTTP_X_FORWARDED_FOR"] = "198.51.100.7"

    assert sign_in(client, code=code_of(device)).status_code == 200  # within the second after a wrong one


def test_session_without_a_code_is_asked_for_one(client, device):
    """As when codes were switched on while somebody was signed in."""
    client.force_login(device.user)

    for page in ("/admin/", "/admin/auth/user/", "/admin/password_change/"):
        assert client.get(page)["Location"] == f"{LOGIN}?next={page}"
    assert "You are signed in as edith, but this page needs a sign-in with a code." in shown(client.get(LOGIN))
    sign_in(client, code=code_of(device))
    assert is_signed_in(client)


def test_session_ends_with_its_device(client, device):
    sign_in(client, code=code_of(device))
    device.delete()

    assert not is_signed_in(client)


def test_form_helps_the_phone_and_keeps_the_policy(client):
    response = client.get(LOGIN)
    page = shown(response)

    assert 'autocomplete="one-time-code"' in page and 'inputmode="numeric"' in page
    assert 'aria-describedby="id_code_helptext"' in page and 'id="id_code_helptext"' in page
    assert "style=" not in page and "<script>" not in page
    assert "unsafe" not in response["Content-Security-Policy"]


def test_admin_shows_no_secret(client, device):
    sign_in(client, code=code_of(device))
    pages = [reverse(f"admin:auth_user_{page}", args=[device.user.pk]) for page in ("change", "delete", "history")]

    assert TOTPDevice not in admin.site._registry
    for page in ["/admin/", *pages]:
        text = client.get(page).content.decode()
        assert device.key not in text and "otpauth" not in text
    assert client.get(f"/admin/otp_totp/totpdevice/{device.pk}/qrcode/").status_code == 404


def test_no_code_and_no_key_stands_in_log_or_table(client, device, caplog):
    codes = [wrong_code_of(device), code_of(device)]
    with caplog.at_level("DEBUG"):
        sign_in(client, code=codes[0])
        rows = str(list(AccessAttempt.objects.values_list()))
        as_if_a_second_had_gone_by()
        assert sign_in(client, code=codes[1]).status_code == 302
    messages = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]

    assert "Sign-in refused: 'edith' from 192.0.2.1" in messages and "Signed in: 'edith' from 192.0.2.1" in messages
    for secret in [*codes, device.key]:
        assert secret not in rows
        assert not [message for message in messages if secret in message]


def test_pages_for_readers_know_nothing_of_it(client, django_assert_num_queries):
    client.cookies["__Host-sessionid"] = "f" * 32
    with django_assert_num_queries(0):
        response = client.get("/robots.txt")

    assert response.status_code == 200
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
