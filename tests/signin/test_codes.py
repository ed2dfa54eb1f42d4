"""One-time codes: a site that asks for them, with its own database, is tried by the tests in codes/."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.management import CommandError, call_command

from tests.databases import throw_away_database

PRODUCTION = {
    "DJANGO_ENV": "production",
    "DJANGO_SECRET_KEY": "a-key-for-tests-that-is-long-enough-to-be-taken-0123456789",
    "DJANGO_ALLOWED_HOSTS": "guide.example.org",
    "DJANGO_BEHIND_PROXY": "1",
    "DJANGO_ADMIN_MFA": "1",
}


@pytest.fixture
def run(tmp_path, db):
    """A function that runs Python on a site in production with codes switched on, and returns its output."""
    with throw_away_database(tmp_path) as environment:

        def run_command(*arguments, **changes):
            command = [sys.executable, *arguments]
            done = subprocess.run(
                command,
                cwd=settings.BASE_DIR,
                env=environment | PRODUCTION | changes,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            assert done.returncode == 0, done.stdout
            return done.stdout

        yield run_command


def test_site_with_codes(run):
    """From the first wrong code to the lost phone."""
    output = run(
        "-m", "pytest", "-q", "-p", "no:cacheprovider", "--confcutdir=tests/signin/codes", "tests/signin/codes"
    )

    assert " passed" in output and "skipped" not in output


def test_checks_are_content(run):
    run("-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert "No changes detected" in run("manage.py", "makemigrations", "--check", "--dry-run")


@pytest.mark.parametrize("switch", ["0", "1"])
def test_tables_are_made_only_if_codes_are_on(switch, run):
    planned = run("manage.py", "migrate", "--plan", DJANGO_ADMIN_MFA=switch)

    assert ("otp_totp.0001_initial" in planned) is (switch == "1")
    assert "axes.0001_initial" in planned


def test_command_says_that_codes_are_off(account):
    with pytest.raises(CommandError, match="Set DJANGO_ADMIN_MFA=1, then run this again"):
        call_command("add_totp", account.username)


def test_form_asks_for_no_code_if_they_are_off(client, db):
    assert "code" not in client.get("/admin/login/").context["form"].fields


def test_nothing_of_the_sign_in_is_edited_in_the_admin():
    labels = {model._meta.app_label for model in admin.site._registry}

    assert "auth" in labels
    assert not labels & {"axes", "otp_totp", "sessions"}
