"""What was withdrawn does not come back while the database is silent."""

from threading import Event

import pytest
from django.db import connection

from careerguide.kept_pages import layer
from careerguide.kept_pages.asking import Asked
from careerguide.kept_pages.layer import KeptPages
from careerguide.kept_pages.renewing import Question, Watch
from careerguide.kept_pages.withdrawals import Withdrawals
from careers.models import Career
from editorial.status import Status
from editorial.visibility import withdrawn_addresses
from salaries.models import SalaryFigure
from tests.kept_pages.conftest import Reader

FIGURE = "/salaries/figures/medical-director-delhi-opencourser/"
CAREER = "/careers/department-chair/"
BELOW = f"{CAREER}readiness/"
OTHER = "/careers/chief-medical-officer/"
SILENT = RuntimeError("connection refused")


def forget(addresses):
    """Where no copy is kept."""


def withdraw(records, status=Status.WITHDRAWN):
    assert records.update(status=status, withdrawn_because="It was wrong.") == 1


@pytest.mark.parametrize("address", [CAREER, BELOW, f"{CAREER}settings/?setting=hospital"])
def test_withdrawn_page_is_gone_while_the_database_is_silent(address, layered, reader, site, revision):
    reader.get(address)
    layered.withdrawals.addresses, revision.number = (CAREER,), 2
    reader.get(OTHER)
    revision.error, site.status = SILENT, "503 Service Unavailable"

    assert reader.get(address).status == "410 Gone"
    assert reader.get(OTHER).status == "200 OK"


@pytest.mark.parametrize(
    ("status", "told"),
    [("500 Internal Server Error", "410 Gone"), ("410 Gone", "410 Gone"), ("404 Not Found", "404 Not Found")],
)
def test_withdrawn_page_is_not_shown_as_it_was(status, told, layered, reader, site, revision):
    reader.get(CAREER)
    layered.withdrawals.addresses = (CAREER,)
    revision.number, site.status = 2, status

    seen = reader.get(CAREER)
    assert (seen.status, seen.headers["Vary"]) == (told, "Accept-Encoding")


def test_withdrawn_page_is_gone_when_django_raises_or_takes_too_long(layered, reader, site, revision, monkeypatch):
    monkeypatch.setattr(layer, "LIMIT", 0.1)
    layered.withdrawals.addresses, site.error = (CAREER,), SILENT
    raised = reader.get(CAREER)
    site.error, site.frozen = None, Event()
    late = reader.get(BELOW)
    site.frozen.set()

    assert (raised.status, raised.text) == (late.status, late.text) == ("410 Gone", "This page was withdrawn.\n")


@pytest.mark.parametrize("worker", ["the same", "another"])
@pytest.mark.parametrize("address", [CAREER, BELOW, f"{CAREER}settings/?setting=hospital", f"{CAREER}?country=US"])
def test_copy_of_a_withdrawn_page_does_not_outlive_its_coming_back(address, worker, layered, make, site, revision):
    """Corrected and published again, it must not be shown as it was before; deleted, not at all."""
    for page in (address, OTHER):
        Reader(layered).get(page)
    come_back(layered)
    revision.error, site.status = SILENT, "503 Service Unavailable"
    reader = Reader(layered if worker == "the same" else make())

    assert reader.get(address).status == "503 Service Unavailable"
    assert reader.get(OTHER).status == "200 OK"


def come_back(layered):
    layered.withdrawals.ask = lambda: [CAREER]
    layered.withdrawals.learn()
    layered.withdrawals.ask = list
    layered.withdrawals.learn()


def test_page_being_made_as_it_is_withdrawn_is_not_kept(layered, reader, site, revision):
    reader.get(OTHER)
    site.frozen = Event()
    made = layered.renewal(Asked(CAREER), Asked(CAREER).key, layered.token(1), {"HTTP_HOST": "127.0.0.1"})
    layered.withdrawals.ask = lambda: [CAREER]
    layered.withdrawals.learn()
    site.frozen.set()
    made.result(5)
    layered.withdrawals.ask = list
    layered.withdrawals.learn()
    revision.error, site.status = SILENT, "503 Service Unavailable"

    assert reader.get(CAREER).status == "503 Service Unavailable"


