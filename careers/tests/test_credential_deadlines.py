"""Facts with a date: which may have one, how it is told, and when a deadline falls next."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from careers.models import CredentialFact
from careers.tests.records import JANUARY, credential, fact
from salaries.tests.pages import page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"kind": "deadline", "every_year": True}, "What recurs every year needs a date."),
        ({"kind": "cost", "date": JANUARY}, "Only deadlines and legal force have a date."),
    ],
)
def test_editor_is_told_what_is_wrong_with_a_date(values, message):
    with pytest.raises(ValidationError, match=message):
        CredentialFact(**{"credential": credential(), "slug": "a", "title": "A", "text": "Text."} | values).full_clean()


@pytest.mark.parametrize("kind", ["deadline", "legal-force"])
def test_deadline_or_law_with_a_date_is_taken(kind):
    CredentialFact(
        credential=credential(), slug="a", title="A", text="Text.", kind=kind, date=JANUARY, every_year=True
    ).full_clean()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"date": JANUARY}, '<time datetime="2027-01-01">January 1, 2027</time>'),
        ({"date": JANUARY, "every_year": True}, "Every year on January 1<"),
    ],
)
def test_deadline_tells_its_day(values, told, client):
    xyl = credential()
    fact(xyl, "apply", "deadline", **values)

    assert told in page_of(client, xyl)


@pytest.mark.parametrize(
    ("first", "every_year", "today", "expected"),
    [
        (None, False, "2026-11-22", None),
        ("2027-01-01", False, "2026-11-22", "2027-01-01"),
        ("2027-01-01", False, "2027-01-01", "2027-01-01"),
        ("2027-01-01", False, "2027-01-02", None),
        ("2027-04-01", True, "2026-11-22", "2027-04-01"),
        ("2020-04-01", True, "2026-11-22", "2027-04-01"),
        ("2030-04-01", True, "2026-03-31", "2026-04-01"),
        ("2020-04-01", True, "2026-04-01", "2026-04-01"),
        ("2020-04-01", True, "2026-04-02", "2027-04-01"),
        ("2020-12-31", True, "2026-12-31", "2026-12-31"),
        ("2020-01-01", True, "2026-12-31", "2027-01-01"),
        ("2024-02-29", True, "2026-11-22", "2028-02-29"),
        ("2024-02-29", True, "2028-02-29", "2028-02-29"),
        ("2024-02-29", True, "2028-03-01", "2032-02-29"),
        ("2024-02-29", True, "2096-03-01", "2104-02-29"),  # 2100 is no leap year
        ("2024-02-29", False, "2026-11-22", None),
    ],
)
def test_next_day_of_a_deadline(first, every_year, today, expected):
    made = CredentialFact(kind="deadline", date=first and date.fromisoformat(first), every_year=every_year)

    assert made.next_on(date.fromisoformat(today)) == (expected and date.fromisoformat(expected))
