"""What the two commands say."""

import io
import re
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from careerguide import backups
from careerguide.backups import report
from careerguide.management.commands import backup, restore
from careerguide.management.commands.restore import outdate_copies
from careerguide.models import ContentRevision, LoadedRow
from tests.backups.conftest import POSTGRES, ask

pytestmark = pytest.mark.django_db


def said(*arguments, **options):
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_backup_says_what_it_holds(live, folder, monkeypatch):
    monkeypatch.setattr(backup, "connection", SimpleNamespace(settings_dict=live))
    text = said("backup", str(folder))
    [path] = folder.iterdir()

    assert text.splitlines()[0] == f"Backed up: {live['NAME']} to {path}"
    assert re.search(
        r"It holds [0-9,]+ rows in [0-9]+ tables, among them [0-9]+ careers, [0-9,]+ salary figures, ", text
    )
    assert f"SHA-256: {backups.files.sha256(path)}" in text


def test_backup_without_content_removes_none_and_fails(live, folder, monkeypatch):
    """Most often another database was meant, and the older backups are the only ones of that."""
    older = backups.make(live, folder).path
    older.rename(older.with_name(f"career-guide-2026-01-01T000000Z{older.suffix}"))
    ask(live, "TRUNCATE careers_career CASCADE" if POSTGRES else "DELETE FROM careers_career")
    monkeypatch.setattr(backup, "connection", SimpleNamespace(settings_dict=live))
    with pytest.raises(CommandError, match="no older backup was removed. Do DATABASE_URL and DJANGO_VAR_DIR name"):
        said("backup", str(folder), "--keep=1")

    assert len([*folder.iterdir()]) == 2


def test_restore_that_cannot_migrate_has_outdated_the_copies(live, folder, monkeypatch):
    def fail(*args, **kwargs):
        raise CommandError("disk full")

    number = ContentRevision.objects.get().number
    monkeypatch.setattr(restore, "call_command", fail)
    monkeypatch.setattr(restore.backups, "restore", lambda *_: backups.Backup(folder, {}, []))
    monkeypatch.setattr(connection, "close", lambda: None)
    with pytest.raises(CommandError, match="disk full"):
        said("restore", "any", "--migrate")

    assert ContentRevision.objects.get().number > number + 1


@pytest.mark.parametrize("number", ["0", "-1"])
def test_keeping_none_is_refused(number, folder):
    with pytest.raises(CommandError, match="1 or more"):
        said("backup", str(folder), f"--keep={number}")


def test_restore_of_a_wrong_file_is_a_sentence(folder):
    (folder / "wrong").write_text("wrong")
    with pytest.raises(CommandError, match=r"^Nothing was restored\. .* is no backup of this site"):
        said("restore", str(folder / "wrong"))


def test_problems_are_none_for_a_site_that_runs():
    assert [*report.problems(connection)] == []


def test_problems_name_missing_migrations():
    MigrationRecorder(connection).migration_qs.filter(app="salaries").order_by("-name")[0].delete()

    [problem] = report.problems(connection)
    assert re.match(r"[0-9]+ migrations are missing: run", problem)


def test_problems_name_migrations_of_later_code():
    MigrationRecorder(connection).record_applied("salaries", "9999_later")

    [problem] = report.problems(connection)
    assert problem.startswith("The backup is of later code, which made salaries.9999_later")


def test_problems_name_missing_content():
    LoadedRow.objects.all().delete()

    [problem] = report.problems(connection)
    assert "load_content" in problem


def test_restore_makes_kept_pages_old():
    """The revision after the restore may come by a number that it had before: pages of then would count as fresh."""
    ContentRevision.objects.update(number=105)
    outdate_copies()
    first = ContentRevision.objects.get().number
    outdate_copies()

    assert first > 1_700_000_000_000
    assert ContentRevision.objects.get().number > first
