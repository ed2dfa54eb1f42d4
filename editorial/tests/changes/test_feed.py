"""/changes.atom as feed readers meet it."""

from datetime import datetime
from xml.etree import ElementTree as ET

import pytest

from editorial.tests.changes.records import changed, changed_figure, many
from salaries.tests.figures import title_figure
from sources.models import Source

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MARK = "<script>zq7('&\"</script>]]>"


def feed(client, **extra):
    response = client.get("/changes.atom", **extra)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)  # noqa: S314 (our own)


def text(element, name):
    [found] = element.findall(f"{ATOM}{name}")
    return found.text


def links(element):
    return {one.get("rel"): one.get("href") for one in element.findall(f"{ATOM}link")}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_feed_has_what_atom_asks_for(count, client, settings):
    """RFC 4287, 4.1: one id, title and updated for feed and entries, an author, a link to itself."""
    many(count)
    root = feed(client)
    entries = root.findall(f"{ATOM}entry")

    assert root.tag == f"{ATOM}feed"
    assert links(root) == {"alternate": f"{settings.BASE_URL}/changes/", "self": f"{settings.BASE_URL}/changes.atom"}
    assert text(root, "title") == "Medical Director Career Guide: changes"
    assert text(root, "id") == f"{settings.BASE_URL}/changes.atom"
    assert [one.text for one in root.iter(f"{ATOM}name")] == ["Medical Director Career Guide"]
    assert len(entries) == count
    assert len({text(entry, "id") for entry in entries}) == count
    for element in [root, *entries]:
        assert datetime.fromisoformat(text(element, "updated")).utcoffset().total_seconds() == 0
    for entry in entries:
        assert text(entry, "title") and text(entry, "summary")
        assert links(entry)["alternate"].startswith(f"{settings.BASE_URL}/changes/?record=")


def test_entry_says_what_changed_and_why(client):
    source = Source.objects.get(slug="opencourser-career-2024")
    change = changed_figure("delhi", "The page prints it so.", source=source, amount=390_000)
    [entry] = feed(client).findall(f"{ATOM}entry")
    summary = text(entry, "summary")

    assert text(entry, "title") == f"{change.name}: changed"
    assert text(entry, "id").startswith("tag:") and text(entry, "id").endswith(f":change-{change.pk}")
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert "Role: publisher. Reason: The page prints it so." in summary
    assert "3,900,000" in summary and "390,000" in summary
    assert datetime.fromisoformat(text(entry, "updated")) == change.changed_at


def test_addresses_follow_the_settings_and_not_the_request(client, settings):
    settings.BASE_URL = "https://guide.example.org"
    settings.ALLOWED_HOSTS = ["evil.example"]
    changed_figure("delhi", source=Source.objects.first(), note="N")
    response = client.get("/changes.atom", headers={"host": "evil.example"})

    assert b"evil" not in response.content
    assert b"testserver" not in response.content
    assert b"<id>tag:guide.example.org,2026:change-" in response.content
    assert b'href="/' not in response.content and b"href=&quot;/" not in response.content


def test_fifty_newest_are_in_it(client, django_assert_num_queries):
    changes = many(53)
    with django_assert_num_queries(1):
        root = feed(client)
    ids = [text(entry, "id").rpartition("-")[2] for entry in root.findall(f"{ATOM}entry")]

    assert ids == [str(change.pk) for change in reversed(changes[3:])]
    assert text(root, "updated") == text(root.find(f"{ATOM}entry"), "updated")


@pytest.mark.parametrize("hostile", [MARK, "a\x0bb\x1fc\uffff", "&lt;b&gt; &amp;"])
def test_hostile_text_keeps_the_feed_whole(hostile, client):
    changed(title_figure("delhi"), hostile, note=hostile)
    [entry] = feed(client).findall(f"{ATOM}entry")

    assert "<script>" not in text(entry, "summary")
    assert "zq7" in text(entry, "summary") or "b" in text(entry, "summary")


def test_feed_only_reads(client):
    assert client.post("/changes.atom").status_code == 405
    assert client.head("/changes.atom").status_code == 200
