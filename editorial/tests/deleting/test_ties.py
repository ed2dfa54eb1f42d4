"""What something public names in a list of its own stays; what drafts name goes, and they change on record."""

import pytest
from django.db.models import ManyToManyField

from careers.models import Career, CareerStage, Duty, Qualification, Setting
from editorial.choices import Role
from editorial.models import Change
from editorial.recording import recorded
from editorial.tests.deleting.pages import BOTH, confirm
from readinglist.models import ListEntry, Topic, Work
from tests.admin.pages import address

pytestmark = pytest.mark.django_db


def named(owner_model, field):
    """A record of which a public record of another kind would lose a tie, and that record."""
    assert isinstance(owner_model._meta.get_field(field), ManyToManyField)
    owner = owner_model.objects.filter(**{f"{field}__isnull": False}).first()
    return getattr(owner, field).first(), owner


@pytest.mark.parametrize("ask", BOTH)
@pytest.mark.parametrize(
    ("owner_model", "field"),
    [(Work, "topics"), (Duty, "settings"), (Qualification, "settings"), (ListEntry, "qualifications")],
)
def test_what_something_public_names_stays_and_the_page_says_what_names_it(ask, owner_model, field, publisher):
    record, owner = named(owner_model, field)
    response = ask(publisher, record)

    assert response.status_code == 200
    assert "is still needed" in response.content.decode()
    assert f'href="{address(owner_model, "change", owner.pk)}"' in response.content.decode()
    assert getattr(owner, field).filter(pk=record.pk).exists()


@pytest.mark.parametrize("ask", BOTH)
def test_draft_career_that_a_public_stage_leads_to_stays(ask, publisher):
    career = Career.objects.create(slug="curator", title="Curator", summary="Keeps.", status="draft")
    CareerStage.objects.first().next_careers.add(career)

    assert "is still needed" in ask(publisher, career).content.decode()
    assert Career.objects.filter(pk=career.pk).exists()


@pytest.mark.parametrize("ask", BOTH)
def test_what_drafts_alone_name_is_deleted_and_they_change_on_record(ask, publisher):
    topic = Topic.objects.create(slug="new", name="New")
    work = Work.objects.first()
    work.topics.add(topic)
    Work.objects.filter(pk=work.pk).update(status="draft")

    assert ask(publisher, topic, "Nothing is about it.").status_code == 302
    made = Change.objects.get(label="readinglist.work")
    assert (made.action, made.public, made.reason) == ("changed", False, "Nothing is about it.")
    assert ["new"] in made.before["topics"]
    assert ["new"] not in made.after["topics"]


def test_deletion_by_other_ways_is_recorded_with_every_record_that_it_changes():
    setting, _ = named(Duty, "settings")
    setting.career_settings.all().delete()
    tied = setting.duties.count()
    with recorded(Role.FILES, reason="It left the files."):
        Setting.objects.get(pk=setting.pk).delete()

    changes = Change.objects.filter(label="careers.duty")
    assert changes.count() == tied > 0
    assert {(one.action, one.public, one.reason) for one in changes} == {("changed", True, "It left the files.")}


def test_page_before_the_confirmation_says_it_already(publisher):
    topic, _ = named(Work, "topics")
    page = publisher.get(address(Topic, "delete", topic.pk)).content.decode()

    assert "is still needed" in page
    assert 'name="change_reason"' not in page
    assert confirm(publisher, topic).status_code == 200
