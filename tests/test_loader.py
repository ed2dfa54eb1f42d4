"""The content loader: all or nothing, every problem named with file, row and field, and no editor's work undone."""

import json
import shutil

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from careerguide import content
from careerguide.models import LoadedRow
from careerguide.rows import digest
from salaries.models import City, CityAlias, SalaryFigure
from sources.models import Source

pytestmark = pytest.mark.django_db

SOURCE, CITATION = "sources.source", "sources.citation"
COUNTRY, CAREER, DUTY = "careers.country", "careers.career", "careers.duty"
TOPIC, WORK, COURSE = "readinglist.topic", "readinglist.work", "readinglist.course"
CITY, ALIAS, FIGURE = "salaries.city", "salaries.cityalias", "salaries.salaryfigure"

SOME_MODELS = [
    SOURCE,
    COUNTRY,
    CAREER,
    TOPIC,
    WORK,
    CITY,
    ALIAS,
    FIGURE,
]  # one of each sort; all would take a second a load


class Folder:
    """A copy of the fixtures, to be changed."""

    def __init__(self, path):
        self.path = path

    def file(self, label):
        return self.path / f"{label}.json"

    def rows(self, label):
        return json.loads(self.file(label).read_text(encoding="utf-8"))

    def write(self, label, rows):
        self.file(label).write_text(json.dumps(rows), encoding="utf-8")

    def change(self, label, number=1, **fields):
        """Change fields of the row with this number, counted from 1 as in the messages."""
        rows = self.rows(label)
        rows[number - 1]["fields"] |= fields
        self.write(label, rows)

    def load(self, **options):
        return content.load(self.path, **options)


@pytest.fixture
def all_content(tmp_path):
    return Folder(shutil.copytree(settings.BASE_DIR / "fixtures", tmp_path / "fixtures"))


@pytest.fixture
def folder(all_content, monkeypatch):
    """The fixtures of some models; those of the others are neither read nor touched."""
    monkeypatch.setattr(content, "CONTENT_MODELS", SOME_MODELS)
    return all_content


@pytest.fixture
def empty_tables():
    """The same database before the first load."""
    for label in reversed(content.CONTENT_MODELS):  # what is referred to, last
        apps.get_model(label).objects.all().delete()
    LoadedRow.objects.all().delete()


def everything():
    """All content and all that the loader remembers, to be compared."""
    labels = [*content.CONTENT_MODELS, "careerguide.loadedrow"]
    return {label: list(apps.get_model(label).objects.order_by("pk").values()) for label in labels}


def refuse(folder):
    """Load, expect a refusal that changes nothing, and return what it says."""
    before = everything()
    with pytest.raises(content.ContentError) as refusal:
        folder.load()
    assert everything() == before
    assert refusal.value.problems
    return str(refusal.value)


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
    assert not City.objects.exists()


# Editors' changes


def test_edit_is_kept_and_listed(folder):
    City.objects.filter(slug="london").update(population=1)
    report = folder.load()

    assert City.objects.get(slug="london").population == 1
    assert report.kept == ['salaries.city ["london"]: changed in the admin']


def test_edit_survives_every_further_load(folder):
    City.objects.filter(slug="london").update(population=1)
    folder.load()

    assert folder.load().kept == ['salaries.city ["london"]: changed in the admin']


def test_edit_survives_a_change_of_its_row(folder):
    City.objects.filter(slug="london").update(population=1)
    folder.change(CITY, number_of(folder, CITY, slug="london"), population=2)
    report = folder.load()

    assert City.objects.get(slug="london").population == 1
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
    City.objects.filter(slug="london").update(population=1)
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
    bengaluru = City.objects.get(slug="bengaluru")
    CityAlias.objects.create(city=bengaluru, name="Garden City", kind="former", source=bengaluru.source)
    report = folder.load()

    assert set(report.counts) == {"unchanged"}
    assert bengaluru.aliases.filter(name="Garden City").exists()


def test_edit_undone_by_hand_is_no_longer_listed(folder):
    population = City.objects.get(slug="london").population
    City.objects.filter(slug="london").update(population=1)
    folder.load()
    City.objects.filter(slug="london").update(population=population)

    assert folder.load().kept == []


# Changed fixtures


def test_field_new_to_a_model_makes_no_object_look_edited():
    before, after = {"name": "London"}, {"name": "London", "admin1_code": ""}

    assert digest(City, before) == digest(City, after)


def test_changed_row_updates_an_untouched_object(folder):
    key = City.objects.get(slug="london").pk
    folder.change(CITY, number_of(folder, CITY, slug="london"), population=2)
    report = folder.load()

    assert report.counts["updated"] == 1
    assert City.objects.get(slug="london").population == 2
    assert City.objects.get(slug="london").pk == key
    assert set(folder.load().counts) == {"unchanged"}


