"""An XLSX workbook read as rows of text. It is measured before openpyxl sees it: it may be a bomb.

A workbook is a packed folder of XML. Within the byte limit of an upload lie gigabytes of zeros, entities that grow
without end, and one cell in the last of 16,384 columns of a million rows.
"""

import datetime
import warnings
import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

import openpyxl

from editorial.transfer.cells import unescaped
from editorial.transfer.sheets import KEY, MOST_COLUMNS, MOST_ROWS, Unreadable, sheet_of

MOST_UNPACKED = 20_000_000  # bytes; 5,000 rows of figures take 7,000,000
MOST_PARTS = 200
MOST_FORMATS = 64_000  # of cells, as many as Excel itself allows
BROKEN = "This workbook cannot be read. Open it in Excel or LibreOffice and save it again as .xlsx."
NO_SHEET = f"{BROKEN[:-1]}, with the table on the first sheet."
XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0<", b"\0\0")


def read_workbook(content):
    """A Sheet from the first sheet of a workbook."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            extents = measured(archive)
        with warnings.catch_warnings(action="ignore"):  # what openpyxl leaves out does not matter here
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            extent = extents[sheet._worksheet_path.lstrip("/")]
            extent.check()
            return with_key(sheet_of(numbered_rows(sheet, extent)))
    except Unreadable:
        raise
    except zlib.error as error:
        raise Unreadable(BROKEN) from error
    except Exception as error:  # openpyxl raises whatever the broken XML happened to lead to
        raise Unreadable(BROKEN) from error


def measured(archive):
    """{name of a part: Extent} of every XML part; refuses parts that no plain table has."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise Unreadable("This is a packed file, but no Excel workbook. Save the table as CSV or .xlsx.")
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise Unreadable(BROKEN)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable(f"Unpacked, this workbook is larger than {MOST_UNPACKED // 1_000_000} MB. Split it.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable("This workbook holds macros. Save it as .xlsx without macros.")
    if any(name.lower().startswith("xl/externallinks/") for name in names):
        raise Unreadable("This workbook refers to other workbooks. Replace its links by their values.")
    contents = {name: archive.read(name) for name in names}
    return {name: Extent(text) for name, text in contents.items() if text.lstrip().startswith(XML_STARTS)}


class Extent:
    """How far the filled cells of a sheet reach, and where the first formula stands."""

    def __init__(self, content):
        self.row = self.column = self.last_row = self.last_column = self.formats = 0
        self.formula = self.cell = ""
        self.cells = 0
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self.refuse_doctype
        parser.StartElementHandler = self.start
        parser.Parse(content, True)

    @staticmethod
    def refuse_doctype(*declaration):
        raise Unreadable("This workbook declares XML entities, as no spreadsheet program does. Save it again as .xlsx.")

    def start(self, name, attributes):
        name = name.rpartition(":")[2]
        if name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif name == "c":
            self.cells += 1
            self.cell = attributes.get("r", "")
            self.column = number_of_column(self.cell) or self.column + 1
        elif name in ("v", "t", "f"):
            self.last_row = max(self.last_row, self.row)
            self.last_column = max(self.last_column, self.column)
            if name == "f":
                self.formula = self.formula or self.cell or f"in row {self.row}"
        elif name == "xf":
            self.formats += 1
            if self.formats > MOST_FORMATS:
                raise Unreadable(BROKEN)

    def check(self):
        if self.formula:
            raise Unreadable(f"Cell {self.formula} holds a formula. Put its value there and save again.")
        if self.last_row > MOST_ROWS + 1:
            raise Unreadable(f"There are more than {MOST_ROWS:,} rows. Split the file and import one part at a time.")
        if self.last_column > MOST_COLUMNS:
            raise Unreadable(f"There are {self.last_column:,} columns. The most is {MOST_COLUMNS}.")
        if not self.last_row:
            raise Unreadable("The first sheet is empty.")


def number_of_column(reference):
    """28 of "AB7"; 0 without letters."""
    number = 0
    for letter in reference[:4]:
        if not "A" <= letter.upper() <= "Z":
            break
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number


def numbered_rows(sheet, extent):
    sheet.reset_dimensions()  # what the file says of its own size need not be true
    rows = sheet.iter_rows(max_row=extent.last_row, max_col=extent.last_column)
    for line, row in enumerate(rows, 1):
        yield line, [text_of(cell) for cell in row]


def text_of(cell):
    """A cell as CSV would hold it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            raise Unreadable(f"Cell {cell.coordinate} holds the error {value[:20]}. Put the value there.")
        return unescaped(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)
    if isinstance(value, datetime.datetime):
        return day_as_shown(value, cell.number_format)
    return str(value)


def day_as_shown(moment, number_format):
    """Excel turns “2025-05” into the first of May: what it shows tells how exactly the day was written."""
    if moment.time() != datetime.time():
        return moment.isoformat(sep=" ")
    shown = number_format.lower()
    if "d" in shown:
        return moment.date().isoformat()
    return f"{moment:%Y-%m}" if "m" in shown else f"{moment:%Y}"


def with_key(sheet):
    if KEY not in sheet.columns:
        names = ", ".join(name for name in sheet.columns if name)[:80] or "nothing"
        raise Unreadable(f"The first row must name the columns, “{KEY}” among them. It says: {names}")
    return sheet
