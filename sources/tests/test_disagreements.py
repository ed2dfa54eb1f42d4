"""Where sources disagree: every side with its sources, on a page of its own."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from markupsafe import escape

from careers.models import Career, Qualification
from careers.tests.records import asks, cite, dispute, newcomer, says
from salaries.tests.pages import plain
from sources.models import Citation, Disagreement, Side
from sources.tests.sides import sides
from tests.constraints import check_both_sides, check_uniqueness, names, refused_by

pytestmark = pytest.mark.django_db

BOTH_WAYS = ["opencourser-career-2024", "md-job-title-article"]


def page(client):
    return client.get("/disagreements/").content.decode()


def entry(content, disagreement):
    """The HTML of one disagreement on the page."""
    return content.split(f'<section class="section differ" id="{disagreement.anchor}">')[1].split("</section>")[0]


def sources_of(html):
    return re.findall(r'href="/sources/([^/"]+)/"', html)


def test_constraints_are_all_tested():
    assert names(Disagreement, Side) == {"disagreement_has_question", "side_once_per_disagreement"}


def test_question_is_never_empty():
    check_both_sides(Disagreement, "disagreement_has_question", {"question": ""}, {"question": "Why?"})
    with refused_by(Disagreement, "disagreement_has_question"):
        Disagreement.objects.create(slug="a", question="", why="It matters.")


def test_side_stands_once_in_a_disagreement():
    original = Side.objects.first()

    check_uniqueness(original, "side_once_per_disagreement", {}, {"slug": "another"})
    check_uniqueness(original, "side_once_per_disagreement", {}, {"disagreement": dispute("tuning")})


def test_page_lists_every_disagreement_with_every_side(client):
    dispute("tuning", up=["law-up"], down=["law-down"], none=["law-none"])
    content = page(client)
    found = list(Disagreement.objects.all())

    assert f"{len(found)} questions to which our sources give different answers" in content
    for one in found:
        shown = entry(content, one)
        assert f"<h2>{escape(one.question)}</h2>" in shown
        assert f'<a href="#{one.anchor}">{escape(one.question)}</a>' in content
        assert len(sides(shown)) == one.sides.count()


def test_every_disagreement_has_two_sides_and_each_side_a_source(client):
    content = page(client)
    for one in Disagreement.objects.all():
        shown = sides(entry(content, one))
        assert len(shown) >= 2, one.slug
        assert all(sources_of(side) for side in shown), one.slug


def test_each_side_names_its_own_sources(client):
    tuning = dispute("tuning", up=["law-up", "law-both"], down=["law-both"])
    cite(tuning.sides.get(slug="down"), "leaflet", "unverified")
    up, down = sides(entry(page(client), tuning))

    assert plain(up).startswith("tuning says up.")
    assert (sources_of(up), sources_of(down)) == (["law-up", "law-both"], ["law-both", "leaflet"])
    assert "Leaflet (unverified; A clinic, date unstated)" in plain(down)


def test_disagreements_and_sides_stand_in_their_order(client):
    last, first = dispute("last", a=["law-a"], b=["law-b"]), dispute("first", a=["law-a"], b=["law-b"])
    Disagreement.objects.filter(pk=last.pk).update(position=2)
    Disagreement.objects.filter(pk=first.pk).update(position=1)
    first.sides.filter(slug="a").update(position=9)
    content = page(client)
    order = re.findall(r'<section class="section differ" id="disagreement-([^"]+)"', content)

    assert order.index("first") < order.index("last")
    assert order == list(Disagreement.objects.values_list("slug", flat=True))
    assert [plain(side)[:13] for side in sides(entry(content, first))] == ["first says b.", "first says a."]


def test_must_it_be_a_physician_cites_two_sources_both_ways(client):
    disagreement = Disagreement.objects.get(slug="must-be-physician")
    shown = sides(entry(page(client), disagreement))
    disputed = Qualification.objects.filter(disagreement=disagreement, necessity="disputed")

    assert len(shown) == 2
    for slug in BOTH_WAYS:
        assert all(slug in sources_of(side) for side in shown), slug
        cited = Citation.objects.filter(source__slug=slug, side__disagreement=disagreement)
        assert {citation.side.slug for citation in cited} == {"yes", "no"}
    assert disputed.filter(career__slug="medical-director").exists()


def test_reading_is_shown_or_said_to_be_missing(client):
    settled, open_ = dispute("settled", a=["law-a"], b=["law-b"]), dispute("open", a=["law-a"], b=["law-b"])
    Disagreement.objects.filter(pk=settled.pk).update(reading="Side *a* is right.")
    content = page(client)

    assert "Our reading. Side a is right." in plain(entry(content, settled))
    assert "Our reading: none. The evidence does not settle it." in plain(entry(content, open_))
    assert "Our reading: none" not in entry(content, settled)


def test_questions_without_a_reading_are_counted(client):
    Disagreement.objects.update(reading="Settled.")
    assert "the evidence supports no reading" not in page(client)

    dispute("open", a=["law-a"], b=["law-b"])
    assert "for 1 of them the evidence supports no reading" in page(client)


def test_page_leads_to_every_statement_concerned(client):
    tuning, career = dispute("tuning", up=["law-up"], down=["law-down"]), newcomer()
    concerned = [
        asks(career, "ear", disagreement=tuning),
        career.stages.create(stage="mid", title="Tune", does="Tunes.", disagreement=tuning),
        says(career, "a-tip", disagreement=tuning),
        career.questions.create(slug="why", question="Why tune?", answer="To play.", disagreement=tuning),
    ]
    shown = entry(page(client), tuning)

    assert re.findall(r'href="(/careers/[^"]+)"', shown) == [part.get_absolute_url() for part in concerned]
    assert "Shown beside Ear (Coroner), Coroner: Mid-career (Coroner), A-tip (Coroner), Why tune? (Coroner)." in plain(
        shown
    )


def test_disagreement_beside_nothing_says_nothing_of_it(client):
    tuning = dispute("tuning", up=["law-up"], down=["law-down"])

    assert "Shown beside" not in entry(page(client), tuning)


def test_disputed_requirement_needs_its_disagreement():
    requirement = asks(newcomer(), "ear", "disputed")

    with pytest.raises(ValidationError) as caught:
        requirement.full_clean()
    assert list(caught.value.message_dict) == ["disagreement"]
    assert "Choose the disagreement that names both sides" in caught.value.message_dict["disagreement"][0]

    requirement.disagreement = dispute("tuning", up=["law-up"], down=["law-down"])
    requirement.full_clean()


@pytest.mark.parametrize("necessity", ["required", "usual", "helpful"])
def test_requirement_that_is_not_disputed_needs_none(necessity):
    asks(newcomer(), "ear", necessity).full_clean()


def test_every_disputed_requirement_of_the_content_has_its_disagreement():
    assert list(Qualification.objects.filter(necessity="disputed", disagreement=None)) == []


def test_disagreement_beside_a_statement_cannot_be_deleted():
    tuning = dispute("tuning", up=["law-up"], down=["law-down"])
    asks(newcomer(), "ear", "disputed", disagreement=tuning)

    with pytest.raises(ProtectedError):
        tuning.delete()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tuning", True),
        ("marimba", True),
        ("mallets", True),
        ("mallets marimba", True),
        ("strings", True),
        ("matters", True),
        ("marimba zzzz", False),
    ],
)
def test_search_looks_at_question_reason_sides_and_reading(text, found):
    tuning = dispute("tuning", up=["law-up"], down=["law-down"])
    tuning.sides.update(text="The marimba has mallets.")
    Disagreement.objects.filter(pk=tuning.pk).update(reading="No strings.")

    assert [one for one in Disagreement.objects.search(text) if one == tuning] == ([tuning] if found else [])


@pytest.mark.parametrize("count", [1, 20])
def test_page_takes_as_many_queries_however_much_is_disputed(count, client, django_assert_num_queries):
    career = Career.objects.get(slug="medical-director")
    for number in range(count):
        one = dispute(f"d-{number}", yes=[f"law-{number}", f"rule-{number}"], no=[f"study-{number}"])
        asks(career, f"asked-{number}", disagreement=one)
        says(career, f"tip-{number}", disagreement=one)
        career.questions.create(slug=f"why-{number}", question="Why?", answer="Because.", disagreement=one)
        newcomer(f"clerk-{number}").stages.create(stage="mid", title="Tune", does="Tunes.", disagreement=one)

    with django_assert_num_queries(8):
        content = page(client)
    assert f"D-{count - 1}?" in content
