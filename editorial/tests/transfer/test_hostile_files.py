"""Files that are no table, or too much of one: each gets a message, quickly, and changes nothing."""

import time
import zipfile
from io import BytesIO

import pytest

from editorial.tests.transfer.files import NEW, as_csv, as_xlsx, imported, table
from editorial.transfer.formats import Spreadsheet
from editorial.transfer.resources import FigureResource
from editorial.transfer.sheets import Unreadable

pytestmark = pytest.mark.django_db

HEADER = ",".join(NEW).encode()
ROW = ",".join(f'"{cell}"' for cell in NEW.values()).encode()


def packed(parts, content=None):
    """A workbook with some of its parts replaced or added."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content or as_xlsx(NEW))) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return file.getvalue()


def sheet(rows):
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'}


def a_zip():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("figures.csv", HEADER + b"\n" + ROW)
    return file.getvalue()


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "bomb"}">' for n in range(12))
ENTITY_BOMB = f'<?xml version="1.0"?><!DOCTYPE worksheet [{ENTITIES}]><worksheet>&a11;</worksheet>'
SLUG = '<row r="1"><c r="A1" t="inlineStr"><is><t>slug</t></is></c></row>'

FILES = [  # name, its bytes, what the message holds
    ("empty", lambda: b"", "The file is empty."),
    ("blank", lambda: b"\r\n \r\n", "The file is empty."),
    ("header only", lambda: HEADER, "no row below them"),
    ("no header", lambda: ROW, "The first line must name the columns, “slug” among them. It says: "),
    ("another header", lambda: b"id,city\n1,Delhi", "It says: id,city"),
    ("unknown column", lambda: b"slug,colour\nx,red", "There is no column “colour”. Known are: slug, status, "),
    ("column twice", lambda: b"slug,note,note\nx,y,z", "The column “note” stands twice"),
    ("nameless column", lambda: b"slug,,note\nx,y,z", "There is no column “”"),
    ("UTF-16", lambda: (HEADER + b"\n" + ROW).decode().encode("utf-16"), "in UTF-16. In Excel, choose"),
    ("UTF-16 without mark", lambda: (HEADER + b"\nx").decode().encode("utf-16-le"), "NUL character"),
    ("Latin-1", lambda: HEADER + b"\nM\xe9decin", "Line 2 holds a byte that is no UTF-8."),
    ("lone surrogate", lambda: HEADER + b"\n\n\xed\xa0\x80", "Line 3 holds a byte that is no UTF-8."),
    ("overlong UTF-8", lambda: HEADER + b"\n\xc0\xaf", "no UTF-8"),
    ("NUL", lambda: HEADER + b"\n" + ROW + b"\0", "Line 2 holds a NUL character"),
    ("HTML", lambda: b"\n<!DOCTYPE html><table><tr><td>slug</table>", "a web page or XML"),
    ("PDF", lambda: b"%PDF-1.7", "This is a PDF."),
    ("old or encrypted Excel", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64, "Remove its password"),
    ("zip", a_zip, "a packed file, but no Excel workbook"),
    ("cut zip", lambda: as_xlsx(NEW)[:2000], "cannot be read"),
    ("zip with rubbish", lambda: b"PK\x03\x04" + bytes(range(256)) * 20, "cannot be read"),
    ("open quote", lambda: HEADER + b'\n"open,' + ROW.replace(b'"', b""), "Line 2: a quotation mark is not closed"),
    ("quote inside", lambda: HEADER + b'\n"a"b,' + ROW, "Line 2: a quotation mark is not closed, stands alone"),
    ("5,000 cells in a row", lambda: HEADER + b"\n" + b"x," * 5000, "Line 2 has 5,001 cells."),
    ("5,000 columns", lambda: b"slug" + b",x" * 5000 + b"\nx", "There are 5,001 columns. The most is 100."),
    ("cell of 200 KB", lambda: HEADER + b"\n" + b"x" * 200_000, "the cell is far too long"),
    ("60,000 rows", lambda: HEADER + (b"\n" + ROW) * 60_000, "more than 5,000 rows"),
    ("60,000 short rows", lambda: b"slug\n" + b"x\n" * 60_000, "more than 5,000 rows"),
    ("formula", lambda: as_xlsx(NEW | {"note": "=1+1"}), "holds a formula"),
    ("error", lambda: packed(sheet(f'{SLUG}<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>')), "the error #N/A"),
    ("macros", lambda: packed({"xl/vbaProject.bin": b"\xd0\xcf"}), "holds macros"),
    ("links", lambda: packed({"xl/externalLinks/externalLink1.xml": "<externalLink/>"}), "refers to other workbooks"),
    ("zip bomb", lambda: packed({"xl/media/zeros": bytes(300_000_000)}), "larger than 20 MB"),
    ("entity bomb", lambda: packed({"xl/worksheets/sheet1.xml": ENTITY_BOMB}), "declares XML entities"),
    ("entity bomb in UTF-16", lambda: packed({"xl/styles.xml": ENTITY_BOMB.encode("utf-16")}), "declares XML entities"),
    ("last row", lambda: packed(sheet(f'{SLUG}<row r="1048576"><c><v>1</v></c></row>')), "more than 5,000 rows"),
    ("last column", lambda: packed(sheet(f'{SLUG}<row r="2"><c r="XFD2"><v>1</v></c></row>')), "16,384 columns"),
    ("broken sheet", lambda: packed({"xl/worksheets/sheet1.xml": "<worksheet><row>"}), "cannot be read"),
    ("no sheet", lambda: packed({"xl/worksheets/sheet1.xml": "no XML"}), "cannot be read"),
    ("broken styles", lambda: packed({"xl/styles.xml": "<a>"}), "cannot be read"),
    ("broken strings", lambda: packed(sheet('<row><c t="s"><v>99999</v></c></row>')), "cannot be read"),
    ("wrong row number", lambda: packed(sheet('<row r="many"><c><v>1</v></c></row>')), "cannot be read"),
    ("number too long", lambda: packed(sheet(f"{SLUG}<row><c><v>{'9' * 5000}</v></c></row>")), "cannot be read"),
    ("empty workbook", lambda: packed(sheet("")), "The first sheet is empty."),
    ("workbook, other header", lambda: as_xlsx({"id": 1}), "The first row must name the columns"),
    ("workbook, header only", lambda: packed(sheet(SLUG)), "no row below them"),
    ("workbook, 60,000 rows", lambda: packed(sheet(SLUG + "<row><c><v>1</v></c></row>" * 60_000)), "5,000 rows"),
    ("many parts", lambda: packed({f"xl/x{n}.xml": "<a/>" for n in range(300)}), "cannot be read"),
]


@pytest.mark.parametrize(("content", "message"), [one[1:] for one in FILES], ids=[one[0] for one in FILES])
def test_file_gets_a_message_and_changes_nothing(content, message):
    before, content = table(), content()
    started = time.process_time()
    try:
        plan = imported(content)
        said = plan.objection
        assert not plan.imported
    except Unreadable as error:
        said = str(error)

    assert message in said
    assert time.process_time() - started < 3  # seconds
    assert table() == before


def test_cell_of_half_a_character_is_refused():
    """Excel writes what XML cannot hold as _xHHHH_; half of a pair is no character even so."""
    plan = imported(as_xlsx(NEW | {"note": "_xD800_"}))

    assert "a character that is no text" in str(plan.lines[0].sentences)


def test_many_blank_lines_are_no_rows():
    plan = imported(HEADER + b"\n" * 100_000 + ROW)

    assert [line.number for line in plan.lines] == [100_001]
    assert plan.imported


def test_half_bad_file_names_the_first_fifty_and_changes_nothing():
    before = table()
    rows = [NEW | {"slug": f"new-{n}", "as_of": str(1900 + n), "amount": "x" if n % 2 else "5"} for n in range(120)]
    plan = imported(as_csv(*rows))

    assert len(plan.of("refused")) == 120  # the others say a number that was not printed
    assert len(plan.groups[0][2]) == 50
    assert table() == before


def test_workbook_named_csv_and_the_other_way_round_are_read():
    """Nothing but the content is passed on, so a wrong name cannot mislead."""
    assert FigureResource().import_data(Spreadsheet().create_dataset(as_xlsx(NEW)), True).of("added")
    assert FigureResource().import_data(Spreadsheet().create_dataset(as_csv(NEW)), True).of("added")
