"""The page of the self-check: what is asked, what the address says, and that nothing is kept."""

import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.models import Career
from careers.tests.records import asks, cite, credential, dispute, newcomer
from careers.tests.selfcheck import HAVE, NO, UNSURE, WORKING, page, readiness, result, slugs
from readinglist.models import Course, ListEntry, ReadingList, Work
from salaries.tests.pages import words

pytestmark = pytest.mark.django_db

DIRECTOR = "/careers/medical-director/readiness/"


@pytest.mark.parametrize(
    ("query", "shown"), [("", False), ("q-license=", False), ("q-x=no", False), ("q-board=unsure", True)]
)
def test_result_needs_an_answer(query, shown, career, client):
    content = page(client, career, query)

    assert bool(result(content)) == shown
    assert ('<meta name="robots" content="noindex">' in content) == shown


def test_form_repeats_the_answers(career, client):
    content = page(client, career, "q-license=working&q-board=unsure")

    assert re.findall(r'name="([^"]+)" value="([^"]+)" checked', content) == [
        ("q-license", WORKING),
        ("q-board", UNSURE),
    ]


def test_each_requirement_is_asked_once_from_required_to_disputed(career, client):
    content = page(client, career)

    assert re.findall(r"<legend>([^<]+)</legend>", content) == ["License", "Budget", "Audits", "Board"]
    assert re.findall(r'type="radio" name="q-license" value="([^"]+)"', content) == [HAVE, WORKING, NO, UNSURE]
    assert len(re.findall(r'type="radio"', content)) == 16


def test_nothing_is_stored(career, client):
    response = client.get("/careers/coroner/readiness/?q-license=no&country=DE")

    assert not response.cookies
    assert not client.cookies
    assert "Set-Cookie" not in response.headers
    assert all('method="get"' in form for form in re.findall(r"<form\b[^>]*>", response.content.decode()))


def test_same_address_gives_the_same_page_to_anyone():
    address = f"{DIRECTOR}?setting=hospital&country=US&q-license=have&q-residency=unsure&q-cpe=no"
    mine, yours = Client(), Client()
    first = mine.get(address).content
    mine.get(f"{DIRECTOR}?q-license=no")

    assert yours.get(address).content == mine.get(address).content == first


def test_answers_of_another_place_are_kept_for_when_it_is_chosen(client):
    career = newcomer()
    asks(career, "approbation", country_id="DE")
    asks(career, "rounds", settings=["hospital"])
    asks(career, "teaching")
    given_answers = "q-approbation=working&q-rounds=have&q-teaching=no"
    content = page(client, career, f"setting=insurer&country=US&{given_answers}")
    hidden = re.findall(r'<input type="hidden" name="(q-[^"]+)" value="([^"]+)">', content)

    assert hidden == [("q-approbation", WORKING), ("q-rounds", HAVE)]
    assert "2 of your answers concern other settings or countries and are kept" in content
    assert re.findall(r"<legend>([^<]+)</legend>", content) == ["Teaching"]
    assert "Of 1 requirement (Insurer or health plan, United States): 0 met" in content
    assert slugs(readiness(career, f"setting=insurer&country=US&{given_answers}").unmet_items) == ["teaching"]
    there = readiness(career, f"country=DE&setting=hospital&{urlencode(hidden)}")
    assert {item.qualification.slug: item.answer for item in there.items if item.answer} == {
        "approbation": WORKING,
        "rounds": HAVE,
    }


def test_one_answer_of_another_place_is_told_in_the_singular(client):
    career = newcomer()
    asks(career, "approbation", country_id="DE")
    asks(career, "teaching")

    content = page(client, career, "country=US&q-approbation=working&q-teaching=no")
    assert "1 of your answers concerns other settings or countries and is kept" in content


def test_answer_of_another_place_alone_shows_the_result(client):
    career = newcomer()
    asks(career, "approbation", country_id="DE")
    content = page(client, career, "country=US&q-approbation=no")

    assert "1 of your answers concerns other settings or countries" in result(content)


def test_setting_and_country_choose_what_is_asked(client):
    career = newcomer()
    asks(career, "approbation", country_id="DE")
    asks(career, "hipaa", country_id="US")
    asks(career, "rounds", settings=["hospital"])
    asks(career, "claims", settings=["insurer"])
    asks(career, "teaching")
    content = page(client, career, "setting=hospital&country=DE")

    assert {item.qualification.slug for item in readiness(career, "setting=hospital&country=DE").items} == {
        "approbation",
        "rounds",
        "teaching",
    }
    assert "3 requirements (Hospital, Germany)" in content
    assert "Germany only" in words(content)


