"""My plan: ids in the address, nothing stored, nothing dropped in silence."""

import re
from urllib.parse import urlencode, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careerguide.plan import KINDS, Plan, choice_of
from careerguide.plan_address import MOST, MOST_CODES, Carried, Choice, as_typed
from careers.models import CareerStage, Credential, Qualification
from readinglist.models import Course, Work
from salaries.models import Area, SalaryFigure

pytestmark = pytest.mark.django_db

ONE_OF_EACH = (
    "stage=medical-director.mid&gap=medical-director.prior-leadership&work=kotter-leading-change"
    "&course=patient-safety-vii&credential=cmd&city=delhi"
)
MODELS = {
    "stage": CareerStage,
    "gap": Qualification,
    "work": Work,
    "course": Course,
    "credential": Credential,
    "city": Area,
}


def plan(query):
    return Plan(QueryDict(query))


def page(client, query):
    return client.get(f"/plan/?{query}", follow=True).content.decode()


def test_address_names_one_record_of_every_kind():
    found = plan(ONE_OF_EACH)

    assert [item.choice.kind for item in found.items] == list(KINDS)
    assert all(type(item.record) is MODELS[item.choice.kind] for item in found.items)
    assert not found.missing


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_of_a_kind_is_found_by_its_key(kind):
    records = list(KINDS[kind].records())[:80]
    found = plan("&".join(f"{kind}={choice_of(record).key}" for record in records[:MOST]))

    assert [item.record for item in found.items] == records[:MOST]


def test_codes_of_all_records_differ():
    codes = [Choice(name, key).code for name, one in KINDS.items() for key in one.all_keys]

    assert len(set(codes)) == len(codes) > 150
    assert all(re.fullmatch("[0-9a-hjkmnp-tv-z]{5}", code) for code in codes)


def test_address_leads_to_its_canonical_spelling_once(client):
    first = client.get(f"/plan/?{ONE_OF_EACH}")
    second = client.get(first["Location"])

    assert (first.status_code, second.status_code) == (302, 200)
    assert "gap=medical-director.prior-leadership~" in first["Location"]


def test_same_link_gives_the_same_plan_in_another_browser(client):
    address = client.get(f"/plan/?{ONE_OF_EACH}")["Location"]
    here, there = client.get(address), Client(headers={"user-agent": "another"}).get(address)

    assert here.content == there.content
    assert not here.cookies
    assert not there.cookies


def test_short_address_leads_to_the_same_plan(client):
    long = client.get(f"/plan/?{ONE_OF_EACH}")["Location"]
    short = re.search(r"/plan/\?plan=[0-9a-z-]+", client.get(long).content.decode())[0]

    assert client.get(short)["Location"] == long
    assert len(short) < len(ONE_OF_EACH)


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


def test_missing_item_stays_in_the_link_until_the_reader_renews_it():
    found = plan("work=no-such-work&city=delhi")

    assert "work=no-such-work" in found.query
    assert "no-such-work" not in found.renewed_query
    assert "city=delhi~" in found.renewed_query


def test_unknown_code_stays_in_the_links():
    found = plan("plan=zzzzz&city=delhi&work=kotter-leading-change")

    assert all("plan=zzzzz" in query for query in (found.query, found.query_without(found.items[0])))
    assert "zzzzz" not in found.renewed_query


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


@pytest.mark.parametrize("fingerprint", ["~", "~x", "~xxxx", "~XXX", "~a~b"])
def test_malformed_fingerprint_counts_as_none(fingerprint):
    item = plan(f"city=delhi{fingerprint}").items[0]

    assert item.record.slug == "delhi"
    assert not item.changed


def test_repeated_id_stands_once():
    assert len(plan("city=delhi&city=delhi&city=delhi~abc").items) == 1


def test_more_items_than_a_plan_holds_are_named(client):
    gaps = [choice_of(one) for one in Qualification.objects.order_by("pk")[: MOST + 2]]
    found = plan(f"plan={'-'.join(gap.code for gap in gaps)}")

    assert len(found.items) == MOST
    assert found.left_out == gaps[MOST:]
    assert f"holds at most {MOST} items" in page(client, f"plan={'-'.join(gap.code for gap in gaps)}")


def test_only_cities_stand_among_cities(client):
    state = Area.objects.states().first()

    assert f"<code>{state.slug}</code>: withdrawn" in page(client, f"city={state.slug}")


def test_item_named_twice_keeps_its_fingerprint():
    for query in ("city=delhi&city=delhi~abc", "city=delhi~abc&city=delhi"):
        assert plan(query).items[0].changed


def test_short_plan_named_twice_keeps_its_fingerprint():
    code = Choice("city", "delhi").code

    assert all(plan(f"plan={text}").items[0].changed for text in (f"{code}-{code}abc", f"{code}abc-{code}"))


def test_unknown_code_stays_in_the_short_address():
    assert plan("plan=zzzzz&city=delhi").short.endswith("-zzzzz")


@pytest.mark.parametrize("typed", ["{}", " {} ", "{upper}", "{mistaken}"])
def test_short_plan_is_read_as_people_copy_it(typed):
    code = Choice("city", "delhi").code
    mistaken = code.replace("0", "O").replace("1", "l")
    text = typed.format(code, upper=code.upper(), mistaken=mistaken)

    assert Carried(text).codes == [code]


def test_digits_that_look_like_letters_are_read_as_digits():
    assert as_typed("OIL0-oil1z") == "0110-0111z"


def test_short_plan_of_far_too_many_codes_is_not_read():
    codes = [Choice("work", str(number)).code for number in range(MOST_CODES + 1)]

    assert len(Carried("-".join(codes[:-1]))) == MOST_CODES
    assert not Carried("-".join(codes))
    assert len(Carried("-".join(codes[:1] * 400))) == 1


def test_plan_too_long_to_be_named_is_spelled_in_short(client):
    gaps = [choice_of(one) for one in Qualification.objects.exclude(career__slug="medical-director")[:MOST]]
    response = client.get(f"/plan/?plan={'-'.join(gap.code for gap in gaps)}", follow=True)
    address = response.redirect_chain[-1][0]

    assert response.status_code == 200
    assert len(response.context["plan"].items) == len(gaps)
    assert len(address) < 3100
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("text", ["", "abc", "abcd-", "abcdef", "abcde--abcde", "ab cd", "abc\ne", "é" * 5])
def test_text_that_is_no_short_plan_carries_nothing(text):
    assert not Carried(text)


@pytest.mark.parametrize(("text", "count"), [("abcde", 1), ("abcdexyz", 1), ("abcde-fghij012-00000", 3)])
def test_short_plan_is_read(text, count):
    assert len(Carried(text)) == count


def test_carried_plan_takes_items_in_and_out():
    delhi, cmd = Choice("city", "delhi"), Choice("credential", "cmd", "abc")
    carried = Carried(delhi.code)
    both = Carried(carried.with_(cmd))

    assert carried.has(delhi)
    assert not carried.has(cmd)
    assert both.has(cmd)
    assert both.without(delhi) == cmd.code


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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from([*KINDS, "plan", "page"]),
            st.text(max_size=30) | st.sampled_from(["delhi", "cmd~abc", "medical-director.mid", "a5f4nnm9"]),
        ),
        max_size=8,
    )
)
def test_any_query_gives_a_page_that_settles(client, pairs):
    response = client.get(f"/plan/?{urlencode(pairs)}", follow=True)

    assert response.status_code == 200
    assert len(response.redirect_chain) <= 2
    for address, _ in response.redirect_chain:
        assert urlsplit(address).path == "/plan/"
