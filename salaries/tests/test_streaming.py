"""Long exports are sent while they are made: whole, in order, and in memory that does not grow with them."""

import json
import tracemalloc
from array import array

import pytest
from django.http import QueryDict

from salaries import export_rows, exports
from salaries.export_rows import ExportRows
from salaries.filters import SalaryFilter
from salaries.models import PopulationDescribed, SalaryFigure
from salaries.tests.figures import title_figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything():
    return "&".join(f"population={code}" for code in PopulationDescribed.objects.values_list("code", flat=True))


@pytest.fixture
def rows(everything):
    return ExportRows(SalaryFilter(QueryDict(everything)))


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_long_export_is_streamed_and_a_short_one_has_a_length(suffix, client, everything, monkeypatch):
    monkeypatch.setattr(export_rows, "WHOLE", 1000)
    short, long = client.get(f"/salaries.{suffix}"), client.get(f"/salaries.{suffix}?{everything}")

    assert int(short["Content-Length"]) == len(short.content)
    assert long.streaming
    assert "Content-Length" not in long
    assert long["Content-Type"] == short["Content-Type"]
    assert long.getvalue().count(b"\n") >= SalaryFigure.objects.count()


@pytest.mark.parametrize("size", [1, 2, 7, 14, 15, 16])
@pytest.mark.parametrize("query", ["", "?basis=converted&ordering=-median", "?q=nowhere"])
def test_rows_do_not_depend_on_the_size_of_a_portion(size, query, client, monkeypatch):
    whole = [client.get(f"/salaries.{suffix}{query}").getvalue() for suffix in ("csv", "json")]
    monkeypatch.setattr(export_rows, "PORTION", size)

    assert [client.get(f"/salaries.{suffix}{query}").getvalue() for suffix in ("csv", "json")] == whole


def test_rows_of_all_figures_stand_in_the_order_of_the_table(client, everything):
    wanted = list(SalaryFilter(QueryDict(everything)).figures.values_list("slug", flat=True))
    data = json.loads(client.get(f"/salaries.json?{everything}").getvalue())

    assert [row["id"] for row in data["figures"]] == wanted
    assert data["meta"]["total"] == len(wanted) == SalaryFigure.objects.count()


@pytest.mark.parametrize("pieces", ["csv", "json"])
def test_memory_does_not_grow_with_the_rows(pieces, rows, everything):
    filterset = SalaryFilter(QueryDict(everything))

    def peak(times):
        rows.keys = array("q", list(rows.keys)[:3000] * times)
        made = exports.csv_pieces(rows) if pieces == "csv" else exports.json_pieces(rows, filterset)
        tracemalloc.start()
        size = sum(len(piece) for piece in made)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size, highest

    (few, memory_of_few), (many, memory_of_many) = peak(2), peak(17)

    assert len(rows) == 51_000
    assert many > 8 * few
    assert many > 30_000_000
    assert memory_of_many < 1.3 * memory_of_few
    assert memory_of_many < 32_000_000


def test_export_that_breaks_off_is_no_json(rows, everything, monkeypatch):
    monkeypatch.setattr(export_rows, "PORTION", 500)
    pieces = exports.json_pieces(rows, SalaryFilter(QueryDict(everything)))
    received = b"".join(next(pieces) for _ in range(3))
    pieces.close()  # as the server does when the client hangs up

    with pytest.raises(json.JSONDecodeError):
        json.loads(received)


def test_figure_withdrawn_while_the_file_is_sent_is_left_out_of_what_follows(client, monkeypatch):
    monkeypatch.setattr(export_rows, "PORTION", 5)
    monkeypatch.setattr(export_rows, "WHOLE", 5)
    response = client.get("/salaries.csv")
    pieces = iter(response.streaming_content)
    first = [next(pieces), next(pieces)]
    title_figures("tel-aviv").update(status="withdrawn", withdrawn_because="It was no salary.")

    text = b"".join([*first, *pieces]).decode()

    assert "medical-director-tel-aviv-opencourser" not in text
    assert text.count("\r\n") == 15


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_queries_grow_by_two_with_each_portion(suffix, client, django_assert_num_queries, monkeypatch):
    """Fifteen rows in portions of 15, 5 and 1: no row asks a question of its own."""
    for size in (15, 5, 1):
        monkeypatch.setattr(export_rows, "PORTION", size)
        with django_assert_num_queries(11 + 2 * 15 // size, exact=True):
            client.get(f"/salaries.{suffix}").getvalue()
