"""What the modules of this folder share: reading a table, and the form of fixture rows."""

import csv

from django.core.management.base import CommandError


def read_table(path):
    """The rows of a CSV file as dicts; raises CommandError if it cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from error


def area(slug, name, kind, country, code, source, states=()):
    """An area of official statistics."""
    fields = {"slug": slug, "name": name, "kind": kind, "country": [country], "code": code, "source": [source]}
    return {"model": "salaries.area", "fields": fields | {"states": [[state] for state in states]}}


def official_figure(slug, area_slug, population, source, **fields):
    """A figure of an official statistic, shown beside the medical director's."""
    common = {
        "slug": slug,
        "career": ["medical-director"],
        "area": [area_slug],
        "population": [population],
        "basis": "official",
        "source": [source],
    }
    return {"model": "salaries.salaryfigure", "fields": common | fields}


def slug_of(row):
    return row["fields"]["slug"]
