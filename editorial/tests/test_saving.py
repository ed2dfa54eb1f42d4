"""Saving in the admin: reason and source, warnings, statuses, and what is kept of it."""

import pytest

from careers.models import Career, Credential, Duty
from editorial.choices import Action, Role
from editorial.models import Change
from editorial.saving.attempts import SOURCE_MISSING, WITHDRAW_ALONE
from editorial.saving.forms import REASON_MISSING
from editorial.tests.forms import change, complaints, opened, send, why
from readinglist.models import Course, ReadingList, Work
from salaries.models import SalaryFigure
from salaries.tests.figures import title_figure
from sources.models import Source
from tests.admin.pages import address, form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def delhi(db):
    return title_figure("delhi")


def stored(record):
    return type(record).objects.get(pk=record.pk)


def test_published_figure_changes_with_reason_and_source(publisher, delhi):
    response = change(publisher, delhi, amount="3800000", note="Read again.", **why())
    made = Change.objects.get()

    assert response.status_code == 302
    assert stored(delhi).amount == 3_800_000
    assert (made.action, made.role, made.reason) == (Action.CHANGED, Role.PUBLISHER, "Table 3 gives base pay.")
    assert (made.before["amount"], made.after["amount"]) == ("3900000", "3800000")
    assert made.source.slug == "geonames"
    assert made.address == delhi.get_absolute_url()
    assert made.public


@pytest.mark.parametrize(
    ("missing", "complaint"),
    [
        ({"change_reason": ""}, {"change_reason": REASON_MISSING}),
        ({"change_source": ""}, {"change_source": SOURCE_MISSING}),
        (
            {"change_reason": " ", "change_source": ""},
            {"change_reason": REASON_MISSING, "change_source": SOURCE_MISSING},
        ),
    ],
)
def test_what_lacks_reason_or_source_is_asked_for_it_and_keeps_what_was_typed(missing, complaint, publisher, delhi):
    response = change(publisher, delhi, amount="3800000", note="Read again.", **why() | missing)

    assert complaints(response) == complaint
    assert form_values(response)["amount"] == "3800000"
    assert stored(delhi).amount == 3_900_000
    assert not Change.objects.exists()


def test_other_public_records_need_a_reason_alone(publisher):
    work = Work.objects.first()

    assert complaints(change(publisher, work, keywords="new")) == {"change_reason": REASON_MISSING}
    assert change(publisher, work, keywords="new", change_reason="Found by more words.").status_code == 302


def test_nothing_changed_needs_nothing_and_leaves_no_trace(publisher, delhi):
    assert change(publisher, delhi).status_code == 302
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("values", "warning"),
    [
        ({"as_of": "2019"}, "The date goes backwards, from 2024"),
        ({"amount": "39000000"}, "10 times as much as the present one"),
        ({"amount": "390000"}, "10 times less than the present one"),
        ({"amount": "18000000"}, "New finding about"),
    ],
)
def test_doubtful_change_is_saved_only_when_its_warning_was_read(values, warning, publisher, delhi):
    SalaryFigure.objects.filter(pk=delhi.pk).update(as_of="2024")
    values = {"note": "Read again."} | values | why()
    warned = change(publisher, delhi, **values)
    text = warned.content.decode()

    assert "confirmed" in complaints(warned)
    assert "was changed successfully" not in text
    assert any(warning in one for one in warned.context["request"].attempt.warnings)
    assert warning in text
    assert not Change.objects.exists()
    assert change(publisher, delhi, **values, confirmed=True).status_code == 302
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("amount", "0"), ("amount", "-5"), ("amount", "100000000001"), ("currency", ""), ("amount", "")],
)
def test_impossible_value_is_refused_by_the_form(field, value, publisher, delhi):
    response = change(publisher, delhi, **why() | {field: value, "note": "Read again."})

    assert field in complaints(response) or "__all__" in complaints(response)
    assert stored(delhi).amount == 3_900_000


