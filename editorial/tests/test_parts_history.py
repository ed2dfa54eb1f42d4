"""What belongs to a record belongs to its history: shown there and where two editors meet, and brought back."""

import pytest

from careers.models import Career, Duty, RelatedCareer
from editorial.choices import Role
from editorial.models import Change
from editorial.recording import recorded
from editorial.tests.deleting.pages import confirm
from editorial.tests.forms import change, opened, send
from readinglist.models import ListEntry, Work
from salaries.models import Acceptance
from salaries.tests.figures import title_figure
from sources.models import Source
from tests.admin.pages import address, form_values

pytestmark = pytest.mark.django_db

WHY = {"change_reason": "Read again."}


@pytest.fixture
def duty(db):
    """A public duty with two sources."""
    duty = Duty.objects.filter(citations__isnull=False).first()
    duty.citations.create(source=Source.objects.exclude(citations__duty=duty).first())
    return duty


def history(client, record):
    return client.get(address(type(record), "history", record.pk)).content.decode()


def about(record, kinds=None):
    return [(one.label, one.action) for one in Change.objects.about(record, kinds)]


def test_change_and_removal_of_a_source_stand_in_the_history_of_the_statement(publisher, duty):
    first, second = duty.citations.order_by("pk")[:2]
    change(publisher, first, place="page 998", **WHY)
    confirm(publisher, second, "Not about it.")

    assert about(duty) == [("sources.citation", "removed"), ("sources.citation", "changed")]
    page = history(publisher, duty)
    assert "page 998" in page
    assert "Not about it." in page


def test_source_that_moved_stands_in_both_histories(publisher, duty):
    citation = duty.citations.order_by("pk").last()
    other = Duty.objects.exclude(citations__source=citation.source).exclude(pk=duty.pk).first()
    change(publisher, citation, duty=other.pk, **WHY)

    assert about(duty) == about(other) == [("sources.citation", "changed")]


def test_history_is_of_this_record_alone(publisher, duty):
    other = Duty.objects.exclude(pk=duty.pk).filter(citations__isnull=False).first()
    change(publisher, other, text="New words.", **WHY)
    change(publisher, other.citations.first(), place="page 998", **WHY)

    assert about(duty) == []


def test_parts_of_each_kind_are_found_by_their_keys(publisher):
    entry = ListEntry.objects.first()
    figure = title_figure("delhi")
    career = Career.objects.get(slug="medical-director")
    wholes = [(entry, entry.reading_list), (career.related.first(), career), (career.stages.first(), career)]
    for record, whole in wholes:
        confirm(publisher, record)
        assert about(whole)[0] == (record._meta.label_lower, "removed")
    row = {"rule": "x", "reason": "It stands.", "source": Source.objects.first(), "currency": "INR", "period": "year"}
    with recorded(Role.PUBLISHER):
        Acceptance.objects.create(figure=figure, **row)
    assert about(figure) == [("salaries.acceptance", "added")]


def test_what_one_save_changed_stands_together(publisher, duty):
    values = opened(publisher, duty) | WHY | {"text": "New words.", "citations-0-place": "page 998"}
    assert send(publisher, duty, values).status_code == 302
    page = publisher.get(address(Duty, "history", duty.pk))

    assert [len(changes) for changes in page.context["revisions"]] == [2]
    assert page.content.decode().count("Read again.") == 2  # once for the save, once among the ways back


def test_second_editor_sees_what_changed_in_the_parts(publisher, duty):
    citation = duty.citations.order_by("pk").first()
    change(publisher, citation, place="page 997", **WHY)
    values = opened(publisher, duty) | WHY | {"text": "Mine."}
    change(publisher, citation, place="page 998", **WHY)
    page = send(publisher, duty, values)
    others = page.context["request"].attempt.others

    assert [one.after for one in others] == [{"place": "page 998"}]
    assert "page 998" in page.content.decode().partition('id="conflict"')[2].partition("</section>")[0]
    assert send(publisher, duty, form_values(page)).status_code == 302


def test_change_of_what_the_form_does_not_show_is_no_conflict(publisher, duty):
    values = opened(publisher, duty.career) | WHY | {"summary": "Mine."}
    change(publisher, duty, text="New words.", **WHY)

    assert send(publisher, duty.career, values).status_code == 302


