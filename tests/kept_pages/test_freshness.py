"""Copies follow the content: what a reader gets is never older than a change of two seconds ago."""

from datetime import datetime, timedelta
from threading import Event, Thread

import pytest

from careerguide.kept_pages import layer
from careerguide.kept_pages.asking import Asked
from careerguide.kept_pages.renewing import Watch
from tests.kept_pages.conftest import Reader

PAGE = "/method/"


def change(site, revision, text="Two."):
    site.text, revision.number = text, revision.number + 1


def test_change_shows_at_once(reader, site, revision):
    reader.get(PAGE)
    change(site, revision)

    assert reader.get(PAGE).text == "Two. /method/"


def test_in_the_second_after_a_change_the_copy_of_before_is_shown_while_the_new_one_is_made(
    reader, site, revision, monkeypatch
):
    monkeypatch.setattr(layer, "GRACE", 30)
    reader.get(PAGE)
    site.frozen = Event()
    change(site, revision)
    meanwhile = reader.get(PAGE)
    site.frozen.set()
    settled(reader, "Two.")

    assert (meanwhile.text, meanwhile.how) == ("One. /method/", "career-guide; hit; fwd=stale")
    assert len(site.asked) == 2


def test_page_that_was_renewed_since_a_reader_looked_is_not_made_again(reader, site):
    reader.get(PAGE)
    kept = reader.application
    copy, said = kept.renewal(Asked(PAGE), Asked(PAGE).key, kept.token(1), {}).result()

    assert (copy.token, said, len(site.asked)) == (kept.token(1), None, 1)


def settled(reader, text):
    """Wait until the renewal that runs beside has come to its end."""
    for _ in range(1000):
        if reader.get(PAGE).text.startswith(text):
            return
        Event().wait(0.01)
    pytest.fail(f"{text} never came")


def test_worker_that_nobody_asked_for_long_shows_no_old_copy(reader, site, revision, monkeypatch):
    """The change may have been made a moment after the last look."""
    monkeypatch.setattr(layer, "GRACE", 0.1)
    reader.get(PAGE)
    change(site, revision)
    Event().wait(0.2)

    assert reader.get(PAGE).text == "Two. /method/"


def test_copy_that_missed_an_earlier_change_is_not_shown_after_a_later_one(reader, site, revision, monkeypatch):
    monkeypatch.setattr(layer, "GRACE", 30)
    reader.get(PAGE)
    change(site, revision)
    reader.get("/credentials/")  # somebody else reads: the worker knows of the first change
    change(site, revision, "Three.")

    assert reader.get(PAGE).text == "Three. /method/"


def test_revision_that_moves_while_a_page_is_made_leaves_a_copy_that_is_not_fresh(make, site, revision):
    reader = Reader(make())
    site.frozen = Event()
    answers = []
    reading = Thread(target=lambda: answers.append(reader.get(PAGE)))
    reading.start()
    while not site.asked:
        Event().wait(0.01)
    change(site, revision)  # after the page was begun with the old text
    site.frozen.set()
    reading.join()
    site.frozen = None

    assert answers[0].text == "One. /method/"
    assert reader.get(PAGE).text == "Two. /method/"


def test_reader_who_comes_after_a_change_does_not_wait_for_the_page_of_before(make, site, revision):
    reader = Reader(make())
    before, site.frozen = Event(), Event()
    first = Thread(target=lambda: reader.get(PAGE) and before.set())
    held = site.frozen
    first.start()
    while not site.asked:
        Event().wait(0.01)
    change(site, revision)
    site.frozen = None

    assert reader.get(PAGE).text == "Two. /method/"
    assert not before.is_set()
    held.set()
    first.join()


def test_page_that_took_long_does_not_replace_a_later_one(layered, reader, site, revision):
    reader.get("/credentials/")
    page, site.frozen, site.text = Asked(PAGE), Event(), "Old."
    slow = layered.renewal(page, page.key, layered.token(1), {"HTTP_HOST": "127.0.0.1"})
    while len(site.asked) < 2:
        Event().wait(0.01)
    frozen, site.frozen = site.frozen, None
    revision.number, site.text = 2, "New."
    reader.get(PAGE)
    frozen.set()
    slow.result(5)

    assert layered.memory.get(page.key).token == layered.folder.get(page.key).token == layered.token(2)


def test_two_workers_share_what_one_of_them_made(make, site, revision):
    first, second = Reader(make()), Reader(make())
    first.get(PAGE)

    assert second.get(PAGE).how == "career-guide; hit"
    change(site, revision)
    assert [one.get(PAGE).text for one in (first, second)] == ["Two. /method/"] * 2
    assert len(site.asked) == 2


def test_copies_of_other_code_are_not_fresh(make, site, monkeypatch):
    Reader(make()).get(PAGE)
    monkeypatch.setattr(layer, "build", lambda: "other")
    site.text = "Two."

    assert Reader(make()).get(PAGE).text == "Two. /method/"


@pytest.mark.parametrize("name", ["DJANGO_BASE_URL", "DATABASE_URL"])
def test_copies_of_other_settings_are_not_fresh(name, make, monkeypatch):
    """A copied database has the same revision, and other content soon."""
    before = layer.build()
    monkeypatch.setenv(name, "changed")

    assert layer.build() != before


def test_page_is_made_anew_on_another_day_even_if_the_clock_was_set_back(reader, site, monkeypatch):
    class Clock:
        shift = timedelta(0)

        @classmethod
        def now(cls, zone):
            return datetime.now(zone) + cls.shift

    monkeypatch.setattr(layer, "datetime", Clock)
    reader.get(PAGE)
    for days in (1, -1, 0):
        Clock.shift = timedelta(days=days)
        site.text = f"Day {days}."

        assert reader.get(PAGE).text == f"Day {days}. /method/"


def test_revision_is_asked_for_at_most_twice_a_second(site, revision, tmp_path, monkeypatch):
    monkeypatch.setattr(Watch, "INTERVAL", 0.5)
    asked = []
    watch = Watch(lambda: asked.append(1) or revision.number)
    reader = Reader(layer.KeptPages(site, tmp_path, 4, watch))
    for _ in range(200):
        reader.get(PAGE)

    assert len(asked) <= 2


def test_page_that_is_gone_takes_its_copy_along(reader, site, revision):
    reader.get(PAGE)
    change(site, revision)
    site.status = "404 Not Found"
    assert reader.get(PAGE).status == "404 Not Found"

    site.status, site.error = "200 OK", RuntimeError("broken")
    revision.number -= 1  # even where the old copy would be fresh again
    with pytest.raises(RuntimeError):
        reader.get(PAGE)


@pytest.mark.parametrize("status", ["301 Moved Permanently", "400 Bad Request", "404 Not Found", "503 Unavailable"])
def test_errors_and_redirects_are_not_kept(status, reader, site):
    site.status = status
    reader.get(PAGE)
    reader.get(PAGE)

    assert len(site.asked) == 2


@pytest.mark.parametrize("header", [("Set-Cookie", "a=b")])
def test_page_that_sets_a_cookie_is_not_kept(header, reader, site):
    site.headers = [header]
    reader.get(PAGE)
    reader.get(PAGE)

    assert len(site.asked) == 2


def test_page_that_its_view_does_not_want_kept_is_not_kept(reader, site):
    site.keep = False
    reader.get("/salaries/?city=nowhere")
    reader.get("/salaries/?city=nowhere")

    assert len(site.asked) == 2
