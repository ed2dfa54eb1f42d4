"""The number of the content's revision grows with every change that readers see, however it was made."""

import time
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, transaction

from careerguide import revision
from careerguide.models import ContentRevision
from careers.models import Career, Country, Duty
from editorial.recording import recorded
from readinglist.models import Work
from salaries.findings import Finding
from salaries.models import SalaryFigure

pytestmark = pytest.mark.django_db


def number():
    """The number as the next transaction finds it: on PostgreSQL the triggers wait for the end of this one."""
    connection.check_constraints()
    return revision.current()


def save():
    Career.objects.first().save()


def add():
    with recorded("editor"):
        Country.objects.create(code="XX", name="Nowhere", currency="EUR")


def add_many():
    Finding.objects.bulk_create([Finding(figure=SalaryFigure.objects.first(), rule="r", severity="note", rank=0)])


def delete():
    Duty.objects.first().delete()


def update():
    SalaryFigure.objects.filter(pk=SalaryFigure.objects.first().pk).update(note="x")


def tie():
    work = Work.objects.filter(topics=None).first() or Work.objects.first()
    topics = list(work.topics.all())
    work.topics.clear()
    work.topics.add(*topics)


def by_hand():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE careers_country SET name = 'Nowhere' WHERE code = 'IN'")


@pytest.mark.parametrize("change", [save, add, add_many, delete, update, tie, by_hand])
def test_revision_moves_with(change):
    before = number()
    change()

    assert number() > before


def test_new_databases_do_not_share_their_numbers():
    begin = import_module("careerguide.migrations.0002_contentrevision").begin
    begin(apps, None)
    begin(apps, None)
    one, other = ContentRevision.objects.order_by("-pk").values_list("number", flat=True)[:2]

    assert one != other
    assert max(one, other) < time.time() * 1000


def test_revision_does_not_move_for_what_no_reader_sees():
    before = number()
    User.objects.create(username="ada")

    assert number() == before


def test_revision_of_what_was_rolled_back_is_the_old_one():
    before = number()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        update()
        assert number() > before
        1 / 0  # noqa: B018

    assert number() == before


def test_later_change_of_a_transaction_that_was_rolled_back_in_part_moves_it():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        update()
        number()
        1 / 0  # noqa: B018
    before = number()
    update()

    assert number() > before


def test_every_table_of_the_content_is_watched():
    labels = [*revision.CONTENT_APPS, "editorial"]
    unseen = {"editorial.proposal", "editorial.upload"}  # what editors have not finished
    wanted = {
        model._meta.db_table
        for label in labels
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.label_lower not in unseen
    }

    assert set(revision.watched_tables()) == wanted


def test_triggers_that_are_lost_come_back_with_the_next_migration():
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else "ON salaries_salaryfigure"
        name = "moves_revision_salaries_salaryfigure_update" if connection.vendor == "sqlite" else "moves_revision"
        connection.check_constraints()
        cursor.execute(f"DROP TRIGGER {name} {on}")
    lost = number()
    update()
    assert number() == lost

    revision.watch("default")
    found = number()
    update()

    assert found > lost
    assert number() > found


def test_without_a_row_the_revision_is_nothing():
    apps.get_model("careerguide", "ContentRevision").objects.all().delete()

    assert revision.current() == 0
