"""The result of the self-check: what an answer counts for, and what is missing in which order."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from careers.models import Career
from careers.tests.records import asks, cite, credential, newcomer
from careers.tests.selfcheck import HAVE, NO, UNSURE, WORKING, gap, page, parts_of, readiness, result, slugs
from readinglist.models import Course, ListEntry, ReadingList, Work
from salaries.tests.pages import words

pytestmark = pytest.mark.django_db


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


def test_each_gap_repeats_the_answer(career, client):
    content = page(client, career, "q-license=working&q-budget=no&q-audits=unsure")

    told = re.findall(r"<span>You: ([^<]+)</span>", result(content))
    assert told == ["working on it", "no", "not sure", "not answered"]


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