def test_dropped_row_removes_an_untouched_object(folder):
    drop(folder, ALIAS, city=["bengaluru"], name="Bangalore")
    report = folder.load()

    assert report.counts["removed"] == 1
    assert not CityAlias.objects.filter(city__slug="bengaluru", name="Bangalore").exists()


def test_dropped_row_leaves_an_edited_object(folder):
    alias = CityAlias.objects.get(city__slug="bengaluru", name="Bangalore")
    other = Source.objects.exclude(pk=alias.source.pk).earliest("pk")
    CityAlias.objects.filter(pk=alias.pk).update(source=other)
    drop(folder, ALIAS, city=["bengaluru"], name="Bangalore")
    report = folder.load()

    assert CityAlias.objects.filter(pk=alias.pk).exists()
    assert report.kept == [
        'salaries.cityalias ["bengaluru", "Bangalore"]: no longer in the fixtures, but changed in the admin'
    ]


def test_new_row_creates_an_object(folder):
    rows = folder.rows(ALIAS)
    new = json.loads(json.dumps(rows[0]))
    new["fields"]["name"] = "A name that no city has"
    folder.write(ALIAS, [*rows, new])

    assert folder.load().counts["created"] == 1


def test_dropped_row_leaves_an_edited_object_and_says_so_at_every_load(folder):
    alias = CityAlias.objects.get(city__slug="bengaluru", name="Bangalore")
    CityAlias.objects.filter(pk=alias.pk).update(kind="variant" if alias.kind != "variant" else "former")
    drop(folder, ALIAS, city=["bengaluru"], name="Bangalore")
    said = 'salaries.cityalias ["bengaluru", "Bangalore"]: no longer in the fixtures, but changed in the admin'

    for _ in range(3):
        report = folder.load()
        assert report.kept == [said]
        assert report.counts["removed"] == 0
        assert CityAlias.objects.filter(pk=alias.pk).exists()


def test_overwrite_removes_an_edited_object_whose_row_was_dropped(folder):
    alias = CityAlias.objects.get(city__slug="bengaluru", name="Bangalore")
    CityAlias.objects.filter(pk=alias.pk).update(kind="variant" if alias.kind != "variant" else "former")
    drop(folder, ALIAS, city=["bengaluru"], name="Bangalore")
    folder.load()
    report = folder.load(overwrite=True)

    assert (report.counts["removed"], report.kept) == (1, [])
    assert not CityAlias.objects.filter(pk=alias.pk).exists()
    report = folder.load()
    assert (set(report.counts), report.kept) == ({"unchanged"}, [])


def test_renamed_row_loads(all_content):
    """A new slug makes a new record; the old one must go before, as both claim the same unique values."""
    old = all_content.rows(FIGURE)[0]["fields"]["slug"]
    city = SalaryFigure.objects.get(slug=old).city
    all_content.change(FIGURE, 1, slug="another-name")
    report = all_content.load()

    assert (report.counts["created"], report.counts["removed"], report.kept) == (1, 1, [])
    assert not SalaryFigure.objects.filter(slug=old).exists()
    assert SalaryFigure.objects.get(slug="another-name").city == city
    assert set(all_content.load().counts) == {"unchanged"}


def test_renamed_row_that_others_refer_to_is_refused_by_field(all_content):
    """To take the old topic away first would change the works that bear it, and they would look edited."""
    old = all_content.rows(TOPIC)[0]["fields"]["slug"]
    all_content.change(TOPIC, 1, slug="another-name")
    rename_topic(all_content, old, "another-name")

    assert refuse(all_content) == (
        'readinglist.topic.json, row 1 ["another-name"], field name: Topic with this Name already exists.'
    )


def rename_topic(folder, old, new):
    for label in (WORK, COURSE):
        rows = folder.rows(label)
        for row in rows:
            row["fields"]["topics"] = [[new] if key == [old] else key for key in row["fields"].get("topics", [])]
        folder.write(label, rows)


def test_swapped_unique_values_are_refused_by_field(all_content):
    ranks = [row["fields"]["rank"] for row in all_content.rows(COURSE)[:2]]
    assert len(set(ranks)) == 2
    all_content.change(COURSE, 1, rank=ranks[1])
    all_content.change(COURSE, 2, rank=ranks[0])
    message = refuse(all_content)

    assert "readinglist.course.json, row " in message
    assert "field rank: " in message


