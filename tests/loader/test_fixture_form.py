"""One order, one spelling, and all files or none."""

import errno
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from careerguide.fixtures import read_fixture, tidied, tidy, write_fixtures
from careerguide.rows import Row
from salaries.models import Area
from tests.loader.folder import AREA, CITATION, COUNTRY, FACT, FIGURE, SOURCE, WORK

RATE = "salaries.exchangerate"


def row(label, **fields):
    return {"model": label, "fields": fields}


def slugs(rows):
    return [one["fields"]["slug"] for one in rows]


# What is written


@pytest.mark.parametrize(
    ("label", "name", "value", "written"),
    [
        pytest.param(FIGURE, "currency_certain", True, True, id="switch that is on by default"),
        pytest.param(FIGURE, "currency_certain", False, False, id="switch against its default"),
        pytest.param(FIGURE, "period", "unstated", "unstated", id="choice at its default"),
        pytest.param(FIGURE, "status", "withdrawn", "withdrawn", id="withdrawn"),
        pytest.param(FIGURE, "amount", "32.50", "32.5", id="amount"),
        pytest.param(FIGURE, "amount", "1000.00", "1000", id="amount in thousands"),
        pytest.param(FIGURE, "amount", "0.07", "0.07", id="small amount"),
        pytest.param(FACT, "every_year", True, True, id="switch that is on"),
        pytest.param(FACT, "position", 0, 0, id="number zero"),
        pytest.param(SOURCE, "note", "é “x”\r\n", "é “x”\r\n", id="text"),
        pytest.param(WORK, "topics", [["b"], ["a"]], [["a"], ["b"]], id="list of keys"),
    ],
)
def test_value_is_written_and_read_again(label, name, value, written):
    model = apps.get_model(label)
    key = {"credential": ["cmd"], "slug": "x"} if label == FACT else {"slug": "x"}
    one = tidy(row(label, **key, **{name: value}))["fields"]

    assert one[name] == written
    read = Row(model, one)
    assert read.digest == Row(model, key | {name: value}).digest


@pytest.mark.parametrize(
    ("label", "name", "value"),
    [
        pytest.param(FIGURE, "status", "published", id="published"),
        pytest.param(FIGURE, "withdrawn_because", "", id="empty text"),
        pytest.param(FIGURE, "amount", None, id="no amount"),
        pytest.param(FIGURE, "amount", "", id="no amount, as tables have it"),
        pytest.param(FACT, "every_year", False, id="switch that is off"),
        pytest.param(AREA, "within", None, id="no relation"),
        pytest.param(AREA, "states", [], id="no relations"),
    ],
)
def test_value_that_says_nothing_is_left_out(label, name, value):
    model = apps.get_model(label)
    key = {"credential": ["cmd"], "slug": "x"} if label == FACT else {"slug": "x"}

    assert tidy(row(label, **key, **{name: value}))["fields"] == key
    if value != "" or name != "amount":
        assert Row(model, key).digest == Row(model, key | {name: value}).digest


@pytest.mark.parametrize("name", ["altitude", "id", "findings"])
def test_field_that_is_not_there_is_refused(name):
    with pytest.raises(KeyError, match=f"{AREA} has no field {name}"):
        tidy(row(AREA, slug="x", **{name: 1}))


def test_derived_field_is_refused():
    with pytest.raises(KeyError, match="has no field confidence"):
        tidy(row(FIGURE, slug="x", confidence="clear"))


# Order


@pytest.mark.parametrize(
    ("label", "ordered"),
    [
        pytest.param(SOURCE, [{"slug": "a"}, {"slug": "b"}], id="natural key"),
        pytest.param(COUNTRY, [{"code": "AU"}, {"code": "US"}], id="key that is no slug"),
        pytest.param(
            "careers.duty",
            [
                {"career": ["a"], "position": 20, "slug": "x"},
                {"career": ["b"], "position": 9, "slug": "z"},
                {"career": ["b"], "position": 10, "slug": "a"},
                {"career": ["b"], "position": 10, "slug": "b"},
            ],
            id="parts by career and position",
        ),
        pytest.param(
            AREA,
            [{"slug": slug, "kind": kind} for slug, kind in
             (("z", "country"), ("y", "state"), ("x", "metropolitan"), ("a", "city"), ("b", "city"))],
            id="areas from country to city",
        ),
        pytest.param(
            FIGURE,
            [{"slug": "b", "population": ["title"]}, {"slug": "a", "population": ["11-9111"]}],
            id="figures for the title first",
        ),
        pytest.param(
            RATE,
            [{"currency": "USD", "day": "2026-09-30"}, {"currency": "CAD", "day": "2026-10-30"}],
            id="rates by day",
        ),
        pytest.param(
            CITATION,
            [
                {"source": ["z"], "stance": "supports", "career": ["b"]},
                {"source": ["a"], "stance": "contradicts", "work": ["a"]},
                {"source": ["a"], "stance": "supports", "work": ["a"]},
                {"source": ["b"], "stance": "contradicts", "work": ["a"]},
                {"source": ["a"], "stance": "supports", "work": ["b"]},
            ],
            id="citations by what cites",
        ),
    ],
)  # fmt: skip
def test_rows_are_sorted(label, ordered):
    assert [one["fields"] for one in tidied([row(label, **fields) for fields in reversed(ordered)])] == ordered


