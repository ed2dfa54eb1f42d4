"""A finding is accepted or put off with a reason, comes back by itself, and can be opened again."""

import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError
from django.utils import timezone

from editorial.content_rules import open_content_findings
from editorial.desk import Desk
from editorial.models import Change, Decision
from editorial.tests.desk.plants import passage
from salaries.models import Finding

pytestmark = pytest.mark.django_db

DECIDE = "/admin/desk/decide/"
DECISIONS = "/admin/desk/decisions/"
ACCEPT = {"verdict": "accepted", "until": "", "reason": "It is a quotation."}


@pytest.fixture
def boss(client, admin_user):
    client.force_login(admin_user)
    return client


@pytest.fixture
def made():
    return passage("It helpful start.")()


def address(record, rule="missing-verb"):
    key = json.dumps(record.natural_key())
    return f"{DECIDE}?{urlencode({'rule': rule, 'label': record._meta.label_lower, 'key': key})}"


def said(record, rule="missing-verb"):
    item = Desk().item(rule, record._meta.label_lower, json.dumps(record.natural_key()))
    return item.sentence if item else None


def in_days(number):
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def send(client, record, rule="missing-verb", **values):
    return client.post(address(record, rule), ACCEPT | {"said": said(record, rule) or ""} | values)


def delhi():
    return Finding.objects.get(rule="undated", figure__area__slug="delhi").figure


def test_accepted_finding_leaves_the_desk_and_the_public_page(boss, made):
    assert made.get_absolute_url() in [one.address for one in open_content_findings()]
    response = send(boss, made)
    decision = Decision.objects.get()

    assert response["Location"] == "/admin/"
    assert said(made) is None
    assert made.get_absolute_url() not in [one.address for one in open_content_findings()]
    assert (decision.verdict, decision.reason, decision.until) == ("accepted", "It is a quotation.", None)
    assert decision.decided_on == timezone.localdate()


def test_decision_is_recorded_with_role_and_reason_and_not_in_public(boss, made):
    send(boss, made)
    change = Change.objects.get(label="editorial.decision")

    assert (change.action, change.role, change.reason, change.public) == (
        "added",
        "administrator",
        "It is a quotation.",
        False,
    )


def test_finding_that_says_something_else_is_open_again(boss, made):
    send(boss, made)
    made.text = "They essential for every leader."
    made.save()

    assert said(made) == "“They essential” has no verb."
    assert send(boss, made, reason="Again.").status_code == 302
    assert Decision.objects.get().sentence == "“They essential” has no verb."


def test_finding_is_put_off_until_its_day(boss, made):
    send(boss, made, verdict="postponed", until=in_days(3))
    key = json.dumps(made.natural_key())
    days = [timezone.localdate() + timedelta(days=number) for number in (0, 2, 3)]

    assert [bool(Desk(today=day).item("missing-verb", "careers.passage", key)) for day in days] == [False, False, True]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"reason": ""}, "This field is required"),
        ({"reason": "  "}, "This field is required"),
        ({"verdict": ""}, "This field is required"),
        ({"verdict": "removed"}, "Select a valid choice"),
        ({"verdict": "postponed"}, "Say until when it is put off."),
        ({"verdict": "postponed", "until": in_days(0)}, "Choose a day after today"),
        ({"verdict": "postponed", "until": in_days(400)}, "at most a year from now"),
        ({"verdict": "postponed", "until": "tomorrow"}, "Enter a valid date"),
        ({"until": in_days(3)}, "leave the day empty"),
        ({"reason": "a\0b"}, "Null characters"),
        ({"reason": "x" * 501}, "at most 500 characters"),
        ({"said": "“It fine” has no verb."}, "The finding says something else by now"),
    ],
)
def test_wrong_decision_gets_a_message_and_changes_nothing(values, message, boss, made):
    response = send(boss, made, **values)

    assert response.status_code == 200
    assert message in response.content.decode()
    assert not Decision.objects.exists()


def test_after_the_finding_changed_the_form_decides_on_what_it_now_says(boss, made):
    response = send(boss, made, said="Something else.")

    assert 'name="said" value="“It helpful” has no verb."' in response.content.decode()


