"""Readers see published records only: the whole site is fetched while records of every kind are hidden."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from careers.models import Career, Credential
from editorial.tests.hidden import hide_some
from readinglist.citations import FORMATS
from readinglist.models import ReadingList
from salaries.models import PopulationDescribed
from salaries.rules import RULES
from sources.models import Source
from tests.pages import UNLISTED, VARIANTS, alike, canonical, sitemap

WORDS = 24  # hidden records
ANSWERED_ANYHOW = ("/plan/?", "/salaries.csv?", "/salaries.json?")  # they answer whatever the query names
REFERENCE = re.compile(r'\s(?:href|value|action)="([^"]*)"')
ANCHOR = re.compile(r'\sid="([^"]*)"')


class Site:
    """Every public address with its answer, as {address: (status, text)}, and what searches find."""

    def __init__(self, client):
        self.client, self.hidden = client, hide_some()
        passed = set(alike())
        listed = [one.removeprefix(settings.BASE_URL) for one in sitemap(client)]
        self.listed = listed
        pages = [one for one in [*listed, *UNLISTED, *VARIANTS, *self.further()] if one not in passed]
        self.answers = {one: self.answer(one) for one in dict.fromkeys(pages)}
        found = {link for _, text in self.shown() for link in links(text)}
        self.links = sorted(one for one in found if not one.startswith(ANSWERED_ANYHOW))
        self.statuses = {one: self.status(one) for one in self.links}
        self.own = {one.address: self.answer(one.address) for one in self.hidden}
        self.found = {
            (one, address): client.get(address, {"q": word}).context
            for one in self.hidden
            for word in (one.name, one.text)
            for address in ("/search/", "/careers/", "/reading/")
        }
        self.entries = {one.slug: one.entry_count for one in ReadingList.objects.published().with_entry_count()}
        self.uses = {one.slug: one.use_count for one in Source.objects.with_use_count()}

    def further(self):
        """Files, and pages that a query changes: self-checks with gaps, lists, rules, plans, comparisons."""
        codes = "&".join(f"population={code}" for code in PopulationDescribed.objects.values_list("pk", flat=True))
        yield from ("/sitemap.xml", "/changes.atom", "/method/", f"/salaries.csv?{codes}", f"/salaries.json?{codes}")
        yield from (f"/salaries/?{codes}&q={name}" for name in ("alabama", "delhi", "london", "paris"))
        yield from (f"/known-issues/?rule={name}" for name in RULES)
        for suffix in FORMATS:
            yield f"/reading.{suffix}"
            yield from (f"/reading.{suffix}?list={slug}" for slug in ReadingList.objects.values_list("slug", flat=True))
        for career in Career.objects.all():
            denied = "&".join(f"q-{one.slug}=no" for one in career.qualifications.all())
            yield from (f"{career.get_absolute_url()}readiness/?{denied}", f"/careers/compare/?career={career.slug}")
        yield "/careers/compare/?" + "&".join(f"career={one.slug}" for one in Career.objects.published())
        yield "/salaries/compare/?city=delhi&city=london&city=paris"
        yield "/plan.ics?" + "&".join(f"credential={one.slug}" for one in Credential.objects.all())
        parts = ("gap=chief-medical-officer.license", "stage=department-chair.mid")
        yield "/plan/?" + "&".join([*parts, *(f"{one.kind}={one.record.slug}" for one in self.hidden)])
        yield from (f"/reading/{one.record.slug}.bib" for one in self.hidden if one.kind == "work")

    def answer(self, address):
        response = self.client.get(canonical(self.client, address))
        return response.status_code, response.getvalue().decode()

    def status(self, link):
        if link in self.answers:
            return self.answers[link][0]
        return self.client.head(canonical(self.client, link)).status_code

    def shown(self):
        return [(address, text) for address, (status, text) in self.answers.items() if status == 200]


def links(text):
    """Addresses of this site that a page leads to, without the part of the page."""
    found = (one.replace("&amp;", "&").partition("#")[0] for one in re.findall(r'\shref="(/[^"]*)"', text))
    return {one for one in found if not one.startswith("/static/")}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # without statistics some of the many queries take seconds
        found = Site(Client())
        transaction.set_rollback(True)
    return found


def test_words_of_hidden_records_stand_on_no_page(site):
    assert len(site.hidden) == WORDS
    assert len(site.shown()) > 150
    leaks = [
        f"{one.kind}, {one.way}: {address}"
        for address, (_, text) in site.answers.items()
        for one in site.hidden
        if one.text in text or (not is_of(one, address) and says_name(one, text))
    ]

    assert leaks == []


def says_name(one, text):
    return one.name in text or one.name.replace(",", "") in text


def is_of(one, address):
    """Whether an address is that of a withdrawn record, whose name it tells."""
    return one.gone and urlsplit(address).path.removesuffix(".bib").startswith(one.address.rstrip("/"))


def test_words_would_be_seen_if_the_records_were_public(db, client):
    """The words do reach pages: without that, the test above could not fail."""
    for one in hide_some():
        type(one.record).objects.filter(pk=one.record.pk).update(status="published", withdrawn_because="")
        content = client.get(one.address).content.decode()

        assert says_name(one, content), one
        assert one.text in content, one


def test_no_page_refers_to_a_hidden_record(site):
    places = {}
    for address, text in site.shown():
        for value in set(REFERENCE.findall(text)):
            places.setdefault(value.replace("&amp;", "&"), []).append(address)
    leaks = [
        f"{one.kind}, {one.way}: {value} on {address}"
        for value, addresses in places.items()
        for one in site.hidden
        if refers(value, one)
        for address in addresses
        if not asks_for(address, one)
    ]

    assert len(places) > 1000
    assert leaks == []


def refers(value, one):
    """Whether an attribute leads to a record, or names it as a choice of a form or a parameter of an address."""
    parts = urlsplit(value)
    by_path = parts.path.startswith((one.address, one.address.rstrip("/") + "."))
    kinds = {"readinglist": "list", "salaryfigure": "figure"}
    named = (kinds.get(one.kind, one.kind), one.record.slug)
    return by_path or named in parse_qsl(parts.query) or (value == one.record.slug and one.kind != "work")


def asks_for(address, one):
    """Whether the reader's own address names the record: a plan keeps what it was given, until it is renewed."""
    return urlsplit(address).path == "/plan/" and one.record.slug in address


