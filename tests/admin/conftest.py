from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group, User

from editorial.models import Report


@pytest.fixture
def accounts():
    """Two accounts, two groups and two reported errors, so that their pages have something to show."""
    for name in ("one", "two"):
        joined = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)  # without the fractions that no form field holds
        User.objects.create_user(name, is_staff=True, date_joined=joined).groups.add(Group.objects.create(name=name))
        Report.objects.create(
            slug=name,
            about="career:medical-director",
            name="Medical director",
            said="Wrong.",
            reported_on=date(2026, 1, 2),
        )


@pytest.fixture
def editor(client, accounts, admin_user):
    """A client signed in without the cost of a password."""
    client.force_login(admin_user)
    return client
