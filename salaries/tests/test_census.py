"""The counts in memory, where the content moves while they are made."""

import pytest
from django.http import QueryDict

from careers.models import Country
from salaries.census import Census
from salaries.filters import SalaryFilter
from salaries.models import SalaryFigure

pytestmark = pytest.mark.django_db


def test_area_population_and_source_that_came_later_are_asked_for():
    census, figure = Census(), SalaryFigure.objects.select_related("area", "population", "source").first()
    census.at.pop(figure.area_id)
    census.described.pop(figure.population_id)
    census.sources.pop(figure.source_id)
    (joined,) = census.joined([SalaryFigure.objects.get(pk=figure.pk)])

    assert (joined.area, joined.population, joined.source) == (figure.area, figure.population, figure.source)
    assert list(joined.reasons) == list(figure.findings.order_by("-rank", "rule"))


def test_place_that_came_later_is_not_counted_yet():
    census = Census()
    chosen = census.chosen(["title"])
    places = [area.pk for area in census.areas]

    assert census.total(chosen, [*places, max(places) + 1]) == census.total(chosen)


def test_area_whose_country_came_meanwhile_is_not_counted_yet(monkeypatch):
    known = Country.objects.with_places().exclude(code="IN")
    monkeypatch.setattr("salaries.census.Country.objects.with_places", lambda: known)

    slugs = Census().slugs
    assert "delhi" not in slugs
    assert "london" in slugs


def test_counts_are_those_of_the_database():
    filterset = SalaryFilter(QueryDict("population=11-9111&country=US"))

    assert filterset.ordered.count() == filterset.qs.count() > 0
