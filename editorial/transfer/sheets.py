"""A file read as rows of text, with the line each began on. The file's name is never looked at."""

import csv
from dataclasses import dataclass
from io import StringIO

from editorial.transfer.cells import MOST_CHARACTERS

KEY = "slug"
MOST_ROWS = 5000
MOST_COLUMNS = 100
DELIMITERS = ",;\t"
AS_CSV = "In Excel, choose File, Save as, “CSV UTF-8 (Comma delimited)” or “Excel Workbook (.xlsx)”."

BEGINNINGS = [  # what a file that is neither CSV nor XLSX begins with
    (b"\xd0\xcf\x11\xe0", f"This is an old or encrypted Excel workbook. Remove its password. {AS_CSV}"),
    ((b"\xff\xfe", b"\xfe\xff"), f"This text is in UTF-16. {AS_CSV}"),
    (b"%PDF", f"This is a PDF. {AS_CSV}"),
    (b"<", f"This is a web page or XML, no spreadsheet. {AS_CSV}"),
]


class Unreadable(Exception):
    """The file is no table that could be imported; the text says why and what to do."""


@dataclass(frozen=True)
class Sheet:
    columns: list  # names, in the order of the file
    rows: list  # (number of the line, [text of each cell])


def read_text(content):
    """A Sheet from the bytes of a CSV file: UTF-8, separated by commas, semicolons or tabs."""
    for beginning, why in BEGINNINGS:
        if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(beginning):
            raise Unreadable(why)
    text = decoded(content)
    return sheet_of(numbered_rows(text, delimiter_of(text)))


def decoded(content):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"Line {line} holds a byte that is no UTF-8. {AS_CSV}") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(f"Line {line} holds a NUL character, as no text does. {AS_CSV}")
    return text


def delimiter_of(text):
    """The character that separates the names of the first line so that one of them is the key."""
    header = next(StringIO(text, newline=""), "")[: MOST_CHARACTERS * 2]
    for delimiter in DELIMITERS:
        try:
            names = next(csv.reader([header], delimiter=delimiter), [])
        except csv.Error:
            continue
        if KEY in [name.strip() for name in names]:
            return delimiter
    if not text.strip():
        raise Unreadable("The file is empty.")
    shown = header.strip()[:80] or "nothing"
    raise Unreadable(f"The first line must name the columns, “{KEY}” among them. It says: {shown}")


def numbered_rows(text, delimiter):
    """(line, cells) of every row; a cell may run over several lines, the number is that of the first."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            why = "a quotation mark is not closed, stands alone inside a cell, or the cell is far too long"
            raise Unreadable(f"Line {line}: {why}. Close it, or write it twice.") from error
        yield line, cells
        line = reader.line_num + 1


def sheet_of(rows):
    """The first of the rows as names of columns, and the rest without blank lines, within the bounds."""
    _, names = next(iter(rows), (1, []))
    while names and not names[-1].strip():
        names = names[:-1]
    if len(names) > MOST_COLUMNS:
        raise Unreadable(f"There are {len(names):,} columns. The most is {MOST_COLUMNS}.")
    found = []
    for line, cells in rows:
        if not any(cells):
            continue
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(f"Line {line} has {len(cells):,} cells. The most is {MOST_COLUMNS}.")
        if len(found) == MOST_ROWS:
            raise Unreadable(f"There are more than {MOST_ROWS:,} rows. Split the file and import one part at a time.")
        found.append((line, cells))
    if not found:
        raise Unreadable("The file names its columns and has no row below them.")
    return Sheet([name.strip() for name in names], found)
