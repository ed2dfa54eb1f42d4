"""The figures of a view as CSV and JSON: the same rows, plain values, with source and licence in every row.

Both are made in pieces while they are sent; see salaries/export_rows.py.
"""

import json
import re
from itertools import chain

from salaries.export_rows import COLUMNS, Side

SKIPPED = " \xa0\ufeff\u200b\v\f"  # what a spreadsheet may pass over before it looks for a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
LINE = ",\n"
QUOTED = re.compile('[",\r\n]')
SUSPECT = frozenset([*SKIPPED, *FORMULA_STARTS])


def plain_number(amount):
    """357000, not 357000.00; 32.34 stays, and None as well."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def neutralized(value):
    """Text that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises."""
    if isinstance(value, str) and value[:1] in SUSPECT and value.lstrip(SKIPPED).startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


class CsvForm:
    """Rows as lines of RFC 4180."""

    NONE = ""
    TRUTH = {True: "True", False: "False"}

    @staticmethod
    def template(columns):
        return ",".join("%s" for _ in columns) + "\r\n"

    @staticmethod
    def text(value):
        value = neutralized(value)
        return '"{}"'.format(value.replace('"', '""')) if QUOTED.search(value) else value

    @classmethod
    def some(cls, columns, values):
        return cls.beside(columns, [cls.text(value or "") for value in values])

    @staticmethod
    def beside(columns, texts):
        return ",".join(texts)

    @classmethod
    def numbers(cls, fields):
        """An expression for fields of numbers, as {column: field}, which stand side by side."""
        return Side(fields.values(), ["", *"," * (len(fields) - 1)], cls.NONE)

    @classmethod
    def findings(cls, reasons):
        """Sentences, one after the other, each behind the name of its rule."""
        if not reasons:
            return ""
        said = [f"[{rule}{', accepted' if accepted else ''}] {text}" for _, _, rule, _, text, accepted in reasons]
        return cls.text(" ".join(said))


class JsonForm:
    """Rows as objects, one a line."""

    NONE = "null"
    TRUTH = {True: "true", False: "false"}
    text = staticmethod(json.JSONEncoder(ensure_ascii=False).encode)

    @staticmethod
    def template(columns):
        fields = ("%s" if isinstance(column, list) else f'"{column}": %s' for column in columns)
        return f"{{{', '.join(fields)}}}"

    @classmethod
    def some(cls, columns, values):
        return cls.beside(columns, map(cls.text, values))

    @staticmethod
    def beside(columns, texts):
        return ", ".join(f'"{name}": {text}' for name, text in zip(columns, texts, strict=True))

    @classmethod
    def numbers(cls, fields):
        first, *others = (f'"{name}": ' for name in fields)
        return Side(fields.values(), [first, *(f", {name}" for name in others)], cls.NONE)

    @classmethod
    def findings(cls, reasons):
        return cls.text(
            [
                {"rule": rule, "severity": severity, "sentence": sentence, "accepted": bool(accepted)}
                for _, _, rule, severity, sentence, accepted in reasons
            ]
        )


def csv_pieces(rows):
    """UTF-8 text in pieces, with one header row."""
    names = (column if isinstance(column, list) else [column] for column in COLUMNS)
    yield f"{','.join(chain(*names))}\r\n".encode()
    for portion in rows.portions(CsvForm):
        yield "".join(portion).encode()


def json_pieces(rows, filterset):
    """The same rows as JSON in pieces. Its last bracket comes last: half a file is no JSON."""
    meta = json.dumps(about(rows, filterset), ensure_ascii=False, default=str)  # dates in ISO 8601
    yield f'{{"meta": {meta}, "figures": ['.encode()
    between = "\n"
    for portion in rows.portions(JsonForm):
        yield f"{between}{LINE.join(portion)}".encode()
        between = LINE
    yield b"\n]}\n"


def about(rows, filterset):
    """What the query was understood to ask, and whence the rows come."""
    conversion = filterset.conversion
    sources = {*rows.sources.values()} | {record.source for record in conversion.records}
    return {
        "query": filterset.active,
        "problems": filterset.problems,
        "description": filterset.sentence(len(rows)),
        "total": len(rows),
        "conversion": conversion_data(conversion),
        "sources": [source_data(source) for source in sorted(sources, key=lambda source: source.slug)],
        "licence": "Each figure under the licence of its source; see sources.",
    }


def conversion_data(conversion):
    """The factors of a converted view; None if amounts are as printed."""
    if conversion.is_printed:
        return None
    return {
        "basis": conversion.shown,
        "currency": conversion.units,
        "rate_date": conversion.day,
        "price_level_years": conversion.years or None,
        "units_per_euro": {rate.currency: plain_number(rate.units_per_euro) for rate in conversion.rates.values()},
        "units_per_international_dollar": {code: plain_number(level.ppp) for code, level in conversion.levels.items()},
    }


def source_data(source):
    return {
        "id": source.slug,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published or "unstated",
        "retrieved": source.retrieved_on,
        "url": source.url,
        "licence": source.licence,
        "attribution": source.attribution,
    }