@pytest.mark.parametrize(
    ("query", "problems"),
    [
        ("q-license=have", {}),
        ("q-license=", {}),
        ("page=2&utm_source=x", {}),
        ("q-nothing=have", {"q-nothing": "No requirement of this career has this name, so it was ignored."}),
        ("q-nothing=", {"q-nothing": "No requirement of this career has this name, so it was ignored."}),
        ("q-license=maybe", {"q-license": "“maybe” is no answer; write have, working, no or unsure."}),
        ("q-license=<b>", {"q-license": "“<b>” is no answer; write have, working, no or unsure."}),
        ("q-=no", {"q-": "No requirement of this career has this name, so it was ignored."}),
        ("q-a%00b=no", {"q-ab": "No requirement of this career has this name, so it was ignored."}),
        (
            "country=XX&setting=moon&q-budget=have",
            {
                "country": "“XX” is no country here, so it was ignored.",
                "setting": "“moon” is no setting here, so it was ignored.",
            },
        ),
    ],
)
def test_unknown_parameter_is_named_and_ignored(query, problems, career, client):
    response = client.get(f"/careers/coroner/readiness/?{query}")

    assert response.status_code == 200
    assert readiness(career, query).problems == problems
    for name, text in problems.items():
        assert f"<code>{escape(name)}</code>: {escape(text)}" in response.content.decode()
    assert slugs(readiness(career, query).met) == [slug for slug in ("budget", "license") if f"q-{slug}=have" in query]


def test_few_of_many_unknown_parameters_are_named(career):
    query = "&".join(f"q-x{number}=no" for number in range(40))

    assert len(readiness(career, query).problems) == 5


def test_answers_can_be_cleared_without_losing_the_place(career, client):
    content = page(client, career, "setting=insurer&country=DE&q-license=no")

    assert 'href="/careers/coroner/readiness/?setting=insurer&amp;country=DE">Clear the answers</a>' in content


def test_career_that_is_none_is_not_found(client):
    assert client.get("/careers/nobody/readiness/").status_code == 404


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 14), ("q-license=have&q-residency=unsure", 14), ("country=US&q-license=no&q-medical-degree=no", 15)],
)
def test_check_takes_as_many_queries_however_much_is_asked(query, count, client, django_assert_num_queries):
    career = Career.objects.get(slug="medical-director")
    with django_assert_num_queries(count):
        client.get(f"{DIRECTOR}?{query}")

    reading_list, work, course = ReadingList.objects.first(), Work.objects.first(), Course.objects.first()
    for number in range(20):
        newcomer(f"clerk-{number}")
        requirement = asks(
            career,
            f"asked-{number}",
            ["required", "usual", "helpful", "disputed"][number % 4],
            ["hospital"],
            country_id="US",
            credential=credential(f"xyl-{number}"),
            disagreement=dispute(f"d-{number}", yes=[f"law-{number}"], no=[f"rule-{number}"]),
        )
        cite(requirement, f"law-{number}")
        for place, item in [(100, {"work": work}), (200, {"course": course})]:
            entry = ListEntry.objects.create(
                reading_list=reading_list, position=place + number, reason="It is short.", **item
            )
            entry.qualifications.add(requirement)

    with django_assert_num_queries(count):
        content = client.get(f"{DIRECTOR}?{query}").content.decode()
    assert "Asked-19" in content


NAMES = st.sampled_from(["q-license", "q-budget", "q-board", "q-", "setting", "country", "plan"]) | st.text(max_size=12)
VALUES = st.sampled_from([HAVE, WORKING, NO, UNSURE, "", "hospital", "US", "\0", "%"]) | st.text(max_size=12)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=8))
def test_any_query_is_answered(pairs, career):
    query, client = urlencode(pairs, errors="replace"), Client()
    response = client.get(f"/careers/coroner/readiness/?{query}")
    found = response.context["readiness"]

    assert response.status_code == 200
    assert not client.cookies
    assert set(slugs(found.met)) == {
        slug for slug in ("license", "budget", "board", "audits") if QueryDict(query).get(f"q-{slug}") == HAVE
    }
    assert len(found.met) + len(found.unmet_items) == len(found.items) == 4
