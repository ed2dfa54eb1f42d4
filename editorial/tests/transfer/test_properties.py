"""Whatever a file says, it gets a message or is imported as it says; and what is in memory agrees with the database."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careerguide.validators import PARTIAL_DATE
from editorial.tests.transfer.files import NEW, as_csv, as_xlsx, imported, planned, table
from editorial.transfer.cells import escaped, guarded, is_formula, refusal, unescaped, unguarded
from editorial.transfer.conditions import checks
from editorial.transfer.formats import XLSX
from editorial.transfer.resources import FigureResource
from editorial.transfer.sheets import Unreadable
from readinglist.models import Course, Work
from salaries.choices import Basis, Period, Withheld
from salaries.models import SalaryFigure

pytestmark = pytest.mark.django_db

ONE_DATABASE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
CELLS = st.text(max_size=30) | st.sampled_from(["", "'", "=1", "-2+3", "1,5", "true", "2025-05", "delhi", "INR", "'=x"])
TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)  # no database holds NUL
WORKBOOK = as_xlsx(NEW)
BEGINNINGS = st.sampled_from([b"", b"slug,note\n", b"\xef\xbb\xbfslug;amount\n", b"PK\x03\x04", b'slug,note\n"'])


@pytest.fixture
def before(db):
    return table()


def judge(content, before):
    """A message, or an import that is what the plan said."""
    with transaction.atomic():
        try:
            plan = imported(content, reason="Tried.")
        except Unreadable as error:
            assert str(error)
            assert table() == before
            return
        if plan.imported:
            assert SalaryFigure.objects.count() == before[0] + len(plan.of("added"))
            assert not plan.of("refused")
        else:
            assert plan.objection or plan.of("refused") or plan.lacks("Tried.", None)
            assert table() == before
        transaction.set_rollback(True)


@ONE_DATABASE
@given(BEGINNINGS, st.binary(max_size=400))
def test_any_bytes(before, beginning, rest):
    judge(beginning + rest, before)


@ONE_DATABASE
@given(st.data())
def test_any_bytes_in_the_middle_of_a_workbook(before, data):
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    judge(bytes(content), before)


@ONE_DATABASE
@given(st.lists(st.dictionaries(st.sampled_from([*NEW, "note", "p10", "withheld", "status"]), CELLS), max_size=4))
def test_any_cells_in_an_otherwise_good_file(before, changes):
    rows = [NEW | {"slug": f"new-{n}", "as_of": str(2000 + n)} | changed for n, changed in enumerate(changes)]
    judge(as_csv(*rows, NEW), before)


@ONE_DATABASE
@given(
    st.fixed_dictionaries(
        {
            "amount": st.decimals("0.01", "100000000000", places=2).map(str),
            "note": TEXT.filter(str.strip),
            "covers": TEXT,
            "as_of": st.from_regex(PARTIAL_DATE, fullmatch=True),
            "period": st.sampled_from(Period.values),
            "currency_certain": st.booleans().map(str),
        }
    )
)
def test_what_is_taken_is_stored_as_it_was_written(before, cells):
    with transaction.atomic():
        plan = imported(as_csv(NEW | {name: guarded(cell) for name, cell in cells.items()}))
        if plan.imported:
            figure = SalaryFigure.objects.get(slug="new-figure")
            assert figure.amount == Decimal(cells["amount"])
            assert figure.note == cells["note"].replace("\r\n", "\n").replace("\r", "\n").strip()
            assert str(figure.currency_certain) == cells["currency_certain"]
            assert (figure.as_of, figure.period) == (cells["as_of"].strip(), cells["period"])
            comes_back(figure)
        else:
            assert plan.of("refused")
            assert table() == before
        transaction.set_rollback(True)


def comes_back(figure):
    """Whatever it holds, both kinds of export change nothing when they are imported."""
    record = SalaryFigure.objects.filter(pk=figure.pk)
    for content in (
        as_csv(*[dict(zip(FigureResource().columns, row, strict=True)) for row in FigureResource().export(record)]),
        XLSX().export_data(FigureResource().export(record, force_native_type=True)),
    ):
        plan = planned(content)
        assert (len(plan.of("unchanged")), len(plan.lines)) == (1, 1), [line.sentences for line in plan.lines]


@ONE_DATABASE
@given(TEXT)
def test_whatever_is_stored_comes_back_from_an_export(note):
    figure = SalaryFigure.objects.order_by("pk").first()
    SalaryFigure.objects.filter(pk=figure.pk).update(note=note)
    comes_back(figure)


@given(st.text())
def test_the_apostrophe_goes_on_and_off(text):
    assert not is_formula(guarded(text))
    assert unguarded(guarded(text)) == text
    assert not is_formula(text) or refusal(text)


@given(st.text() | st.from_regex("_x00[0-9]{2}_|_x005F_x0041_", fullmatch=True))
def test_what_xml_cannot_hold_goes_through_a_workbook(text):
    assert unescaped(escaped(text)) == text


NUMBER = st.none() | st.sampled_from([Decimal(n) for n in (-1, 0, 1, 2, 3, 200_000_000_000)])
FIELDS = {
    SalaryFigure: {
        **dict.fromkeys(["amount", "p10", "p25", "p75", "p90", "mean", "at_least"], NUMBER),
        "withheld": st.sampled_from([*Withheld.values, "", "x"]),
        "period": st.sampled_from([*Period.values, "", "x"]),
        "basis": st.sampled_from([*Basis.values, "x"]),
        "as_printed": st.sampled_from(["", "1"]),
        "status": st.sampled_from(["draft", "published", "withdrawn", "x"]),
        "withdrawn_because": st.sampled_from(["", "Wrong."]),
    },
    Work: {
        "title": st.sampled_from(["", "x"]),
        "year": st.none() | st.integers(1799, 2101),
        "kind": st.sampled_from(["book", "x"]),
        "level": st.sampled_from(["all", "x", ""]),
    },
    Course: {"title": st.sampled_from(["", "x"]), "rank": st.none() | st.integers(0, 2)},
}


@pytest.mark.parametrize("model", FIELDS, ids=lambda model: model.__name__)
@ONE_DATABASE
@given(data=st.data())
def test_constraints_in_memory_agree_with_the_database(model, data):
    record = model(**data.draw(st.fixed_dictionaries(FIELDS[model])))
    constraints = {one.get_violation_error_message(): one for one in model._meta.constraints}
    for message, holds in checks(model):
        if holds(record) is None:
            continue  # left to the database; or unknown, which the database accepts
        assert holds(record) == accepted(constraints[message], model, record), message


def accepted(constraint, model, record):
    try:
        constraint.validate(model, record)
    except ValidationError:
        return False
    return True
