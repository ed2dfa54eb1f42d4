"""The rows of the salary table as ready text: worked out once for each row, so that its template only prints."""

from dataclasses import dataclass

from careerguide.paths import path_to
from careerguide.plan_links import plan_step
from salaries.charts import Bar, Spread
from salaries.choices import AreaKind, Basis, Period
from salaries.money import amount, in_code, in_thousands
from sources.choices import Confidence

KINDS = {kind.value: kind.label.lower() for kind in AreaKind}
PERIODS = {period.value: period.label for period in Period} | {Period.UNSTATED.value: "period unstated"}
READ_AS = PERIODS | {Period.UNSTATED.value: "read as a year"}
BASES = {basis.value: basis.label.lower() for basis in Basis}
CONFIDENCES = dict(Confidence.choices)


@dataclass(slots=True)
class Row:
    """One figure as the table prints it: links as (address, text), amounts after their code, empty text for nothing."""

    slug: str
    area_slug: str
    area: tuple
    area_note: str
    whom: str
    plan: dict | None
    country: str
    amount: str
    amount_note: str
    bar: Bar | None
    spread: Spread | None
    percentiles: str
    confidence: str
    confidence_label: str
    reasons: list
    headline: str
    source: tuple
    basis: str
    as_of: str
    address: str
    population: str
    why_not: list


def rows(figures, conversion, carried, unranked=False):
    """A Row for each figure, in the money of the view; what is not ranked is shown as printed, with the reason."""
    as_printed = conversion.is_printed or unranked
    return [row(figure, conversion, as_printed, carried, unranked) for figure in figures]


def row(figure, conversion, as_printed, carried, unranked):
    area, source, is_city = figure.area, figure.source, figure.area.kind == AreaKind.CITY
    return Row(
        slug=figure.slug,
        area_slug=area.slug,
        area=(path_to("salaries:city", area.slug), area.name),
        area_note=area_note(figure, is_city),
        whom="this title" if figure.describes_title else f"class {figure.population_id}, not this title",
        plan=plan_step(area, carried) if is_city else None,
        country=area.country.name,
        amount=amount(figure) if as_printed else in_thousands(figure.shown_amount, conversion.units),
        amount_note=printed_note(figure) if as_printed else converted_note(figure),
        bar=figure.bar,
        spread=figure.spread,
        percentiles=percentiles(figure, conversion, as_printed),
        confidence=figure.confidence,
        confidence_label=CONFIDENCES[figure.confidence],
        reasons=figure.reasons,
        headline=headline(figure.reasons),
        source=(path_to("sources:source", source.slug), source.publisher),
        basis=BASES[figure.basis],
        as_of=figure.as_of or "unstated",
        address=path_to("salaries:figure", figure.slug),
        population=str(figure.population),
        why_not=figure.why_not if unranked else [],
    )


def area_note(figure, is_city):
    """The kind of an area that is no city; of a city, the name that was printed, if it was another."""
    if not is_city:
        return KINDS[figure.area.kind]
    return "" if figure.city_as_printed == figure.area.name else f"printed “{figure.city_as_printed}”"


def printed_note(figure):
    unsure = "" if figure.currency_certain else "; currency unsure"
    return f"printed {figure.as_printed}; {PERIODS[figure.period]}{unsure}"


def converted_note(figure):
    return f"printed {figure.as_printed} ({figure.currency}), {READ_AS[figure.period]}"


def percentiles(figure, conversion, as_printed):
    """From the 10th to the 90th percentile, in the money of the row; empty if the 90th is unknown."""
    if not figure.p90:
        return ""
    if as_printed:
        low, high = in_code(figure.p10, figure.currency) or "unstated", in_code(figure.p90, figure.currency)
    else:
        low, high = (in_thousands(figure.shown(value), conversion.units) for value in (figure.p10, figure.p90))
    return f"{low} to {high}"


def headline(reasons):
    """The worst open reason for doubt by name, and how many more there are."""
    open_ones = [one for one in reasons if not one.accepted]
    if not open_ones:
        return "all accepted" if reasons else ""
    more = f", and {len(open_ones) - 1} more" if len(open_ones) > 1 else ""
    return f"{open_ones[0].about.title.lower()}{more}"
