"""Rows to look at twice: shown before they are imported, counted afterwards."""

import pytest

from editorial.tests.transfer.files import as_csv, imported, planned
from salaries.tests.figures import title_figure
from sources.models import Source

pytestmark = pytest.mark.django_db


def tenfold():
    return as_csv({"slug": title_figure("delhi").slug, "amount": "39000000", "note": "Read again."})


def test_leap_is_told_beside_its_row_before_anything_is_saved():
    line = planned(tenfold()).lines[0]

    assert line.warnings == ["The new amount is 10 times as much as the present one: is a digit missing or doubled?"]
    assert line.kind == "changed"


def test_lines_to_look_at_twice_come_first():
    figures = [title_figure("paris"), title_figure("delhi")]
    amounts = [figures[0].amount, 39_000_000]
    rows = [
        {"slug": one.slug, "amount": amount, "note": "Read again."}
        for one, amount in zip(figures, amounts, strict=True)
    ]
    ((_, count, lines),) = planned(as_csv(*rows)).groups

    assert count == 2
    assert [bool(line.warnings) for line in lines] == [True, False]


def test_new_findings_about_public_figures_are_counted():
    plan = imported(tenfold(), reason="Read again.", source=Source.objects.get(slug="geonames"))

    assert plan.new_findings > 0
    assert f"New findings about figures: {plan.new_findings}; see the quality desk." in plan.summary
