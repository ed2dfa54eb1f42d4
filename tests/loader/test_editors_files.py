"""Files that hold what editors decided: they may be empty, and an accepted finding stays what it was."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone

from careerguide import content
from careerguide.rows import Row, RowError
from editorial.models import Decision, Report
from salaries.models import Acceptance, Finding, SalaryFigure
from tests.loader.folder import FIGURE, SOME_MODELS, SOURCE, number_of, refuse

pytestmark = pytest.mark.django_db

ACCEPTANCE, REPORT, DECISION = "salaries.acceptance", "editorial.report", "editorial.decision"
TORONTO, RULE = "medical-director-toronto-opencourser", "ambiguous-currency"
ACCEPTED = {
    "figure": [TORONTO],
    "rule": RULE,
    "sentence": "The dollar sign is not enough.",
    "amount": "293000",
    "currency": "CAD",
    "period": "unstated",
    "reason": "The publisher was asked.",
    "source": ["geonames"],
    "accepted_on": "2025-02-28",
}
REPORTED = {"slug": "2026-11-22-delhi", "about": "delhi", "name": "Delhi", "said": "High.",
            "reported_on": "2026-11-22", "state": "unchanged", "answer": "It is as printed.",
            "closed_on": "2026-11-23"}  # fmt: skip
DECIDED = {"rule": "stale", "label": "salaries.area", "key": '["delhi"]', "sentence": "Old.", "verdict": "postponed",
           "reason": "Wait.", "until": "2026-12-24", "decided_on": "2026-11-22"}  # fmt: skip


@pytest.fixture
def editors(all_content, monkeypatch):
    """The files that editors make; what they refer to is neither read nor touched, which saves seconds."""
    monkeypatch.setattr(content, "CONTENT_MODELS", [SOURCE, ACCEPTANCE, REPORT, DECISION])
    return all_content


def write(folder, label, *rows):
    folder.write(label, [{"model": label, "fields": fields} for fields in rows])


# Files that may be empty


@pytest.mark.parametrize("label", [ACCEPTANCE, REPORT, DECISION])
@pytest.mark.parametrize("text", [None, "[]"], ids=["missing", "no rows"])
def test_file_may_hold_nothing(editors, label, text):
    editors.file(label).unlink()
    if text is not None:
        editors.file(label).write_text(text)

    assert set(editors.load().counts) == {"unchanged"}


@pytest.mark.parametrize("label", [ACCEPTANCE, REPORT, DECISION])
def test_file_that_is_no_list_is_refused(editors, label):
    editors.file(label).write_text("{}")

    assert refuse(editors).startswith(f"{label}.json holds no rows")


@pytest.mark.parametrize(
    ("label", "fields", "model"),
    [(ACCEPTANCE, ACCEPTED, Acceptance), (REPORT, REPORTED, Report), (DECISION, DECIDED, Decision)],
)
def test_row_comes_out_as_it_went_in_and_goes_when_it_is_dropped(editors, label, fields, model):
    write(editors, label, fields)
    assert editors.load().counts["created"] == 1
    assert model.objects.count() == 1

    call_command("dump_content", folder=editors.path)
    assert [row["fields"] for row in editors.rows(label)] == [fields]
    assert (set(editors.load().counts)) == {"unchanged"}

    write(editors, label)
    report = editors.load()
    assert (report.counts["removed"], report.kept) == (1, [])
    assert not model.objects.exists()


# Accepted findings


def test_loaded_acceptance_keeps_what_was_accepted_and_when(editors):
    write(editors, ACCEPTANCE, ACCEPTED)
    editors.load()
    acceptance = Acceptance.objects.get()

    assert (acceptance.amount, acceptance.currency, acceptance.period) == (Decimal(293000), "CAD", "unstated")
    assert (acceptance.sentence, acceptance.accepted_on) == (ACCEPTED["sentence"], date(2025, 2, 28))


def test_judgement_sees_acceptances_loaded_with_it(editors):
    assert not Finding.objects.get(figure__slug=TORONTO, rule=RULE).accepted
    write(editors, ACCEPTANCE, ACCEPTED)
    editors.load()

    assert Finding.objects.get(figure__slug=TORONTO, rule=RULE).accepted
    assert SalaryFigure.objects.get(slug=TORONTO).rankable


def test_acceptance_of_another_amount_has_lapsed(editors):
    write(editors, ACCEPTANCE, ACCEPTED | {"amount": "292000"})
    editors.load()

    assert Acceptance.objects.get().amount == 292000
    assert not Finding.objects.get(figure__slug=TORONTO, rule=RULE).accepted


def test_acceptance_lapses_when_its_figure_is_loaded_with_another_amount(folder, monkeypatch):
    monkeypatch.setattr(content, "CONTENT_MODELS", [*SOME_MODELS, ACCEPTANCE])
    write(folder, ACCEPTANCE, ACCEPTED)
    folder.load()
    assert Finding.objects.get(figure__slug=TORONTO, rule=RULE).accepted
    folder.change(FIGURE, number_of(folder, FIGURE, slug=TORONTO), amount="292000")
    folder.load()

    assert Acceptance.objects.get().amount == 293000
    assert not Finding.objects.get(figure__slug=TORONTO, rule=RULE).accepted


def test_edited_acceptance_is_kept(editors):
    write(editors, ACCEPTANCE, ACCEPTED)
    editors.load()
    Acceptance.objects.update(reason="It was asked twice.")

    assert editors.load().kept == [f'{ACCEPTANCE} ["{TORONTO}", "{RULE}"]: changed in the admin']
    report = editors.load(overwrite=True)
    assert (report.counts["updated"], report.kept) == (1, [])
    assert (Acceptance.objects.get().reason, str(Acceptance.objects.get().accepted_on)) == (
        ACCEPTED["reason"],
        ACCEPTED["accepted_on"],
    )


@pytest.mark.parametrize("name", ["currency", "period", "accepted_on"])
def test_acceptance_without_what_no_form_asks_for_is_refused(editors, name):
    write(editors, ACCEPTANCE, {key: value for key, value in ACCEPTED.items() if key != name})

    assert refuse(editors).startswith(f"{ACCEPTANCE}.json, row 1 , field {name}: a value is needed")


def test_amount_that_was_not_stated_may_be_missing():
    fields = {key: value for key, value in ACCEPTED.items() if key not in ("amount", "sentence")}

    assert Row(Acceptance, fields).values["amount"] is None


def test_derived_field_stands_in_no_row():
    with pytest.raises(RowError, match="there is no such field"):
        Row(SalaryFigure, {"slug": "x", "confidence": "clear"})


def test_acceptance_made_in_the_admin_takes_its_figure_and_today():
    figure = SalaryFigure.objects.get(slug=TORONTO)
    acceptance = Acceptance.objects.create(figure=figure, rule=RULE, reason="Asked.", source=figure.source)

    acceptance.refresh_from_db()
    assert (acceptance.amount, acceptance.currency, acceptance.period) == (figure.amount, "CAD", "unstated")
    assert abs((acceptance.accepted_on - timezone.localdate()).days) <= 1
