"""Make the fixtures of countries, cities and the fifteen printed salary figures from the research files."""

import csv
import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from careerguide.fixtures import write_fixture

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


class Command(BaseCommand):
    help = "Make the fixtures of countries, cities and the printed salary figures from the research files."

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", type=Path, help="Where cities-geonames.csv and seed-salary-assessment.csv lie: ../shared/data."
        )
        parser.add_argument(
            "--to", type=Path, default=settings.BASE_DIR / "fixtures", help="The folder to write to, if not fixtures/."
        )

    def handle(self, *args, folder, to, **options):
        cities = read_table(folder / "cities-geonames.csv")
        amounts = {row["city"]: row for row in read_table(folder / "seed-salary-assessment.csv")}
        countries = {row["country_iso2"]: row for row in cities}
        files = {
            "careers.country.json": [country_row(countries[code]) for code in sorted(countries)],
            "salaries.city.json": sorted((city_row(row) for row in cities), key=slug_of),
            "salaries.salaryfigure.json": figure_rows(amounts),
        }
        for name, rows in files.items():
            write_fixture(to / name, rows)
            self.stdout.write(f"{len(rows)} rows in {to / name}")


def read_table(path):
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from error


# What people type for a country, for the search alone.
OTHER_NAMES = {
    "CN": "PRC; Mainland China",
    "GB": "UK; Great Britain; England",
    "US": "USA; U.S.; United States of America",
}


def slug_of(row):
    return row["fields"]["slug"]


def country_row(row):
    code = row["country_iso2"]
    fields = {
        "code": code,
        "name": row["country"],
        "other_names": OTHER_NAMES.get(code, ""),
        "currency": row["currency"],
    }
    return {"model": "careers.country", "fields": fields}


def city_row(row):
    fields = {
        "slug": slugify(row["seed_city"]),
        "name": row["seed_city"],
        "country": [row["country_iso2"]],
        "geonames_id": int(row["geonames_id"]),
        "admin1_code": row["admin1_code"],
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        "population": int(row["population"]),
        "timezone": row["timezone"],
        "source": ["geonames"],
    }
    return {"model": "salaries.city", "fields": fields}


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
        "city": [slugify(city)],
        "population": "title",
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
