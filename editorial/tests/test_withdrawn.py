"""Addresses of records that readers cannot see: 404 as if there were none, or 410 with the reason and a way on."""

import pytest
from django.urls import reverse

from careers.models import Career
from editorial.status import Status
from editorial.tests.hidden import BECAUSE, GONE, RECORDS, WAYS, hide
from editorial.visibility import once_public, published_or_404
from readinglist.models import Work
from salaries.models import SalaryFigure
from tests.pages import Page

pytestmark = pytest.mark.django_db

CASES = [(model, way) for model in RECORDS for way in WAYS]
TOLD = [(model, way) for model, way in CASES if way in GONE]
CASE_NAMES = {"argnames": ("model", "way"), "ids": lambda one: getattr(one, "__name__", one)}


def hidden(model, way):
    return hide(model, way, dict(zip(WAYS, RECORDS[model], strict=True))[way])


def addresses(one):
    yield one.address
    if one.kind == "career":
        yield from (f"{one.address}settings/", f"{one.address}readiness/", f"{one.address}readiness/?q-license=no")
    if one.kind == "work":
        yield from (f"{one.address.rstrip('/')}.{suffix}" for suffix in ("bib", "ris", "csl.json"))


@pytest.mark.parametrize("debug", [False, True], ids=["production", "debug"])
@pytest.mark.parametrize(argvalues=CASES, **CASE_NAMES)
def test_address_answers_by_what_readers_knew(model, way, debug, client, settings):
    settings.DEBUG = debug
    one = hidden(model, way)

    assert {client.get(address).status_code for address in addresses(one)} == {410 if way in GONE else 404}
    assert {client.head(address).status_code for address in addresses(one)} == {410 if way in GONE else 404}


@pytest.mark.parametrize(argvalues=TOLD, **CASE_NAMES)
def test_withdrawn_record_is_named_with_the_reason_and_a_way_on(model, way, client):
    one = hidden(model, way)
    for address in addresses(one):
        page = Page(client.get(address))
        main = page.text.partition("<main")[2].partition("</main>")[0]

        assert f"<h1>Withdrawn: {one.record}</h1>" in main
        assert one.name in main
        assert f"Why it was withdrawn: {BECAUSE}" in main
        assert "Status 410" in main
        assert one.text not in page.text
        assert page.meta("robots") == ["noindex"]
        assert not page.response.cookies


@pytest.mark.parametrize(
    ("model", "ways"),
    [
        (Career, {"/careers/"}),
        (Work, {"/reading/"}),
        (SalaryFigure, {"/salaries/cities/texas-us/", "/changes/"}),
    ],
)
def test_way_on_leads_to_others_of_the_kind(model, ways, client):
    one = hidden(model, "withdrawn")
    if model is SalaryFigure:
        ways = {one.record.area.get_absolute_url(), reverse("changes")}
    hrefs = set(Page(client.get(one.address)).values("href"))

    assert ways <= hrefs
    assert {client.get(way).status_code for way in ways} == {200}


@pytest.mark.parametrize("debug", [False, True])
def test_hidden_record_is_as_if_it_were_not(debug, client, settings):
    """Nobody can tell a draft from nothing by what its address answers."""
    settings.DEBUG = debug
    one = hidden(Work, "draft")
    answers = [client.get(f"/reading/{slug}/").content.decode() for slug in (one.record.slug, "nothing-at-all")]

    assert answers[0].replace(one.record.slug, "nothing-at-all") == answers[1]


def test_reason_is_escaped(client):
    reason = "<script>alert(1)</script> & so on"
    Work.objects.filter(slug="berwick-escape-fire").update(status=Status.WITHDRAWN, withdrawn_because=reason)
    content = client.get("/reading/berwick-escape-fire/").content.decode()

    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on" in content


def test_published_again_is_seen_again(client):
    one = hidden(Work, "withdrawn")
    Work.objects.filter(pk=one.record.pk).update(status=Status.PUBLISHED, withdrawn_because="")

    assert one.text in client.get(one.address).content.decode()


def test_published_record_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert published_or_404(Work.objects, slug="berwick-escape-fire").title == "Escape Fire"


def test_records_that_readers_could_see_are_known():
    found = {way: hidden(Career, way).record for way in WAYS}
    known = set(once_public(Career.objects))

    assert {way for way, record in found.items() if record in known} == GONE
    assert Career.objects.get(slug="medical-director") in known
