"""Rows that are refused, each with its line, its column and what to do; and then no row is imported at all."""

import pytest

from editorial.tests.conftest import account
from editorial.tests.transfer.files import NEW, as_csv, as_xlsx, delhi, imported, planned, refusals, table
from editorial.transfer.checking import ASK_A_PUBLISHER, ASK_A_SECOND
from readinglist.models import Course, Work
from salaries.models import SalaryFigure

pytestmark = pytest.mark.django_db

CELLS = [  # column, what the cell says, what the message holds
    ("amount", "-5", "amount: Ensure this value is greater than or equal to 0.01."),
    ("amount", "0", "amount: Ensure this value is greater than or equal to 0.01."),
    ("amount", "200000000000", "less than or equal to 100000000000"),
    ("amount", "1,000", "“1,000” is no plain number. Write it as 39000 or 32.34."),
    ("amount", "1.234", "no more than 2 decimal places"),
    ("amount", "NaN", "no plain number"),
    ("amount", "Infinity", "no plain number"),
    ("amount", "1e5", "no plain number"),
    ("amount", "1e999999", "no plain number"),
    ("amount", "1e-999999", "no plain number"),
    ("amount", "9" * 5000, "no plain number"),
    ("amount", "٣٩٠٠", "no plain number"),
    ("amount", "３９００", "no plain number"),
    ("amount", "\u2212" + "5", "no plain number"),
    ("amount", "+5", "begins with “+”"),
    ("amount", "-2+3", "begins with “-”, as a formula does"),
    ("amount", "", "Give the median, or say why there is none"),
    ("p25", "5000000", "Percentiles rise: this one is below"),
    ("sample_size", "1.5", "no plain whole number"),
    ("sample_size", "²", "no plain whole number"),
    ("sample_size", "0", "greater than or equal to 1"),
    ("sample_size", "99999999999", "less than or equal to 2147483647"),
    ("currency", "inr", "three capital letters"),
    ("currency", "XXQ", "ISO 4217"),
    ("currency", "", "currency: This is needed: fill in the cell."),
    ("currency_certain", "perhaps", "neither true nor false"),
    ("currency_certain", "", "fill in the cell"),
    ("period", "decade", "“decade” is none of"),
    ("period", "", "fill in the cell with one of"),
    ("basis", "", "fill in the cell with one of"),
    ("withheld", "at-least", "but not both"),
    ("as_of", "May 2025", "2025-05-31"),
    ("as_of", "2025-02-30", "not a day of the calendar"),
    ("area", "atlantis", "There is no area “atlantis”. Known are “"),
    ("area", "", "There is no area “”"),
    ("source", "hearsay", "There is no source “hearsay”"),
    ("as_printed", "", "fill in the cell"),
    ("as_printed", "₹1", "note: The median is not the number printed, “₹1”."),
    ("status", "published", "status: No record has this slug: is it mistyped?"),
    ("slug", "a b", "slug: Enter a valid"),
    ("slug", "", "slug: This is needed"),
    ("slug", "x" * 81, "at most 80 characters"),
    ("note", "=1+1", "note: It begins with “=”, as a formula does. If it is text, put ' in front."),
    ("note", "@SUM(A1)", "begins with “@”"),
    ("note", "\tx", "as a formula does"),
    ("note", "\uff1d1", "as a formula does"),
    ("note", " =1", "as a formula does"),
    ("note", "x\x07", "a character that is no text"),
    ("note", "x" * 10_001, "10,001 characters are too many for one cell"),
    ("covers", "x" * 201, "at most 200 characters"),
]


@pytest.mark.parametrize(("column", "cell", "message"), CELLS, ids=[f"{one[0]}={one[1][:12]!r}" for one in CELLS])
def test_wrong_cell_is_refused_with_its_line(column, cell, message):
    before = table()
    good = NEW | {"slug": "good", "as_of": "2018"}
    plan = imported(as_csv(good, NEW | {column: cell}))

    assert list(refusals(plan)) == [3]
    assert message in " ".join(refusals(plan)[3])
    assert not plan.imported
    assert table() == before


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("as_printed", "₹3,900,001", "It was printed so and stays so: “₹3,900,000”."),
        ("city_as_printed", "New Delhi", "It was printed so and stays so: “Delhi”."),
        ("status", "withdrawn", "An import leaves it: write “published”."),
        ("status", "draft", "An import leaves it: write “published”."),
        ("currency", "", "fill in the cell"),
    ],
)
def test_what_an_import_may_not_change(column, cell, message):
    plan = planned(as_csv(delhi() | {column: cell}))

    assert message in " ".join(refusals(plan)[2])


