"""What is loaded comes out again byte for byte, and what was edited comes out as it was edited."""

import json
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from careerguide import content, dumping
from careerguide.models import LoadedRow
from careerguide.rows import content_fields
from editorial.models import Decision, Report
from readinglist.models import Work
from salaries import judgement
from salaries.models import Acceptance, Area, CityAlias, Finding, SalaryFigure
from sources.models import Citation, Source
from tests.databases import throw_away_database
from tests.loader.folder import ALIAS, AREA, CITATION, FIGURE, SOME_MODELS, SOURCE, Folder, number_of

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
ELSEWHERE = """
import json, sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from salaries.models import Finding
call_command("migrate", verbosity=0)
call_command("load_content", folder=Path(sys.argv[1]), verbosity=0)
call_command("load_content", folder=Path(sys.argv[1]), verbosity=0)
call_command("dump_content", folder=Path(sys.argv[2]), verbosity=0)
accepted = Finding.objects.filter(accepted=True).values_list("figure__slug", "rule", "figure__confidence")
print("accepted:", json.dumps(sorted(map(list, accepted))))
"""


@pytest.fixture
def editable(folder, monkeypatch):
    """The models of `folder`, and those that editors alone write."""
    monkeypatch.setattr(content, "CONTENT_MODELS", [*SOME_MODELS, *sorted(content.OPTIONAL_MODELS)])


def files(path):
    return {one.name: one.read_bytes() for one in path.glob("*.json")}


def dump(path):
    path.mkdir(exist_ok=True)
    call_command("dump_content", folder=path)
    return Folder(path)


def edit():
    """Every sort of edit: changed, added, deleted, tied otherwise, withdrawn, accepted, reported, decided."""
    source = Source.objects.get(slug="geonames")
    Area.objects.filter(slug="london").update(population=1, latitude="51.5")
    CityAlias.objects.get(city__slug="bengaluru", name="Bangalore").delete()
    CityAlias.objects.create(
        city=Area.objects.get(slug="bengaluru"), name="Garden City\n“ಬೆಂಗಳೂರು”", kind="former", source=source
    )
    Work.objects.exclude(topics=None).earliest("slug").topics.clear()
    london = SalaryFigure.objects.get(slug="medical-director-london-opencourser")
    london.status, london.withdrawn_because, london.currency_certain = "withdrawn", "Nobody stands by it.", False
    london.save()
    Report.objects.create(slug="2026-11-22-delhi", about="/salaries/delhi/", name="Delhi", said="Too high.",
                          reported_on="2026-11-22")  # fmt: skip
    Decision.objects.create(rule="stale", label=AREA, key='["delhi"]', sentence="Old.", verdict="postponed",
                            reason="Wait.", until="2026-12-24", decided_on="2026-11-22")  # fmt: skip
    toronto = SalaryFigure.objects.get(slug="medical-director-toronto-opencourser")
    Acceptance.objects.create(figure=toronto, rule="ambiguous-currency", reason="Asked the publisher.", source=source)
    Acceptance.objects.update(accepted_on="2025-02-28")
    judgement.refresh()


def stay_connected():
    """Nobody waits for this transaction; another process needs longer than one may be idle on a running site."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


# Nothing edited


def test_dump_after_load_is_byte_identical(tmp_path, capsys):
    dump(tmp_path)

    assert files(tmp_path) == files(FIXTURES)
    assert sorted(one.stem for one in tmp_path.iterdir()) == sorted(content.CONTENT_MODELS)
    number = len(content.CONTENT_MODELS)
    assert f"{number} of {number} files were written" in capsys.readouterr().out


def test_check_after_load_finds_nothing(capsys):
    call_command("dump_content", check=True)

    assert "the files hold them already" in capsys.readouterr().out


def test_files_that_hold_everything_are_not_touched(all_content):
    before = {one: one.stat().st_mtime_ns for one in all_content.path.iterdir()}
    call_command("dump_content", folder=all_content.path)

    assert {one: one.stat().st_mtime_ns for one in all_content.path.iterdir()} == before


# Edited


def test_dump_loads_into_an_empty_database_and_comes_out_the_same(tmp_path):
    edit()
    first, second = dump(tmp_path / "first").path, tmp_path / "second"
    second.mkdir()
    stay_connected()
    with throw_away_database(tmp_path) as environment:
        done = subprocess.run(
            [sys.executable, "-c", ELSEWHERE, first, second],
            env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")

    changed = {name for name, text in files(first).items() if text != (FIXTURES / name).read_bytes()}
    assert changed == {
        f"{label}.json"
        for label in (AREA, ALIAS, FIGURE, "readinglist.work", *content.OPTIONAL_MODELS)
    }  # fmt: skip
    assert files(second) == files(first)
    said = json.loads(done.stdout.rpartition("accepted: ")[2])
    assert said == [["medical-director-toronto-opencourser", "ambiguous-currency", "note"]]
    assert said == [
        list(one)
        for one in Finding.objects.filter(accepted=True).values_list("figure__slug", "rule", "figure__confidence")
    ]


def test_dump_loaded_where_nobody_edited_makes_the_same_content(editable, tmp_path):
    with transaction.atomic():
        edit()
        edited = dumping.stored_content()
        folder = dump(tmp_path / "dump")
        transaction.set_rollback(True)
    assert dumping.stored_content() != edited

    report = folder.load()
    assert report.kept == []
    assert dict(report.counts) | {"unchanged": 0} == {"updated": 3, "created": 4, "removed": 1, "unchanged": 0}
    assert dumping.stored_content() == edited
    assert set(folder.load().counts) == {"unchanged"}


def test_dumped_edits_are_the_files_own_from_the_next_load_on(editable, tmp_path):
    edit()
    folder = dump(tmp_path / "dump")
    before = dumping.stored_content()
    report = folder.load()

    assert (set(report.counts), report.kept) == ({"unchanged"}, [])
    assert dumping.stored_content() == before
    folder.change(AREA, number_of(folder, AREA, slug="london"), population=2)
    report = folder.load()
    assert (report.counts["updated"], report.kept) == (1, [])
    assert Area.objects.get(slug="london").population == 2


def test_dump_alone_lets_no_load_undo_an_edit(tmp_path, folder):
    """The files it wrote may be thrown away; then the edit is still the editor's."""
    Area.objects.filter(slug="london").update(population=1)
    dump(tmp_path / "dump")
    report = folder.load()

    assert Area.objects.get(slug="london").population == 1
    assert report.kept == ['salaries.area ["london"]: changed in the admin']


