"""How much of what a career asks in a country has been checked."""

import pytest

from careers.profiles import Profile
from careers.tests.places import page, where
from careers.tests.records import asks, cite, newcomer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("own", "general", "sentence"),
    [
        ("", "", "no checked requirement yet; 0 general ones, 0 of them checked. Ask the regulator there."),
        ("-", "-", "no checked requirement yet; 1 general one, 0 of them checked. Ask the regulator there."),
        ("--", "++", "no checked requirement yet; 2 general ones, 2 of them checked. Ask the regulator there."),
        ("+", "+-", "1 checked requirement; 2 general ones, 1 of them checked."),
        ("+-", "", "1 checked requirement; 0 general ones, 0 of them checked."),
        ("+++", "+", "3 checked requirements; 1 general one, 1 of them checked."),
    ],
)
def test_coverage_is_computed(own, general, sentence, client):
    """Each sign is a requirement, a plus a checked one."""
    career = newcomer()
    for country, signs in [("DE", own), (None, general)]:
        for number, sign in enumerate(signs):
            requirement = asks(career, f"asked-{country}-{number}".lower(), country_id=country)
            cite(requirement, *(["statute"] if sign == "+" else ["leaflet", "unverified"]))
    content = page(client, career, "?country=DE")

    assert Profile(career, where(country="DE")).coverage.sentence == f"Germany: {sentence}"
    assert f"<strong>Germany: {sentence}</strong>" in content


@pytest.mark.parametrize(
    ("citations", "checked"),
    [
        ([], 0),
        ([("leaflet", "unverified", "supports")], 0),
        ([("statute", "primary", "contradicts")], 0),
        ([("leaflet", "unverified", "supports"), ("statute", "primary", "contradicts")], 0),
        ([("statute", "primary", "supports")], 1),
        ([("survey", "secondary", "supports")], 1),
        ([("leaflet", "unverified", "supports"), ("survey", "secondary", "supports")], 1),
        ([("statute", "primary", "supports"), ("survey", "secondary", "supports")], 1),
    ],
)
def test_checked_is_what_a_source_with_evidence_supports(citations, checked):
    career = newcomer()
    for requirement in asks(career, "approbation", country_id="DE"), asks(career, "anywhere"):
        for slug, trust, stance in citations:
            cite(requirement, slug, trust, stance)
    found = Profile(career, where(country="DE")).coverage

    assert (found.checked, found.general, found.general_checked) == (checked, 1, checked)


def test_coverage_counts_this_career_and_this_country_alone():
    career, other = newcomer(), newcomer("clerk")
    cite(asks(career, "approbation", country_id="DE"), "statute")
    cite(asks(career, "state-license", country_id="US"), "statute")
    cite(asks(career, "anywhere"), "statute")
    cite(asks(other, "approbation", country_id="DE"), "statute")
    asks(other, "anywhere")
    found = Profile(career, where(country="DE")).coverage

    assert (found.checked, found.general, found.general_checked) == (1, 1, 1)


def test_coverage_counts_what_holds_in_the_chosen_setting():
    career = newcomer()
    for place in (["hospital"], ["insurer"], ["insurer", "clinic"], []):
        for country in ("DE", None):
            requirement = asks(career, f"asked-{country}-{len(place)}-{place[:1]}", country_id=country, settings=place)
            cite(requirement, "statute")
    found = Profile(career, where("insurer", "DE")).coverage

    assert (found.checked, found.general, found.general_checked) == (3, 3, 3)


def test_self_check_tells_the_same_coverage(client):
    career = newcomer()
    cite(asks(career, "approbation", country_id="DE"), "statute")
    asks(career, "anywhere")
    content = client.get("/careers/coroner/readiness/?country=DE&q-anywhere=no").content.decode()

    assert f"<p>{Profile(career, where(country='DE')).coverage.sentence}</p>" in content


def test_coverage_needs_a_country(client):
    career = newcomer()

    assert Profile(career, where("hospital")).coverage is None
    assert "checked requirement" not in page(client, career, "?setting=hospital")
