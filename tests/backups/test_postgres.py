"""What only PostgreSQL needs: its programs, a server that answers, and a role."""

import os
import stat
import subprocess
from uuid import uuid4

import pytest

from careerguide import backups
from tests.backups.conftest import POSTGRES, ask, outside

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not POSTGRES, reason="of PostgreSQL")]


def program(folder, name, text):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def bin_folder(tmp_path, monkeypatch):
    """A folder that stands first in PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def refused(database, folder, words):
    with pytest.raises(backups.Fault, match=words):
        backups.make(database, folder)

    assert not [*folder.iterdir()]


def test_program_is_missing(live, folder, monkeypatch):
    monkeypatch.setenv("PATH", str(folder))

    refused(live, folder, "pg_dump is not installed here. On Debian: apt-get install postgresql-client")


def test_program_is_older_than_the_server(live, folder, bin_folder):
    program(bin_folder, "pg_dump", "echo 'pg_dump (PostgreSQL) 9.6.24'")

    refused(live, folder, "of version 9, the server of [0-9]+. Install postgresql-client-[0-9]+")


def test_program_does_not_run(live, folder, bin_folder):
    program(bin_folder, "pg_dump", "echo 'libpq.so.5: no such file' >&2; exit 127")

    refused(live, folder, "does not run: libpq.so.5: no such file")


def test_dump_fails_on_a_full_disk(live, folder, bin_folder):
    text = 'case $1 in --version) echo "pg_dump (PostgreSQL) 99.1";; '
    text += '*) echo "pg_dump: error: could not write to output file: No space left on device" >&2; exit 1;; esac'
    program(bin_folder, "pg_dump", text)

    refused(live, folder, "No space left on device.*make room there")


def test_server_does_not_answer(live, folder):
    refused(live | {"HOST": "/nowhere"}, folder, "The database does not answer")


def test_password_is_in_no_command_line(live, folder, bin_folder, tmp_path):
    """Whoever has an account on the machine sees command lines."""
    real = subprocess.run(["/bin/sh", "-c", "command -v pg_dump"], capture_output=True, text=True).stdout.strip()
    seen = tmp_path / "seen"
    program(bin_folder, "pg_dump", f'echo "$@" >> {seen}; echo "env:$PGPASSWORD" >> {seen}; exec {real} "$@"')
    backups.make(live | {"PASSWORD": "hidden word"}, folder)
    lines = seen.read_text().splitlines()

    assert "env:hidden word" in lines
    assert not [line for line in lines if "hidden" in line and not line.startswith("env:")]


def test_backup_is_restored_in_rehearsal(live, folder, monkeypatch):
    """In a database of a name of its own: other tests may rehearse on this server just now."""
    own = uuid4()
    monkeypatch.setattr("careerguide.backups.postgres.uuid4", lambda: own)
    [note] = backups.make(live, folder).notes

    assert note.startswith("Restored in rehearsal")
    assert ask(live, f"SELECT count(*) FROM pg_database WHERE datname = 'rehearsal_{own.hex}'") == [(0,)]  # noqa: S608 (ours)


def test_role_without_the_right_to_rehearse_is_told(live, folder):
    """The backup is read to its end all the same."""
    outside("CREATE ROLE plain LOGIN")
    try:
        ask(live, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO plain")
        ask(live, "GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO plain")
        made = backups.make(live | {"USER": "plain"}, folder)
        ask(live, "DROP OWNED BY plain")
    finally:
        outside("DROP ROLE plain")

    assert made.notes == ["Read to its end, not restored in rehearsal: the role plain may not create databases."]
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600


def test_script_that_fails_half_way_changes_nothing(live, folder, monkeypatch):
    """The old tables are dropped and some new ones filled when a statement is refused."""
    path = backups.make(live, folder).path
    ask(live, "UPDATE careers_career SET title = 'changed since'")
    run, calls = backups.postgres.run, []

    def fifth_is_refused(cursor, statements):
        calls.append(1)
        if len(calls) == 5:
            statements.append(b"SELECT 1/0;")
        run(cursor, statements)

    monkeypatch.setattr(backups.postgres, "run", fifth_is_refused)
    with pytest.raises(backups.Fault, match="PostgreSQL refused: division by zero. Nothing was changed"):
        backups.restore(live, path, replace=True)

    assert ask(live, "SELECT DISTINCT title FROM careers_career") == [("changed since",)]
