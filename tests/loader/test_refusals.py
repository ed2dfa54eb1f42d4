"""Every problem is named with file, row and field, and nothing is changed."""

import pytest

from tests.loader.folder import (
    AREA,
    CITATION,
    CREDENTIAL,
    DISAGREEMENT,
    DUTY,
    FACT,
    FIGURE,
    QUALIFICATION,
    SIDE,
    SOURCE,
    WORK,
    number_of,
    refuse,
)

pytestmark = pytest.mark.django_db


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
        pytest.param(AREA, "country", ["ZZ"], id="foreign key to nothing"),
        pytest.param(AREA, "country", "IN", id="foreign key that is no list"),
        pytest.param(AREA, "country", [], id="foreign key without a key"),
        pytest.param(AREA, "country", ["IN", "IN"], id="foreign key with too long a key"),
        pytest.param(AREA, "country", None, id="no foreign key"),
        pytest.param(WORK, "topics", [["no-such-topic"]], id="many-to-many to nothing"),
        pytest.param(WORK, "topics", "quality", id="many-to-many that is no list"),
        pytest.param(AREA, "altitude", 3, id="unknown field"),
        pytest.param(AREA, "name", ["London"], id="list for a name"),
        pytest.param(AREA, "name", {"en": "London"}, id="object for a name"),
        pytest.param(AREA, "name", "Lon\0don", id="NUL"),
        pytest.param(AREA, "name", "x" * 101, id="too long"),
        pytest.param(AREA, "name", "", id="empty name"),
        pytest.param(AREA, "name", None, id="null name"),
        pytest.param(AREA, "slug", "not a slug", id="slug with spaces"),
        pytest.param(AREA, "latitude", "90.00001", id="latitude beyond the pole"),
        pytest.param(AREA, "latitude", "1e-999999", id="number with a huge exponent"),
        pytest.param(AREA, "latitude", "NaN", id="NaN"),
        pytest.param(AREA, "latitude", "Infinity", id="infinity"),
        pytest.param(AREA, "population", -1, id="negative population"),
        pytest.param(AREA, "population", 10**30, id="population beyond the database"),
        pytest.param(AREA, "population", "many", id="population in words"),
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


@pytest.mark.parametrize(
    ("label", "fields", "named"),
    [
        pytest.param(QUALIFICATION, {"necessity": "disputed", "disagreement": None}, "disagreement", id="no sides"),
        pytest.param(QUALIFICATION, {"disagreement": ["none"]}, "disagreement", id="unknown disagreement"),
        pytest.param(QUALIFICATION, {"credential": ["none"]}, "credential", id="unknown credential"),
        pytest.param(QUALIFICATION, {"settings": [["moon"]]}, "settings", id="unknown setting"),
        pytest.param(QUALIFICATION, {"country": ["XX"]}, "country", id="unknown country"),
        pytest.param(QUALIFICATION, {"stage": "retired"}, "stage", id="unknown stage"),
        pytest.param(FACT, {"kind": "deadline", "every_year": True, "date": None}, "date", id="every year from no day"),
        pytest.param(FACT, {"kind": "cost", "date": "2027-04-01"}, "date", id="dated cost"),
        pytest.param(FACT, {"kind": "deadline", "date": "2027-02-30"}, "date", id="day that does not exist"),
        pytest.param(FACT, {"kind": "luck"}, "kind", id="unknown kind of fact"),
        pytest.param(CREDENTIAL, {"issuer": ""}, "issuer", id="credential without issuer"),
        pytest.param(CREDENTIAL, {"checked_on": None}, "checked_on", id="credential never checked"),
        pytest.param(DISAGREEMENT, {"question": ""}, "question", id="no question"),
        pytest.param(SIDE, {"text": ""}, "text", id="side that holds nothing"),
    ],
)
def test_broken_guidance_is_refused_by_row_and_field(guidance, label, fields, named):
    guidance.change(label, 2, **fields)
    message = refuse(guidance)

    assert f"{label}.json, row 2 " in message
    assert f"field {named}: " in message


def test_tie_to_what_may_not_be_chosen_is_refused(folder):
    """A metropolitan area lies in states, not in countries."""
    country = folder.rows(AREA)[0]["fields"]
    assert country["kind"] == "country"
    number = number_of(folder, AREA, kind="metropolitan")
    folder.change(AREA, number, states=[[country["slug"]]])
    where = f'salaries.area.json, row {number} ["{folder.rows(AREA)[number - 1]["fields"]["slug"]}"], field states'

    assert refuse(folder) == f'{where}: area ["{country["slug"]}"] is no choice here.'


def test_repeated_row_is_refused(folder):
    rows = folder.rows(AREA)
    folder.write(AREA, [*rows, rows[0]])

    assert f"salaries.area.json, row {len(rows) + 1} " in refuse(folder)


def test_repeated_unique_value_is_refused_by_field(folder):
    last = len(folder.rows(AREA))
    folder.change(AREA, last, geonames_id=folder.rows(AREA)[last - 2]["fields"]["geonames_id"])
    message = refuse(folder)

    assert f"salaries.area.json, row {last} " in message
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
    folder.change(AREA, 1, latitude="91", population=-1)
    folder.change(AREA, 3, name="")
    message = refuse(folder)

    assert "row 1 " in message
    assert "field latitude" in message
    assert "field population" in message
    assert "row 3 " in message


@pytest.mark.parametrize("places", [".0", ".00"])
def test_amount_written_with_other_places_is_the_same(folder, places):
    folder.change(FIGURE, 1, amount=folder.rows(FIGURE)[0]["fields"]["amount"] + places)

    assert set(folder.load().counts) == {"unchanged"}
