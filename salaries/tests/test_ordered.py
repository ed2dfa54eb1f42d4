"""Pages of many figures hold the rows that sorting all of them would give: every filter, every order, every page."""

import random
from itertools import product

import pytest
from django.http import QueryDict

from salaries import census, ordered
from salaries.filters import ORDERINGS, SalaryFilter
from salaries.models import SalaryFigure

pytestmark = pytest.mark.django_db

ALL_WAYS = ["", "basis=converted", "basis=converted&currency=INR", "basis=ppp"]
NARROWED = [
    "",
    "population=11-9111&population=29-1229&population=title",
    "population=11-9111&state=texas-us",
    "population=11-9111&population=30010&country=CA&country=US",
    "population=29-1229&confidence=note&confidence=exclude",
    "population=29-1215&kind=nonmetropolitan&confidence=doubt",
    "population=title&population=11-9111&q=new+york",
    "population=title&population=11-9111&city=new-york&city=delhi",
    "population=11-9111&min=110000&max=150000",
    "population=title&population=30010&min=60",
    "q=nowhere",
]


@pytest.fixture(autouse=True)
def many(monkeypatch):
    """No number of figures is few."""
    monkeypatch.setattr(ordered, "FEW", 0)


@pytest.fixture
def mixed(db):
    """Dates, periods and equal amounts in plenty, so that orders have ties and sections to get wrong."""
    draw = random.Random(1)  # noqa: S311
    figures = list(SalaryFigure.objects.order_by("pk"))
    for figure in figures:
        if figure.amount is not None and draw.random() < 0.5:
            figure.amount = draw.choice([9_000, 110_000, 120_000, 120_000])
            figure.p10 = figure.p25 = figure.p75 = figure.p90 = None
            figure.period = draw.choice(["year", "month", "hour", "unstated"])
        figure.note = "Changed."
    fields = ["amount", "p10", "p25", "p75", "p90", "period", "note"]
    SalaryFigure.objects.bulk_update(figures, fields, batch_size=500)
    SalaryFigure.objects.filter(pk__in=[one.pk for one in figures[::7]]).update(confidence="exclude")
    SalaryFigure.objects.filter(pk__in=[one.pk for one in figures[::11]]).update(status="draft")
    SalaryFigure.objects.filter(pk__in=[one.pk for one in figures[::13]]).update(currency="CAD")
    SalaryFigure.objects.filter(pk__in=[one.pk for one in figures[::17]]).update(currency="XAU")


def slices(total, size):
    starts = {0, size, total // 2, max(total - size, 0), total - 1} - {-1}
    return [(start, start + size) for start in sorted(starts) if start < total]


@pytest.mark.parametrize("way", ALL_WAYS)
def test_pages_are_those_of_the_whole_sorted_list(way, mixed, monkeypatch):
    counted = census.Census()
    monkeypatch.setattr("salaries.filters.census", lambda: counted)
    for narrowed, (order, _) in product(NARROWED, ORDERINGS):
        filterset = SalaryFilter(QueryDict(f"{narrowed}&{way}&ordering={order}"))
        wanted = list(filterset.figures.prefetch_related(None).values_list("pk", flat=True))
        figures = filterset.ordered

        assert figures.count() == len(wanted)
        for start, stop in slices(len(wanted), 7):
            assert [one.pk for one in figures[start:stop]] == wanted[start:stop], (narrowed, order, start)


def test_highest_amounts_are_those_of_the_figures(mixed):
    for query in [*NARROWED, "basis=ppp&population=11-9111&population=30010&min=100"]:
        filterset = SalaryFilter(QueryDict(query))
        wanted = {code: pair for code, pair in filterset.qs.highest_by_currency().items() if pair[1]}

        assert filterset.ordered.highest_by_currency() == wanted, query
