"""Credentials: what is known of each, in one order, and what is not known in words."""

import re

import pytest

from careers.choices import CredentialFactKind
from careers.models import Credential, Setting
from careers.tests.credential_page import kinds, row
from careers.tests.records import asks, cite, credential, fact, newcomer
from salaries.tests.pages import page_of, plain

pytestmark = pytest.mark.django_db

CORE = {
    "eligibility": "not researched",
    "examination": "not researched",
    "validity": "not researched",
    "cost": "not researched",
    "deadline": "not researched",
    "legal-force": "no law found that asks for it",
}


def test_facts_stand_by_kind_in_one_order(client):
    xyl = credential()
    for number, kind in enumerate(reversed(CredentialFactKind.values)):
        fact(xyl, f"one-{kind}", kind, position=number)
    fact(xyl, "zero-cost", "cost", position=0)
    found = kinds(page_of(client, xyl))

    assert list(found) == [
        "eligibility",
        "examination",
        "validity",
        "cost",
        "deadline",
        "legal-force",
        "evidence",
        "confused-with",
        "rejected-claim",
    ]
    assert found["cost"].index("Zero-cost") < found["cost"].index("One-cost")
    assert all(text.startswith((f"One-{kind}", "Zero-cost")) for kind, text in found.items())


def test_what_is_asked_of_any_credential_is_told_though_nothing_is_known(client):
    assert kinds(page_of(client, credential())) == CORE


@pytest.mark.parametrize("kind", CORE)
def test_fact_stands_in_the_place_of_what_was_not_known(kind, client):
    xyl = credential()
    fact(xyl, "known", kind)
    found = kinds(page_of(client, xyl))

    assert found.pop(kind).startswith("Known Text.")
    assert found == {other: text for other, text in CORE.items() if other != kind}


def test_fact_names_its_own_sources(client):
    xyl = credential()
    first, second = fact(xyl, "first"), fact(xyl, "second")
    cite(first, "statute")
    cite(first, "leaflet", "unverified", "contradicts")
    cite(second, "survey", "secondary")
    content = page_of(client, xyl)
    told = content.split(f'id="{first.anchor}">')[1].split(f'id="{second.anchor}"')[0]
    named = "Sources: Statute (A clinic, date unstated); Leaflet (unverified; A clinic, date unstated) against"

    assert plain(told).startswith("First")
    assert named in plain(told)
    assert re.findall(r'href="(/sources/[^"]+)"', told) == ["/sources/statute/", "/sources/leaflet/"]


def test_fact_has_an_address(client):
    xyl = credential()
    made = fact(xyl, "apply", "deadline")

    assert made.get_absolute_url() == "/credentials/xyl/#fact-apply"
    assert 'id="fact-apply"' in page_of(client, xyl)


@pytest.mark.parametrize(
    ("country", "settings", "told"),
    [
        (None, [], "Any country; any setting"),
        ("AU", [], "Australia; any setting"),
        ("US", ["nursing-facility"], "United States; skilled nursing facility"),
        (None, ["insurer", "hospital"], "Any country; hospital, insurer or health plan"),
    ],
)
def test_place_where_it_counts(country, settings, told, client):
    xyl = credential(country_id=country)
    xyl.settings.set(Setting.objects.filter(slug__in=settings))

    assert row(page_of(client, xyl), "Where it counts") == told


def test_roles_that_ask_for_it_are_named(client):
    xyl = credential()
    assert row(page_of(client, xyl), "Asked for by") == "no career of this guide"

    asks(newcomer(), "playing", "helpful", credential=xyl)
    assert row(page_of(client, xyl), "Asked for by") == "Coroner: Playing (helpful)"


def test_day_on_which_it_was_checked_is_told(client):
    assert '<time datetime="2026-11-22">November 22, 2026</time>' in page_of(client, credential())


def test_list_shows_what_each_is_mistaken_for(client):
    xyl = credential()
    fact(xyl, "fees", "cost")
    mistaken = fact(xyl, "marimba", "confused-with", position=1)
    wrong = fact(xyl, "free", "rejected-claim", position=2)
    entry = client.get("/credentials/").content.decode().split(f'<a href="{xyl.get_absolute_url()}">')[1]
    entry = entry.split("</article>")[0]

    assert re.findall(r'<a href="([^"]+#[^"]+)">', entry) == [mistaken.get_absolute_url(), wrong.get_absolute_url()]
    assert "Often confused with" in entry and "Claims found and rejected" in entry


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Certified xyl", True),
        ("XYL", True),
        ("board of xylophones", True),
        ("for players", True),
        ("marimba", True),
        ("MALLETS", True),
        ("xylophones marimba mallets players", True),
        ("marimba zzzz", False),
        ("trombone", False),
    ],
)
def test_search_looks_at_the_facts_as_well(text, found):
    xyl = credential()
    fact(xyl, "one", "confused-with", title="Certified marimba", text="Has no mallets.")
    fact(xyl, "two", "rejected-claim", title="Another marimba", text="With mallets.")
    fact(credential("abc", summary="For others.", issuer="Board of drums"), "three", text="Trombone? No.")

    assert [one.slug for one in Credential.objects.search(text) if one.slug == "xyl"] == (["xyl"] if found else [])


def test_credential_that_is_none_is_not_found(client):
    assert client.get("/credentials/nothing/").status_code == 404


@pytest.mark.parametrize(("address", "count"), [("/credentials/", 3), ("/credentials/cmd/", 9)])
def test_page_takes_as_many_queries_however_much_is_known(address, count, client, django_assert_num_queries):
    with django_assert_num_queries(count):
        client.get(address)

    cmd = Credential.objects.get(slug="cmd")
    for number in range(20):
        other = credential(f"xyl-{number}", country_id="AU")
        other.settings.set(Setting.objects.all())
        for one in (cmd, other):
            cite(fact(one, f"fact-{number}", "confused-with"), f"law-{number}")
            cite(one, f"law-{number}")
            asks(newcomer(f"clerk-{number}-{one.slug}"), "certificate", credential=one)

    with django_assert_num_queries(count):
        content = client.get(address).content.decode()
    assert "Fact-19" in content
