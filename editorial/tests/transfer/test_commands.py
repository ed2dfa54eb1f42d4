"""The twins of import and export on the command line, and an import that is killed half way."""

import signal
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from editorial.models import Change
from editorial.tests.transfer.files import NEW, as_csv, as_xlsx, delhi, planned, table
from readinglist.models import Work
from tests.databases import throw_away_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """A function that writes bytes to a file and returns its path."""

    def write(content):
        path = tmp_path / "figures.csv"
        path.write_bytes(content)
        return str(path)

    return write


def run(*arguments):
    """(what the command said, how far it said it was)"""
    said, progress = StringIO(), StringIO()
    call_command("import_content", *arguments, stdout=said, stderr=progress)
    return said.getvalue(), progress.getvalue()


def test_import_says_what_it_did(file):
    path = file(as_csv(NEW, delhi() | {"covers": "Gross", "status": ""}))
    said, progress = run("figures", path, "--reason", "Read again.", "--source", "geonames")

    assert "Line 3, medical-director-delhi-opencourser, changed: covers: “” → “Gross”" in said
    assert "Imported: 1 added as drafts, 1 changed, 0 unchanged, 0 refused." in said
    assert "2 of 2 rows checked\n" in progress
    assert "2 of 2 rows written\n" in progress
    assert Change.objects.filter(reason="Read again.", role="administrator", source__slug="geonames").count() == 2


def test_dry_run_changes_nothing(file):
    before = table()
    said, _ = run("figures", file(as_xlsx(NEW)), "--dry-run")

    assert "Only tried: 1 would be added as drafts" in said
    assert table() == before


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        (as_csv(NEW | {"amount": "x"}), [], "Nothing was imported. Correct the rows that are refused"),
        (b"", [], "figures.csv: The file is empty."),
        (b"slug,colour\nx,red", [], "There is no column “colour”"),
        (as_csv(NEW), ["--source", "hearsay"], "There is no source “hearsay”"),
        (b"x" * 10_000_001, [], "larger than 10 MB"),
        (as_csv({"slug": "medical-director-delhi-opencourser", "covers": "Net"}), [], "say why"),
    ],
)
def test_what_is_not_imported_ends_in_an_error(content, arguments, message, file):
    before = table()
    with pytest.raises(CommandError, match=message):
        run("figures", file(content), *arguments)

    assert table() == before


def test_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match="nowhere.csv cannot be read: No such file"):
        run("figures", str(tmp_path / "nowhere.csv"))


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_export_can_be_imported(format, capsysbinary):
    call_command("export_content", "works", format=format)
    plan = planned(capsysbinary.readouterr().out, "works")

    assert plan.summary == f"0 would be added as drafts, 0 changed, {Work.objects.count()} unchanged, 0 refused."


KILLED = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from editorial.transfer import history, saving
from salaries import judgement
places = {"written": (saving, "tie"), "recorded": (history, "record_bulk"), "judged": (judgement, "refresh")}
module, name = places[sys.argv[1]]
def die(*arguments, **options):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(module, name, die)
call_command("import_content", "figures", sys.argv[2], "--reason", "Read again.", "--source", "geonames")
"""
COUNT = """
import django
django.setup()
from editorial.models import Change
from salaries.models import SalaryFigure
print(SalaryFigure.objects.count(), SalaryFigure.objects.filter(covers="Gross").count(), Change.objects.count())
"""


def test_import_killed_half_way_leaves_the_table_as_it_was(tmp_path, file):
    """1,200 new rows and a changed one; the process ends at three places between the first and the last row."""
    rows = [NEW | {"slug": f"new-{n}", "as_of": f"{1900 + n // 12 % 100}-{n % 12 + 1:02}"} for n in range(1200)]
    path = file(as_csv(delhi() | {"covers": "Gross", "status": ""}, *rows))
    (tmp_path / "var").mkdir(exist_ok=True)
    with throw_away_database(tmp_path) as environment:

        def python(*arguments):
            command = [sys.executable, *arguments]
            return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)

        for step in (["migrate", "-v0"], ["load_content"]):
            done = python("manage.py", *step)
            assert done.returncode == 0, done.stderr
        before = python("-c", COUNT).stdout
        for where in ("written", "recorded", "judged"):
            killed = python("-c", KILLED, where, path)
            assert killed.returncode == -signal.SIGKILL, killed.stderr
            assert python("-c", COUNT).stdout == before

        done = python("manage.py", "import_content", "figures", path, "--reason", "Read again.", "--source", "geonames")
        assert done.returncode == 0, done.stderr
        figures, changed, _ = map(int, python("-c", COUNT).stdout.split())
        assert (figures, changed) == (int(before.split()[0]) + 1200, 1)
