"""What the database itself holds together, whatever way a row comes."""

from datetime import date

import pytest
from django.utils import timezone
from reversion.models import Revision

from careers.models import Career, Credential
from editorial.models import Change, Decision, Proposal, Report, Upload
from readinglist.models import Course, ReadingList, Work
from salaries.models import SalaryFigure
from tests.constraints import check_both_sides, check_uniqueness, names

pytestmark = pytest.mark.django_db

KINDS = [Career, Credential, Work, Course, ReadingList, SalaryFigure]
WRONG = {"withdrawn_because": "It was wrong."}
STATUSES = [  # broken, valid
    ({"status": "withdrawn"}, {"status": "withdrawn"} | WRONG),
    ({"status": "published"} | WRONG, {"status": "in-review"} | WRONG),
    ({"status": "draft"} | WRONG, {"status": "draft", "withdrawn_because": ""}),
]


@pytest.mark.parametrize("model", KINDS)
def test_only_known_statuses(model):
    check_both_sides(model, f"{model._meta.model_name}_status_known", {"status": "burnt"}, {"status": "draft"})


@pytest.mark.parametrize("model", KINDS)
@pytest.mark.parametrize(("broken", "valid"), STATUSES)
def test_withdrawn_says_why_and_nothing_else_does(model, broken, valid):
    check_both_sides(model, f"{model._meta.model_name}_withdrawn_with_reason", broken, valid)


@pytest.fixture
def rows(db):
    today = date(2026, 1, 2)
    about = {"label": "careers.duty", "object_id": "1", "name": "A duty"}
    revision = Revision.objects.create(date_created=timezone.now())
    facts = {"action": "changed", "role": "editor", "public": True, "changed_at": timezone.now()}
    Change.objects.create(revision=revision, key="[]", **about, **facts)
    Proposal.objects.create(**about, form_data=[])
    said = {"sentence": "Doubled.", "reason": "A refrain."}
    Decision.objects.create(rule="same", label="x", key="[]", verdict="accepted", decided_on=today, **said)
    Report.objects.create(slug="one", about="figure:x", name="X", said="Wrong.", reported_on=today)


CLOSED = {"answer": "So it was.", "closed_on": date(2026, 1, 3)}
SIDES = [
    (Change, "change_action_known", {"action": "lost"}, {"action": "removed"}),
    (Change, "change_role_known", {"role": "king"}, {"role": "files"}),
    (Proposal, "proposal_state_known", {"state": "lost", "decided_at": timezone.now()}, {"state": "waiting"}),
    (Proposal, "proposal_decided_when", {"state": "declined"}, {"state": "declined", "decided_at": timezone.now()}),
    (Decision, "decision_has_reason", {"reason": ""}, {"reason": "A refrain."}),
    (Decision, "decision_verdict_known", {"verdict": "lost"}, {"verdict": "accepted"}),
    (Decision, "decision_postponed_until_a_day", {"verdict": "postponed"}, {"verdict": "accepted"}),
    (Decision, "decision_postponed_until_a_day", {"until": date(2027, 1, 1)}, {"until": None}),
    (Report, "report_state_known", {"state": "lost"}, {"state": "checked"}),
    (Report, "report_says_something", {"said": ""}, {"said": "Wrong."}),
    (Report, "report_closed_with_answer", {"state": "changed"}, {"state": "changed"} | CLOSED),
    (Report, "report_closed_with_answer", {"closed_on": date(2026, 1, 3)}, {"closed_on": None}),
]


@pytest.mark.parametrize(("model", "name", "broken", "valid"), SIDES)
def test_constraint_has_two_sides(model, name, broken, valid, rows):
    check_both_sides(model, name, broken, valid)


def test_one_change_of_a_record_in_a_revision(rows):
    check_uniqueness(Change.objects.get(), "change_once_per_revision", {"name": "Another"}, {"object_id": "2"})


def test_one_decision_about_a_finding(rows):
    check_uniqueness(Decision.objects.get(), "decision_once_per_finding", {"reason": "Else."}, {"rule": "other"})


def test_constraints_are_all_tested():
    unique = {"change_once_per_revision", "decision_once_per_finding"}
    assert {name for _, name, *_ in SIDES} | unique == names(Change, Proposal, Decision, Report, Upload)
