"""The credentials of the content: the medical director's certificate, and a source for all that is said."""

import pytest

from careers.models import Credential, CredentialFact
from careers.tests.credential_page import kinds, row
from careers.tests.records import JANUARY
from salaries.tests.pages import page_of, words
from sources.models import Citation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cmd(client):
    return page_of(client, Credential.objects.get(slug="cmd"))


def test_medical_director_certificate_has_its_right_issuer(cmd):
    assert "American Board of Post-Acute and Long-Term Care Medicine" in row(cmd, "Issuer")
    assert "ABPLM" in row(cmd, "Issuer")


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("examination", "no examination"),
        ("validity", "six years"),
        ("confused-with", "certified medical dosimetrist"),
        ("rejected-claim", "american association for physician leadership"),
        ("legal-force", "1261.4"),
        ("legal-force", "january 1, 2027"),
    ],
)
def test_medical_director_certificate_tells(kind, told, cmd):
    assert told in kinds(cmd)[kind].lower()


def test_california_law_has_the_date_from_which_it_holds():
    law = CredentialFact.objects.filter(credential__slug="cmd", kind="legal-force", date=JANUARY)

    assert law.exists()
    assert all("California" in f"{one.title} {one.text}" for one in law)


@pytest.mark.parametrize("abbreviation", ["CMD", "CPE", "HALM", "FRACMA"])
def test_credentials_of_the_issue_are_there(abbreviation, client):
    found = Credential.objects.get(abbreviation=abbreviation)

    assert f'href="{found.get_absolute_url()}"' in client.get("/credentials/").content.decode()


def test_every_credential_and_fact_cites_a_source():
    for model, field in [(Credential, "credential"), (CredentialFact, "credential_fact")]:
        cited = Citation.objects.exclude(**{field: None}).values(field)
        assert list(model.objects.exclude(pk__in=cited)) == []


def test_search_for_the_abbreviation_shows_both_meanings_and_the_correction(client):
    response = client.get("/search/?q=CMD")
    found = next(group["found"] for group in response.context["groups"] if group["label"] == "Credentials")
    told = words(response.content.decode()).lower()

    assert "cmd" in [one.slug for one in found]
    assert "certified medical director" in told
    assert "certified medical dosimetrist" in told
    assert "american association for physician leadership" in told
