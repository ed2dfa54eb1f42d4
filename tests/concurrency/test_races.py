"""Two people press Save in the same moment: one of them is told, whatever it was that both wanted to save."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

ROUNDS = 4  # one alone may miss the moment
RECORDS = """
import json
import django
django.setup()
from django.urls import reverse
from salaries.models import SalaryFigure
from sources.choices import SourceKind, Trust
from sources.models import Source
figure = SalaryFigure.objects.get(population="title", area__slug="london")
source = Source.objects.get(slug="geonames")
print(json.dumps({
    "figure": reverse("admin:salaries_salaryfigure_change", args=[figure.pk]),
    "source": reverse("admin:sources_source_change", args=[source.pk]),
    "new source": reverse("admin:sources_source_add"),
    "kind": SourceKind.values[0],
    "trust": Trust.values[0],
    "reason": {"change_reason": "Read again.", "change_source": source.pk},
}))
"""
PAIRS = """
import json, sys
import django
django.setup()
from django.db.models import Count
from django.urls import reverse
from careers.models import Duty
duties = Duty.objects.annotate(number=Count("citations")).filter(number=2)[: int(sys.argv[1])]
pairs = [[reverse("admin:sources_citation_delete", args=[one.pk]) for one in duty.citations.all()] for duty in duties]
print(json.dumps(pairs))
"""
SAME_SAVED = "Nothing was saved: somebody saved the same at the same time."


@pytest.fixture(scope="module")
def records(site):
    return site.ask(RECORDS)


@pytest.fixture(scope="module")
def two(site):
    return site.sign_in(("ada", "Publisher"), ("grace", "Publisher"))


def at_once(*forms):
    """The answers to [(form, values)], sent in the same moment."""
    barrier = Barrier(len(forms))

    def send(form, values):
        barrier.wait(timeout=30)
        return form.send(**values)

    with ThreadPoolExecutor(len(forms)) as pool:
        return [one.result() for one in [pool.submit(send, form, values) for form, values in forms]]


@pytest.mark.parametrize("name", ["figure", "source"])
def test_same_version_is_saved_once(name, records, two):
    for number in range(ROUNDS):
        notes = [f"{number}: {who}." for who in ("Ada", "Grace")]
        forms = [browser.open(records[name]) for browser in two]
        values = [{"note": note} | records["reason"] for note in notes]
        answers = at_once(*zip(forms, values, strict=True))
        won = [answer.saved for answer in answers]

        assert sorted(won) == [False, True], [str(answer) for answer in answers]
        first, second = (0, 1) if won[0] else (1, 0)
        assert answers[second].tells_of_conflict
        assert f"<td>{notes[first]}</td><td>{notes[second]}</td>" in answers[second].text
        assert two[0].open(records[name]).values["note"] == notes[first]


def test_proposal_is_published_once(site, records, two):
    """Whoever comes second is told that it does not wait any more."""
    [editor] = site.sign_in(("mary", "Editor"))
    for number in range(ROUNDS):
        sent = editor.open(records["figure"]).send(note=f"Proposed {number}.", **records["reason"])
        assert sent.status == 302, sent
        address = newest_proposal(two[0])
        answers = at_once(*((browser.open(address), {}) for browser in two))

        assert sorted(answer.status for answer in answers) == [200, 302], [str(answer) for answer in answers]
        assert "does not wait any more: published." in next(one.text for one in answers if one.status == 200)
        assert two[0].open(records["figure"]).values["note"] == f"Proposed {number}."


def newest_proposal(browser):
    """The address of its form, as the list of proposals has it."""
    found = re.findall(r'href="([^"]+[?]proposal=([0-9]+))"', browser.get("/admin/editorial/proposal/").text)
    return max(found, key=lambda one: int(one[1]))[0]


def test_same_new_record_is_added_once(records, two):
    for number in range(ROUNDS):
        forms = [browser.open(records["new source"]) for browser in two]
        values = {"slug": f"new-{number}", "title": "New", "publisher": "A body", "retrieved_on": "2026-01-02"}
        values |= {"kind": records["kind"], "trust": records["trust"], "licence": "All rights"} | records["reason"]
        pages = [answer.page for answer in at_once(*((form, values) for form in forms))]
        added = ["was added successfully" in page.text for page in pages]

        assert sorted(added) == [False, True], [str(page) for page in pages]
        told = pages[added.index(False)].text
        assert SAME_SAVED in told or "already exists" in told


def test_last_two_sources_of_a_statement_are_not_both_deleted(site, two):
    """Each of the two may go for as long as the other stays. The moment is shorter than that of a save: more rounds."""
    for pair in site.ask(PAIRS, str(3 * ROUNDS)):
        forms = [browser.open(path) for browser, path in zip(two, pair, strict=True)]
        answers = at_once(*((form, {"change_reason": "Not about it."}) for form in forms))

        assert sorted(answer.status for answer in answers) == [200, 302], [str(answer) for answer in answers]
        refused = next(answer for answer in answers if answer.status == 200)
        assert "It is the only source of" in refused.text


def test_nothing_went_wrong_behind_the_pages(site):
    assert site.faults() == []
