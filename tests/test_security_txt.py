"""/.well-known/security.txt: who looks for a weakness finds whom to tell (RFC 9116)."""

from datetime import UTC, datetime, timedelta

import pytest

ADDRESS = "/.well-known/security.txt"


@pytest.fixture
def fields(client, settings):
    settings.SECURITY_CONTACT = "mailto:editors@example.org"
    settings.BASE_URL = "https://guide.example.org"
    response = client.get(ADDRESS)
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def test_fields(fields):
    expires = datetime.fromisoformat(fields.pop("Expires"))

    assert fields == {
        "Contact": "mailto:editors@example.org",
        "Preferred-Languages": "en",
        "Canonical": f"https://guide.example.org{ADDRESS}",
    }
    assert timedelta(days=90) < expires - datetime.now(UTC) < timedelta(days=365)


def test_without_a_contact_there_is_none(client, settings, db):
    settings.SECURITY_CONTACT = ""

    assert client.get(ADDRESS).status_code == 404
