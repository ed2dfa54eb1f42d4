from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, User


@pytest.fixture
def accounts():
    """Two accounts and two groups, so that their pages have something to show."""
    for name in ("one", "two"):
        joined = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)  # without the fractions that no form field holds
        User.objects.create_user(name, is_staff=True, date_joined=joined).groups.add(Group.objects.create(name=name))


@pytest.fixture
def editor(client, accounts, admin_user):
    """A client signed in without the cost of a password."""
    client.force_login(admin_user)
    return client
