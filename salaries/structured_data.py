"""Figures as linked data: schema.org Occupation with a MonetaryAmountDistribution.

Only what the page shows, only figures that may be ranked and that nothing but notes speaks against, and no `duration`
where the pay period is unstated. No search engine promises anything for it.
"""

from salaries.choices import AreaKind, Period
from sources.choices import Confidence

PLACES = {AreaKind.CITY: "City", AreaKind.STATE: "State", AreaKind.COUNTRY: "Country"}
DURATIONS = {Period.YEAR: "P1Y", Period.MONTH: "P1M", Period.HOUR: "PT1H"}  # ISO 8601
ROUGH = ("30010",)  # its publisher gives a lowest and a highest wage, which are percentiles only roughly
TRUSTED = (Confidence.CLEAR, Confidence.NOTE)
PERCENTILES = {"median": "amount", "percentile10": "p10", "percentile25": "p25", "percentile75": "p75"} | {
    "percentile90": "p90"
}


def occupations(figures):
    """A JSON-LD document with one node for each figure that can be trusted so far; None if there is none."""
    nodes = [occupation(figure) for figure in figures if figure.confidence in TRUSTED and figure.amount is not None]
    return {"@context": "https://schema.org", "@graph": nodes} if nodes else None


def occupation(figure):
    """One figure; amounts are as published, in the currency and for the duration of the figure."""
    title = figure.describes_title
    place = {"@type": PLACES.get(figure.area.kind, "AdministrativeArea"), "name": figure.area.name}
    if figure.area.kind != AreaKind.COUNTRY:
        place["containedInPlace"] = {"@type": "Country", "name": figure.area.country.name}
    node = {
        "@type": "Occupation",
        "name": figure.career.title if title else figure.population.name,
        "occupationLocation": place,
        "estimatedSalary": [distribution(figure)],
    }
    if not title:
        node["occupationalCategory"] = f"{figure.population_id} ({figure.population.classification})"
    return node


def distribution(figure):
    amounts = {name: getattr(figure, field) for name, field in PERCENTILES.items()}
    if figure.population_id in ROUGH:
        amounts = {"median": figure.amount}
    known = {name: float(amount) for name, amount in amounts.items() if amount is not None}
    pay = {"@type": "MonetaryAmountDistribution", "name": "base", "currency": figure.currency} | known
    if figure.period in DURATIONS:
        pay["duration"] = DURATIONS[figure.period]
    return pay
