"""What the database refuses of a credential and its facts."""

import pytest

from careers.models import Credential, CredentialFact
from careers.tests.records import JANUARY, credential
from tests.constraints import check_both_sides, check_uniqueness, names, refused_by

pytestmark = pytest.mark.django_db

SIDES = [
    (Credential, "credential_has_issuer", {"issuer": ""}, {"issuer": "Board of xylophones"}),
    (
        CredentialFact,
        "credentialfact_kind_known",
        {"kind": "luck", "date": None, "every_year": False},
        {"kind": "cost", "date": None, "every_year": False},
    ),
    (
        CredentialFact,
        "credentialfact_recurs_from_a_date",
        {"kind": "deadline", "date": None, "every_year": True},
        {"kind": "deadline", "date": JANUARY, "every_year": True},
    ),
    (
        CredentialFact,
        "credentialfact_recurs_from_a_date",
        {"kind": "deadline", "date": None, "every_year": True},
        {"kind": "deadline", "date": None, "every_year": False},
    ),
    *(
        (
            CredentialFact,
            "credentialfact_date_of_deadline_or_law",
            {"kind": kind, "date": JANUARY},
            {"kind": dated, "date": JANUARY},
        )
        for kind, dated in [("cost", "deadline"), ("validity", "legal-force")]
    ),
]


def test_constraints_are_all_tested():
    tested = {name for _, name, *_ in SIDES} | {"credentialfact_once_per_credential"}

    assert tested == names(Credential, CredentialFact)


@pytest.mark.parametrize(("model", "name", "broken", "valid"), SIDES)
def test_constraint_has_two_sides(model, name, broken, valid):
    check_both_sides(model, name, broken, valid)


def test_fact_stands_once_in_a_credential():
    original = CredentialFact.objects.first()

    check_uniqueness(original, "credentialfact_once_per_credential", {}, {"slug": "another"})
    check_uniqueness(original, "credentialfact_once_per_credential", {}, {"credential": credential()})


def test_credential_without_issuer_is_refused():
    with refused_by(Credential, "credential_has_issuer"):
        credential(issuer="")
