"""The fifteen figures that the project began from, exactly as their page printed them, and their cities."""

import re

from django.core.management.base import CommandError
from django.utils.text import slugify

CAREER = "medical-director"
SOURCE = "opencourser-career-2024"

# The rows of the page, in its order: our name of the city, the city as printed, the amount as printed.
PRINTED = [
    ("New York", "New York", "$357,000"),
    ("San Francisco", "San Francisco", "$350,000"),
    ("Seattle", "Seattle", "$428,000"),
    ("Austin", "Austin", "$397,000"),
    ("Toronto", "Toronto", "$293,000"),
    ("London", "London", "£300,000"),
    ("Paris", "Paris", "€150,000"),
    ("Berlin", "Berlin", "€176,000"),
    ("Tel Aviv", "Tel Aviv", "₪86,000"),
    ("Singapore", "Singapore", "S$666,000"),
    ("Beijing", "Beijing", "¥858,000"),
    ("Shanghai", "Shanghai", "¥141,000"),
    ("Shenzhen", "Shenzhen", "¥373,000"),
    ("Bengaluru", "Bengalaru", "₹418,000"),
    ("Delhi", "Delhi", "₹3,900,000"),
]

# Printed signs that stand for another country's currency as well; the bare $ is certain only in the United States.
YUAN = "The sign ¥ is also that of the Japanese yen; read as yuan because the city is in China."
NOTES = {
    "Toronto": (
        "A bare $ is printed, beside U.S. cities, and the page nowhere says which dollar it means; "
        "read as Canadian dollars because the city is in Canada."
    ),
    "Beijing": YUAN,
    "Shanghai": YUAN,
    "Shenzhen": YUAN,
    "Bengaluru": "The city is printed “Bengalaru”; read as Bengaluru, also known as Bangalore.",
}
CURRENCY_UNCERTAIN = {"Toronto"}

# What people type for a country, for the search alone.
OTHER_NAMES = {
    "CN": "PRC; Mainland China",
    "GB": "UK; Great Britain; England",
    "US": "USA; U.S.; United States of America",
}

# Countries without a figure, for which requirements were looked up: name and currency.
WITHOUT_FIGURES = {"AU": ("Australia", "AUD")}

# The state or province of a city, where official figures name states.
STATES = {
    "New York": "new-york-us",
    "San Francisco": "california-us",
    "Seattle": "washington-us",
    "Austin": "texas-us",
    "Toronto": "ontario-ca",
}

# The smallest area with official figures around a city; the others have none.
WITHIN = {
    "New York": "new-york-newark-jersey-city-ny-nj",
    "San Francisco": "san-francisco-oakland-fremont-ca",
    "Seattle": "seattle-tacoma-bellevue-wa",
    "Austin": "austin-round-rock-san-marcos-tx",
    "Toronto": "toronto-on",
    "London": "united-kingdom",
}


def country_rows(cities):
    countries = WITHOUT_FIGURES | {row["country_iso2"]: (row["country"], row["currency"]) for row in cities}
    return [country_row(code, *countries[code]) for code in sorted(countries)]


def country_row(code, name, currency):
    fields = {"code": code, "name": name, "other_names": OTHER_NAMES.get(code, ""), "currency": currency}
    return {"model": "careers.country", "fields": fields}


def city_row(row):
    fields = {
        "slug": slugify(row["seed_city"]),
        "name": row["seed_city"],
        "kind": "city",
        "country": [row["country_iso2"]],
        "geonames_id": int(row["geonames_id"]),
        "admin1_code": row["admin1_code"],
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        "population": int(row["population"]),
        "timezone": row["timezone"],
        "source": ["geonames"],
    }
    if row["seed_city"] in WITHIN:
        fields["within"] = [WITHIN[row["seed_city"]]]
    if row["seed_city"] in STATES:
        fields["states"] = [[STATES[row["seed_city"]]]]
    return {"model": "salaries.area", "fields": fields}


def figure_rows(amounts):
    """One figure for each printed row, in the page's order. `amounts` holds the rows of the assessment by city."""
    return [figure_row(number, *printed, amounts[printed[0]]) for number, printed in enumerate(PRINTED, start=1)]


def figure_row(number, city, city_as_printed, as_printed, assessed):
    """Refuses an amount that is not the printed one: nothing is corrected on the way in."""
    amount = assessed["seed_annual_local"]
    if amount != re.sub(r"\D", "", as_printed):
        raise CommandError(f"{city}: the table says {amount}, the page printed {as_printed}.")
    fields = {
        "slug": f"{CAREER}-{slugify(city)}-opencourser",
        "career": [CAREER],
        "area": [slugify(city)],
        "population": ["title"],
        "amount": amount,
        "currency": assessed["currency_assumed"],
        "currency_certain": city not in CURRENCY_UNCERTAIN,
        "period": "unstated",
        "basis": "estimate",
        "as_printed": as_printed,
        "city_as_printed": city_as_printed,
        "source": [SOURCE],
        "source_place": f"Salaries, row {number} of {len(PRINTED)}",
        "note": NOTES.get(city, ""),
    }
    return {"model": "salaries.salaryfigure", "fields": fields}