@pytest.mark.parametrize(
    ("rows", "messages"),
    [
        ([NEW, NEW], {3: "“new-figure” stands in line 2 already."}),
        ([NEW, NEW | {"slug": "other"}], {3: "The row in line 2 has the same career, area, population, source"}),
        (
            [NEW | {"source": "opencourser-career-2024", "as_of": ""}],
            {2: "The record “medical-director-delhi-opencourser” has the same career, area, population, source"},
        ),
    ],
)
def test_what_stands_twice_is_refused(rows, messages):
    found = refusals(planned(as_csv(*rows)))

    assert list(found) == list(messages)
    assert all(messages[number] in " ".join(found[number]) for number in messages)


def test_rank_of_another_course_is_refused():
    first, second = Course.objects.order_by("rank")[:2]
    plan = planned(as_csv({"slug": first.slug, "rank": second.rank}), "courses")

    assert refusals(plan) == {2: [f"The record “{second.slug}” has the same rank. Only one may."]}


def test_slug_of_a_course_is_closed_to_works():
    row = {"slug": Course.objects.first().slug, "title": "New", "kind": "book", "why_it_fits": "It fits."}
    plan = planned(as_csv(row | {"confidence": "verified"}), "works")

    assert "slug: A course already has this address. Choose another." in refusals(plan)[2]


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("topics", "quality-measurement;luck", "There is no topic “luck”"),
        ("url_checked_on", "31.05.2025", "is no day of the calendar. Write it as 2025-05-31."),
        ("url_checked_on", "2025-02-30", "is no day of the calendar"),
        ("url", "javascript:alert(1)", "Enter a valid URL"),
        ("isbn13", "978-0-00-000000-1", "no valid ISBN-13"),
        ("year", "1066", "greater than or equal to 1800"),
        ("language", "English", "ISO 639"),
    ],
)
def test_wrong_cell_of_a_work_is_refused(column, cell, message):
    row = {"slug": Work.objects.first().slug, column: cell}

    assert message in " ".join(refusals(planned(as_csv(row), "works"))[2])


def test_columns_that_a_new_record_needs_are_named():
    found = refusals(planned(as_csv({"slug": "new"})))[2]

    assert "career: A new record needs this, and the file has no such column." in found
    assert "as_printed: A new record needs this, and the file has no such column." in found


def test_cut_row_and_row_too_long_are_refused():
    content = as_csv(NEW) + b"cut,medical-director\r\n" + b"long" + b",x" * 30 + b"\r\n"
    found = refusals(planned(content))

    assert found[3] == ["It has 2 cells, the first line 13. Was the row cut, or a comma lost?"]
    assert "It has 31 cells" in found[4][0]


def test_editor_may_not_change_what_is_published_by_import():
    before = table()
    plan = imported(as_csv(NEW, delhi() | {"covers": "Net"}), user=account("ada", "Editor"), reason="Read again.")

    assert refusals(plan) == {3: [ASK_A_PUBLISHER]}
    assert table() == before


def test_editor_may_leave_what_is_published_and_add_drafts():
    plan = imported(as_csv(delhi(), NEW), user=account("ada", "Editor"))

    assert plan.summary == "1 added as drafts, 0 changed, 1 unchanged, 0 refused."


def test_where_two_must_agree_no_publisher_changes_a_figure_by_import(settings):
    settings.SECOND_PERSON_FOR_FIGURES = True
    plan = planned(as_csv(delhi() | {"covers": "Net"}), user=account("grace", "Publisher"))

    assert refusals(plan) == {2: [ASK_A_SECOND]}


def test_refused_rows_are_shown_up_to_fifty_and_counted_all():
    rows = [NEW | {"slug": f"new-{number}", "amount": "x"} for number in range(120)]
    plan = planned(as_csv(*rows, NEW))
    ((kind, count, shown), _) = plan.groups

    assert (kind, count, len(shown)) == ("refused", 120, 50)
    assert plan.summary == "1 would be added as drafts, 0 changed, 0 unchanged, 120 refused."


def test_exchange_that_the_database_refuses_changes_nothing():
    """Two figures of one place exchange their dates: one statement after the other cannot do that."""
    imported(as_csv(NEW, NEW | {"slug": "other", "as_of": "2018"}))
    before = table()
    plan = imported(as_csv({"slug": "new-figure", "as_of": "2018"}, {"slug": "other", "as_of": "2019"}))

    assert not plan.imported
    assert "The database refused the import" in plan.objection
    assert table() == before


def test_rows_of_a_workbook_are_named_as_its_program_numbers_them():
    plan = planned(as_xlsx({"slug": "new"} | NEW, {}, NEW | {"amount": "1,000"}))

    assert list(refusals(plan)) == [4]


def test_text_that_looks_like_a_formula_comes_with_an_apostrophe():
    imported(as_csv(NEW | {"note": "'-2+3", "covers": "''=x"}))
    figure = SalaryFigure.objects.get(slug="new-figure")

    assert (figure.note, figure.covers) == ("-2+3", "'=x")
