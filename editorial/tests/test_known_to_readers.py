"""What readers once saw is changed in their sight, also while it is withdrawn: it cannot come back unnoticed."""

import pytest

from careers.models import Career, Duty
from editorial.models import Change, Proposal
from editorial.saving.forms import REASON_MISSING
from editorial.status import Status
from editorial.tests.forms import change, complaints, why
from readinglist.models import ListEntry, Work
from salaries.models import SalaryFigure
from salaries.tests.figures import title_figure
from tests.admin.pages import address, form_values

pytestmark = pytest.mark.django_db
BECAUSE = {"status": Status.WITHDRAWN, "withdrawn_because": "It was wrong."}


@pytest.fixture
def figure(db):
    return withdrawn(title_figure("delhi"))


@pytest.fixture
def work(db):
    return Work.objects.filter(list_entries=None).first()


def withdrawn(record):
    type(record).objects.filter(pk=record.pk).update(**BECAUSE)
    record.refresh_from_db()
    return record


def test_withdrawn_figure_is_changed_with_reason_and_source(publisher, figure):
    assert {"change_reason", "change_source"} <= set(complaints(change(publisher, figure, note="Read again.")))
    assert change(publisher, figure, note="Read again.", **why()).status_code == 302


def test_that_change_is_public(client, publisher, figure):
    change(publisher, figure, note="Read again by hand.", **why())

    assert Change.objects.get().public
    assert "Read again by hand." in client.get("/changes/").content.decode()


def test_editors_change_of_it_waits_for_a_publisher(editor):
    work = withdrawn(Work.objects.first())
    change(editor, work, keywords="new", change_reason="Found by more words.")

    assert Proposal.objects.get().changes[0]["after"] == {"keywords": "new"}
    assert not Work.objects.filter(keywords="new").exists()


def test_part_of_a_withdrawn_profile_is_not_the_editors_alone(editor):
    duty = Duty.objects.filter(career=withdrawn(Career.objects.get(slug="chief-medical-officer"))).first()
    change(editor, duty, text="New words.", change_reason="So.")

    assert Duty.objects.get(pk=duty.pk).text != "New words."
    assert Proposal.objects.count() == 1
    assert editor.post(address(Duty, "delete", duty.pk), {"post": "yes"}).status_code == 403


def test_way_back_to_review_is_the_editors_own_business(editor, client, figure):
    assert change(editor, figure, next_status="in-review").status_code == 302
    figure.refresh_from_db()

    assert figure.status == Status.IN_REVIEW
    assert not Change.objects.get().public


def test_it_comes_back_with_a_reason_and_not_from_the_list(publisher, figure):
    values = {"action": "publish", "_selected_action": [figure.pk]}
    said = publisher.post(address(SalaryFigure, "changelist"), values, follow=True).content.decode()
    figure.refresh_from_db()

    assert "withdrawn before: publish it on its own page, with a reason" in said
    assert figure.status == Status.WITHDRAWN
    assert complaints(change(publisher, figure, next_status="published")) == {"change_reason": REASON_MISSING}


def test_career_is_not_withdrawn_from_under_its_figures(publisher, figure):
    career = Career.objects.get(slug="chief-medical-officer")
    SalaryFigure.objects.filter(pk=figure.pk).update(career=career, status=Status.PUBLISHED, withdrawn_because="")
    refused = change(publisher, career, next_status="withdrawn", change_reason="Thin.")

    assert complaints(refused) == {"next_status": "Published salary figures are about it: 1. Withdraw them first."}
    SalaryFigure.objects.filter(pk=figure.pk).update(**BECAUSE)
    assert change(publisher, career, next_status="withdrawn", change_reason="Thin.").status_code == 302


@pytest.mark.parametrize("way", ["form", "list"])
def test_figure_is_not_published_before_its_career(way, publisher, figure):
    Career.objects.filter(pk=figure.career_id).update(status=Status.DRAFT)
    SalaryFigure.objects.filter(pk=figure.pk).update(status=Status.DRAFT, withdrawn_because="")
    figure.refresh_from_db()
    if way == "form":
        text = complaints(change(publisher, figure, next_status="published"))["next_status"]
    else:
        values = {"action": "publish", "_selected_action": [figure.pk]}
        text = publisher.post(address(SalaryFigure, "changelist"), values, follow=True).content.decode()
    figure.refresh_from_db()

    assert "Publish that first." in text
    assert figure.status == Status.DRAFT


def test_what_only_editors_see_is_no_public_change(editor, client, work):
    change(editor, work, alternates="A lead", doubts="Which edition?")

    assert Work.objects.get(pk=work.pk).alternates == "A lead"
    assert not Change.objects.get().public


def test_what_only_editors_see_is_left_out_of_a_public_change(publisher, client, work):
    change(publisher, work, alternates="A lead for us", keywords="new words", change_reason="Found more.")
    page = client.get("/changes/").content.decode()

    assert "new words" in page
    assert "A lead for us" not in page
    assert "A lead for us" in publisher.get(f"/admin/readinglist/work/{work.pk}/history/").content.decode()


def test_public_part_does_not_go_where_nobody_sees_it(publisher):
    draft = Career.objects.create(slug="draft", title="Draft", summary="One.", status="draft")
    duty = Duty.objects.filter(career__slug="medical-director").first()
    refused = change(publisher, duty, career=draft.pk, change_reason="Plainer.")

    assert "it cannot go where they would not see it" in str(complaints(refused))
    assert Duty.objects.get(pk=duty.pk).career.slug == "medical-director"


def test_editors_entry_for_a_draft_waits_with_the_list(editor, work):
    Work.objects.filter(pk=work.pk).update(status="draft")
    entry = ListEntry.objects.filter(work__isnull=False).exclude(work=work).first()
    values = {"reading_list": entry.reading_list_id, "work": work.pk, "position": 99, "reason": "It fits."}
    page = editor.get(address(ListEntry, "add"))
    editor.post(address(ListEntry, "add"), form_values(page) | values)

    assert not ListEntry.objects.filter(work=work, position=99).exists()
    assert Proposal.objects.count() == 1


def test_other_reason_of_a_withdrawal_is_public(editor, client, work):
    for values in (
        {"next_status": "withdrawn", "change_reason": "Wrong."},
        {"next_status": "in-review"},
        {"next_status": "withdrawn", "change_reason": "Another reason."},
    ):
        change(editor, work, **values)

    assert Work.objects.get(pk=work.pk).withdrawn_because == "Another reason."
    assert "Another reason." in client.get("/changes/").content.decode()