def test_every_link_leads_to_a_page(site):
    broken = {link: status for link, status in site.statuses.items() if status != 200}

    assert len(site.links) > 300
    assert broken == {}


def test_every_link_to_a_part_of_a_page_finds_it(site):
    ids = {address: set(ANCHOR.findall(text)) for address, text in site.shown()}
    pointers = {one for _, text in site.shown() for one in re.findall(r'\shref="(/[^"]*#[^"]+)"', text)}
    checked = [one for one in pointers if one.partition("#")[0] in ids]

    assert len(checked) > 200
    assert [one for one in checked if one.partition("#")[2] not in ids[one.partition("#")[0]]] == []


def test_addresses_of_hidden_records_say_so_and_nothing_else(site):
    own = [(one, address) for one in site.hidden for address in site.answers if urlsplit(address).path == one.address]
    answers = {one: site.own[one.address] for one in site.hidden}

    assert {one.way: status for one, (status, _) in answers.items()} == {
        "draft": 404,
        "in review": 404,
        "in review again": 410,
        "withdrawn": 410,
    }
    assert len({(one.kind, status) for one, (status, _) in answers.items()}) == 6 * 2
    assert all(site.answers[address][0] == answers[one][0] for one, address in own)


def test_sitemap_lists_no_hidden_record(site):
    assert [one for one in site.hidden if any(one.address in address for address in site.listed)] == []
    assert len(site.listed) > 800


def test_search_finds_no_hidden_record(site):
    for (one, address), context in site.found.items():
        if address == "/search/":
            assert context["total"] == 0, one
        else:
            assert "matching" in context["sentence"], one
            assert context["sentence"].startswith(("0 careers", "0 works and 0 courses")), one


def test_counted_entries_are_those_shown(site):
    for slug, count in site.entries.items():
        _, text = site.answers[f"/reading/lists/{slug}/"]
        assert text.count('<li class="work">') == count, slug
        _, reading = site.answers["/reading/"]
        assert re.search(rf'/reading/lists/{slug}/">.*?card__foot">{count} entries', reading, re.DOTALL), slug


def test_counted_uses_of_a_source_are_those_shown(site):
    """For sources of statements alone: figures and places are shown in part."""
    checked = 0
    for slug, count in site.uses.items():
        _, text = site.answers[f"/sources/{slug}/"]
        if "Salary figures from it" in text or "Places described by it" in text:
            continue
        shown = text.partition("Statements that cite it")[2].partition("</ul>")[0].count("<li>")
        assert shown == count or not shown, slug
        checked += bool(shown)

    assert checked > 20


def test_plan_names_what_was_withdrawn(site):
    _, text = next(answer for address, answer in site.answers.items() if address.startswith("/plan/?gap="))
    told, not_told = text.count("withdrawn. Why: The publisher took it back."), text.count("withdrawn, renamed or")

    assert (told, not_told) == (7, 7)  # works, courses and credentials in two ways each; a stage, a gap
