"""What a “no” to being a physician means for a role, and which other roles sources leave open."""

import re

import pytest

from careers.models import Career, Qualification
from careers.tests.records import asks, cite, dispute, newcomer, source
from careers.tests.selfcheck import notice, page, readiness
from salaries.tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def career():
    """A career that requires a license, and usually a budget."""
    made = newcomer()
    asks(made, "license", "required", kind="license", physician_only=True)
    asks(made, "budget", "usual")
    return made


def test_no_license_closes_the_role_and_names_sources_and_other_roles(career, client):
    cite(career.qualifications.get(slug="license"), "handbook")
    asks(newcomer("clerk"), "degree", "helpful", physician_only=True)
    asks(newcomer("surgeon"), "degree", "usual", physician_only=True)
    told = notice(page(client, career, "q-license=no"))

    assert "The physician role is closed to you as things stand." in told
    assert re.findall(r'href="(/sources/[^"]+)"', told) == ["/sources/handbook/"]
    assert '<a href="/careers/clerk/">Clerk</a>' in told
    assert "/careers/surgeon/" not in told
    assert "/careers/coroner/" not in told


@pytest.mark.parametrize(
    ("citations", "told"),
    [
        ([("statute", "supports"), ("handbook", "supports"), ("act", "supports")], ["statute", "act"]),
        ([("handbook", "supports"), ("survey", "supports")], ["handbook", "survey"]),
        ([("act", "contradicts"), ("handbook", "supports")], ["handbook"]),
        ([("handbook", "contradicts"), ("act", "supports")], ["act"]),
    ],
)
def test_closed_role_names_the_laws_or_else_what_supports_it(citations, told, career, client):
    for law in ("statute", "act"):
        source(law, kind="law")
    for slug, stance in citations:
        cite(career.qualifications.get(slug="license"), slug, stance=stance)

    shown = notice(page(client, career, "q-license=no"))
    assert re.findall(r'href="/sources/([^/]+)/"', shown) == told


@pytest.mark.parametrize("answer", ["have", "working", "unsure", ""])
def test_other_answers_leave_the_role_open(answer, career, client):
    query = f"q-license={answer}&q-budget=no"

    assert readiness(career, query).closing == []
    assert readiness(career, query).other_roles == []
    assert notice(page(client, career, query)) == ""


@pytest.mark.parametrize(
    ("necessity", "physician_only", "closing", "doubtful"),
    [
        ("required", True, True, False),
        ("required", False, False, False),
        ("usual", True, False, False),
        ("helpful", True, False, False),
        ("disputed", True, False, True),
        ("disputed", False, False, False),
    ],
)
def test_role_is_closed_by_what_is_required_and_makes_a_physician(necessity, physician_only, closing, doubtful):
    career = newcomer()
    asks(career, "one", necessity, physician_only=physician_only)
    found = readiness(career, "q-one=no")

    assert (bool(found.closing), bool(found.doubtful)) == (closing, doubtful)


@pytest.mark.parametrize("kind", ["credential", "experience", "skill", "trait"])
def test_nothing_that_a_physician_can_still_earn_closes_a_role(kind):
    """Of the real content: a “no” to a certificate for physicians does not say that the reader is none."""
    assert not Qualification.objects.filter(kind=kind, physician_only=True).exists()


def test_role_that_disputably_takes_a_physician_is_called_disputed(client):
    career = newcomer()
    asks(career, "doctor", "disputed", physician_only=True, disagreement=dispute("doctor", yes=["law"], no=["advert"]))
    asks(newcomer("clerk"), "degree", "disputed", physician_only=True)
    told = notice(page(client, career, "q-doctor=no"))

    assert "Whether the role is open to you is disputed." in told
    assert re.findall(r'href="(/sources/[^"]+)"', told) == ["/sources/law/", "/sources/advert/"]
    assert '<a href="/careers/clerk/">Clerk</a>' in told
    assert notice(page(client, career, "q-doctor=unsure")) == ""


@pytest.mark.parametrize(
    ("countries", "chosen", "told"),
    [
        ([None], "", "closed to you as things stand"),
        (["US"], "", "closed to you in the United States as things stand"),
        (["DE", "US"], "", "closed to you in Germany and the United States as things stand"),
        (["US", None], "", "closed to you as things stand"),
        (["US"], "US", "closed to you as things stand"),
        (["US"], "DE", ""),
    ],
)
def test_role_is_closed_in_the_countries_that_require_it(countries, chosen, told, client):
    career = newcomer()
    for number, code in enumerate(countries):
        requirement = asks(career, f"license-{number}", country_id=code, physician_only=True, position=number)
        cite(requirement, f"law-{number}")
    answers = "&".join(f"q-license-{number}=no" for number in range(len(countries)))
    shown = words(notice(page(client, career, f"country={chosen}&{answers}")))

    assert (f"The physician role is {told}." in shown) if told else shown == ""


def test_license_of_the_director_closes_the_role_in_the_united_states(client):
    """The real requirement, with its real sources, as the issue asks."""
    career = Career.objects.get(slug="medical-director")
    told = notice(page(client, career, "country=US&q-license=no"))
    laws = career.qualifications.get(slug="license").citations.filter(source__kind="law", stance="supports")

    assert "The physician role is closed to you as things stand." in told
    assert laws
    assert all(citation.source.get_absolute_url() in told for citation in laws.select_related("source"))


@pytest.mark.parametrize(
    ("necessities", "is_open"),
    [
        ([], False),  # that nothing was found opens the role to nobody
        (["helpful"], True),
        (["disputed"], True),
        (["usual"], False),
        (["required"], False),
        (["disputed", "usual"], False),
        (["helpful", "required"], False),
    ],
)
def test_role_is_open_to_others_if_a_source_says_so_and_none_the_contrary(necessities, is_open):
    career = newcomer("clerk")
    asks(career, "typing", "required")
    asks(career, "reading", "helpful")
    for number, necessity in enumerate(necessities):
        country = ["US", None][number % 2]
        asks(career, f"degree-{number}", necessity, physician_only=True, country_id=country)

    assert Career.objects.open_to_others().filter(slug="clerk").exists() == is_open


def test_role_that_is_closed_without_another_says_so(career, client):
    for other in Career.objects.exclude(slug="coroner"):
        asks(other, "a-degree", "required", physician_only=True)

    assert "No other role in this guide is known to be open to others." in notice(page(client, career, "q-license=no"))
