"""The self-check: what an answer counts for, what is missing in which order, and that nothing is kept."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.models import Career
from careers.tests.records import asks, cite, credential, dispute, newcomer
from careers.tests.selfcheck import page, readiness, result
from readinglist.models import Course, ListEntry, ReadingList, Work
from salaries.tests.pages import words

pytestmark = pytest.mark.django_db

HAVE, WORKING, NO, UNSURE = "have", "working", "no", "unsure"
DIRECTOR = "/careers/medical-director/readiness/"


def parts_of(content):
    """{heading of a part of the result: titles under it}, in the order of the page."""
    found = {}
    for part in result(content).split("<h3>")[1:]:
        heading, _, rest = part.partition("</h3>")
        found[heading] = [words(title) for title in re.findall(r'<h4 class="statement__title">(.*?)</h4>', rest)]
    return found


def gap(content, requirement):
    """The HTML of what the result says of one requirement."""
    title = f'<h4 class="statement__title"><a href="{requirement.get_absolute_url()}">'
    return result(content).split(title)[1].split('<p class="statement__ways">')[0]


def slugs(items):
    return [item.qualification.slug for item in items]


@pytest.fixture
def career():
    """A career that asks for one thing of each necessity."""
    made = newcomer()
    asks(made, "board", "disputed", position=1, disagreement=dispute("board", yes=["law-for"], no=["law-against"]))
    asks(made, "audits", "helpful", position=2, stage="senior")
    asks(made, "budget", "usual", position=3, stage="early")
    asks(made, "license", "required", position=4, kind="license", physician_only=True)
    return made


@pytest.mark.parametrize(
    ("answer", "met", "said"),
    [
        (HAVE, True, "Have it"),
        (WORKING, False, "Working on it"),
        (NO, False, "No"),
        (UNSURE, False, "Not sure"),
        ("", False, "Not answered"),
        ("yes", False, "Not answered"),
        ("HAVE", False, "Not answered"),
        ("true", False, "Not answered"),
        ("have%20", False, "Not answered"),
    ],
)
@pytest.mark.parametrize("necessity", ["required", "usual", "helpful", "disputed"])
def test_only_what_the_reader_has_is_met(answer, met, said, necessity):
    career = newcomer()
    asks(career, "one", necessity)
    found = readiness(career, f"q-one={answer}")

    assert [item.met for item in found.items] == [met]
    assert [item.said for item in found.items] == [said]
    assert (slugs(found.met), slugs(found.unmet_items)) == ((["one"], []) if met else ([], ["one"]))


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "0 met, 1 required and not shown, 2 further gaps, 1 disputed."),
        ({"license": HAVE}, "1 met, 0 required and not shown, 2 further gaps, 1 disputed."),
        ({"license": UNSURE, "budget": WORKING, "audits": NO}, "0 met, 1 required and not shown, 2 further gaps, 1"),
        ({"license": HAVE, "budget": HAVE}, "2 met, 0 required and not shown, 1 further gap, 1 disputed."),
        (dict.fromkeys(["license", "budget", "audits", "board"], HAVE), "4 met, 0 required and not shown, 0 further"),
        (dict.fromkeys(["license", "budget", "audits", "board"], UNSURE), "0 met, 1 required and not shown, 2 further"),
    ],
)
def test_counts_are_told_in_words(answers, sentence, career):
    found = readiness(career, urlencode({f"q-{slug}": answer for slug, answer in answers.items()}))

    assert found.sentence.startswith(f"Of 4 requirements (any setting, any country): {sentence}")


def test_of_several_answers_to_a_question_the_last_counts(career):
    assert readiness(career, "q-license=have&q-license=no").gates
    assert not readiness(career, "q-license=no&q-license=have").gates


def test_required_comes_first_then_gaps_by_stage_then_disputed(career, client):
    asks(career, "anytime", "helpful", position=0)
    asks(career, "projects", "usual", position=0, stage="mid")
    content = page(client, career, "q-license=unsure")

    assert list(parts_of(content).items()) == [
        ("Required, and not shown", ["License"]),
        ("Early career: usual or helpful", ["Budget"]),
        ("Mid-career: usual or helpful", ["Projects"]),
        ("Senior career: usual or helpful", ["Audits"]),
        ("At any stage: usual or helpful", ["Anytime"]),
        ("Disputed", ["Board"]),
    ]


def test_what_is_met_leaves_the_gaps(career, client):
    content = page(client, career, "q-license=have&q-budget=have")

    assert "Everything that our sources call required is met (any setting, any country)." in content
    assert list(parts_of(content)) == ["Senior career: usual or helpful", "Disputed"]
    assert "What you have: 2" in content


@pytest.mark.parametrize(
    ("query", "shown"), [("", False), ("q-license=", False), ("q-x=no", False), ("q-board=unsure", True)]
)
def test_result_needs_an_answer(query, shown, career, client):
    content = page(client, career, query)

    assert bool(result(content)) == shown
    assert ('<meta name="robots" content="noindex">' in content) == shown


def test_each_gap_repeats_the_answer(career, client):
    content = page(client, career, "q-license=working&q-budget=no&q-audits=unsure")

    told = re.findall(r"<span>You: ([^<]+)</span>", result(content))
    assert told == ["working on it", "no", "not sure", "not answered"]


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


def test_disputed_shows_both_sides_with_their_sources(career, client):
    shown = gap(page(client, career, "q-board=no"), career.qualifications.get(slug="board"))

    assert "Sources differ." in shown
    for key, slug in [("yes", "law-for"), ("no", "law-against")]:
        side = shown.split(f"board says {key}.")[1].split("</li>")[0]
        assert f'href="/sources/{slug}/"' in side
    assert "Our reading: none." in shown


def test_disputed_is_told_even_if_it_is_met_nowhere(career):
    """A disputed requirement is neither a gate nor a gap: it stands apart."""
    found = readiness(career, "q-board=no")

    assert slugs(found.disputed) == ["board"]
    assert "board" not in slugs(found.gates) + slugs(item for _, items in found.gaps for item in items)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("country=DE&q-audits=have", "No source that we read calls anything required (any setting, Germany)."),
        ("country=US&q-audits=have&q-license=have", "Everything that our sources call required is met"),
    ],
)
def test_that_nothing_is_known_to_be_required_is_not_called_met(query, told, client):
    career = newcomer()
    asks(career, "audits", "helpful")
    asks(career, "license", country_id="US")
    content = page(client, career, query)

    assert told in result(content)
    assert ("is met" in result(content)) == ("Everything" in told)


@pytest.mark.parametrize("answer", [HAVE, WORKING, NO, UNSURE])
def test_there_is_no_percentage_and_no_score(answer, career, client):
    query = urlencode({f"q-{slug}": answer for slug in ["license", "budget", "audits", "board"]})
    told = words(page(client, career, query))

    assert "%" not in told
    assert not re.search(r"\d+ ?(percent|per cent|points?\b|/ ?\d+|out of)", told)
    assert "<meter" not in page(client, career, query) and "<progress" not in page(client, career, query)
    assert re.findall(r"[^.]*\bscore\b[^.]*\.", told) == [
        " There is no score, because one requirement that is missing can close the role."
    ]


def test_what_we_say_of_the_director_has_no_percentage(client):
    """A source may count in percent; what the page itself says of the reader may not."""
    content = page(client, Career.objects.get(slug="medical-director"), "q-license=no&q-residency=have&q-cpe=unsure")
    own = re.sub(r'<div class="(statement__text|sides__reading)".*?</div>', "", content, flags=re.DOTALL)
    own = re.sub(r'<ul class="(sides|prose-list)".*?</ul>', "", own, flags=re.DOTALL)
    own = re.sub(r"<details.*?</details>", "", own, flags=re.DOTALL)

    assert result(own)
    assert "%" not in words(own)


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


def test_gap_names_reading_courses_and_credential(career, client):
    requirement = career.qualifications.get(slug="budget")
    xyl = credential("xyl")
    requirement.credential = xyl
    requirement.save()
    cite(requirement, "statute")
    work = Work.objects.create(
        slug="a-book", title="Budgets by ear", kind="book", confidence="recalled", why_it_fits="Adds up."
    )
    course = Course.objects.create(
        slug="a-course", title="Counting for players", skill_area="Charts", confidence="recalled"
    )
    reading_list, other = (ReadingList.objects.create(slug=slug, title=slug, purpose="Read.") for slug in ("l", "m"))
    for position, (of_list, item) in enumerate(
        [(reading_list, {"work": work}), (reading_list, {"course": course}), (other, {"work": work})], start=1
    ):
        entry = ListEntry.objects.create(reading_list=of_list, position=position, reason=f"Reason {position}.", **item)
        entry.qualifications.add(requirement)
    ListEntry.objects.create(
        reading_list=other, position=9, reason="Unrelated.", work=Work.objects.exclude(pk=work.pk).first()
    )
    content = page(client, career, "q-budget=no")
    shown = gap(content, requirement)

    assert re.findall(r'<li><a href="(/reading/[^"]+)">', shown) == ["/reading/a-book/", "/reading/a-course/"]
    assert "What helps: 2" in shown
    assert all(item.teaser in shown for item in (work, course))
    assert '<a href="/credentials/xyl/">Certified xyl (XYL)</a>' in shown
    assert 'href="/sources/statute/"' in shown
    assert "tied to this yet" not in shown
    without = gap(content, career.qualifications.get(slug="audits"))
    assert "No reading or course of our lists is tied to this yet." in without
    assert "What helps" not in without


def test_gap_leads_to_the_profile_and_into_the_plan(career, client):
    content = page(client, career, "q-license=have")
    requirement = career.qualifications.get(slug="audits")

    assert 'id="qualification-audits"' in client.get("/careers/coroner/").content.decode()
    assert requirement.get_absolute_url() == "/careers/coroner/#qualification-audits"
    address = re.search(r'href="(/plan/\?[^"]+)">Put all of these into my plan', content)[1]
    plan = client.get(unescape(address), follow=True).content.decode()
    assert set(re.findall(r'#qualification-([a-z]+)"', plan)) == {"audits", "budget", "board"}


def test_nothing_missing_needs_no_plan(career, client):
    query = urlencode({f"q-{slug}": HAVE for slug in ["license", "budget", "audits", "board"]})

    assert "Put all of these into my plan" not in page(client, career, query)


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