def test_dropped_row_that_others_still_need_is_kept_and_listed_at_every_load(folder):
    """An editor's own record may rest on a source whose row leaves the file."""
    rows = folder.rows(SOURCE)
    row = {"model": SOURCE, "fields": rows[0]["fields"] | {"slug": "passing"}}
    folder.write(SOURCE, [*rows, row])
    folder.load()
    bengaluru = City.objects.get(slug="bengaluru")
    passing = Source.objects.get(slug="passing")
    CityAlias.objects.create(city=bengaluru, name="Garden City", kind="former", source=passing)
    folder.write(SOURCE, rows)

    for _ in range(3):
        report = folder.load()
        assert report.kept == [
            'sources.source ["passing"]: no longer in the fixtures, but needed by city alias “Garden City”'
        ]
        assert report.counts["removed"] == 0
        assert Source.objects.filter(slug="passing").exists()

    CityAlias.objects.filter(name="Garden City").delete()
    report = folder.load()
    assert (report.counts["removed"], report.kept) == (1, [])
    assert not Source.objects.filter(slug="passing").exists()


# Broken files


@pytest.mark.parametrize("label", [SOURCE, FIGURE, CITATION])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"null", id="null"),
        pytest.param(b"{}", id="object"),
        pytest.param(b"[]", id="no rows"),
        pytest.param(b"[null]", id="null row"),
        pytest.param(b"[[]]", id="list for a row"),
        pytest.param(b'"text"', id="text"),
        pytest.param(b"NaN", id="not a number"),
        pytest.param(b'[{"model": "sou', id="cut"),
        pytest.param(b"slug,title\n", id="not JSON"),
        pytest.param(b"[" * 100_000, id="too deep"),
        pytest.param('[{"é": 1}]'.encode("latin-1"), id="Latin-1"),
        pytest.param("[]".encode("utf-16"), id="UTF-16"),
        pytest.param(b'[{"model": "auth.user", "fields": {"username": "x"}}]', id="model of another file"),
        pytest.param(b'[{"model": "no.such", "fields": {}}]', id="unknown model"),
        pytest.param(b'[{"fields": {}}]', id="no model"),
        pytest.param(b'[{"model": "sources.source"}]', id="no fields"),
    ],
)
def test_broken_file_is_refused_by_name(all_content, label, text):
    all_content.file(label).write_bytes(text)

    assert f"{label}.json" in refuse(all_content)


