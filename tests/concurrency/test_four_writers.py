"""Four people who write and four who read for 20 seconds: nobody meets a fault, and nothing that was saved is lost."""

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.concurrency.people import TOKEN, Reader, Writer

SECONDS = 20
CITIES = ["austin", "new-york", "san-francisco", "seattle"]  # in one country: each is judged among the others
SHARED = "delhi"
SOURCE = "geonames"
REASON = "Four people read it again."
RECORDS = """
import json, sys
import django
django.setup()
from django.urls import reverse
from salaries.models import SalaryFigure
from sources.models import Source
figures = SalaryFigure.objects.filter(population="title", area__slug__in=json.loads(sys.argv[1]))
records = {one.area.slug: one for one in figures} | {"source": Source.objects.get(slug=sys.argv[2])}
print(json.dumps({
    name: {
        "form": reverse(f"admin:{one._meta.app_label}_{one._meta.model_name}_change", args=[one.pk]),
        "page": one.get_absolute_url(),
        "pk": one.pk,
        "label": one._meta.label_lower,
        "note": one.note,
        "amount": int(getattr(one, "amount", 0)),
    }
    for name, one in records.items()
}))
"""
HISTORY = """
import json, sys
import django
django.setup()
from editorial.models import Change
made = Change.objects.filter(reason=sys.argv[1]).order_by("pk")
print(json.dumps([[one.label, one.object_id, one.before, one.after] for one in made]))
"""
JUDGE = """
import json
import django
django.setup()
from salaries import judgement
print(json.dumps(judgement.refresh()))
"""


def records(site):
    """What is stored now, by the name of the record."""
    return site.ask(RECORDS, json.dumps([*CITIES, SHARED]), SOURCE)


@pytest.fixture(scope="module")
def before(site):
    return records(site)


@pytest.fixture(scope="module")
def people(site, before, count):
    """(writers, readers) after their 20 seconds, or what a busy machine needs for the least that each of them does."""
    reason = {"change_reason": REASON, "change_source": before["source"]["pk"]}
    browsers = site.sign_in(*((f"writer {number}", "Publisher") for number in range(len(CITIES))))
    writers = [
        Writer(browser, number=number, works=works(before, city), reason=reason)
        for number, (browser, city) in enumerate(zip(browsers, CITIES, strict=True))
    ]
    pages = ["/salaries/", before[SHARED]["page"], "/careers/medical-director/", "/changes/", before[CITIES[0]]["page"]]
    readers = [Reader(site.reader(), pages=pages[start:] + pages[:start]) for start in range(4)]
    everybody = [*writers, *readers]
    began = time.monotonic()
    with ThreadPoolExecutor(len(everybody)) as pool:
        for done in [pool.submit(one.work, began + SECONDS) for one in everybody]:
            done.result()
    met = sum((one.met for one in everybody), Counter())
    took, saves = time.monotonic() - began, sum(len(one.saved) for one in writers)
    slowest = [max(one.slowest for one in some) for some in (writers, readers)]
    count(
        f"Four writers and four readers in {took:.0f} s: {saves} saves, {met['conflicts']} conflicts, "
        f"{met['warnings']} warnings, {met['pages']} pages; the slowest save, every try of it counted, took "
        f"{slowest[0]:.1f} s, the slowest page {slowest[1]:.1f} s."
    )
    return writers, readers


def works(before, city):
    """The forms that one writer fills in by turns: one that all share, and one of their own, with more in it."""
    shared, own, source = before[SHARED], before[city], before["source"]
    leap = [own["amount"], 5 * own["amount"]]  # there and back; the figures of the others are doubted for it
    return [(shared["form"], {}), (own["form"], {"amount": leap}), (source["form"], {}), (own["form"], {})]


def test_nobody_meets_a_fault(site, people):
    writers, readers = people

    assert [fault for one in [*writers, *readers] for fault in one.faults] == []
    assert site.faults() == []


def test_everybody_gets_on(people):
    """Nobody waits in vain while the others write."""
    writers, readers = people

    assert all(len(one.saved) >= one.LEAST for one in writers)
    assert all(one.met["pages"] >= one.LEAST for one in readers)


def test_writers_did_meet(people):
    writers, _ = people

    assert sum(one.met["conflicts"] for one in writers) > 0
    assert sum(one.met["warnings"] for one in writers) > 0


def test_every_save_is_in_the_history_and_in_the_record(site, people, before):
    """Each adds one token to what the one before it left, and the record says what the last of them left."""
    said, gained = {name: one["note"] for name, one in before.items()}, []
    names = {(one["label"], str(one["pk"])): name for name, one in before.items()}
    for label, pk, old, new in site.ask(HISTORY, REASON):
        name = names[label, pk]
        assert old.get("note", "") == said[name]
        tokens, kept = TOKEN.findall(new["note"]), TOKEN.findall(said[name])
        assert tokens[:-1] == kept
        gained.append((before[name]["form"], tokens[-1]))
        said[name] = new["note"]

    assert sorted(gained) == sorted(one for writer in people[0] for one in writer.saved)
    assert {name: one["note"] for name, one in records(site).items()} == said


def test_readers_see_it(site, people, before):
    note = records(site)[SHARED]["note"]
    time.sleep(Reader.SETTLED)

    assert TOKEN.search(note)
    assert note in site.reader().get(before[SHARED]["page"]).text


def test_findings_are_those_of_what_is_stored(site, people):
    assert site.ask(JUDGE) == 0
