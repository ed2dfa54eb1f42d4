"""What only SQLite does: files beside the file, and a disk that fills."""

import os
import resource
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from careerguide import backups
from tests.backups.conftest import POSTGRES, ask, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(POSTGRES, reason="of SQLite")]


def test_rows_that_are_not_in_the_file_yet_are_backed_up(live, folder):
    """They lie in the -wal file; a plain copy of the file has none of them."""
    with closing(sqlite3.connect(live["NAME"])) as site:
        site.execute("PRAGMA wal_autocheckpoint=0")
        site.executemany("INSERT INTO auth_group (name) VALUES (?)", [(f"group {n}",) for n in range(500)])
        site.commit()
        made = backups.make(live, folder)
        plain = folder / "plain"
        plain.write_bytes(Path(live["NAME"]).read_bytes())

    count = "SELECT count(*) FROM auth_group WHERE name LIKE 'group %'"
    assert ask({"NAME": made.path}, count) == [(500,)]
    assert ask({"NAME": plain}, count) == [(0,)]


def test_what_was_there_before_stays_beside_it(live, folder):
    path = backups.make(live, folder).path
    ask(live, "UPDATE careers_career SET title = 'before'")
    [note] = backups.restore(live, path, replace=True).notes
    [former] = Path(live["NAME"]).parent.glob(f"{Path(live['NAME']).name}.career-guide-*")

    assert str(former) in note
    assert ask({"NAME": former}, "SELECT DISTINCT title FROM careers_career") == [("before",)]


def test_database_behind_a_link_stays_on_its_disk(live, folder):
    path = backups.make(live, folder).path
    disk = folder / "disk"
    disk.mkdir()
    real = Path(live["NAME"]).rename(disk / "real.sqlite3")
    Path(live["NAME"]).symlink_to(real)
    [note] = backups.restore(live, path, replace=True).notes

    assert Path(live["NAME"]).is_symlink()
    assert rows_of(live) == rows_of({"NAME": real})
    assert str(disk / "real.sqlite3.career-guide-") in note


def test_folder_that_takes_no_file_beside_the_database_is_told(live, folder, monkeypatch):
    """SQLite makes files beside the one that it reads; without that right the database is no less sound."""

    def refuse(path):
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(backups.sqlite, "opened", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(backups.Fault, match="Run this as the account that runs the site"):
        backups.make(live, folder)


def test_log_of_another_database_is_not_read_into_this_one(live, empty, folder):
    path = backups.make(live, folder).path
    there = empty()
    Path(f"{there['NAME']}-wal").write_bytes(b"rows of another database")
    with pytest.raises(backups.Fault, match="left of another database"):
        backups.restore(there, path)

    assert not Path(there["NAME"]).exists()


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 1000])
def test_broken_database_is_replaced_if_told(content, live, folder):
    made = backups.make(live, folder)
    Path(live["NAME"]).write_bytes(content)
    for end in ("-wal", "-shm"):
        Path(live["NAME"] + end).unlink(missing_ok=True)
    backups.restore(live, made.path, replace=True)

    assert rows_of(live) == made.rows


def test_broken_database_is_not_backed_up(live, folder):
    content = bytearray(Path(live["NAME"]).read_bytes())
    content[len(content) // 2 : len(content) // 2 + 40_000] = b"\x5a" * 40_000
    Path(live["NAME"]).write_bytes(content)
    with pytest.raises(backups.Fault, match="Restore the last backup"):
        backups.make(live, folder)

    assert not [*folder.iterdir()]


def small_disk(bytes_left):
    """What runs before a command: no file of it grows past this size, as on a disk that is full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, bytes_left))


def run(arguments, database, bytes_left):
    environment = {"PATH": "/usr/bin:/bin", "DATABASE_URL": f"sqlite:///{database['NAME']}"}
    environment |= {"DJANGO_VAR_DIR": str(Path(database["NAME"]).parent), "DJANGO_SECRET_KEY": "of no use here"}
    command = [sys.executable, "manage.py", *map(str, arguments)]
    limit = small_disk(bytes_left)
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, preexec_fn=limit, capture_output=True, text=True
    )


def test_full_disk_leaves_no_backup(live, folder):
    done = run(["backup", folder], live, 200_000)

    assert done.returncode == 1
    assert done.stderr.startswith(f"CommandError: No backup was made. The disk of {folder} is full"), done.stderr
    assert not [*folder.iterdir()]


def test_full_disk_changes_nothing_in_a_restore(live, folder):
    path = backups.make(live, folder).path
    ask(live, "UPDATE careers_career SET title = 'changed since'")
    before, files = rows_of(live), sorted(Path(live["NAME"]).parent.iterdir())
    done = run(["restore", path, "--replace"], live, 200_000)

    assert done.returncode == 1
    assert "Nothing was restored. The disk of" in done.stderr, done.stderr
    assert rows_of(live) == before
    assert ask(live, "SELECT DISTINCT title FROM careers_career") == [("changed since",)]
    assert sorted(Path(live["NAME"]).parent.iterdir()) == files


def test_restored_file_has_the_rights_of_the_former(live, folder):
    path = backups.make(live, folder).path
    Path(live["NAME"]).chmod(0o660)
    backups.restore(live, path, replace=True)

    assert stat.S_IMODE(Path(live["NAME"]).stat().st_mode) == 0o660


def test_damage_that_shows_while_copying_is_a_sentence(live, folder, monkeypatch):
    def fail(*_):
        raise sqlite3.DatabaseError("database disk image is malformed")

    path, before = backups.make(live, folder).path, rows_of(live)
    monkeypatch.setattr("careerguide.backups.sqlite.copy", fail)
    with pytest.raises(backups.Fault, match="could not be copied whole .* Nothing was changed"):
        backups.restore(live, path, replace=True)

    assert rows_of(live) == before
