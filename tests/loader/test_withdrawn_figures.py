"""Figures that leave the fixtures: what readers may have seen is withdrawn, never deleted."""

import pytest

from editorial.models import Change
from salaries.models import SalaryFigure
from tests.loader.folder import FIGURE, drop, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def slug(folder):
    return folder.rows(FIGURE)[0]["fields"]["slug"]


def stored(slug):
    return SalaryFigure.objects.get(slug=slug)


def test_figure_whose_row_was_dropped_is_withdrawn_with_a_reason(folder, slug, client):
    address = stored(slug).get_absolute_url()
    drop(folder, FIGURE, slug=slug)
    report = folder.load()
    page = client.get(address)

    assert (report.counts["withdrawn"], report.counts["removed"], report.kept) == (1, 0, [])
    assert page.status_code == 410
    assert "no longer among the figures that this site collects" in page.content.decode()
    assert Change.objects.get(label=FIGURE).action == "withdrawn"


def test_loading_again_is_quiet(folder, slug):
    drop(folder, FIGURE, slug=slug)
    folder.load()
    before, changes = everything(), Change.objects.count()

    for options in ({}, {"overwrite": True}):
        report = folder.load(**options)
        assert (set(report.counts), report.kept) == ({"unchanged"}, [])
    assert (everything(), Change.objects.count()) == (before, changes)


def test_row_that_returns_publishes_it_again(folder, slug):
    rows = folder.rows(FIGURE)
    key = stored(slug).pk
    drop(folder, FIGURE, slug=slug)
    folder.load()
    folder.write(FIGURE, rows)
    report = folder.load()

    assert (report.counts["updated"], report.kept) == (1, [])
    assert (stored(slug).pk, stored(slug).status, stored(slug).withdrawn_because) == (key, "published", "")


@pytest.mark.parametrize("status", ["withdrawn", "in-review"])
def test_what_an_editor_withdrew_keeps_its_reason(status, folder, slug):
    SalaryFigure.objects.filter(slug=slug).update(status=status, withdrawn_because="The table was wrong.")
    drop(folder, FIGURE, slug=slug)
    report = folder.load()

    assert report.kept == []
    assert (stored(slug).status, stored(slug).withdrawn_because) == (status, "The table was wrong.")


def test_what_an_editor_changed_stays_public(folder, slug):
    SalaryFigure.objects.filter(slug=slug).update(covers="Gross.")
    drop(folder, FIGURE, slug=slug)

    assert folder.load().kept == [f'{FIGURE} ["{slug}"]: no longer in the fixtures, but changed in the admin']
    assert stored(slug).is_published
    assert folder.load(overwrite=True).counts["withdrawn"] == 1


def test_figure_that_nobody_saw_is_deleted(folder, slug):
    folder.change(FIGURE, 1, status="draft")
    folder.load()
    drop(folder, FIGURE, slug=slug)

    assert folder.load().counts["removed"] == 1
    assert not SalaryFigure.objects.filter(slug=slug).exists()


def test_what_it_rests_on_stays(folder, slug):
    """A figure that is accounted for with its source and place must be able to name them."""
    area = stored(slug).area
    for row in [one for one in folder.rows(FIGURE) if one["fields"]["area"] == [area.slug]]:
        drop(folder, FIGURE, slug=row["fields"]["slug"])
    folder.load()

    assert stored(slug).area == area
    assert not SalaryFigure.objects.published().filter(area=area).exists()
