"""A figure that readers cannot see speaks against nobody, but is judged itself, so that editors see what to expect."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.http import QueryDict

from editorial.status import Status
from salaries.census import Census
from salaries.filters import SalaryFilter
from salaries.judgement import refresh
from salaries.models import Finding, SalaryFigure
from salaries.open_findings import counted_rules
from salaries.peers import Peers
from salaries.rules import RULES
from salaries.tests.facts import TODAY, at, check, earning, official, priced
from salaries.tests.figures import DAY, said, title_figure, title_figures

HIDDEN = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]


def hide(city, status=Status.DRAFT):
    because = "It was wrong." if status == Status.WITHDRAWN else ""
    assert title_figures(city).update(status=status, withdrawn_because=because) == 1
    refresh(DAY)


@pytest.mark.parametrize("status", HIDDEN)
def test_hidden_figure_conflicts_with_none_that_is_seen(status):
    one, other = earning(100_000, 1_000_000)
    seen, hidden = [one, replace(other, status=status)], replace(other, status=status)

    assert check("same-currency-conflict", [one, other])
    assert check("same-currency-conflict", seen) is None
    assert check("same-currency-conflict", [hidden, one])


@pytest.mark.parametrize("status", HIDDEN)
def test_hidden_figure_confirms_none_that_is_seen(status):
    one, other = earning(100_000, 100_000, area=7)
    other = replace(other, source=1)
    hidden = replace(other, status=status)

    assert check("single-source", [one, other]) is None
    assert check("single-source", [one, hidden])
    assert check("single-source", [hidden, one]) is None


def test_hidden_figure_without_any_that_is_seen_stands_alone():
    one = replace(earning(100_000)[0], status=Status.DRAFT)

    assert check("single-source", [one])
    assert check("same-currency-conflict", [one]) is None
    assert check("far-from-the-role", [one]) is None


def test_hidden_figure_moves_no_median():
    found = priced(*[100_000, 200_000, 300_000, 400_000, 500_000, 600_000, 700_000])
    wild = replace(found[0], key=99, ppp=Decimal(90_000_000), status=Status.DRAFT)
    peers = Peers([*found, wild], TODAY)

    assert peers.middle(found[0]) == peers.middle(wild) == 400_000
    assert Peers([*found, replace(wild, status=Status.PUBLISHED)], TODAY).middle(found[0]) == 450_000
    assert RULES["far-from-the-median"].check(wild, peers)


def test_hidden_figures_are_too_few_for_statistics():
    found = at(9)
    assert check("far-from-the-role", found)
    few = [found[0], *(replace(one, status=Status.DRAFT) for one in found[1:])]

    assert check("far-from-the-role", few) is None


def test_hidden_band_binds_none():
    one = earning(1_000_000, area=0)
    band = official(100, 1000)

    assert check("beyond-the-official-band", [*one, band])
    assert check("beyond-the-official-band", [*one, replace(band, status=Status.WITHDRAWN)]) is None


@pytest.mark.parametrize(("seen", "words"), [(1, "below the other figure"), (2, "below the Place 2 figure")])
def test_hidden_figure_is_told_how_many_it_conflicts_with(seen, words):
    first, *others = earning(1_000, 50_000, 90_000)
    sentence = check("same-currency-conflict", [replace(first, status=Status.DRAFT), *others[:seen]])

    assert words in sentence


@pytest.mark.parametrize("status", HIDDEN)
def test_hiding_a_figure_frees_the_other_of_its_findings(db, status):
    refresh(DAY)
    assert "same-currency-conflict" in said("delhi") and "same-currency-conflict" in said("bengaluru")
    assert title_figure("delhi").confidence == "doubt"
    hide("bengaluru", status)

    assert "same-currency-conflict" not in said("delhi")
    assert title_figure("delhi").confidence == "note"
    assert "same-currency-conflict" in said("bengaluru")


def test_readers_see_and_count_findings_of_published_figures_only(db):
    refresh(DAY)
    before = {rule.name: count for rule, count in counted_rules()}
    of_paris = set(title_figure("paris").findings.open().values_list("rule", flat=True))
    hide("paris")
    after = {rule.name: count for rule, count in counted_rules()}

    assert of_paris
    assert {name for name in before if after[name] < before[name]} >= of_paris - {"far-from-the-role"}
    assert not Finding.objects.published().filter(figure__area__slug="paris", figure__population="title").exists()
    assert title_figure("paris").findings.exists()


def test_hidden_figure_counts_nowhere(db, client):
    figures = SalaryFilter(QueryDict("")).qs.count()
    hide("paris")
    filterset = SalaryFilter(QueryDict(""))
    title = next(one for one in Census().populations if one.is_title)

    assert filterset.qs.count() == title.figure_count == figures - 1
    assert {city.slug: city.figure_count for city in filterset.cities}["paris"] == 0
    assert {one.code: one.figure_count for one in filterset.countries}["FR"] == 0
    assert sum(one.figure_count for one in filterset.countries) == figures - 1
    assert "/salaries/cities/paris/" not in client.get("/").content.decode()
    assert "No figure for this place yet." in client.get("/salaries/cities/paris/").content.decode()
    assert f"<h2>The {figures - 1} figures</h2>" in client.get("/method/").content.decode()


def test_population_without_a_figure_that_is_seen_is_not_offered(db):
    code = "29-1243"
    assert code in {one.code for one in Census().populations}
    SalaryFigure.objects.describing([code]).update(status=Status.DRAFT)

    assert code not in {one.code for one in Census().populations}


def test_earlier_value_that_was_never_published_is_no_earlier_value(db):
    figure = title_figure("paris")
    SalaryFigure.objects.filter(pk=figure.pk).update(as_of="2025")
    figure.refresh_from_db()
    values = {field.attname: getattr(figure, field.attname) for field in figure._meta.fields}
    for slug, as_of, status in (("seen", "2020", Status.PUBLISHED), ("unseen", "2019", Status.DRAFT)):
        SalaryFigure(**values | {"id": None, "slug": slug, "as_of": as_of, "status": status}).save()

    assert [one.slug for one in figure.same_but_earlier()] == ["seen"]
