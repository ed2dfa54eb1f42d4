"""A restore fills the database with all of a backup, or changes nothing and says why."""

import os

import pytest

from careerguide import backups
from tests.backups.conftest import POSTGRES, SUFFIX, ask, opened, rows_of

pytestmark = pytest.mark.django_db
CHANGE = "UPDATE careers_career SET title = 'changed since'"
CHANGED = "SELECT count(*) FROM careers_career WHERE title = 'changed since'"


@pytest.fixture
def changed(live, folder):
    """A database that went on after its backup, and the backup."""
    path = backups.make(live, folder).path
    ask(live, CHANGE)
    return live, path


def refused(database, path, words, **options):
    """The restore fails with these words, and everything is as it was."""
    before = rows_of(database)
    with pytest.raises(backups.Fault, match=words):
        backups.restore(database, path, **options)

    assert rows_of(database) == before
    assert ask(database, CHANGED)[0][0] == before["careers_career"]


def test_database_with_content_is_not_overwritten(changed):
    refused(*changed, "--replace")


def test_database_with_content_is_replaced_if_told(changed):
    database, path = changed
    restored = backups.restore(database, path, replace=True)

    assert rows_of(database) == restored.rows
    assert ask(database, CHANGED) == [(0,)]


def test_table_that_came_after_the_backup_is_gone(changed):
    """A later version's table would stand in the way of that version's migrations."""
    database, path = changed
    ask(database, "CREATE TABLE later (career_id bigint REFERENCES careers_career (id))")
    backups.restore(database, path, replace=True)

    assert "later" not in rows_of(database)


def test_new_rows_get_new_keys(changed):
    """What counts keys has come along; else the first new row would be refused as a repeat."""
    database, path = changed
    backups.restore(database, path, replace=True)
    ask(database, "INSERT INTO auth_group (name) VALUES ('New')")

    assert ask(database, "SELECT count(*) FROM auth_group WHERE name = 'New'") == [(1,)]


@pytest.mark.parametrize("part", [0.02, 0.5, 0.99])
def test_cut_file_changes_nothing(part, changed):
    database, path = changed
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])

    refused(database, path, "damaged", replace=True)


def test_damaged_page_changes_nothing(changed):
    database, path = changed
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = b"\x5a" * 20_000
    path.write_bytes(content)

    refused(database, path, "damaged", replace=True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no backup of this site"),
        (b"city,amount\nLondon,1\n", "no backup of this site"),
        (b"PGDMP" if not POSTGRES else b"SQLite format 3\0", "Set DATABASE_URL to match"),
    ],
)
def test_wrong_file_changes_nothing(content, words, changed, folder):
    wrong = folder / "wrong"
    wrong.write_bytes(content)

    refused(changed[0], wrong, words, replace=True)


def test_file_that_is_not_there_changes_nothing(changed, folder):
    refused(changed[0], folder / "none", "cannot be read", replace=True)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_changes_nothing(make, changed, folder):
    make(folder / "odd")

    refused(changed[0], folder / "odd", "no regular file", replace=True)


def test_other_program_s_database_changes_nothing(changed, empty, folder, monkeypatch):
    other = empty()
    ask(other, "CREATE TABLE recipes (name text)")
    with monkeypatch.context() as patch:
        patch.setattr(backups.files, "SITE_TABLES", set())
        path = backups.make(other, folder / f"other{SUFFIX}").path

    refused(changed[0], path, "not of this site", replace=True)


def test_restore_that_fails_half_way_changes_nothing(changed, monkeypatch):
    """The tables are filled already when their rows turn out not to be those of the backup."""
    kind, name = (backups.postgres, "count") if POSTGRES else (backups.sqlite, "checked")
    count, calls = getattr(kind, name), []

    def second_lacks_rows(place):
        calls.append(place)
        return count(place) | ({"careers_career": 0} if len(calls) == 2 else {})

    monkeypatch.setattr(kind, name, second_lacks_rows)
    refused(*changed, "careers_career", replace=True)
    assert len(calls) == 2


def test_site_that_runs_is_not_replaced(changed):
    """A process would go on writing into a file that is gone, or wait for tables that are."""
    database, path = changed
    with opened(database) as server:
        cursor = server.cursor()
        cursor.execute("BEGIN")
        cursor.execute("SELECT * FROM careers_career")
        cursor.fetchone()

        refused(database, path, "Stop the site" if not POSTGRES else "using the tables", replace=True)
