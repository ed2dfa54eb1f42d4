"""My plan: what it shows, nothing stored, nothing dropped in silence."""

import re

import pytest

from careerguide.plan import choice_of
from careerguide.plan_address import MOST
from careers.models import CareerStage, Credential, Qualification
from readinglist.models import Work
from salaries.models import Area, SalaryFigure
from tests.plans import ONE_OF_EACH, page, plan

pytestmark = pytest.mark.django_db


def test_plan_shows_what_each_item_is(client):
    shown = page(client, ONE_OF_EACH)

    for text in (
        "First leadership posts",
        "Leading Change",
        "Certified Medical Director (CMD)",
        "Delhi",
        "INR\N{NO-BREAK SPACE}3,900,000",
    ):
        assert text in shown
    assert "as of a date unstated" in shown
    assert "Patient Safety" in shown


def test_removal_leaves_the_others():
    found = plan(ONE_OF_EACH)
    without = plan(found.query_without(found.items[2]))

    assert [item.record for item in without.items] == [
        item.record for item in found.items if item.choice.kind != "work"
    ]


def test_last_removal_leads_to_the_empty_plan(client):
    shown = page(client, "work=kotter-leading-change")

    assert 'href="/plan/?">Remove' in shown
    assert "without an account" in client.get("/plan/?").content.decode()


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("work=no-such-work", "no-such-work"),
        ("gap=medical-director", "medical-director"),
        ("gap=medical-director.no.such", "medical-director.no.such"),
        ("city=<b>", "&lt;b&gt;"),
        ("plan=zzzzz", "zzzzz"),
        ("plan=zzzzz&work=kotter-leading-change", "zzzzz"),
        ("plan=%F0%9F%92%A5", "could not be read"),
    ],
)
def test_what_is_unknown_is_named(client, query, named):
    response = client.get(f"/plan/?{query}", follow=True)

    assert response.status_code == 200
    assert named in response.content.decode()
    assert "has no place in the guide any more, or never had" in response.content.decode() or "%" in query


CHANGES = {
    "work=kotter-leading-change": (Work, {"slug": "kotter-leading-change"}, {"year": 1901}),
    "credential=cmd": (Credential, {"slug": "cmd"}, {"issuer": "Somebody else"}),
    "gap=medical-director.prior-leadership": (Qualification, {"slug": "prior-leadership"}, {"necessity": "required"}),
    "stage=medical-director.mid": (CareerStage, {"career__slug": "medical-director", "stage": "mid"}, {"title": "New"}),
    "city=delhi": (SalaryFigure, {"area__slug": "delhi"}, {"as_of": "2026"}),
}


@pytest.mark.parametrize("query", CHANGES)
def test_item_that_says_something_else_is_named_as_changed(client, query):
    model, which, change = CHANGES[query]
    address = client.get(f"/plan/?{query}")["Location"]
    unchanged = client.get(address).content.decode()
    model.objects.filter(**which).update(**change)
    changed = client.get(address).content.decode()

    assert "Changed since you made this link" not in unchanged
    assert "Changed since you made this link" in changed


def test_renewed_link_takes_note_of_the_change(client):
    address = client.get("/plan/?work=kotter-leading-change")["Location"]
    Work.objects.filter(slug="kotter-leading-change").update(year=1901)
    renewed = re.search(r'href="(/plan/\?[^"]+)">I have seen it', client.get(address).content.decode())[1]

    assert "Changed since" not in client.get(renewed, follow=True).content.decode()


def test_more_items_than_a_plan_holds_are_named(client):
    gaps = [choice_of(one) for one in Qualification.objects.order_by("pk")[: MOST + 2]]
    found = plan(f"plan={'-'.join(gap.code for gap in gaps)}")

    assert len(found.items) == MOST
    assert found.left_out == gaps[MOST:]
    assert f"holds at most {MOST} items" in page(client, f"plan={'-'.join(gap.code for gap in gaps)}")


def test_only_cities_stand_among_cities(client):
    state = Area.objects.states().first()

    assert f"<code>{state.slug}</code>: withdrawn" in page(client, f"city={state.slug}")


def test_plan_of_nothing_explains_itself(client):
    response = client.get("/plan/")

    assert response.status_code == 200
    assert "without an account" in response.content.decode()


def test_unknown_code_is_cleared_by_renewing(client):
    shown = page(client, "plan=zzzzz&city=delhi")
    renewed = re.search(r'href="(/plan/\?[^"]+)">I have seen it', shown)[1]

    assert "zzzzz" not in client.get(renewed).content.decode()


def test_plan_leads_back_to_the_page_before(client):
    response = client.get(
        "/plan/?city=delhi",
        follow=True,
        headers={"referer": "http://testserver/careers/medical-director/?country=DE&plan=abcde"},
    )
    shown = response.content.decode()
    back = re.search(r'href="([^"]+)">Go on where you were', shown)[1]

    assert back.startswith("/careers/medical-director/?country=DE&amp;plan=")
    assert "abcde" not in back
    assert "Referer" in response["Vary"]


@pytest.mark.parametrize(
    "before", ["", "https://example.org/careers/", "http://testserver/plan/?city=london", "//", "nonsense"]
)
def test_plan_without_a_page_before_has_no_way_back(client, before):
    shown = client.get("/plan/?city=delhi", follow=True, headers={"referer": before}).content.decode()

    assert "Go on where you were" not in shown


def test_plan_is_not_for_search_engines(client):
    assert '<meta name="robots" content="noindex">' in page(client, ONE_OF_EACH)


def test_queries_do_not_grow_with_the_plan(client, django_assert_num_queries, django_assert_max_num_queries):
    small = client.get(f"/plan/?{ONE_OF_EACH}")["Location"]
    works = "&".join(f"work={slug}" for slug in Work.objects.values_list("slug", flat=True)[:20])
    cities = "&".join(f"city={area.slug}" for area in Area.objects.cities())
    large = client.get(f"/plan/?{ONE_OF_EACH}&{works}&{cities}")["Location"]

    with django_assert_max_num_queries(20) as counted:
        client.get(small)
    with django_assert_num_queries(len(counted)):
        client.get(large)
