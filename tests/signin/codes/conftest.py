"""For a site with DJANGO_ADMIN_MFA=1 only; tests/signin/test_codes.py starts pytest anew for these tests."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from conftest import pytest_configure  # noqa: F401 (plain static files, a quick hasher)
from tests.signin.signing_in import NAME, PASSWORD

collect_ignore_glob = [] if settings.ADMIN_MFA else ["test_*.py"]


@pytest.fixture
def client():
    """A browser that speaks to the proxy by HTTPS."""
    return Client(headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"})


@pytest.fixture
def account(db):
    return User.objects.create_superuser(NAME, password=PASSWORD)


@pytest.fixture
def device(account):
    from django_otp.plugins.otp_totp.models import TOTPDevice

    return TOTPDevice.objects.create(user=account, name="phone")
