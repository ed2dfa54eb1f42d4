"""What is kept of every change, by whatever way it is made inside a recording."""

import pytest
from django.contrib.auth.models import User
from reversion.models import Revision, Version

from careers.models import Duty, Setting
from editorial.choices import Action, Role
from editorial.models import Change
from editorial.recording import FIRST_KNOWN, recorded
from readinglist.models import Topic, Work
from salaries.tests.figures import title_figure
from sources.models import Citation, Source

pytestmark = pytest.mark.django_db


def test_one_revision_holds_everything_that_was_done_together():
    duty, source = Duty.objects.first(), Source.objects.first()
    with recorded(Role.PUBLISHER, reason="Both at once."):
        duty.text = "New words."
        duty.save()
        source.note = "Read again."
        source.save()

    assert Change.objects.values("revision").distinct().count() == 1
    assert {(one.label, one.reason) for one in Change.objects.all()} == {
        ("careers.duty", "Both at once."),
        ("sources.source", "Both at once."),
    }


def test_before_and_after_hold_what_differs_and_nothing_else():
    duty = Duty.objects.first()
    old = duty.text
    with recorded(Role.PUBLISHER):
        duty.text = "First words."
        duty.save()
        duty.text = "New words."
        duty.save()

    assert [(one.before, one.after) for one in Change.objects.all()] == [({"text": old}, {"text": "New words."})]


def test_ties_are_part_of_a_record_from_either_end():
    duty = Duty.objects.filter(settings__isnull=False).first()
    setting = Setting.objects.exclude(duties=duty).first()
    with recorded(Role.PUBLISHER):
        duty.settings.add(setting)
    with recorded(Role.PUBLISHER):
        setting.duties.remove(duty)
    added, removed = Change.objects.order_by("pk")

    assert [setting.slug] in added.after["settings"]
    assert [setting.slug] not in added.before["settings"]
    assert (removed.label, removed.after) == ("careers.duty", added.before)


def test_new_and_removed_records_are_told_whole():
    with recorded(Role.EDITOR):
        topic = Topic.objects.create(slug="new", name="New")
    with recorded(Role.EDITOR):
        topic.delete()
    added, removed = Change.objects.order_by("pk")

    assert (added.action, added.before, added.after) == (Action.ADDED, {}, {"slug": "new", "name": "New"})
    assert (removed.action, removed.before, removed.after) == (Action.REMOVED, added.after, {})
    assert added.object_id == removed.object_id


def test_what_a_deletion_takes_along_is_kept_too():
    work = Work.objects.filter(citations__isnull=False, list_entries=None).first()
    number = work.citations.count()
    with recorded(Role.PUBLISHER, reason="Twice the same."):
        work.delete()

    assert Change.objects.filter(label="sources.citation", action=Action.REMOVED).count() == number
    assert Change.objects.get(label="readinglist.work").revision.comment == "Twice the same."


def test_nothing_changed_leaves_nothing():
    with recorded(Role.PUBLISHER):
        Duty.objects.first().save()

    assert not Change.objects.exists()
    assert not Revision.objects.exists()


def test_fault_leaves_nothing():
    duty = Duty.objects.first()
    with pytest.raises(RuntimeError), recorded(Role.PUBLISHER):
        duty.text = "New words."
        duty.save()
        raise RuntimeError

    assert not Change.objects.exists()
    assert Duty.objects.get(pk=duty.pk).text != "New words."


def test_outside_a_recording_nothing_is_kept():
    duty = Duty.objects.first()
    duty.text = "New words."
    duty.save()

    assert not Change.objects.exists()


def test_recording_inside_another_belongs_to_it():
    with recorded(Role.PUBLISHER, reason="Outer."):
        with recorded(Role.EDITOR, reason="Inner."):
            Topic.objects.create(slug="new", name="New")
        Topic.objects.create(slug="newer", name="Newer")

    assert {(one.role, one.reason) for one in Change.objects.all()} == {(Role.PUBLISHER, "Outer.")}


def test_derived_fields_are_nobodys_change():
    figure = title_figure("delhi")
    with recorded(Role.PUBLISHER):
        figure.confidence = "note"
        figure.save()

    assert not Change.objects.exists()


def test_state_before_the_first_change_can_be_gone_back_to():
    duty = Duty.objects.first()
    old = duty.text
    with recorded(Role.PUBLISHER, reason="Shorter."):
        duty.text = "New words."
        duty.save()
    versions = Version.objects.get_for_object(duty)

    assert {(one.revision.comment, one.field_dict["text"]) for one in versions} == {
        (FIRST_KNOWN, old),
        ("Shorter.", "New words."),
    }


def test_changes_name_no_person():
    user = User.objects.create_user("Zacharias Quimby")
    with recorded(Role.EDITOR, user, "So."):
        Topic.objects.create(slug="new", name="New")
    change = Change.objects.values().get()

    assert "Quimby" not in str(change)
    assert Revision.objects.get().user == user


@pytest.mark.parametrize(
    ("record", "public"),
    [(lambda: Duty.objects.first(), True), (lambda: Citation.objects.exclude(duty=None).first(), True)],
)
def test_parts_are_public_as_their_career_is(record, public):
    one = record()
    with recorded(Role.PUBLISHER):
        one.delete()
    assert Change.objects.first().public is public
    assert Change.objects.first().address


def test_change_of_a_draft_is_not_for_readers():
    work = Work.objects.first()
    Work.objects.filter(pk=work.pk).update(status="draft")
    work.refresh_from_db()
    with recorded(Role.EDITOR):
        work.keywords = "new"
        work.save()

    assert not Change.objects.get().public
    assert not Change.objects.public().exists()
