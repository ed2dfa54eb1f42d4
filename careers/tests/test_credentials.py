"""Credentials: what is known of each, in one order, what is not known in words, and when a deadline falls next."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from careers.choices import CredentialFactKind
from careers.models import Credential, CredentialFact, Setting
from careers.tests.records import asks, cite, credential, newcomer
from salaries.tests.pages import plain, words
from sources.models import Citation
from tests.constraints import check_both_sides, check_uniqueness, names, refused_by

pytestmark = pytest.mark.django_db

JANUARY = date(2027, 1, 1)
CORE = {
    "eligibility": "not researched",
    "examination": "not researched",
    "validity": "not researched",
    "cost": "not researched",
    "deadline": "not researched",
    "legal-force": "no law found that asks for it",
}
SIDES = [
    (Credential, "credential_has_issuer", {"issuer": ""}, {"issuer": "Board of xylophones"}),
    (
        CredentialFact,
        "credentialfact_kind_known",
        {"kind": "luck", "date": None, "every_year": False},
        {"kind": "cost", "date": None, "every_year": False},
    ),
    (
        CredentialFact,
        "credentialfact_recurs_from_a_date",
        {"kind": "deadline", "date": None, "every_year": True},
        {"kind": "deadline", "date": JANUARY, "every_year": True},
    ),
    (
        CredentialFact,
        "credentialfact_recurs_from_a_date",
        {"kind": "deadline", "date": None, "every_year": True},
        {"kind": "deadline", "date": None, "every_year": False},
    ),
    *(
        (
            CredentialFact,
            "credentialfact_date_of_deadline_or_law",
            {"kind": kind, "date": JANUARY},
            {"kind": dated, "date": JANUARY},
        )
        for kind, dated in [("cost", "deadline"), ("validity", "legal-force")]
    ),
]


def fact(of, slug, kind="cost", **values):
    return of.facts.create(**{"slug": slug, "kind": kind, "title": slug.capitalize(), "text": "Text."} | values)


def page(client, found):
    return client.get(found.get_absolute_url()).content.decode()


def kinds(content):
    """{kind: words under its heading}, in the order of the page."""
    parts = re.findall(r'<section class="section">\s*<h2 id="([^"]+)">[^<]*</h2>(.*?)</section>', content, re.DOTALL)
    return {kind: words(rest) for kind, rest in parts}


def row(content, term):
    """The words beside one term of the list at the top."""
    return words(re.search(rf"<dt>{term}</dt><dd>(.*?)</dd>", content, re.DOTALL)[1])


@pytest.fixture
def cmd(client):
    return page(client, Credential.objects.get(slug="cmd"))


def test_constraints_are_all_tested():
    tested = {name for _, name, *_ in SIDES} | {"credentialfact_once_per_credential"}

    assert tested == names(Credential, CredentialFact)


@pytest.mark.parametrize(("model", "name", "broken", "valid"), SIDES)
def test_constraint_has_two_sides(model, name, broken, valid):
    check_both_sides(model, name, broken, valid)


def test_fact_stands_once_in_a_credential():
    original = CredentialFact.objects.first()

    check_uniqueness(original, "credentialfact_once_per_credential", {}, {"slug": "another"})
    check_uniqueness(original, "credentialfact_once_per_credential", {}, {"credential": credential()})


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"kind": "deadline", "every_year": True}, "What recurs every year needs a date."),
        ({"kind": "cost", "date": JANUARY}, "Only deadlines and legal force have a date."),
    ],
)
def test_editor_is_told_what_is_wrong_with_a_date(values, message):
    with pytest.raises(ValidationError, match=message):
        CredentialFact(**{"credential": credential(), "slug": "a", "title": "A", "text": "Text."} | values).full_clean()


@pytest.mark.parametrize("kind", ["deadline", "legal-force"])
def test_deadline_or_law_with_a_date_is_taken(kind):
    CredentialFact(
        credential=credential(), slug="a", title="A", text="Text.", kind=kind, date=JANUARY, every_year=True
    ).full_clean()


def test_facts_stand_by_kind_in_one_order(client):
    xyl = credential()
    for number, kind in enumerate(reversed(CredentialFactKind.values)):
        fact(xyl, f"one-{kind}", kind, position=number)
    fact(xyl, "zero-cost", "cost", position=0)
    found = kinds(page(client, xyl))

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
    assert kinds(page(client, credential())) == CORE


@pytest.mark.parametrize("kind", CORE)
def test_fact_stands_in_the_place_of_what_was_not_known(kind, client):
    xyl = credential()
    fact(xyl, "known", kind)
    found = kinds(page(client, xyl))

    assert found.pop(kind).startswith("Known Text.")
    assert found == {other: text for other, text in CORE.items() if other != kind}


def test_fact_names_its_own_sources(client):
    xyl = credential()
    first, second = fact(xyl, "first"), fact(xyl, "second")
    cite(first, "statute")
    cite(first, "leaflet", "unverified", "contradicts")
    cite(second, "survey", "secondary")
    content = page(client, xyl)
    told = content.split(f'id="{first.anchor}">')[1].split(f'id="{second.anchor}"')[0]
    named = "Sources: Statute (A clinic, date unstated); Leaflet (unverified; A clinic, date unstated) against"

    assert plain(told).startswith("First")
    assert named in plain(told)
    assert re.findall(r'href="(/sources/[^"]+)"', told) == ["/sources/statute/", "/sources/leaflet/"]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"date": JANUARY}, '<time datetime="2027-01-01">January 1, 2027</time>'),
        ({"date": JANUARY, "every_year": True}, "Every year on January 1<"),
    ],
)
def test_deadline_tells_its_day(values, told, client):
    xyl = credential()
    fact(xyl, "apply", "deadline", **values)

    assert told in page(client, xyl)


def test_fact_has_an_address(client):
    xyl = credential()
    made = fact(xyl, "apply", "deadline")

    assert made.get_absolute_url() == "/credentials/xyl/#fact-apply"
    assert 'id="fact-apply"' in page(client, xyl)


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

    assert row(page(client, xyl), "Where it counts") == told


def test_roles_that_ask_for_it_are_named(client):
    xyl = credential()
    assert row(page(client, xyl), "Asked for by") == "no career of this guide"

    asks(newcomer(), "playing", "helpful", credential=xyl)
    assert row(page(client, xyl), "Asked for by") == "Coroner: Playing (helpful)"


def test_day_on_which_it_was_checked_is_told(client):
    assert '<time datetime="2026-11-22">November 22, 2026</time>' in page(client, credential())


def test_medical_director_certificate_has_its_right_issuer(cmd):
    assert "American Board of Post-Acute and Long-Term Care Medicine" in row(cmd, "Issuer")
    assert "ABPLM" in row(cmd, "Issuer")


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("examination", "no examination"),
        ("validity", "six years"),
        ("confused-with", "certified medical dosimetrist"),
        ("rejected-claim", "american association for physician leadership"),
        ("legal-force", "1261.4"),
        ("legal-force", "january 1, 2027"),
    ],
)
def test_medical_director_certificate_tells(kind, told, cmd):
    assert told in kinds(cmd)[kind].lower()


def test_california_law_has_the_date_from_which_it_holds():
    law = CredentialFact.objects.filter(credential__slug="cmd", kind="legal-force", date=JANUARY)

    assert law.exists()
    assert all("California" in f"{one.title} {one.text}" for one in law)


@pytest.mark.parametrize("abbreviation", ["CMD", "CPE", "HALM", "FRACMA"])
def test_credentials_of_the_issue_are_there(abbreviation, client):
    found = Credential.objects.get(abbreviation=abbreviation)

    assert f'href="{found.get_absolute_url()}"' in client.get("/credentials/").content.decode()


def test_every_credential_and_fact_cites_a_source():
    for model, field in [(Credential, "credential"), (CredentialFact, "credential_fact")]:
        cited = Citation.objects.exclude(**{field: None}).values(field)
        assert list(model.objects.exclude(pk__in=cited)) == []


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


def test_search_for_the_abbreviation_shows_both_meanings_and_the_correction(client):
    response = client.get("/search/?q=CMD")
    found = next(group["found"] for group in response.context["groups"] if group["label"] == "Credentials")
    told = words(response.content.decode()).lower()

    assert "cmd" in [one.slug for one in found]
    assert "certified medical director" in told
    assert "certified medical dosimetrist" in told
    assert "american association for physician leadership" in told


@pytest.mark.parametrize(
    ("first", "every_year", "today", "expected"),
    [
        (None, False, "2026-11-22", None),
        ("2027-01-01", False, "2026-11-22", "2027-01-01"),
        ("2027-01-01", False, "2027-01-01", "2027-01-01"),
        ("2027-01-01", False, "2027-01-02", None),
        ("2027-04-01", True, "2026-11-22", "2027-04-01"),
        ("2020-04-01", True, "2026-11-22", "2027-04-01"),
        ("2030-04-01", True, "2026-03-31", "2026-04-01"),
        ("2020-04-01", True, "2026-04-01", "2026-04-01"),
        ("2020-04-01", True, "2026-04-02", "2027-04-01"),
        ("2020-12-31", True, "2026-12-31", "2026-12-31"),
        ("2020-01-01", True, "2026-12-31", "2027-01-01"),
        ("2024-02-29", True, "2026-11-22", "2028-02-29"),
        ("2024-02-29", True, "2028-02-29", "2028-02-29"),
        ("2024-02-29", True, "2028-03-01", "2032-02-29"),
        ("2024-02-29", True, "2096-03-01", "2104-02-29"),  # 2100 is no leap year
        ("2024-02-29", False, "2026-11-22", None),
    ],
)
def test_next_day_of_a_deadline(first, every_year, today, expected):
    made = CredentialFact(kind="deadline", date=first and date.fromisoformat(first), every_year=every_year)

    assert made.next_on(date.fromisoformat(today)) == (expected and date.fromisoformat(expected))


def test_credential_without_issuer_is_refused():
    with refused_by(Credential, "credential_has_issuer"):
        credential(issuer="")


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