def test_cut_file_is_refused_by_name(all_content):
    text = all_content.file(DUTY).read_bytes()
    all_content.file(DUTY).write_bytes(text[: len(text) // 2])

    assert "careers.duty.json" in refuse(all_content)


def test_missing_file_is_refused_by_name(all_content):
    all_content.file(DUTY).unlink()

    assert refuse(all_content) == "careers.duty.json is missing."


# Broken rows


@pytest.mark.parametrize(
    ("label", "field", "value"),
    [
        pytest.param(CITY, "country", ["ZZ"], id="foreign key to nothing"),
        pytest.param(CITY, "country", "IN", id="foreign key that is no list"),
        pytest.param(CITY, "country", [], id="foreign key without a key"),
        pytest.param(CITY, "country", ["IN", "IN"], id="foreign key with too long a key"),
        pytest.param(CITY, "country", None, id="no foreign key"),
        pytest.param(WORK, "topics", [["no-such-topic"]], id="many-to-many to nothing"),
        pytest.param(WORK, "topics", "quality", id="many-to-many that is no list"),
        pytest.param(CITY, "altitude", 3, id="unknown field"),
        pytest.param(CITY, "name", ["London"], id="list for a name"),
        pytest.param(CITY, "name", {"en": "London"}, id="object for a name"),
        pytest.param(CITY, "name", "Lon\0don", id="NUL"),
        pytest.param(CITY, "name", "x" * 101, id="too long"),
        pytest.param(CITY, "name", "", id="empty name"),
        pytest.param(CITY, "name", None, id="null name"),
        pytest.param(CITY, "slug", "not a slug", id="slug with spaces"),
        pytest.param(CITY, "latitude", "90.00001", id="latitude beyond the pole"),
        pytest.param(CITY, "latitude", "1e-999999", id="number with a huge exponent"),
        pytest.param(CITY, "latitude", "NaN", id="NaN"),
        pytest.param(CITY, "latitude", "Infinity", id="infinity"),
        pytest.param(CITY, "population", -1, id="negative population"),
        pytest.param(CITY, "population", 10**30, id="population beyond the database"),
        pytest.param(CITY, "population", "many", id="population in words"),
        pytest.param(FIGURE, "currency", "XX", id="currency of two letters"),
        pytest.param(FIGURE, "currency", "usd", id="currency in small letters"),
        pytest.param(FIGURE, "currency", "XQZ", id="unknown currency"),
        pytest.param(FIGURE, "currency", "$", id="currency sign"),
        pytest.param(FIGURE, "amount", "0", id="amount zero"),
        pytest.param(FIGURE, "amount", "-1", id="amount negative"),
        pytest.param(FIGURE, "amount", "1e30", id="amount too large"),
        pytest.param(FIGURE, "amount", "NaN", id="amount not a number"),
        pytest.param(FIGURE, "amount", "1,000", id="amount with a comma"),
        pytest.param(FIGURE, "amount", "0.001", id="amount with too many places"),
        pytest.param(FIGURE, "as_printed", "", id="nothing printed"),
        pytest.param(FIGURE, "period", "weekend", id="unknown period"),
        pytest.param(FIGURE, "population", "any body", id="population described by no code"),
        pytest.param(FIGURE, "as_of", "2025-13", id="month 13"),
        pytest.param(FIGURE, "as_of", "2025-02-30", id="30 February"),
        pytest.param(FIGURE, "as_of", "May 2025", id="date in words"),
        pytest.param(FIGURE, "currency_certain", "perhaps", id="neither true nor false"),
        pytest.param(SOURCE, "url", "javascript:alert(1)", id="script for an address"),
        pytest.param(SOURCE, "url", "file:///etc/passwd", id="file for an address"),
        pytest.param(SOURCE, "kind", "rumor", id="unknown kind"),
        pytest.param(SOURCE, "published", "-2025", id="negative year"),
        pytest.param(SOURCE, "retrieved_on", "2026-02-30", id="day that does not exist"),
    ],
)
def test_broken_row_is_refused_by_row_and_field(folder, label, field, value):
    folder.change(label, 2, **{field: value})
    message = refuse(folder)

    assert f"{label}.json, row 2 " in message
    assert field in message


def test_repeated_row_is_refused(folder):
    rows = folder.rows(CITY)
    folder.write(CITY, [*rows, rows[0]])

    assert f"salaries.city.json, row {len(rows) + 1} " in refuse(folder)


def test_repeated_unique_value_is_refused_by_field(folder):
    first = folder.rows(CITY)[0]["fields"]["geonames_id"]
    folder.change(CITY, 2, geonames_id=first)
    message = refuse(folder)

    assert "salaries.city.json, row 2 " in message
    assert "geonames_id" in message


def test_repeated_figure_for_one_time_is_refused(folder):
    rows = folder.rows(FIGURE)
    copy = {"model": FIGURE, "fields": rows[0]["fields"] | {"slug": "another"}}
    folder.write(FIGURE, [*rows, copy])

    assert f"salaries.salaryfigure.json, row {len(rows) + 1} " in refuse(folder)


def test_citation_of_two_statements_is_refused(all_content):
    label = CITATION
    rows = all_content.rows(label)
    work = next(row["fields"]["work"] for row in rows if "work" in row["fields"])
    number = next(number for number, row in enumerate(rows, 1) if "work" not in row["fields"])
    all_content.change(label, number, work=work)

    assert f"{label}.json, row {number} " in refuse(all_content)


def test_citation_of_nothing_is_refused(all_content):
    row = {"model": CITATION, "fields": {"source": ["geonames"], "stance": "supports"}}
    rows = all_content.rows(CITATION)
    all_content.write(CITATION, [*rows, row])

    assert f"{CITATION}.json, row {len(rows) + 1} " in refuse(all_content)


def test_every_problem_of_a_file_is_named(folder):
    folder.change(CITY, 1, latitude="91", population=-1)
    folder.change(CITY, 3, name="")
    message = refuse(folder)

    assert "row 1 " in message
    assert "field latitude" in message
    assert "field population" in message
    assert "row 3 " in message


@pytest.mark.parametrize("places", [".0", ".00"])
def test_amount_written_with_other_places_is_the_same(folder, places):
    folder.change(FIGURE, 1, amount=folder.rows(FIGURE)[0]["fields"]["amount"] + places)

    assert set(folder.load().counts) == {"unchanged"}


# The command


def test_command_reports_counts(folder, capsys):
    call_command("load_content", folder=folder.path)

    assert "unchanged" in capsys.readouterr().out


def test_command_lists_what_it_kept(folder, capsys):
    City.objects.filter(slug="london").update(population=1)
    call_command("load_content", folder=folder.path)
    said = capsys.readouterr().out

    assert 'Kept: salaries.city ["london"]: changed in the admin' in said
    assert "--overwrite" in said


def test_command_fails_with_the_problems(folder):
    folder.change(CITY, 2, latitude="91")

    with pytest.raises(CommandError, match=r"Nothing was loaded.\n- salaries.city.json, row 2 .*latitude"):
        call_command("load_content", folder=folder.path)


def test_command_refuses_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="missing"):
        call_command("load_content", folder=tmp_path / "nowhere")


def number_of(folder, label, **fields):
    """The number, from 1, of the row that holds these values."""
    rows = enumerate(folder.rows(label), 1)
    return next(number for number, row in rows if fields.items() <= row["fields"].items())


def drop(folder, label, **fields):
    rows = folder.rows(label)
    del rows[number_of(folder, label, **fields) - 1]
    folder.write(label, rows)