def test_finding_of_a_figure_is_put_off_here_and_accepted_on_its_page(boss):
    figure = delhi()
    content = boss.get(address(figure, "undated")).content.decode()

    assert f"/admin/salaries/salaryfigure/{figure.pk}/change/" in content
    assert 'value="accepted"' not in content and 'value="postponed"' in content
    assert "Select a valid choice" in send(boss, figure, "undated").content.decode()
    assert not Decision.objects.exists()
    assert send(boss, figure, "undated", verdict="postponed", until=in_days(9)).status_code == 302
    assert said(figure, "undated") is None


@pytest.mark.parametrize(
    "query",
    [
        "",
        "rule=missing-verb&label=careers.passage&key=[]",
        "rule=missing-verb&label=careers.nothing&key=x",
        "rule=undated&label=salaries.salaryfigure&key=[1]",
        "rule=undated&label=salaries.salaryfigure&key={}",
        "rule=undated%00&label=salaries.salaryfigure&key=%5B%22a%00b%22%5D",
        "rule=nothing&label=salaries.salaryfigure&key=[",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_finding_that_is_not_open_leads_back_to_the_desk(method, query, boss):
    response = getattr(boss, method)(f"{DECIDE}?{query}", ACCEPT if method == "post" else None)

    assert response["Location"] == "/admin/"
    assert "This finding is not open" in boss.get("/admin/").content.decode()


def test_second_of_two_editors_is_told_that_it_was_decided(boss, made):
    sentence = said(made)
    send(boss, made)
    response = boss.post(address(made), ACCEPT | {"said": sentence, "reason": "Another reason."})

    assert response["Location"] == "/admin/"
    assert Decision.objects.get().reason == "It is a quotation."


def test_decision_made_between_reading_and_writing_is_not_overwritten(boss, made, monkeypatch):
    item = Desk().item("missing-verb", "careers.passage", json.dumps(made.natural_key()))
    send(boss, made)
    monkeypatch.setattr(Desk, "item", lambda *args, **kwargs: item)
    boss.post(address(made), ACCEPT | {"said": item.sentence, "reason": "Another reason."})

    assert Decision.objects.get().reason == "It is a quotation."
    assert "somebody has just decided" in boss.get(DECISIONS).content.decode()


def test_of_two_first_decisions_the_database_keeps_one(boss, made, monkeypatch):
    def refused(*args, **kwargs):
        raise IntegrityError("decision_once_per_finding")

    monkeypatch.setattr(Decision, "save", refused)
    response = send(boss, made)

    assert response["Location"] == "/admin/"
    assert "somebody has just decided" in boss.get(DECISIONS).content.decode()
    assert not Change.objects.filter(label="editorial.decision").exists()


def test_decisions_are_listed_and_opened_again(boss, made):
    send(boss, made)
    decision = Decision.objects.get()
    content = boss.get(DECISIONS).content.decode()

    assert "“It helpful” has no verb." in content and "It is a quotation." in content
    assert boss.post(f"{DECISIONS}{decision.pk}/reopen/")["Location"] == DECISIONS
    assert not Decision.objects.exists()
    assert said(made)
    assert [one.action for one in Change.objects.filter(label="editorial.decision")] == ["removed", "added"]


def test_reopening_needs_a_form_and_a_decision(boss):
    assert boss.get(f"{DECISIONS}1/reopen/").status_code == 405
    assert boss.post(f"{DECISIONS}99/reopen/").status_code == 404


@pytest.mark.parametrize(
    ("permissions", "decides", "looks", "reopens"),
    [
        ([], 403, 403, 403),
        (["view_passage"], 403, 403, 403),
        (["view_passage", "add_decision"], 200, 403, 403),
        (["view_decision"], 403, 200, 403),
        (["view_decision", "delete_decision"], 403, 200, 302),
    ],
)
def test_rights(permissions, decides, looks, reopens, client, made, admin_user):
    client.force_login(admin_user)
    other = passage("They useful.", title="Other")
    made.delete()
    kept = other()
    send(client, kept)
    number = Decision.objects.get().pk
    kept.text = "It useful."
    kept.save()
    user = User.objects.create_user("member", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)

    assert client.get(address(kept)).status_code == decides
    assert client.get(DECISIONS).status_code == looks
    assert client.post(f"{DECISIONS}{number}/reopen/").status_code == reopens