def test_deletion_that_reached_the_files_is_forgotten(folder):
    rows = folder.rows(ALIAS)
    CityAlias.objects.get(city__slug="bengaluru", name="Bangalore").delete()
    call_command("dump_content", folder=folder.path)
    assert folder.load().kept == []
    assert not LoadedRow.objects.filter(model=ALIAS, key='["bengaluru", "Bangalore"]').exists()

    folder.write(ALIAS, rows)
    report = folder.load()
    assert (report.counts["created"], report.kept) == (1, [])


def test_citations_of_deleted_statements_leave_the_files(tmp_path):
    work = Work.objects.filter(list_entries=None).earliest("slug")
    cited = Citation.objects.filter(work=work).count()
    before = len(json.loads((FIXTURES / f"{CITATION}.json").read_text()))
    work.delete()
    folder = dump(tmp_path / "dump")

    assert cited > 0
    assert len(folder.rows(CITATION)) == before - cited


# --check


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(None, "not there yet", id="missing"),
        pytest.param(b"[", "it cannot be compared. salaries.cityalias.json cannot be read as JSON", id="broken"),
        pytest.param(b"[]", "35 records differ", id="empty"),
    ],
)
def test_check_names_files_that_cannot_be_compared(all_content, text, said):
    path = all_content.file(ALIAS)
    path.unlink() if text is None else path.write_bytes(text)

    with pytest.raises(CommandError, match=rf"\n- salaries.cityalias.json: {said}"):
        call_command("dump_content", folder=all_content.path, check=True)


def test_check_counts_differing_records_and_writes_nothing(folder):
    call_command("dump_content", folder=folder.path)  # which a copy for tests is not in the form of
    written = files(folder.path)
    Area.objects.filter(slug__in=["london", "delhi"]).update(population=1)
    CityAlias.objects.get(city__slug="bengaluru", name="Bangalore").delete()
    with pytest.raises(CommandError) as refusal:
        call_command("dump_content", folder=folder.path, check=True)

    assert refusal.value.returncode == 1
    assert str(refusal.value).splitlines()[1:3] == [
        "- salaries.area.json: 2 records differ",
        "- salaries.cityalias.json: 1 record differs",
    ]
    assert files(folder.path) == written


def test_check_tells_form_from_content(folder):
    call_command("dump_content", folder=folder.path)
    folder.write(SOURCE, folder.rows(SOURCE)[::-1])
    with pytest.raises(CommandError, match=r"\n- sources.source.json: the same records in another order or form\n"):
        call_command("dump_content", folder=folder.path, check=True)

    call_command("dump_content", folder=folder.path)
    assert folder.file(SOURCE).read_bytes() == (FIXTURES / f"{SOURCE}.json").read_bytes()


def test_check_counts_rows_that_cannot_be_read(folder):
    call_command("dump_content", folder=folder.path)
    folder.change(ALIAS, 1, altitude=3)

    with pytest.raises(CommandError, match="salaries.cityalias.json: 2 records differ"):  # one wrong, one lacking
        call_command("dump_content", folder=folder.path, check=True)


# No person's data


def test_no_model_of_persons_is_content():
    persons = {"auth", "sessions", "admin", "axes", "reversion", "contenttypes"}
    persons |= {app.label for app in apps.get_app_configs() if app.name.startswith("django_otp")}

    assert {label.partition(".")[0] for label in content.CONTENT_MODELS} & persons == set()


@pytest.mark.parametrize("label", content.CONTENT_MODELS)
def test_content_refers_to_content_alone(label):
    fields = content_fields(apps.get_model(label)).values()
    related = {field.related_model for field in fields if field.is_relation}

    assert get_user_model() not in related
    assert {model._meta.label_lower for model in related} <= set(content.CONTENT_MODELS)
