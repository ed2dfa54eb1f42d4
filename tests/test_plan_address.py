"""The address of a plan: how it names records, in full and in short, and what of it is kept."""

import re
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careerguide.plan import KINDS, choice_of
from careerguide.plan_address import MOST, MOST_CODES, Carried, Choice, as_typed
from careers.models import CareerStage, Credential, Qualification
from readinglist.models import Course, Work
from salaries.models import Area
from tests.plans import ONE_OF_EACH, plan

pytestmark = pytest.mark.django_db

MODELS = {
    "stage": CareerStage,
    "gap": Qualification,
    "work": Work,
    "course": Course,
    "credential": Credential,
    "city": Area,
}


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


def test_missing_item_stays_in_the_link_until_the_reader_renews_it():
    found = plan("work=no-such-work&city=delhi")

    assert "work=no-such-work" in found.query
    assert "no-such-work" not in found.renewed_query
    assert "city=delhi~" in found.renewed_query


def test_unknown_code_stays_in_the_links():
    found = plan("plan=zzzzz&city=delhi&work=kotter-leading-change")

    assert all("plan=zzzzz" in query for query in (found.query, found.query_without(found.items[0])))
    assert "zzzzz" not in found.renewed_query


@pytest.mark.parametrize("fingerprint", ["~", "~x", "~xxxx", "~XXX", "~a~b"])
def test_malformed_fingerprint_counts_as_none(fingerprint):
    item = plan(f"city=delhi{fingerprint}").items[0]

    assert item.record.slug == "delhi"
    assert not item.changed


def test_repeated_id_stands_once():
    assert len(plan("city=delhi&city=delhi&city=delhi~abc").items) == 1


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
