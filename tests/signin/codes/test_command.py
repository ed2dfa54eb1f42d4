"""`manage.py add_totp` gives an account its codes."""

import re
from base64 import b32decode
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.signin.signing_in import NAME, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


def give(capsys, *arguments):
    """What the command prints, and the code that an app makes of it."""
    call_command("add_totp", NAME, *arguments)
    output = capsys.readouterr().out
    address = urlsplit(re.search(r"otpauth://\S+", output)[0])
    [secret] = parse_qs(address.query)["secret"]
    return output, address, f"{totp(b32decode(secret)):06}"


def test_printed_secret_opens_the_admin(client, account, capsys, caplog):
    with caplog.at_level("INFO"):
        output, address, code = give(capsys)

    assert (address.netloc, address.path) == ("totp", f"/Medical%20Director%20Career%20Guide%3A{NAME}")
    assert parse_qs(address.query)["issuer"] == ["Medical Director Career Guide"]
    assert re.search("\n([█▀▄ \xa0]{30,}\n){20,}", output)  # the QR code, its lines without a gap
    assert caplog.messages == ["One-time codes given: 'edith'"]
    assert sign_in(client, code=code).status_code == 302
    assert is_signed_in(client)


def test_second_secret_is_refused_unless_asked_for(client, account, capsys):
    _, _, former = give(capsys)
    sign_in(client, code=former)
    with pytest.raises(CommandError, match="“edith” has codes already. To end them and begin anew, add --replace."):
        give(capsys)
    assert is_signed_in(client)

    _, _, code = give(capsys, "--replace")
    assert not is_signed_in(client)
    assert TOTPDevice.objects.count() == 1
    assert sign_in(client, code=former).status_code == 200
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert sign_in(client, code=code).status_code == 302


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nobody", "There is no account “nobody”."),
        ("EDITH", "There is no account"),
        ("reader", "make it staff first"),
    ],
)
def test_account_that_cannot_have_codes(name, problem, account):
    User.objects.create_user("reader")
    with pytest.raises(CommandError, match=problem):
        call_command("add_totp", name)

    assert not TOTPDevice.objects.exists()
