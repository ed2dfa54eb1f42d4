"""What a load does when rows of the fixtures were changed, added, dropped or renamed."""

import json

import pytest

from careerguide.rows import digest
from salaries.models import Area, CityAlias, SalaryFigure
from sources.models import Source
from tests.loader.folder import ALIAS, AREA, COURSE, FIGURE, SOURCE, TOPIC, WORK, drop, number_of, refuse

pytestmark = pytest.mark.django_db


def test_field_new_to_a_model_makes_no_object_look_edited():
    before, after = {"name": "London"}, {"name": "London", "admin1_code": ""}

    assert digest(Area, before) == digest(Area, after)


def test_changed_row_updates_an_untouched_object(folder):
    key = Area.objects.get(slug="london").pk
    folder.change(AREA, number_of(folder, AREA, slug="london"), population=2)
    report = folder.load()

    assert report.counts["updated"] == 1
    assert Area.objects.get(slug="london").population == 2
    assert Area.objects.get(slug="london").pk == key
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


def test_dropped_rows_that_need_only_each_other_are_all_removed(folder):
    """Whatever their order: first one goes, then the one that it needed."""
    rows = folder.rows(AREA)
    area = next(row["fields"] for row in rows if row["fields"]["kind"] == "metropolitan")
    chain = [("one", None), ("two", ["one"]), ("three", ["two"]), ("four", ["three"])]
    new = [{"model": AREA, "fields": area | {"slug": slug, "code": slug, "within": on}} for slug, on in chain]
    folder.write(AREA, [*rows, *new])
    assert folder.load().counts["created"] == 4
    folder.write(AREA, rows)
    report = folder.load()

    assert (report.counts["removed"], report.kept) == (4, [])
    assert set(folder.load().counts) == {"unchanged"}


def test_renamed_row_loads(all_content):
    """A new slug makes a new record; the old one must go before, as both claim the same unique values."""
    old = all_content.rows(FIGURE)[0]["fields"]["slug"]
    city = SalaryFigure.objects.get(slug=old).area
    all_content.change(FIGURE, 1, status="draft")
    all_content.load()
    all_content.change(FIGURE, 1, slug="another-name")
    report = all_content.load()

    assert (report.counts["created"], report.counts["removed"], report.kept) == (1, 1, [])
    assert not SalaryFigure.objects.filter(slug=old).exists()
    assert SalaryFigure.objects.get(slug="another-name").area == city
    assert set(all_content.load().counts) == {"unchanged"}


def test_renamed_figure_that_readers_saw_is_refused(folder):
    """Its address has to go on answering, so the new one would be the same figure twice."""
    folder.change(FIGURE, 1, slug="another-name")

    assert 'row 1 ["another-name"]' in refuse(folder)


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
    bengaluru = Area.objects.get(slug="bengaluru")
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
