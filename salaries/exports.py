"""The figures of a view as CSV and JSON: the same rows, plain values, with source and licence in every row."""

import csv
from io import StringIO

COLUMNS = [
    "id",
    "city",
    "city_name",
    "country",
    "career",
    "population",
    "amount",
    "currency",
    "currency_certain",
    "period",
    "basis",
    "as_printed",
    "city_as_printed",
    "as_of",
    "note",
    "source",
    "source_url",
    "licence",
]
SKIPPED = " \xa0\ufeff\u200b\v\f"  # what a spreadsheet may pass over before it looks for a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def row(figure):
    """One figure as {column: value}; an unknown date is the word "unstated", an unknown address is empty."""
    return {
        "id": figure.slug,
        "city": figure.city.slug,
        "city_name": figure.city.name,
        "country": figure.city.country_id,
        "career": figure.career.slug,
        "population": figure.population,
        "amount": plain_number(figure.amount),
        "currency": figure.currency,
        "currency_certain": figure.currency_certain,
        "period": figure.period,
        "basis": figure.basis,
        "as_printed": figure.as_printed,
        "city_as_printed": figure.city_as_printed,
        "as_of": figure.as_of or "unstated",
        "note": figure.note,
        "source": f"{figure.source.publisher}, {figure.source.title}",
        "source_url": figure.source.url,
        "licence": figure.source.licence,
    }


def plain_number(amount):
    """357000, not 357000.00; 32.34 stays."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def neutralized(value):
    """Text that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises."""
    if isinstance(value, str) and value.lstrip(SKIPPED).startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def as_csv(figures):
    """UTF-8 text with one header row and the line ends of RFC 4180."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for figure in figures:
        writer.writerow([neutralized(value) for value in row(figure).values()])
    return text.getvalue()


def as_data(filterset, figures):
    """The same rows as a dict for JSON, with what the query was understood to ask."""
    sources = {figure.source for figure in figures}
    return {
        "meta": {
            "query": filterset.active,
            "problems": filterset.problems,
            "description": filterset.sentence(len(figures)),
            "total": len(figures),
            "sources": [
                {
                    "id": source.slug,
                    "title": source.title,
                    "publisher": source.publisher,
                    "published": source.published or "unstated",
                    "retrieved": source.retrieved_on,
                    "url": source.url,
                    "licence": source.licence,
                    "attribution": source.attribution,
                }
                for source in sorted(sources, key=lambda source: source.slug)
            ],
            "licence": "Each figure under the licence of its source; see sources.",
        },
        "figures": [row(figure) for figure in figures],
    }
