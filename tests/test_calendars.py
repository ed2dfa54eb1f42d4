"""Deadlines of credentials for a calendar program."""

import datetime

import pytest
from django.utils import timezone
from icalendar import Calendar

from careers.models import Credential, CredentialFact

pytestmark = pytest.mark.django_db


@pytest.fixture
def credential():
    return Credential.objects.create(
        slug="abc", name="A Board Certificate", abbreviation="ABC", issuer="A board", checked_on="2026-11-01"
    )


def events(client, query="credential=abc"):
    response = client.get(f"/plan.ics?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def fact(credential, slug, date, **more):
    return CredentialFact.objects.create(
        credential=credential,
        slug=slug,
        kind="deadline",
        title=f"Title {slug}",
        text="What *to* do.",
        date=date,
        **more,
    )


def test_deadline_is_a_whole_day_with_source_and_date_checked(client, credential):
    fact(credential, "once", datetime.date(2999, 3, 1))
    (event,) = events(client)

    assert event["DTSTART"].dt == datetime.date(2999, 3, 1)
    assert event["SUMMARY"] == "ABC: Title once"
    assert "What to do. Checked on 2026-11-01." in event["DESCRIPTION"]
    assert event["URL"].endswith("/credentials/abc/#fact-once")
    assert event["UID"].startswith("abc.once@")
    assert "RRULE" not in event


def test_what_recurs_recurs_every_year_from_its_next_day(client, credential):
    fact(credential, "yearly", datetime.date(2020, 4, 1), every_year=True)
    (event,) = events(client)

    assert event["RRULE"]["FREQ"] == ["YEARLY"]
    assert event["DTSTART"].dt >= timezone.localdate()
    assert (event["DTSTART"].dt.month, event["DTSTART"].dt.day) == (4, 1)


def test_past_deadline_and_undated_fact_make_no_event(client, credential):
    fact(credential, "past", datetime.date(2020, 1, 1))
    fact(credential, "undated", None)
    fact(credential, "coming", datetime.date(2999, 1, 1))

    assert [str(event["SUMMARY"]) for event in events(client)] == ["ABC: Title coming"]


def test_deadlines_stand_in_order_on_the_plan(client, credential):
    for slug, year in (("later", 2999), ("sooner", 2998)):
        fact(credential, slug, datetime.date(year, 1, 1))
    shown = client.get("/plan/?credential=abc", follow=True).content.decode()

    assert shown.index("Title sooner") < shown.index("Title later")
    assert "/plan.ics?credential=abc~" in shown


def test_reminder_comes_a_month_before(client, credential):
    fact(credential, "once", datetime.date(2999, 3, 1))
    (event,) = events(client)
    (alarm,) = event.walk("VALARM")

    assert alarm["TRIGGER"].dt == -datetime.timedelta(days=30)


@pytest.mark.parametrize(
    "query", ["", "credential=nothing", "work=kotter-leading-change", "plan=%00", "credential=abc"]
)
def test_calendar_without_deadlines_is_not_found(client, query, credential):
    fact(credential, "past", datetime.date(2020, 1, 1))

    assert client.get(f"/plan.ics?{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ["gap=%00", "plan=%ED%A0%80", "city=<script>", "work=" + "a" * 3000, "stage=a.b.c.d", "credential='; --"]
)
def test_calendar_stands_beside_any_other_value(client, query):
    assert len(events(client, f"credential=cmd&{query}")) >= 1


def test_california_deadline_of_the_nursing_home_certificate_is_in_the_calendar(client):
    days = [event["DTSTART"].dt for event in events(client, "credential=cmd")]

    # The date of Health and Safety Code 1261.4; once it has passed, no calendar needs it.
    assert (datetime.date(2027, 1, 1) in days) == (timezone.localdate() <= datetime.date(2027, 1, 1))
