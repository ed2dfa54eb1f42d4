"""What is kept in memory for as long as the content's revision is the same."""

import sys
from threading import Thread, local
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerguide import kept, revision
from careerguide.kept import kept_by_revision
from sources.models import Source

pytestmark = pytest.mark.django_db
QUERIES = {
    "/salaries/": 3,  # figures, reasons for doubt, the revision; counts are kept
    "/salaries/?population=29-1229&population=11-9111": 3,
    "/salaries/?population=29-1229&population=11-9111&basis=converted&ordering=-median": 4,  # an order too
    "/known-issues/": 4,  # findings, their number and that of reports, the revision
    "/careers/medical-director/": 6,
    "/careers/medical-director/readiness/?q-license=no&setting=hospital&country=US": 4,
}


@pytest.fixture
def outside_transactions(monkeypatch):
    monkeypatch.setattr(kept, "connection", SimpleNamespace(in_atomic_block=False))


def counting(**options):
    calls = []

    @kept_by_revision(**options)
    def made(*args):
        calls.append(args)
        return len(calls)

    return made


def test_value_is_made_once_for_a_revision(outside_transactions, monkeypatch):
    made = counting()
    monkeypatch.setattr(revision, "current", lambda: 1)
    assert [made("a"), made("a"), made("b"), made("a")] == [1, 1, 2, 3]
    monkeypatch.setattr(revision, "current", lambda: 2)
    assert made("a") == 4


def test_only_so_many_are_kept(outside_transactions, monkeypatch):
    made = counting(most=2)
    monkeypatch.setattr(revision, "current", lambda: 1)
    assert [made("a"), made("b"), made("a"), made("c"), made("b"), made("a")] == [1, 2, 1, 3, 2, 4]


class Record:
    """As a model instance, it is hashed by Python, so threads may take turns in the middle of a look."""

    def __init__(self, key):
        self.key = key

    def __hash__(self):
        return hash(self.key)

    def __eq__(self, other):
        return self.key == other.key


def test_thread_never_gets_what_another_made_of_an_older_revision(outside_transactions, monkeypatch):
    seen, answers, interval = local(), [], sys.getswitchinterval()
    monkeypatch.setattr(revision, "current", lambda: seen.number)
    made = kept_by_revision()(lambda record: seen.number)

    def read(first):
        for turn in range(20_000):
            seen.number = turn // 7
            try:
                answers.append(made(Record((first + turn) % 2)) >= seen.number)
            except KeyError:
                answers.append(False)

    threads = [Thread(target=read, args=[first]) for first in range(6)]
    sys.setswitchinterval(1e-6)
    try:
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    finally:
        sys.setswitchinterval(interval)

    assert len(answers) == 120_000
    assert all(answers)


def test_change_of_the_content_makes_it_anew(outside_transactions):
    titles = kept_by_revision()(lambda: set(Source.objects.values_list("title", flat=True)))
    source = Source.objects.first()
    assert source.title in titles()
    if connection.vendor == "postgresql":
        pytest.skip("there the revision moves when a transaction ends, and this test is one")
    source.title = "Quite another title"
    source.save()
    assert "Quite another title" in titles()


def test_transaction_neither_keeps_nor_uses_what_is_kept():
    made = counting()
    assert [made(), made()] == [1, 2]


@pytest.mark.parametrize(("address", "count"), QUERIES.items())
def test_pages_take_few_queries(address, count, client, outside_transactions):
    first = client.get(address).content
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).content == first
    assert len(queries) == count