def test_page_is_shown_before_its_coming_back_is_learned_and_kept_afterwards(layered, reader):
    layered.withdrawals.addresses = (CAREER,)

    assert [reader.get(CAREER).status for _ in range(2)] == ["200 OK", "200 OK"]
    assert layered.memory.get(Asked(CAREER).key) is None
    layered.withdrawals.addresses = ()
    assert [reader.get(CAREER).how for _ in range(2)] == ["career-guide; fwd=miss; stored", "career-guide; hit"]


def test_worker_that_starts_while_the_database_is_silent_knows_what_was_withdrawn(make, site, revision):
    first = make()
    Reader(first).get(CAREER)
    first.withdrawals.ask = lambda: [CAREER]
    first.withdrawals.learn()
    revision.error, site.status = SILENT, "503 Service Unavailable"

    assert Reader(make()).get(CAREER).status == "410 Gone"


@pytest.mark.parametrize("content", [None, "[]", f'["{OTHER}"]'], ids=["a full disk", "one late", "one with others"])
def test_file_that_says_something_else_is_written_again(content, tmp_path, monkeypatch):
    """With the next question, though the revision has not moved."""
    monkeypatch.setattr("careerguide.kept_pages.renewing.close_old_connections", lambda: None)
    monkeypatch.setattr("careerguide.revision.current", lambda: 5)
    question = Question(Withdrawals(tmp_path, forget, ask=lambda: [CAREER]))
    question()
    file = tmp_path / "withdrawn.json"
    file.write_text(content) if content else file.unlink()
    question()

    assert Withdrawals(tmp_path, forget).addresses == (CAREER,)


@pytest.mark.parametrize("content", ["", "[", "7", "null", "\x00"])
def test_spoiled_file_says_nothing(content, tmp_path):
    (tmp_path / "withdrawn.json").write_text(content)

    assert not Withdrawals(tmp_path, forget).cover(CAREER)


def test_disk_that_takes_nothing_leaves_the_knowledge_in_memory(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    withdrawals = Withdrawals(tmp_path / "file", forget, ask=lambda: [CAREER])
    withdrawals.learn()

    assert withdrawals.cover(BELOW)
    assert "kept in memory only" in caplog.text


@pytest.mark.django_db
def test_addresses_are_those_of_records_that_readers_could_see_once():
    withdraw(SalaryFigure.objects.filter(area__slug="delhi", population="title"))
    withdraw(Career.objects.filter(slug="department-chair"), Status.IN_REVIEW)
    SalaryFigure.objects.filter(area__slug="london").update(status=Status.DRAFT)

    assert withdrawn_addresses() == [CAREER, FIGURE]


@pytest.mark.django_db
def test_worker_learns_with_each_revision_and_only_then(tmp_path, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("careerguide.kept_pages.renewing.close_old_connections", lambda: None)
    withdrawals = Withdrawals(tmp_path, forget)
    question = Question(withdrawals)
    question()
    withdraw(Career.objects.filter(slug="department-chair"))
    connection.check_constraints()  # on PostgreSQL the revision moves with the commit
    question()

    assert withdrawals.cover(CAREER)
    with django_assert_num_queries(1):
        question()


def test_revision_is_not_known_before_what_was_withdrawn(tmp_path, monkeypatch):
    """Otherwise a page could be taken for stale, but not for withdrawn."""
    monkeypatch.setattr("careerguide.revision.current", lambda: 5)

    def ask():
        raise SILENT

    watch = Watch(Question(Withdrawals(tmp_path, forget, ask)))

    assert watch.look() is None
    assert watch.blind


def test_layer_asks_for_both(tmp_path, site):
    layered = KeptPages(site, tmp_path)

    assert layered.watch.ask.withdrawals is layered.withdrawals
