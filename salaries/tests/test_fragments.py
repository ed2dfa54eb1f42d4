"""The part of the salary page that htmx asks for, and the whole page at the same address."""

import re

import pytest

from salaries.tests.pages import rows

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
RESTORE = HTMX | {"HX-History-Restore-Request": "true"}


def test_page_is_whole_and_varies(client):
    response = client.get("/salaries/")

    assert {"HX-Request", "HX-History-Restore-Request"} <= set(response["Vary"].split(", "))
    assert "<html" in response.content.decode()
    assert "HX-Push-Url" not in response


def test_fragment_has_results_only(client):
    response = client.get("/salaries/?city=delhi", headers=HTMX)
    content = response.content.decode()

    assert {"HX-Request", "HX-History-Restore-Request"} <= set(response["Vary"].split(", "))
    assert "<html" not in content
    assert "<h1" not in content
    assert rows(response) == ["medical-director-delhi-opencourser"]


def test_fragment_announces_the_sentence(client):
    content = client.get("/salaries/?city=delhi", headers=HTMX).content.decode()

    assert 'id="announcement" hx-swap-oob="innerHTML">1 figure for medical director in' in content


@pytest.mark.parametrize(
    ("query", "pushed"),
    [
        ("", "/salaries/"),
        ("?q=&min=&max=&ordering=city", "/salaries/"),
        ("?min=abc&city=nowhere&unknown=1&country=IN", "/salaries/?country=IN"),
        ("?q=a%0d%0aSet-Cookie:+b", "/salaries/?q=a%0D%0ASet-Cookie%3A+b"),
    ],
)
def test_fragment_pushes_the_canonical_address(query, pushed, client):
    assert client.get(f"/salaries/{query}", headers=HTMX)["HX-Push-Url"] == pushed


def test_history_restore_gets_the_whole_page(client):
    response = client.get("/salaries/?city=delhi", headers=RESTORE)

    assert "<html" in response.content.decode()


@pytest.mark.parametrize("query", ["", "?city=delhi", "?min=abc&city=nowhere&career=x", "?q=zzzz"])
def test_restored_page_holds_each_id_once(query, client):
    content = client.get(f"/salaries/{query}", headers=RESTORE).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', content)

    assert {"announcement", "results", "min-problem"} <= set(ids)
    assert [one for one in ids if ids.count(one) > 1] == []
    assert "hx-swap-oob" not in content


def test_message_of_the_fragment_has_its_place_on_the_page(client):
    """What htmx is to swap in beside the results must stand on the page, or it reports an error."""
    page = client.get("/salaries/").content.decode()
    fragment = client.get("/salaries/?city=delhi", headers=HTMX).content.decode()
    swapped = re.findall(r'id="([^"]+)" hx-swap-oob', fragment)

    assert "announcement" in swapped
    assert [one for one in swapped if f'id="{one}"' not in page] == []


def test_window_of_changed_filters_is_named_anew(client):
    """htmx takes the title over from the fragment, as it does the address."""
    whole, fragment = (client.get("/salaries/?country=IN", headers=headers).content.decode() for headers in ({}, HTMX))
    title = re.search("<title>.*</title>", whole)[0]

    assert title in fragment
    assert "in India" in title