def area(slug, **fields):
    return row(AREA, slug=slug, kind="state", **fields)


def test_row_stands_below_those_it_refers_to():
    rows = [area("a", within=["c"]), area("b", states=[["d"], ["a"]]), area("c", within=["z"]), area("d"), area("z")]

    assert slugs(tidied(rows)) == ["z", "c", "a", "d", "b"]


def test_rows_that_refer_to_each_other_are_refused():
    rows = [area("a", within=["b"]), area("b", states=[["c"]]), area("c", within=["a"])]

    with pytest.raises(CommandError, match=r'area \["a"\] refers to itself by way of others.* in the admin'):
        tidied(rows)


def test_reference_to_another_file_does_not_matter():
    assert slugs(tidied([area("a", within=["elsewhere"])])) == ["a"]


@pytest.mark.django_db
def test_command_refuses_areas_that_lie_in_each_other(tmp_path):
    london = Area.objects.get(slug="london")
    Area.objects.filter(pk=london.within_id).update(within=london)

    with pytest.raises(CommandError, match="refers to itself"):
        call_command("dump_content", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


# All files or none

TWO = {SOURCE: [row(SOURCE, slug="new")], COUNTRY: [row(COUNTRY, code="AU")]}


def in_the_way(path):
    (path / f"{COUNTRY}.json").mkdir()
    return path


@pytest.mark.parametrize(
    ("place", "said"),
    [
        pytest.param(lambda path: path / "nowhere", "No such file or directory", id="missing"),
        pytest.param(lambda path: path / f"{SOURCE}.json", "Not a directory", id="a file"),
        pytest.param(in_the_way, f"{COUNTRY}.json is a folder", id="a folder in the place of a file"),
    ],
)
def test_place_that_cannot_be_written_to_is_refused(tmp_path, place, said):
    (tmp_path / f"{SOURCE}.json").write_text("old")
    folder = place(tmp_path)
    before = sorted(tmp_path.iterdir())

    with pytest.raises(CommandError, match=rf"{folder} cannot be written to: {said}\. Name a folder"):
        write_fixtures(folder, TWO)
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / f"{SOURCE}.json").read_text() == "old"


@pytest.mark.parametrize("command", ["dump_content", "make_rate_fixtures"])
@pytest.mark.django_db
def test_command_refuses_such_a_place_without_a_traceback(tmp_path, command):
    option = "folder" if command == "dump_content" else "to"

    with pytest.raises(CommandError, match="nowhere cannot be written to: No such file or directory"):
        call_command(command, **{option: tmp_path / "nowhere"})


def test_full_disk_leaves_all_files_as_they_were(tmp_path, monkeypatch):
    for label in TWO:
        (tmp_path / f"{label}.json").write_text("old")
    write = Path.write_bytes

    def fill_up(path, text):
        if COUNTRY in path.name:
            write(path, text[:3])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, text)

    monkeypatch.setattr(Path, "write_bytes", fill_up)
    with pytest.raises(CommandError, match="No space left on device"):
        write_fixtures(tmp_path, TWO)

    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {f"{label}.json": "old" for label in TWO}


def test_only_files_that_change_are_written(tmp_path):
    assert write_fixtures(tmp_path, TWO) == [tmp_path / f"{label}.json" for label in TWO]
    changed = TWO | {COUNTRY: [*TWO[COUNTRY], row(COUNTRY, code="AD")]}

    assert write_fixtures(tmp_path, changed) == [tmp_path / f"{COUNTRY}.json"]
    assert [one["fields"]["code"] for one in read_fixture(tmp_path / f"{COUNTRY}.json")] == ["AD", "AU"]
    assert sorted(one.suffix for one in tmp_path.iterdir()) == [".json", ".json"]


@pytest.mark.parametrize(
    ("text", "said"),
    [pytest.param(b"[", "cannot be read as JSON", id="cut"), pytest.param(b"\xff", "UTF-8", id="Latin-1")],
)
def test_fixture_that_cannot_be_read_is_named(tmp_path, text, said):
    path = tmp_path / "sources.citation.json"
    path.write_bytes(text)

    with pytest.raises(CommandError, match=said) as refusal:
        read_fixture(path)
    assert str(path) in str(refusal.value)


def test_fixtures_are_in_their_form():
    for path in (settings.BASE_DIR / "fixtures").glob("*.json"):
        rows = read_fixture(path)
        assert tidied(rows) == rows, path.name
        assert [[*one["fields"]] for one in tidied(rows)] == [[*one["fields"]] for one in rows], path.name
