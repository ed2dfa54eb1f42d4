"""Price levels of countries: World Bank, private consumption, the basket that fits a salary."""

from django.core.management.base import CommandError

from salaries.research.tables import read_table

SOURCE = "worldbank-prices-2025"
FILE = "ppp-worldbank.csv"
YEAR = "2025"
PPP, LEVEL = "PA.NUS.PRVT.PP", "PA.NUS.PRVT.PLI"


def rows(folder):
    """One row for each country that has both indicators; a country with one alone is refused."""
    values = {
        (row["country_iso2"], row["indicator"]): row["value"]
        for row in read_table(folder / FILE)
        if row["year"] == YEAR
    }
    countries = sorted({country for country, indicator in values if indicator in (PPP, LEVEL)})
    try:
        return [price_level(country, values[country, PPP], values[country, LEVEL]) for country in countries]
    except KeyError as error:
        raise CommandError(f"{FILE}: no value for {error}.") from error


def price_level(country, ppp, level):
    fields = {"country": [country], "year": int(YEAR), "ppp": ppp, "level": level, "source": [SOURCE]}
    return {"model": "salaries.pricelevel", "fields": fields}
