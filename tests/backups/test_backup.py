"""A backup holds every row of one moment, or there is none and a sentence says why."""

import hashlib
import os
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from careerguide import backups
from tests.backups.conftest import POSTGRES, SUFFIX, ask, opened, rows_of

pytestmark = pytest.mark.django_db
TWO_ROWS = (
    "INSERT INTO django_session (session_key, session_data, expire_date) "
    "VALUES ('a{0}', '', '2030-01-01'), ('b{0}', '', '2030-01-01')"
)


def test_backup_restores_to_the_same_rows(live, empty, folder):
    made = backups.make(live, folder)
    there = empty()
    backups.restore(there, made.path)

    assert made.rows == rows_of(live) == rows_of(there)
    assert made.rows["salaries_salaryfigure"] > 100
    query = "SELECT slug, as_printed FROM salaries_salaryfigure ORDER BY slug"
    assert ask(live, query) == ask(there, query)


def test_backup_is_one_file_of_its_owner_with_its_sum(live, folder):
    made = backups.make(live, folder)

    assert [*folder.iterdir()] == [made.path]
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert made.sha256 == hashlib.sha256(made.path.read_bytes()).hexdigest()


def test_backup_while_others_write_is_of_one_moment(live, empty, folder):
    """Each transaction adds two rows: a backup with one of them, or without what came before, is a broken one."""
    writing, done = threading.Event(), threading.Event()
    written = []

    def write():
        with opened(live) as server, closing(server.cursor()) as cursor:
            for number in range(100_000):
                cursor.execute(TWO_ROWS.format(number))
                written.append(number)
                if number == 20:
                    writing.set()
                if done.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert writing.wait(10)
        before = len(written)
        made = backups.make(live, folder)
        assert len(written) > before  # else nobody wrote meanwhile
    finally:
        done.set()
        writer.join()
    there = empty()
    backups.restore(there, made.path)

    halves = dict(ask(there, "SELECT substr(session_key, 1, 1), count(*) FROM django_session GROUP BY 1"))
    assert halves["a"] == halves["b"] >= before
    assert made.rows["django_session"] == halves["a"] + halves["b"]


def test_folder_keeps_the_newest(live, folder):
    old = [f"career-guide-2026-01-0{day}T000000Z{SUFFIX}" for day in (1, 2, 3)]
    others = ["notes.txt", f"before-upgrade{SUFFIX}"]
    for name in [*old, *others]:
        (folder / name).touch()
    made = backups.make(live, folder, keep=2)

    assert {file.name for file in folder.iterdir()} == {made.path.name, old[2], *others}
    assert [old[0] in made.notes[-2], old[1] in made.notes[-1]] == [True, True]


def test_backup_that_was_just_made_is_never_the_oldest(live, folder):
    """A clock that was ahead once has left names that sort behind it."""
    ahead = folder / f"career-guide-2999-01-01T000000Z{SUFFIX}"
    ahead.touch()
    made = backups.make(live, folder, keep=1)

    assert {*folder.iterdir()} == {made.path, ahead}
    assert "Dated later" in made.notes[-1]


def test_older_one_that_cannot_be_removed_is_told(live, folder, monkeypatch):
    old = folder / f"career-guide-2020-01-01T000000Z{SUFFIX}"
    old.touch()

    def refuse(path, missing_ok=False):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    made = backups.make(live, folder, keep=1)

    assert made.notes[-1] == f"Could not be removed, though older than the 1 kept: {old}: Permission denied"


def test_folder_with_a_name_of_ours_is_no_backup(live, folder):
    (folder / f"career-guide-2020-01-01T000000Z{SUFFIX}").mkdir()
    backups.make(live, folder, keep=1)

    assert len([*folder.iterdir()]) == 2


def test_failed_backup_removes_no_older_one(live, folder):
    made = backups.make(live, folder)
    with pytest.raises(backups.Fault):
        backups.make(live | {"NAME": f"{live['NAME']}-none"}, folder, keep=1)

    assert [*folder.iterdir()] == [made.path]


def test_file_that_is_there_stays(live, folder):
    (folder / "mine").write_text("mine")
    with pytest.raises(backups.Fault, match="is there already"):
        backups.make(live, folder / "mine")

    assert (folder / "mine").read_text() == "mine"


def test_link_to_nothing_stays(live, folder):
    link = folder / f"link{SUFFIX}"
    link.symlink_to(folder / "none")
    with pytest.raises(backups.Fault, match="is there already"):
        backups.make(live, link)


def test_file_that_came_meanwhile_stays(live, folder):
    with pytest.raises(backups.Fault, match="came into being"), backups.files.appearing_whole(folder / "mine"):
        (folder / "mine").write_text("mine")

    assert [file.read_text() for file in folder.iterdir()] == ["mine"]


def test_place_that_is_not_there(live, folder):
    with pytest.raises(backups.Fault, match="No such file or directory"):
        backups.make(live, folder / "none" / f"file{SUFFIX}")


def test_folder_that_is_not_there_is_not_taken_for_a_file(live, folder):
    with pytest.raises(backups.Fault, match="Make it, or name a new file"):
        backups.make(live, folder / "nightly")

    assert not list(folder.iterdir())


def test_keeping_needs_a_folder(live, folder):
    with pytest.raises(backups.Fault, match="is no folder"):
        backups.make(live, folder / "file", keep=3)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_folder_that_may_not_be_written(live, folder):
    folder.chmod(0o500)
    with pytest.raises(backups.Fault, match="Permission denied"):
        backups.make(live, folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look anywhere")
def test_folder_that_may_not_be_entered(live, folder):
    folder.chmod(0)
    for place in (folder, folder / f"file{SUFFIX}"):
        with pytest.raises(backups.Fault, match="Permission denied"):
            backups.make(live, place)
    folder.chmod(0o700)


def test_copy_that_lacks_a_row_is_none(live, folder, monkeypatch):
    """As when a disk says that it wrote and did not."""
    kind, name = (backups.postgres, "held") if POSTGRES else (backups.sqlite, "checked")
    count = getattr(kind, name)
    monkeypatch.setattr(kind, name, lambda path: count(path) | {"careers_career": 0})
    with pytest.raises(backups.Fault, match="careers_career"):
        backups.make(live, folder)

    assert not [*folder.iterdir()]


def test_other_program_s_database_is_refused(empty, folder):
    other = empty()
    ask(other, "CREATE TABLE recipes (name text)")
    with pytest.raises(backups.Fault, match="not of this site"):
        backups.make(other, folder)

    assert not [*folder.iterdir()]


def test_database_of_another_kind_is_refused(live, folder):
    with pytest.raises(backups.Fault, match="only SQLite and PostgreSQL"):
        backups.make(live | {"ENGINE": "django.db.backends.mysql"}, folder)


def test_link_that_cannot_be_followed_is_a_sentence(live, folder):
    (folder / "link").symlink_to("x" * 300)

    with pytest.raises(backups.Fault, match="cannot be written"):
        backups.make(live, folder / "link")


def test_what_a_killed_backup_left_goes_a_day_later(live, folder):
    left, other = folder / ".career-guide-2026-01-01T000000Z.x.part", folder / ".career-guide-now.part"
    for file in (left, other):
        file.write_bytes(b"half")
    os.utime(left, (0, 0))
    made = backups.make(live, folder, keep=3)

    assert {*folder.iterdir()} == {made.path, other}
    assert f"Removed, never finished: {left}" in made.notes