@pytest.mark.parametrize("field", ["p10", "p25", "p75", "p90", "mean", "at_least"])
def test_other_amounts_are_bounded_as_well(field, publisher, delhi):
    assert field in complaints(change(publisher, delhi, **why() | {field: "100000000001"}))


def test_date_in_the_future_is_refused(publisher, delhi):
    assert "future" in complaints(change(publisher, delhi, as_of="2999", **why()))["as_of"]


def test_new_record_begins_as_a_draft_whatever_the_account(publisher):
    values = {"slug": "new", "title": "New", "summary": "A role.", "position": 1}
    values |= {f"citations-0-{name}": value for name, value in citation().items()}
    page = publisher.get(address(Career, "add"))
    response = publisher.post(address(Career, "add"), form_values(page) | values | {"citations-TOTAL_FORMS": 1})

    assert response.status_code == 302
    assert Career.objects.get(slug="new").status == "draft"
    assert publisher.get("/careers/new/").status_code == 404


def citation():
    return {"source": Source.objects.first().pk, "stance": "supports", "place": "page 3"}


def test_life_of_a_record(editor, publisher):
    """Draft, in review, published, withdrawn, in review again, published again: each step by who may take it."""
    work = Work.objects.exclude(list_entries__isnull=False).first() or Work.objects.first()
    Work.objects.filter(pk=work.pk).update(status="draft")
    steps = [
        (editor, "in-review", {}),
        (publisher, "published", {}),
        (editor, "withdrawn", {"change_reason": "The publisher took it back."}),
        (editor, "in-review", {"change_reason": "A new edition is out."}),
        (publisher, "published", {"change_reason": "A new edition is out."}),
    ]
    for client, status, facts in steps:
        assert change(client, work, next_status=status, **facts).status_code == 302
        assert stored(work).status == status
        answer = client.get(work.get_absolute_url()).status_code
        assert answer == {"published": 200, "withdrawn": 410}.get(status, answer)

    assert [*Change.objects.values_list("action", flat=True)] == [
        "published", "changed", "withdrawn", "published", "changed",
    ]  # fmt: skip


@pytest.mark.parametrize("status", ["published", "withdrawn", "nonsense"])
def test_step_that_is_not_offered_is_refused(status, editor):
    work = Work.objects.first()
    Work.objects.filter(pk=work.pk).update(status="draft")

    assert "next_status" in complaints(change(editor, work, next_status=status, change_reason="Now."))
    assert stored(work).status == "draft"


def test_withdrawing_needs_its_reason(editor, delhi):
    assert complaints(change(editor, delhi, next_status="withdrawn")) == {"change_reason": REASON_MISSING}
    assert stored(delhi).status == "published"


def test_withdrawing_changes_nothing_else(editor, delhi):
    response = change(editor, delhi, next_status="withdrawn", note="Other.", change_reason="Wrong.")

    assert WITHDRAW_ALONE in complaints(response)["next_status"]


def test_withdrawn_figure_says_so_at_its_address(editor, client, delhi):
    change(editor, delhi, next_status="withdrawn", change_reason="The publisher withdrew the table.")
    page = client.get(delhi.get_absolute_url())

    assert page.status_code == 410
    assert "The publisher withdrew the table." in page.content.decode()
    assert "3,900,000" not in client.get("/salaries/?country=IN").content.decode()


def test_published_record_is_not_deleted(publisher, delhi):
    response = publisher.post(address(SalaryFigure, "delete", delhi.pk), {"post": "yes"})

    assert response.status_code == 403
    assert stored(delhi)


def test_list_deletes_no_published_record(publisher, delhi):
    values = {"action": "delete_selected", "_selected_action": [delhi.pk], "post": "yes"}
    publisher.post(address(SalaryFigure, "changelist"), values)

    assert stored(delhi)


def test_deleted_draft_leaves_its_history(editor):
    work = Work.objects.filter(list_entries=None).first()
    work.citations.all().delete()
    Work.objects.filter(pk=work.pk).update(status="draft")
    editor.post(address(Work, "delete", work.pk), {"post": "yes"})
    made = Change.objects.get(label="readinglist.work")

    assert not Work.objects.filter(pk=work.pk).exists()
    assert (made.action, made.public, made.before["title"], made.after) == ("removed", False, work.title, {})


