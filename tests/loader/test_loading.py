"""All or nothing, no editor's work undone, and what the command says of it."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from careerguide import content
from careerguide.models import LoadedRow
from salaries.models import Area, CityAlias
from sources.models import Source
from tests.loader.folder import ALIAS, AREA, WORK, everything, number_of, refuse

pytestmark = pytest.mark.django_db


# Loading


def test_first_load_creates_every_row(all_content, empty_tables):
    report = all_content.load()

    assert dict(report.counts) == {"created": sum(len(all_content.rows(label)) for label in content.CONTENT_MODELS)}
    assert report.kept == []
    assert {label: apps.get_model(label).objects.count() for label in content.CONTENT_MODELS} == {
        label: len(all_content.rows(label)) for label in content.CONTENT_MODELS
    }


def test_second_load_changes_nothing(all_content):
    before = everything()
    report = all_content.load()

    assert set(report.counts) == {"unchanged"}
    assert report.kept == []
    assert everything() == before


def test_every_fixture_file_is_loaded():
    files = {path.stem for path in (settings.BASE_DIR / "fixtures").glob("*.json")}

    assert files == set(content.CONTENT_MODELS)


def test_first_load_refused_leaves_no_row(all_content, empty_tables):
    all_content.change(ALIAS, kind="nonsense")

    refuse(all_content)

    assert not LoadedRow.objects.exists()
    assert not Area.objects.exists()


# Editors' changes


def test_edit_is_kept_and_listed(folder):
    Area.objects.filter(slug="london").update(population=1)
    report = folder.load()

    assert Area.objects.get(slug="london").population == 1
    assert report.kept == ['salaries.area ["london"]: changed in the admin']


def test_edit_survives_every_further_load(folder):
    Area.objects.filter(slug="london").update(population=1)
    folder.load()

    assert folder.load().kept == ['salaries.area ["london"]: changed in the admin']


def test_edit_survives_a_change_of_its_row(folder):
    Area.objects.filter(slug="london").update(population=1)
    folder.change(AREA, number_of(folder, AREA, slug="london"), population=2)
    report = folder.load()

    assert Area.objects.get(slug="london").population == 1
    assert len(report.kept) == 1


def test_edit_of_a_relation_is_kept(folder):
    alias = CityAlias.objects.select_related("source").earliest("pk")
    other = Source.objects.exclude(pk=alias.source.pk).earliest("pk")
    CityAlias.objects.filter(pk=alias.pk).update(source=other)
    report = folder.load()

    alias.refresh_from_db()
    assert alias.source == other
    assert len(report.kept) == 1


def test_edit_of_a_many_to_many_is_kept(folder):
    work = apps.get_model(WORK).objects.exclude(topics=None).earliest("pk")
    work.topics.clear()
    report = folder.load()

    assert not work.topics.exists()
    assert len(report.kept) == 1


def test_overwrite_undoes_an_edit(folder):
    before = everything()
    Area.objects.filter(slug="london").update(population=1)
    report = folder.load(overwrite=True)

    assert report.counts["updated"] == 1
    assert report.kept == []
    assert everything() == before


def test_deleted_object_stays_deleted_and_is_listed(folder):
    CityAlias.objects.filter(city__slug="bengaluru", name="Bangalore").delete()

    for _ in range(2):
        report = folder.load()
        assert not CityAlias.objects.filter(city__slug="bengaluru", name="Bangalore").exists()
        assert report.kept == ['salaries.cityalias ["bengaluru", "Bangalore"]: deleted in the admin']


def test_overwrite_brings_back_what_was_deleted(folder):
    CityAlias.objects.filter(city__slug="bengaluru", name="Bangalore").delete()
    report = folder.load(overwrite=True)

    assert report.counts["created"] == 1
    assert CityAlias.objects.filter(city__slug="bengaluru", name="Bangalore").exists()


def test_object_that_an_editor_added_is_left_alone(folder):
    bengaluru = Area.objects.get(slug="bengaluru")
    CityAlias.objects.create(city=bengaluru, name="Garden City", kind="former", source=bengaluru.source)
    report = folder.load()

    assert set(report.counts) == {"unchanged"}
    assert bengaluru.aliases.filter(name="Garden City").exists()


def test_edit_undone_by_hand_is_no_longer_listed(folder):
    population = Area.objects.get(slug="london").population
    Area.objects.filter(slug="london").update(population=1)
    folder.load()
    Area.objects.filter(slug="london").update(population=population)

    assert folder.load().kept == []


def test_no_edit_slips_in_while_a_load_is_under_way():
    """Between reading and writing, an editor's save has to wait, or the load would write over it."""
    if connection.vendor == "sqlite":  # One writer at a time, from the start of each transaction.
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    editor = connection.copy()
    try:
        with editor.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
            cursor.execute("UPDATE salaries_area SET population = population")  # free before the load
            content.lock_content()
            with pytest.raises(OperationalError, match="lock timeout"):
                cursor.execute("UPDATE salaries_area SET population = population")
    finally:
        editor.close()


# The command


def test_command_reports_counts(folder, capsys):
    call_command("load_content", folder=folder.path)

    assert "unchanged" in capsys.readouterr().out


def test_command_lists_what_it_kept(folder, capsys):
    Area.objects.filter(slug="london").update(population=1)
    call_command("load_content", folder=folder.path)
    said = capsys.readouterr().out

    assert 'Kept: salaries.area ["london"]: changed in the admin' in said
    assert "--overwrite" in said


def test_command_fails_with_the_problems(folder):
    folder.change(AREA, 2, latitude="91")

    with pytest.raises(CommandError, match=r"Nothing was loaded.\n- salaries.area.json, row 2 .*latitude"):
        call_command("load_content", folder=folder.path)


def test_command_refuses_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="missing"):
        call_command("load_content", folder=tmp_path / "nowhere")
