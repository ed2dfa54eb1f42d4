"""Whoever deletes what readers see says why; the reason stands in the history."""

import pytest

from careers.models import Duty
from editorial.models import Change
from editorial.tests.deleting.pages import BOTH, confirm
from editorial.tests.forms import complaints, opened, send
from readinglist.models import Topic, Work
from sources.models import Citation, Source
from tests.admin.pages import address

pytestmark = pytest.mark.django_db

WHY = "It said the same as another."
ASKED = "Say why it is deleted"


@pytest.fixture
def duty(db):
    return Duty.objects.first()


def test_confirmation_asks_why(publisher, duty):
    page = publisher.get(address(Duty, "delete", duty.pk)).content.decode()

    assert "Reason for deleting" in page
    assert 'name="change_reason"' in page
    assert "Say why it is deleted" not in page


@pytest.mark.parametrize("reason", ["", "  \n"])
@pytest.mark.parametrize("ask", BOTH)
def test_public_record_is_not_deleted_without_a_reason(ask, reason, publisher, duty):
    response = ask(publisher, duty, reason)

    assert response.status_code == 200
    assert ASKED in response.content.decode()
    assert Duty.objects.filter(pk=duty.pk).exists()
    assert not Change.objects.exists()


@pytest.mark.parametrize("ask", BOTH)
def test_too_long_a_reason_comes_back_as_it_was_typed(ask, publisher, duty):
    response = ask(publisher, duty, "word " * 100)

    assert "word word" in response.content.decode()
    assert Duty.objects.filter(pk=duty.pk).exists()


@pytest.mark.parametrize("ask", BOTH)
def test_reason_is_that_of_everything_that_goes(ask, publisher, duty):
    citations = duty.citations.count()
    assert ask(publisher, duty, WHY).status_code == 302

    assert not Duty.objects.filter(pk=duty.pk).exists()
    assert {*Change.objects.values_list("action", "reason")} == {("removed", WHY)}
    assert Change.objects.filter(label="sources.citation").count() == citations > 0
    assert Change.objects.first().revision.comment == WHY


def test_confirmation_that_says_nothing_deletes_nothing(publisher, duty):
    response = publisher.post(address(Duty, "delete", duty.pk), {"csrfmiddlewaretoken": "x"})

    assert response.status_code == 200
    assert Duty.objects.filter(pk=duty.pk).exists()


@pytest.mark.parametrize("ask", BOTH)
def test_draft_needs_no_reason(ask, editor):
    work = Work.objects.filter(list_entries=None).first()
    Work.objects.filter(pk=work.pk).update(status="draft")

    assert ask(editor, work, "").status_code == 302
    assert not Work.objects.filter(pk=work.pk).exists()


@pytest.mark.parametrize("ask", BOTH)
def test_what_readers_once_saw_needs_a_reason(ask, publisher):
    work = Work.objects.filter(list_entries=None).first()
    Work.objects.filter(pk=work.pk).update(status="withdrawn", withdrawn_because="It was wrong.")

    assert ASKED in ask(publisher, work, "").content.decode()
    assert ask(publisher, work, WHY).status_code == 302


@pytest.mark.parametrize("ask", BOTH)
def test_unused_topic_is_public_too(ask, publisher):
    topic = Topic.objects.create(slug="new", name="New")

    assert ASKED in ask(publisher, topic, "").content.decode()
    assert ask(publisher, topic, WHY).status_code == 302


@pytest.mark.parametrize("ask", BOTH)
def test_editor_deletes_nothing_public(ask, editor, duty):
    ask(editor, duty, WHY)

    assert Duty.objects.filter(pk=duty.pk).exists()


def test_row_ticked_in_a_form_needs_the_reason_of_the_form(publisher):
    citation = Citation.objects.filter(duty__isnull=False).first()
    duty = citation.duty
    duty.citations.create(source=Source.objects.exclude(citations__duty=duty).first())
    rows = duty.citations.count()
    values = opened(publisher, duty)
    number = next(n for n in range(9) if values[f"citations-{n}-id"] == citation.pk)
    values[f"citations-{number}-DELETE"] = "on"

    assert "change_reason" in complaints(send(publisher, duty, values))
    assert duty.citations.count() == rows
    assert send(publisher, duty, values | {"change_reason": WHY}).status_code == 302
    assert [(one.action, one.reason) for one in Change.objects.all()] == [("removed", WHY)]


def test_record_that_was_published_meanwhile_stays(editor):
    """What the confirmation is about is looked at again when it is sent."""
    work = Work.objects.filter(list_entries=None).first()
    Work.objects.filter(pk=work.pk).update(status="draft")
    assert editor.get(address(Work, "delete", work.pk)).status_code == 200
    Work.objects.filter(pk=work.pk).update(status="published")

    assert confirm(editor, work, WHY).status_code == 403
    assert Work.objects.filter(pk=work.pk).exists()
