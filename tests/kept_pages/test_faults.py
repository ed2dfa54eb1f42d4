"""What readers get while Django, the database or the disk fails: the last good page."""

import os
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event
from time import monotonic

import pytest

from careerguide.kept_pages import layer, renewing
from careerguide.kept_pages.asking import Asked
from careerguide.kept_pages.renewing import Watch
from careerguide.kept_pages.storing import Folder, Memory
from tests.kept_pages.conftest import Reader

PAGE = "/method/"


def test_error_gives_the_last_good_page(reader, site, revision):
    reader.get(PAGE)
    revision.number, site.error = 2, RuntimeError("broken")
    seen = reader.get(PAGE)

    assert (seen.status, seen.text) == ("200 OK", "One. /method/")
    assert seen.how == "career-guide; hit; fwd=stale; detail=no-new-copy"


def test_error_page_gives_the_last_good_page(reader, site, revision):
    reader.get(PAGE)
    revision.number, site.status, site.text = 2, "500 Internal Server Error", "Sorry."

    assert reader.get(PAGE).text == "One. /method/"
    assert reader.get("/credentials/").status == "500 Internal Server Error"


def test_new_page_comes_as_soon_as_it_can_be_made(reader, site, revision):
    reader.get(PAGE)
    revision.number, site.error = 2, RuntimeError("broken")
    reader.get(PAGE)
    site.error, site.text = None, "Two."

    assert reader.get(PAGE).text == "Two. /method/"


def test_database_that_is_stopped_is_not_noticed(reader, site, revision):
    reader.get(PAGE)
    revision.error = site.error = RuntimeError("connection refused")
    seen = reader.get(PAGE)

    assert (seen.text, seen.how) == ("One. /method/", "career-guide; hit; detail=database-silent")
    revision.error = site.error = None
    assert reader.get(PAGE).how == "career-guide; hit"


def test_worker_that_never_knew_the_revision_keeps_nothing(make, revision):
    revision.error = RuntimeError("connection refused")
    layered = make()

    assert [Reader(layered).get(PAGE).how for _ in range(2)] == ["career-guide; fwd=miss"] * 2
    assert layered.folder.get(Asked(PAGE).key) is None


def test_answer_that_another_request_took_makes_no_worker_blind(monkeypatch):
    """One waits in vain; before it can say so, the answer comes, and another takes it."""
    watch, given = Watch(lambda: given.wait(5)), Event()
    monkeypatch.setattr(watch, "PATIENCE", 0.01)
    monkeypatch.setattr(watch, "INTERVAL", 60)

    def wait_in_vain(questions, patience):
        found = wait(questions, patience)
        monkeypatch.setattr(renewing, "wait", wait)
        given.set()
        wait(questions, 5)
        watch.look()
        return found

    monkeypatch.setattr(renewing, "wait", wait_in_vain)
    watch.look()

    assert not watch.blind


def test_worker_that_starts_while_the_database_is_stopped_shows_the_copies_on_disk(make, site, revision):
    Reader(make()).get(PAGE)
    revision.error = site.error = RuntimeError("connection refused")

    assert Reader(make()).get(PAGE).text == "One. /method/"


def test_frozen_database_holds_one_reader_for_a_moment_and_then_nobody(reader, site, revision):
    reader.get(PAGE)
    revision.frozen = site.frozen = Event()
    try:
        waits = []
        for _ in range(50):
            started = monotonic()
            assert reader.get(PAGE).text == "One. /method/"
            waits.append(monotonic() - started)
    finally:
        revision.frozen.set()

    assert max(waits[1:]) < 0.1
    assert waits[0] < 2


def test_late_answer_of_the_database_is_not_taken_for_what_holds_now(reader, site, revision, monkeypatch):
    monkeypatch.setattr(Watch, "INTERVAL", 0.05)
    reader.get(PAGE)
    Event().wait(0.1)
    revision.frozen = Event()
    reader.get(PAGE)  # asks, and does not wait for the answer
    revision.frozen.set()
    Event().wait(0.2)  # it has come, and nobody took it
    revision.frozen, revision.number, site.text = None, 2, "Two."

    assert reader.get(PAGE).text == "Two. /method/"


def test_page_that_takes_too_long_is_shown_as_it_was(reader, site, revision, monkeypatch):
    monkeypatch.setattr(layer, "PATIENCE", 0.1)
    reader.get(PAGE)
    revision.number, site.frozen = 2, Event()
    try:
        assert reader.get(PAGE).text == "One. /method/"
    finally:
        site.frozen.set()


def test_page_that_was_never_made_is_excused_while_django_hangs(reader, site, monkeypatch):
    monkeypatch.setattr(layer, "LIMIT", 0.1)
    site.frozen = Event()
    try:
        seen = reader.get(PAGE)
    finally:
        site.frozen.set()

    assert seen.status == "503 Service Unavailable"
    assert seen.headers["Retry-After"] == "30"
    assert seen.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_hanging_requests_leave_room_for_kept_pages(make, site, monkeypatch):
    monkeypatch.setattr(layer, "ROOM", 0.1)
    reader = Reader(make(threads=4))
    reader.get(PAGE)
    site.frozen = Event()
    with ThreadPoolExecutor(10) as pool:
        hanging = [pool.submit(reader.get, "/salaries/?q=x") for _ in range(10)]
        try:
            while len(site.asked) < 4:
                Event().wait(0.01)
            started = monotonic()
            assert reader.get(PAGE).text == "One. /method/"
            assert monotonic() - started < 0.1
        finally:
            Event().wait(0.3)
            site.frozen.set()
        statuses = sorted(one.result().status for one in hanging)

    assert statuses == ["200 OK"] * 3 + ["503 Service Unavailable"] * 7


