"""The filters' queries reach the figures by an index, on both databases, as the planner itself says."""

import re

import pytest
from django.db import connection
from django.http import QueryDict

from salaries.choices import ROLE
from salaries.filters import SalaryFilter
from salaries.models import SalaryFigure

pytestmark = pytest.mark.django_db

TABLE = SalaryFigure._meta.db_table
BY_CLASS = {index.name for index in SalaryFigure._meta.indexes}  # each begins with career, population and status
# How each database says that it reads the table from end to end, and by which index it does not. An index can be
# walked without a condition as well; only a search counts.
WHOLE = {"postgresql": rf"Seq Scan on {TABLE}\b", "sqlite": rf"SCAN {TABLE}\b"}
SEARCHED = {
    "postgresql": rf"Index (?:Only )?Scan using (\w+) on {TABLE}\b|Bitmap Index Scan on (\w*salaryfigure\w*)",
    "sqlite": rf"SEARCH {TABLE} USING (?:COVERING )?INDEX (\w+) \(",
}
# How it says that status is one of the columns that are searched, not looked at in each row found.
BY_STATUS = {
    "postgresql": r"Index Cond: \(.*\bstatus\)?::text = 'published'",
    "sqlite": rf"SEARCH {TABLE} USING (?:COVERING )?INDEX \w+ \((?:\w+=\? AND )*status=\?",
}
# The indexes that questions about cities may use: ours by name, and those of foreign keys by their columns. Of a few
# thousand figures PostgreSQL takes one or another, as what other tests left behind changes the costs.
OF_CITIES = {
    "postgresql": (BY_CLASS, [["area_id"], ["population_id"]]),
    "sqlite": ({"salaryfigure_by_area"}, [["area_id"]]),
}


@pytest.fixture
def analyzed(db):
    """The planner's statistics, which a fresh test database does not have yet; they go with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plan(queryset):
    """What the database says it would do, for the very SQL of the queryset."""
    return queryset.explain()


def indexes(text):
    return {name for match in re.finditer(SEARCHED[connection.vendor], text) for name in match.groups() if name}


def columns_of(name):
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, TABLE)[name]["columns"]


@pytest.mark.parametrize("ordered", [True, False], ids=["figures", "qs"])
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 15),
        ("population=29-1243", 7),
        ("confidence=exclude", 4),
        ("population=29-1243&ordering=-median&basis=converted", 7),
        ("population=11-9111&confidence=doubt", 1),
        ("population=29-1243&q=ohio", 1),
        ("population=29-1243&country=US&min=1", 5),
    ],
)
def test_query_uses_an_index_of_ours(query, count, ordered, analyzed):
    filterset = SalaryFilter(QueryDict(query))
    queryset = filterset.figures if ordered else filterset.qs
    text = plan(queryset)

    assert queryset.count() == count
    assert not re.search(WHOLE[connection.vendor], text), text
    assert indexes(text), text
    assert indexes(text) <= BY_CLASS, text


@pytest.mark.parametrize("ordered", [True, False], ids=["figures", "qs"])
@pytest.mark.parametrize(
    ("query", "count"),
    [("population=11-9111&city=austin", 1), ("population=11-9111&city=austin&city=new-york", 2)],
)
def test_query_of_a_city_uses_an_index(query, count, ordered, analyzed):
    filterset = SalaryFilter(QueryDict(query))
    queryset = filterset.figures if ordered else filterset.qs
    text = plan(queryset)

    assert queryset.count() == count
    assert not re.search(WHOLE[connection.vendor], text), text
    assert indexes(text), text
    ours, keys = OF_CITIES[connection.vendor]
    assert all(name in ours or columns_of(name) in keys for name in indexes(text)), text


@pytest.mark.parametrize(
    "query", ["", "population=29-1243", "confidence=exclude", "population=11-9111&confidence=doubt"]
)
def test_what_readers_cannot_see_is_left_out_by_the_index(query, analyzed):
    published = plan(SalaryFilter(QueryDict(query)).qs)
    of_all = plan(SalaryFigure.objects.of_career(ROLE).describing(["title"]))

    assert re.search(BY_STATUS[connection.vendor], published), published
    assert not re.search(BY_STATUS[connection.vendor], of_all), of_all


def test_the_plan_of_a_question_without_an_index_is_seen(analyzed):
    """The patterns above would find a sequential scan if there were one."""
    text = plan(SalaryFigure.objects.filter(as_printed="$1").order_by())

    assert re.search(WHOLE[connection.vendor], text), text
    assert not indexes(text), text


@pytest.mark.parametrize("ordered", [True, False], ids=["figures", "qs"])
def test_query_of_a_state_uses_an_index(ordered, analyzed):
    filterset = SalaryFilter(QueryDict("population=11-9111&state=vermont-us"))
    text = plan(filterset.figures if ordered else filterset.qs)

    assert not re.search(WHOLE[connection.vendor], text), text
    assert indexes(text), text