def test_several_records_go_to_review_and_out_at_once(editor, publisher):
    works = [*Work.objects.all()[:3]]
    Work.objects.filter(pk__in=[work.pk for work in works[:2]]).update(status="draft")
    selected = {"_selected_action": [work.pk for work in works]}
    page = editor.post(address(Work, "changelist"), {"action": "send_to_review"} | selected, follow=True)

    assert [stored(work).status for work in works] == ["in-review", "in-review", "published"]
    assert "2 sent to review." in page.content.decode()
    assert f"Not sent to review: {works[2].title}" in page.content.decode().replace("&#x27;", "'")
    editor.post(address(Work, "changelist"), {"action": "publish"} | selected)
    assert stored(works[0]).status == "in-review"
    publisher.post(address(Work, "changelist"), {"action": "publish"} | selected)
    assert [stored(work).status for work in works] == ["published"] * 3
    assert Change.objects.filter(action="published").count() == 2


def test_parts_have_no_status_of_their_own(publisher):
    page = publisher.get(address(Duty, "change", Duty.objects.first().pk))

    assert page.context["adminform"].form.fields["next_status"].widget.is_hidden
    assert "next_status" not in form_values(page) or not form_values(page)["next_status"]


def test_form_says_the_same_when_it_comes_back(publisher, delhi):
    """Two rounds of mistakes lose nothing, and the third saves."""
    values = opened(publisher, delhi) | {"note": "Read again.", "amount": "39000000"}
    first = send(publisher, delhi, values)
    second = send(publisher, delhi, form_values(first) | why())
    third = send(publisher, delhi, form_values(second) | {"confirmed": "on"})

    assert (first.status_code, second.status_code, third.status_code) == (200, 200, 302)
    assert stored(delhi).amount == 39_000_000


def test_withdrawing_changes_no_part_either(editor):
    work = Work.objects.filter(citations__isnull=False).first()
    values = {"next_status": "withdrawn", "change_reason": "Wrong.", "citations-0-place": "page 99"}

    assert WITHDRAW_ALONE in complaints(change(editor, work, **values))["next_status"]
    assert stored(work).status == "published"
    assert not work.citations.filter(place="page 99").exists()


def test_what_was_withdrawn_is_published_again_with_a_reason(publisher, delhi):
    change(publisher, delhi, next_status="withdrawn", change_reason="Wrong.")

    assert complaints(change(publisher, delhi, next_status="published")) == {"change_reason": REASON_MISSING}


def test_two_people_are_asked_for_a_draft_that_one_changes_and_publishes(settings, publisher, delhi):
    settings.SECOND_PERSON_FOR_FIGURES = True
    SalaryFigure.objects.filter(pk=delhi.pk).update(status="in-review")
    change(publisher, delhi, note="Mine.", next_status="published", **why())

    assert stored(delhi).status == "in-review"
    assert stored(delhi).note != "Mine."


def test_no_record_is_saved_as_a_new_one(publisher, delhi):
    count = SalaryFigure.objects.count()
    change(publisher, delhi, note="Read again.", _saveasnew="1", slug="copy", **why())

    assert SalaryFigure.objects.count() == count
    assert stored(delhi).note == "Read again."


@pytest.mark.parametrize("model", [Career, Credential, Work, Course, ReadingList, SalaryFigure])
def test_every_kind_is_published_from_its_list(model, publisher):
    record = model.objects.first()
    model.objects.filter(pk=record.pk).update(status="in-review")
    publisher.post(address(model, "changelist"), {"action": "publish", "_selected_action": [record.pk]})

    assert stored(record).status == "published"


@pytest.mark.parametrize("name", ["url_checked_on", "url_dead_on"])
def test_day_on_which_somebody_looked_is_not_to_come(name, publisher):
    work = Work.objects.first()

    assert complaints(change(publisher, work, **{name: "2999-01-01"}, change_reason="Opened."))[name]