def test_health_is_asked_for_without_waiting_for_room(make, site, monkeypatch):
    layered = make(threads=2)
    assert layered.room.acquire(timeout=1)

    assert Reader(layered).get("/healthz").status == "200 OK"


def test_room_is_free_again_after_an_error_and_after_a_client_has_gone(make, site):
    layered = make(threads=2)
    site.error = RuntimeError("broken")
    with pytest.raises(RuntimeError):
        Reader(layered).get("/salaries/?q=x")
    site.error = None
    asking = {"REQUEST_METHOD": "POST", "PATH_INFO": "/admin/", "QUERY_STRING": ""}
    body = layered(asking, lambda status, headers, exc_info=None: None)
    body.close()  # before it was read
    body.close()

    assert layered.room.acquire(timeout=0)
    layered.room.release()


def test_waiting_readers_share_one_making_of_the_page(reader, site):
    site.frozen = Event()
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(reader.get, PAGE) for _ in range(3)]
        Event().wait(0.2)
        site.frozen.set()
        texts = {one.result().text for one in waiting}

    assert texts == {"One. /method/"}
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "content", [b"", b"x", b"{}\n", b'{"token": 1}\n', b"\xff\n\n", b"[]", b'{"lengths": [1, 1]}\nab']
)
def test_spoiled_file_is_no_copy(content, make, site):
    layered = make()
    Reader(layered).get(PAGE)
    file = layered.folder.file("/method/?")
    file.write_bytes(content)

    assert Reader(make()).get(PAGE).how == "career-guide; fwd=miss; stored"


def test_file_that_was_cut_is_no_copy(make):
    layered = make()
    Reader(layered).get(PAGE)
    file = layered.folder.file("/method/?")
    os.truncate(file, file.stat().st_size - 1)

    assert layered.folder.get("/method/?") is None


def test_disk_that_takes_nothing_costs_only_the_copy_on_it(site, revision, tmp_path, make, caplog):
    (tmp_path / "kept").write_text("a file where the folder should be")
    reader = Reader(make())
    for address in (PAGE, "/credentials/", PAGE):
        assert reader.get(address).status == "200 OK"

    assert len(site.asked) == 2
    assert sum("memory only" in record.message for record in caplog.records) == 1


@pytest.mark.parametrize("removes", [True, False], ids=["full", "read-only"])
def test_disk_that_takes_nothing_more_does_not_bring_back_an_older_copy(removes, reader, site, revision, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    reader.get(PAGE)
    monkeypatch.setattr("careerguide.kept_pages.storing.write_whole", refuse)
    if not removes:
        monkeypatch.setattr("careerguide.kept_pages.storing.remove", lambda file: None)
    revision.number, site.text = 2, "Corrected."
    reader.get(PAGE)
    revision.number, site.status = 3, "503 Service Unavailable"

    assert reader.get(PAGE).text == "Corrected. /method/"


def test_memory_is_bounded_and_filtered_pages_do_not_displace_the_others(make, site):
    layered = make()
    layered.memory = Memory(most=8, most_bytes=1_000_000)
    reader = Reader(layered)
    pages = ["/method/", "/credentials/", "/sources/"]
    for address in pages:
        reader.get(address)
    for number in range(50):
        reader.get(f"/salaries/?city=c{number}")
    site.asked.clear()
    shelves = layered.memory.shelves

    assert [reader.get(address).how for address in pages] == ["career-guide; hit"] * 3
    assert site.asked == []
    assert len(shelves[True].copies) == 2


def test_memory_is_bounded_in_bytes(make):
    memory = Memory(most=1000, most_bytes=1500)
    layered = make()
    layered.memory = memory
    for address in ("/method/", "/credentials/", "/sources/", "/disagreements/", "/careers/", "/reading/", "/"):
        Reader(layered).get(address)
    shelf = memory.shelves[False]

    assert shelf.bytes == sum(copy.size for copy in shelf.copies.values()) <= 1500


def test_folder_is_bounded(tmp_path, make, monkeypatch):
    monkeypatch.setattr("careerguide.kept_pages.storing.SWEEP_EVERY", 1)
    layered = make()
    layered.folder = Folder(tmp_path / "few", most=4)
    for number in range(20):
        Reader(layered).get(f"/salaries/?city=c{number}")
    for address in ("/method/", "/credentials/", "/sources/"):
        Reader(layered).get(address)
    files = [file.parent.parent.name for file in (tmp_path / "few").glob("*/*/*")]

    assert files.count("q") <= 2
    assert files.count("p") == 3


def test_folder_is_for_its_owner_alone(make, tmp_path):
    Reader(make()).get(PAGE)

    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0