def test_part_of_another_record_that_names_this_one_is_no_conflict(publisher):
    tie = RelatedCareer.objects.first()
    values = opened(publisher, tie.related) | WHY | {"summary": "Mine."}
    confirm(publisher, tie)

    assert about(tie.related)[0] == ("careers.relatedcareer", "removed")
    assert send(publisher, tie.related, values).status_code == 302


# Brought back


def ways(page):
    return [one for one in page.content.decode().split('href="') if "/bring-back/" in one.partition('"')[0]]


@pytest.fixture
def removed(publisher):
    work = Work.objects.filter(list_entries=None, topics__isnull=False).first()
    Work.objects.filter(pk=work.pk).update(status="draft")
    confirm(publisher, work, "Twice the same.")
    return work


def test_removed_work_is_brought_back_from_the_list_of_changes(editor, removed):
    made = Change.objects.get(label="readinglist.work")
    back = address(Change, "bring_back", made.pk)
    assert f'href="{back}"' in editor.get(address(Change, "changelist")).content.decode()
    form = editor.get(back, follow=True)

    assert form.redirect_chain[0][0].startswith(f"{address(Work, 'add')}?version=")
    values = form_values(form)
    assert values["title"] == removed.title
    assert values["topics"]
    assert "values of an earlier time" in form.content.decode()
    row = {"citations-0-source": Source.objects.first().pk, "citations-TOTAL_FORMS": 1}
    assert editor.post(form.redirect_chain[0][0], values | row).status_code == 302
    assert Work.objects.get(slug=removed.slug).status == "draft"


def test_removed_part_is_brought_back_from_the_history_of_the_whole(publisher, duty):
    citation = duty.citations.order_by("pk").last()
    confirm(publisher, citation)
    made = Change.objects.get()
    page = publisher.get(address(Duty, "history", duty.pk))
    assert len(ways(page)) == 1
    form = publisher.get(address(Change, "bring_back", made.pk), follow=True)
    values = form_values(form)

    assert (values["source"], values["duty"]) == (citation.source_id, duty.pk)
    assert publisher.post(form.redirect_chain[0][0], values | WHY).status_code == 302
    assert duty.citations.filter(source=citation.source).exists()


def test_what_is_there_again_is_shown_as_it_is(editor, removed):
    made = Change.objects.get(label="readinglist.work")
    again = Work.objects.create(slug=removed.slug, title="New", kind="book", confidence="verified", why_it_fits="So.")
    page = editor.get(address(Change, "bring_back", made.pk), follow=True)

    assert page.redirect_chain[-1][0] == address(Work, "change", again.pk)
    assert "It is there again" in page.content.decode()


def test_only_what_was_removed_has_a_way_back(editor, publisher, duty):
    change(publisher, duty, text="New words.", **WHY)
    made = Change.objects.get()

    assert ways(publisher.get(address(Change, "changelist"))) == []
    assert editor.get(address(Change, "bring_back", made.pk)).status_code == 404


def test_only_who_may_add_brings_back(editor, editor_account, removed):
    made = Change.objects.get(label="readinglist.work")
    group = editor_account.groups.get()
    group.permissions.remove(group.permissions.get(codename="add_work"))

    assert address(Change, "bring_back", made.pk) not in editor.get(address(Change, "changelist")).content.decode()
    assert editor.get(address(Change, "bring_back", made.pk)).status_code == 403


def test_part_of_what_is_gone_waits_until_that_is_back(editor, removed):
    made = Change.objects.filter(label="sources.citation").first()
    page = editor.get(address(Change, "bring_back", made.pk), follow=True)

    assert page.redirect_chain == [(address(Change, "changelist"), 302)]
    assert "bring that back first" in page.content.decode()
    Work.objects.create(slug=removed.slug, title="New", kind="book", confidence="verified", why_it_fits="So.")
    assert "/add/?version=" in editor.get(address(Change, "bring_back", made.pk))["Location"]


def test_what_left_no_version_is_told(editor, removed):
    made = Change.objects.get(label="readinglist.work")
    Change.objects.filter(pk=made.pk).update(object_id="999999999")
    page = editor.get(address(Change, "bring_back", made.pk), follow=True)

    assert page.status_code == 200
    assert "Nothing is left of it" in page.content.decode()
