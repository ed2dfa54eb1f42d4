"""Spreadsheets for tests: rows of the real table, written as an editor's program would."""

import csv
import hashlib
from io import BytesIO, StringIO

import openpyxl

from editorial.transfer.formats import CSV, Spreadsheet
from editorial.transfer.resources import RESOURCES
from salaries.models import SalaryFigure

NEW = {
    "slug": "new-figure",
    "career": "medical-director",
    "area": "delhi",
    "population": "title",
    "amount": "4000000",
    "currency": "INR",
    "currency_certain": "true",
    "period": "unstated",
    "basis": "estimate",
    "as_printed": "₹4,000,000",
    "city_as_printed": "Delhi",
    "as_of": "2019",
    "source": "geonames",
}


def exported(kind="figures", records=None):
    """[{column: cell}] of an export."""
    text = CSV().export_data(RESOURCES[kind]().export(records))
    return list(csv.DictReader(StringIO(text.lstrip("\ufeff"), newline="")))


def delhi():
    """The row of the figure that most tests change."""
    (row,) = exported(records=SalaryFigure.objects.filter(slug="medical-director-delhi-opencourser"))
    return row


def as_csv(*rows, **format):
    text = StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)), **format)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_xlsx(*rows):
    """Cells as they are given: numbers as numbers, text that begins with = as a formula."""
    book = openpyxl.Workbook()
    names = list(dict.fromkeys(name for row in rows for name in row))
    book.active.append(names)
    for row in rows:
        book.active.append([row.get(name) for name in names])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def planned(content, kind="figures", **options):
    """The Plan of a file that is only tried."""
    return RESOURCES[kind]().import_data(Spreadsheet().create_dataset(content), True, **options)


def imported(content, kind="figures", **options):
    return RESOURCES[kind]().import_data(Spreadsheet().create_dataset(content), **options)


def refusals(plan):
    """{number of the line: [sentence]} of what is refused."""
    return {line.number: line.sentences for line in plan.lines if line.problems}


def table(model=SalaryFigure):
    """(number of records, digest of everything they say), for comparing before and after."""
    rows = list(model.objects.order_by("pk").values_list())
    return len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()
