"""The figures of a view as CSV and JSON: the same rows, plain values, with source and licence in every row."""

import csv
from io import StringIO

from salaries.drawings import why_not_ranked

COLUMNS = [
    "id",
    "city",
    "city_name",
    "area_kind",
    "country",
    "career",
    "population",
    "population_name",
    "amount",
    "currency",
    "currency_certain",
    "period",
    "basis",
    "covers",
    "p10",
    "p25",
    "p75",
    "p90",
    "mean",
    "median_withheld",
    "at_least",
    "sample_size",
    "employment",
    "employment_error_percent",
    "wage_error_percent",
    "as_printed",
    "city_as_printed",
    "as_of",
    "note",
    "shown_amount",
    "shown_currency",
    "rate_date",
    "rankable",
    "why_not_ranked",
    "confidence",
    "findings",
    "source",
    "source_url",
    "retrieved",
    "licence",
    "attribution",
    "conversion_attribution",
]
SKIPPED = " \xa0\ufeff\u200b\v\f"  # what a spreadsheet may pass over before it looks for a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def row(figure, conversion):
    """One figure as {column: value}; an unknown date is the word "unstated", what is not known otherwise is empty.

    `shown_amount` is in `shown_currency` a year, to two decimals; both are empty where the figure was not converted.
    """
    converted = not conversion.is_printed and figure.shown_amount is not None
    return {
        "id": figure.slug,
        "city": figure.area.slug,
        "city_name": figure.area.name,
        "area_kind": figure.area.kind,
        "country": figure.area.country_id,
        "career": figure.career.slug,
        "population": figure.population_id,
        "population_name": figure.population.name,
        "amount": plain_number(figure.amount),
        "currency": figure.currency,
        "currency_certain": figure.currency_certain,
        "period": figure.period,
        "basis": figure.basis,
        "covers": figure.covers,
        "p10": plain_number(figure.p10),
        "p25": plain_number(figure.p25),
        "p75": plain_number(figure.p75),
        "p90": plain_number(figure.p90),
        "mean": plain_number(figure.mean),
        "median_withheld": figure.withheld,
        "at_least": plain_number(figure.at_least),
        "sample_size": figure.sample_size,
        "employment": figure.employment,
        "employment_error_percent": plain_number(figure.employment_error),
        "wage_error_percent": plain_number(figure.wage_error),
        "as_printed": figure.as_printed,
        "city_as_printed": figure.city_as_printed,
        "as_of": figure.as_of or "unstated",
        "note": figure.note,
        "shown_amount": plain_number(figure.shown_amount) if converted else None,
        "shown_currency": conversion.units if converted else None,
        "rate_date": conversion.day.isoformat() if converted and conversion.day else None,
        "rankable": figure.rankable,
        "why_not_ranked": " ".join(why_not_ranked(figure)) if figure.shown_amount is None else "",
        "confidence": figure.confidence,
        "findings": [
            {"rule": one.rule, "severity": one.severity, "sentence": one.sentence, "accepted": one.accepted}
            for one in figure.reasons
        ],
        "source": f"{figure.source.publisher}, {figure.source.title}",
        "source_url": figure.source.url,
        "retrieved": figure.source.retrieved_on.isoformat() if figure.source.retrieved_on else "unstated",
        "licence": figure.source.licence,
        "attribution": figure.source.attribution,
        "conversion_attribution": conversion.attribution if converted else None,
    }


def plain_number(amount):
    """357000, not 357000.00; 32.34 stays, and None as well."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def neutralized(value):
    """Text that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises."""
    if isinstance(value, str) and value.lstrip(SKIPPED).startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def cell(value):
    """A value as one cell: findings become sentences, one after the other, each behind the name of its rule."""
    if isinstance(value, list):
        value = " ".join(f"[{one['rule']}{', accepted' if one['accepted'] else ''}] {one['sentence']}" for one in value)
    return neutralized(value)


def as_csv(filterset):
    """UTF-8 text with one header row and the line ends of RFC 4180."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for figure in filterset.figures:
        writer.writerow([cell(value) for value in row(figure, filterset.conversion).values()])
    return text.getvalue()


def as_data(filterset):
    """The same rows as a dict for JSON, with what the query was understood to ask."""
    figures, conversion = list(filterset.figures), filterset.conversion
    sources = {figure.source for figure in figures} | {record.source for record in conversion.records}
    return {
        "meta": {
            "query": filterset.active,
            "problems": filterset.problems,
            "description": filterset.sentence(len(figures)),
            "total": len(figures),
            "conversion": conversion_data(conversion),
            "sources": [source_data(source) for source in sorted(sources, key=lambda source: source.slug)],
            "licence": "Each figure under the licence of its source; see sources.",
        },
        "figures": [row(figure, conversion) for figure in figures],
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
