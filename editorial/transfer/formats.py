"""The files that the admin reads and writes, as django-import-export wants them told."""

from io import BytesIO

import openpyxl
from import_export.formats import base_formats

from editorial.transfer.cells import escaped
from editorial.transfer.sheets import read_text
from editorial.transfer.workbooks import read_workbook

MOST_CELL = 32_767  # characters, in XLSX


class Spreadsheet(base_formats.Format):
    """What can be imported. Whether it is CSV or XLSX its first bytes tell."""

    def get_title(self):
        return "CSV or XLSX"

    def create_dataset(self, content):
        return read_workbook(content) if content.startswith(b"PK") else read_text(content)

    def can_import(self):
        return True


class CSV(base_formats.CSV):
    CONTENT_TYPE = "text/csv; charset=utf-8"

    def get_title(self):
        return "CSV"

    def export_data(self, dataset, **kwargs):
        """With the mark by which Excel knows UTF-8."""
        return "\ufeff" + dataset.export("csv", **kwargs)


class XLSX(base_formats.XLSX):
    def get_title(self):
        return "Excel (XLSX)"

    def export_data(self, dataset, **kwargs):
        """Row by row: tablib looks at every cell four times. Raises ValueError for a text that no cell holds."""
        rows = [[escaped(one) or None if isinstance(one, str) else one for one in row] for row in dataset]
        for slug, *cells in rows:
            if any(isinstance(one, str) and len(one) > MOST_CELL for one in cells):
                raise ValueError(f"{slug}: a text is longer than {MOST_CELL:,} characters. Export as CSV.")
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.freeze_panes = "A2"
        sheet.append(dataset.headers)
        for row in rows:
            sheet.append(row)
        file = BytesIO()
        book.save(file)
        return file.getvalue()


EXPORTED = {"csv": CSV, "xlsx": XLSX}
