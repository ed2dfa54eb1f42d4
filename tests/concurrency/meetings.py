"""Two things at once in one process, of which the first is stopped while it saves; what came of them, as a dict.

The tests run these beside the site, on its database: see `meet` in test_locks.py.
"""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from threading import Event
from unittest import mock

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from careerguide import content, locks
from careers.models import Career, Duty
from editorial.saving.admin import EditorialAdmin
from sources.models import Source
from tests.concurrency.browser import FormReader

MOMENT = 2  # seconds in which whoever does not wait comes to the end
LIMIT = 60


def somebody(group="Publisher"):
    """A browser in which somebody new of this group is signed in."""
    user = User.objects.create_user(f"{group} {User.objects.count()}", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def address(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def form(text):
    """The values of the form on a page."""
    reader = FormReader()
    reader.feed(text)
    return reader.values


def opened(client, record):
    return form(client.get(address(record)).content.decode())


@contextmanager
def first_stopped():
    """(arrived, go_on): the first form that is sent sets the one, when it holds its records, and awaits the other."""
    arrived, go_on, whole = Event(), Event(), EditorialAdmin.try_saving

    def stop(self, *args):
        if not arrived.is_set():
            arrived.set()
            assert go_on.wait(LIMIT)
        return whole(self, *args)

    with mock.patch.object(EditorialAdmin, "try_saving", stop):
        yield arrived, go_on


def meet(first, second):
    """(what both returned, whether the second waited for the first, which was stopped half way)."""
    with first_stopped() as (arrived, go_on), ThreadPoolExecutor(2) as pool:
        one = pool.submit(alone, first)
        assert arrived.wait(LIMIT)
        other = pool.submit(alone, second)
        time.sleep(MOMENT)
        waited = not other.done()
        go_on.set()
        return one.result(LIMIT), other.result(LIMIT), waited


def alone(work):
    """Do it on connections of its own."""
    try:
        return work()
    finally:
        connections.close_all()


def form_and_load():
    """A form holds a source while the files, which say something else of it, are loaded."""
    content.load(settings.BASE_DIR / "fixtures", overwrite=True)  # other tests have changed records of this site
    source, client = Source.objects.get(slug="geonames"), somebody()
    publisher = source.publisher
    Source.objects.filter(pk=source.pk).update(publisher="Changed")
    values = opened(client, source) | {"note": "Mine.", "change_reason": "Plainer."}
    sent, loaded, waited = meet(
        lambda: client.post(address(source), values).status_code,
        lambda: content.load(settings.BASE_DIR / "fixtures", overwrite=True).counts["updated"],
    )
    source.refresh_from_db()
    as_in_files = (source.publisher, source.note != "Mine.") == (publisher, True)
    return {"sent": sent, "updated": loaded, "waited": waited, "as in files": as_in_files}


def whole_and_part(first):
    """A duty's form and the form of its citation, both of which edit that citation; `first` comes first."""
    duty = Duty.objects.filter(citations__isnull=False).first()
    citation = duty.citations.first()
    forms = {"duty": (duty, "citations-0-place"), "citation": (citation, "place")}
    works = {}
    for name, (record, place) in forms.items():
        client = somebody()
        values = opened(client, record) | {place: f"From the {name}", "change_reason": "Plainer."}
        works[name] = lambda client=client, record=record, values=values: client.post(address(record), values)
    [second] = forms.keys() - {first}
    one, other, waited = meet(works[first], works[second])
    citation.refresh_from_db()
    told = other.status_code == 200 and 'id="conflict"' in other.content.decode()
    return {"sent": one.status_code, "waited": waited, "told": told, "place": citation.place}


def part_while_published():
    """A draft career is published while an editor, who may change drafts alone, saves one of its duties."""
    career = Career.objects.exclude(slug="medical-director").filter(duties__isnull=False).first()
    Career.objects.filter(pk=career.pk).update(status="draft")
    duty, publisher, editor = career.duties.first(), somebody(), somebody("Editor")
    public = opened(publisher, career) | {"next_status": "published"}
    mine = opened(editor, duty) | {"text": "Nobody has read this.", "change_reason": "Plainer."}
    one, other, waited = meet(
        lambda: publisher.post(address(career), public).status_code,
        lambda: editor.post(address(duty), mine).status_code,
    )
    duty.refresh_from_db()
    return {"sent": [one, other], "waited": waited, "public": duty.text == "Nobody has read this."}


@contextmanager
def held_by_somebody(source):
    """Somebody else is writing the source, and does not come to an end."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    with closing(connection.copy()) as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM sources_source WHERE id = %s FOR UPDATE", [source.pk])
            yield
        other.rollback()


def busy():
    """A form is sent while somebody else is writing for longer than anybody wants to wait; and then once more."""
    connections.close_all()
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = 1
    source, client = Source.objects.get(slug="geonames"), somebody()
    values = opened(client, source) | {"note": "While others save.", "change_reason": "Plainer."}
    with mock.patch.object(locks, "PATIENCE", "1s"), held_by_somebody(source):
        refused = client.post(address(source), values)
    again = form(refused.content.decode())
    saved = client.post(address(source), again)
    with transaction.atomic():
        source.refresh_from_db()
    return {
        "refused": refused.status_code,
        "told": "others are saving at the same time" in refused.content.decode(),
        "kept": again["note"],
        "version": again["record_version"] == values["record_version"],
        "saved": saved.status_code,
        "note": source.note,
    }
