"""“Report an error”: what the reader's mail program is given, and that every statement offers it."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps

from careers.models import Career, Credential, Duty
from editorial.reports.mails import KINDS, PARTS, id_of, is_ours, page_of, record_of
from salaries.models import Area, SalaryFigure
from tests.pages import Page

pytestmark = pytest.mark.django_db

DELHI = "medical-director-delhi-opencourser"
NAMES = re.compile(
    r'<a class="report" href="([^"]+)">Report an error<span class="visually-hidden"> in ([^<]*)</span></a>'
)
PAGES = [
    "/careers/medical-director/",
    "/careers/chief-medical-officer/",
    "/credentials/cmd/",
    "/reading/kotter-leading-change/",
    "/reading/vbc-capstone/",
    "/reading/lists/first-three/",
    f"/salaries/figures/{DELHI}/",
]


@pytest.fixture(autouse=True)
def contact(settings):
    settings.CONTACT_EMAIL = "editors@example.org"


def links(client, address):
    """[(address of the link, what it is said to report an error in)] on a page."""
    content = client.get(address).content.decode()
    return [(unescape(href), unescape(name)) for href, name in NAMES.findall(content)]


def fields(href):
    return parse_qs(urlsplit(href).query, strict_parsing=True)


def id_in(href):
    return fields(href)["subject"][0].partition(": ")[2]


def test_mail_about_a_figure_is_filled_in(client, settings):
    [(href, name)] = links(client, f"/salaries/figures/{DELHI}/")

    assert (urlsplit(href).scheme, urlsplit(href).path, name) == (
        "mailto",
        "editors@example.org",
        "Delhi: INR 3,900,000",
    )
    assert fields(href) == {
        "subject": [f"Medical Director Career Guide: figure:{DELHI}"],
        "body": [
            f"{settings.BASE_URL}/salaries/figures/{DELHI}/\r\nIt says: Delhi: INR 3,900,000\r\n"
            "What is wrong?\r\n\r\nA source, if you have one:"
        ],
    }


def test_mail_about_a_statement_names_it_within_its_career(client, settings):
    found = {id_in(href): href for href, _ in links(client, "/careers/medical-director/")}
    href = found["duty-audit-peer-review@medical-director"]

    assert fields(href)["body"][0].startswith(
        f"{settings.BASE_URL}/careers/medical-director/#duty-audit-peer-review\r\n"
    )


@pytest.mark.parametrize("address", PAGES)
def test_every_link_has_its_own_id_and_name_and_leads_to_its_place(address, client, settings):
    page = Page(client.get(address))
    found = links(client, address)
    ids = [id_in(href) for href, _ in found]
    there = {f"{settings.BASE_URL}{address}"} | {
        f"{settings.BASE_URL}{address}#{anchor}" for anchor in page.values("id")
    }

    assert found
    assert len(set(ids)) == len(ids)
    assert len({name for _, name in found}) == len(found)
    assert {fields(href)["body"][0].partition("\r\n")[0] for href, _ in found} <= there
    assert all(record_of(one) for one in ids)


@pytest.mark.parametrize("slug", ["medical-director", "department-chair"])
def test_every_statement_of_a_profile_can_be_reported(slug, client):
    career = Career.objects.get(slug=slug)
    relations = ["alternativetitles", "career_settings", "duties", "qualifications", "stages", "passages"]
    parts = [part for name in [*relations, "questions", "related"] for part in getattr(career, name).all()]
    found = {id_in(href) for href, _ in links(client, career.get_absolute_url())}

    assert found == {id_of(part) for part in parts} | {f"career:{slug}"}


def test_every_fact_of_a_credential_can_be_reported(client):
    credential = Credential.objects.get(slug="cmd")
    found = {id_in(href) for href, _ in links(client, credential.get_absolute_url())}

    assert found == {id_of(fact) for fact in credential.facts.all()} | {"credential:cmd"}


@pytest.mark.parametrize("label", sorted([*KINDS.values(), *(label for label, _ in PARTS.values())]))
def test_id_leads_back_to_its_record_and_its_place(label):
    for record in apps.get_model(label).objects.order_by("pk")[:40]:
        assert record_of(id_of(record)) == record
        assert page_of(id_of(record)) == record.get_absolute_url()


@pytest.mark.parametrize(
    "about",
    ["", "@", ":", "figure", "figure:", "figure:a b", "moon:delhi", "duty@", "duty-x@", "moon-a@b", "duty-a@<b>"]
    + [
        "javascript:alert(1)",
        "figure:../../x",
        "duty-a@b/c",
        "//example.org/",
        "/\\example.org",
        "/admin/",
        "/nothing/",
    ]
    + ["https://example.org/", "/nothing/"],
)
def test_what_is_no_id_leads_nowhere(about):
    assert (page_of(about), record_of(about)) == ("", None)


@pytest.mark.parametrize("about", ["/method/", "/careers/medical-director/?setting=hospital#duties", "/salaries.csv"])
def test_address_of_this_site_may_be_reported(about):
    assert is_ours(about)
    assert page_of(about) == about


def test_no_text_adds_a_field_to_the_mail(client):
    Area.objects.filter(slug="delhi").update(name='A & B?cc=x\r\nBcc: y"><script>')
    [(href, name)] = links(client, f"/salaries/figures/{DELHI}/")

    assert set(fields(href)) == {"subject", "body"}
    assert 'It says: A & B?cc=x Bcc: y"><script>: INR 3,900,000\r\n' in fields(href)["body"][0]
    assert "+" not in urlsplit(href).query  # mail programs show it as it is
    assert name.startswith("A & B?cc=x")


@pytest.mark.parametrize("contact_email", ["a?b&c@example.org", "o'neil+guide@example.org"])
def test_any_mail_address_stays_one(contact_email, client, settings):
    from urllib.parse import unquote

    settings.CONTACT_EMAIL = contact_email
    [(href, _)] = links(client, f"/salaries/figures/{DELHI}/")

    assert unquote(urlsplit(href).path) == contact_email
    assert set(fields(href)) == {"subject", "body"}


def test_without_a_mail_address_the_link_leads_to_how_errors_are_reported(client, settings):
    settings.CONTACT_EMAIL = ""

    for address in PAGES:
        found = links(client, address)
        assert found
        assert {href for href, _ in found} == {"/known-issues/#report"}
    content = client.get("/known-issues/").content.decode()
    assert 'id="report"' in content
    assert "no mail address is set for this site" in content
    assert "mailto:" not in content


def test_known_issues_name_the_mail_address(client):
    content = unescape(client.get("/known-issues/").content.decode())

    assert "mailto:editors@example.org?subject=Medical%20Director%20Career%20Guide:%20error" in content
    assert "no mail address is set" not in content


def test_links_ask_nothing_of_the_database(client, settings, django_assert_num_queries):
    Duty.objects.bulk_create(
        Duty(career=Career.objects.get(slug="medical-director"), slug=f"d-{n}", title=f"D {n}", text="T", area="staff")
        for n in range(30)
    )
    with django_assert_num_queries(20):
        client.get("/careers/medical-director/")


def test_figures_that_are_no_title_are_reported_by_their_own_id(client):
    figure = SalaryFigure.objects.get(slug="oews-2025-11-9111-0100001")
    [(href, _)] = links(client, figure.get_absolute_url())

    assert id_in(href) == "figure:oews-2025-11-9111-0100001"
