"""A site with as many figures as wanted: the real content, and seeded rows around it like official statistics.

Areas, populations and careers are unevenly common, as they are in the real figures: one class has a sixth of all rows,
one city thousands, and a fifth of the rows has no median, another currency, or a doubt.
"""

from itertools import islice
from random import Random

import psycopg2.extras
from django.db import connection, transaction

from careerguide import revision
from careers.models import Career, Country
from salaries.choices import ROLE, TITLE, AreaKind, ClassKind
from salaries.models import Area, CityAlias, Finding, PopulationDescribed, SalaryFigure

SEED = 20261122
AREAS = 3000
CITIES = 60
POPULATIONS = 40
PORTION = 20_000
MONTHS = [f"{year}-{month:02}" for year in range(2010, 2027) for month in range(1, 13)]
WHERE = ["North", "South", "East", "West", "New", "Lake", "Port", "Fort", "Mount", "Upper", "Lower", "Old"]
UNITS = {"USD": 1, "CAD": 1.4, "GBP": 0.8, "EUR": 0.9, "INR": 84, "CNY": 7, "SGD": 1.3, "ILS": 3.7, "AUD": 1.5}


def fill(count, say):
    """Add figures until there are about `count`; what the site counts of its content moves once, at the end."""
    random = Random(SEED)  # noqa: S311 (not a secret: the same rows every time)
    with connection.cursor() as cursor:
        stop_triggers(cursor)
        areas, cities = add_areas(random)
        populations = add_populations()
        wanted = count - SalaryFigure.objects.count()
        write(cursor, SalaryFigure, figures(random, areas, cities, populations, wanted), say, wanted)
        new = SalaryFigure.objects.filter(source_place="made for measuring").order_by("pk")
        write(cursor, Finding, findings(random, new), say, round(1.2 * wanted))
    start_triggers()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def stop_triggers(cursor):
    """A million rows would move the revision a million times."""
    if connection.vendor == "postgresql":
        cursor.execute(f"DROP FUNCTION IF EXISTS {revision.PREFIX}() CASCADE")
    else:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def start_triggers():
    revision.watch(connection.alias)


def add_areas(random):
    """More areas in every country, and more cities with an official area around each; returns both, as stored."""
    countries = list(Country.objects.order_by("pk"))
    weights = [20 if country.code == "US" else 4 for country in countries]
    states = {}
    for state in Area.objects.filter(kind=AreaKind.STATE).order_by("pk"):
        states.setdefault(state.country_id, []).append(state.pk)
    names = list(Area.objects.order_by("pk").values_list("name", flat=True))
    source = Area.objects.first().source_id
    kinds = [AreaKind.METRO] * 6 + [AreaKind.NONMETRO] * 2 + [AreaKind.REGION]
    made = [
        Area(
            slug=f"area-{n}",
            name=f"{random.choice(WHERE)} {random.choice(names)}"[:100],
            kind=random.choice(kinds),
            country=random.choices(countries, weights)[0],
            code=f"M{n}",
            source_id=source,
        )
        for n in range(AREAS)
    ]
    Area.objects.bulk_create(made, batch_size=500)
    Area.states.through.objects.bulk_create(
        Area.states.through(from_area=area, to_area_id=random.choice(states[area.country_id]))
        for area in made
        if area.country_id in states
    )
    facts = {"latitude": 1, "longitude": 1, "population": 500_000, "timezone": "UTC", "source_id": source}
    cities = [
        Area(slug=f"city-{n}", name=f"{area.name[:80]} City", country=area.country, within=area, **facts)
        for n, area in enumerate(made[:CITIES])
    ]
    for n, city in enumerate(cities):
        city.geonames_id = 900_000_000 + n
    Area.objects.bulk_create(cities)
    CityAlias.objects.bulk_create(
        CityAlias(city=city, name=f"{city.name[:60]} alias", kind="variant", source_id=source) for city in cities
    )
    return list(Area.objects.exclude(kind=AreaKind.CITY).select_related("country")), [
        *Area.objects.cities().select_related("country")
    ]


def add_populations():
    """More classes; returns all codes but that of the title, and how common each is."""
    PopulationDescribed.objects.bulk_create(
        PopulationDescribed(
            code=f"29-{n}",
            name=f"class {n} of physicians",
            kind=ClassKind.PHYSICIANS,
            about="Made for measuring.",
            position=n % 1000,
        )
        for n in range(3000, 3000 + POPULATIONS)
    )
    codes = list(
        PopulationDescribed.objects.exclude(code=TITLE).order_by("position", "code").values_list("pk", flat=True)
    )
    return codes, [1 / (rank + 3) for rank in range(len(codes))]


def figures(random, areas, cities, populations, count):
    """Rows in the order of the columns, no two of which describe the same by the same source at the same time."""
    first = 1 + (SalaryFigure.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    role = Career.objects.get(slug=ROLE).pk
    others = [pk for pk in Career.objects.order_by("pk").values_list("pk", flat=True) if pk != role]
    sources = list(SalaryFigure.objects.order_by("source").values_list("source", flat=True).distinct())
    codes, weights = populations
    accumulated = [sum(weights[: n + 1]) for n in range(len(weights))]
    described = ["career_id", "area_id", "population_id", "source_id", "as_of"]
    seen = set(SalaryFigure.objects.order_by("pk").values_list(*described))
    count += len(seen)
    while len(seen) < count:
        title = random.random() < 0.05
        place = cities[min(int(random.expovariate(0.1)), len(cities) - 1)] if title else random.choice(areas)
        career = role if random.random() < 0.9 else random.choice(others)
        code = TITLE if title else random.choices(codes, cum_weights=accumulated)[0]
        key = (career, place.pk, code, random.choice(sources), random.choice(MONTHS))
        if key not in seen:
            seen.add(key)
            yield figure(random, first + len(seen), place, *key)


def figure(random, pk, place, career, area, population, source, as_of):
    currency = place.country.currency
    hourly = random.random() < 0.03
    middle = random.lognormvariate(11.8, 0.45) * UNITS[currency] / (2080 if hourly else 1)
    p10, p25, median, p75, p90 = (round(middle * share, 2 if hourly else -1) for share in (0.5, 0.7, 1, 1.3, 1.7))
    withheld = random.random() < 0.13
    confidence = "exclude" if withheld else random.choices(["note", "doubt", "exclude"], [94, 5, 1])[0]
    return {
        "id": pk,
        "status": "published" if random.random() < 0.99 else "draft",
        "withdrawn_because": "",
        "slug": f"made-{pk}",
        "career_id": career,
        "area_id": area,
        "population_id": population,
        "amount": None if withheld else median,
        "p10": p10,
        "p25": p25,
        "p75": None if withheld else p75,
        "p90": None if withheld else p90,
        "mean": round(median * 1.05, 2),
        "withheld": "not-released" if withheld else "",
        "at_least": None,
        "employment": random.randrange(10, 5000),
        "employment_error": round(random.random() * 30, 2),
        "wage_error": round(random.random() * 20, 2),
        "sample_size": None,
        "currency": currency,
        "currency_certain": True,
        "period": "hour" if hourly else "year",
        "basis": "official",
        "covers": "Wages of employees; the self-employed are left out.",
        "as_printed": "#" if withheld else f"{median}",
        "city_as_printed": place.name,
        "as_of": as_of,
        "source_id": source,
        "source_place": "made for measuring",
        "note": "",
        "confidence": confidence,
    }


def findings(random, new):
    pk = 1 + (Finding.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    rules = {
        "note": ("sample-unstated", "note", 0, "The source does not say how many people it counted."),
        "doubt": ("imprecise", "doubt", 1, "The publisher’s own relative standard error is above 10%."),
        "exclude": ("no-median", "exclude", 2, "There is no median: the publisher did not release one."),
    }
    wider = ("wider-class", "note", 0, "Describes a wider class of workers than the people who hold this title.")
    for figure, confidence in new.values_list("pk", "confidence").iterator(chunk_size=PORTION):
        for rule in [wider] if confidence == "note" and random.random() < 0.9 else [rules[confidence], wider]:
            columns = ("id", "figure_id", "rule", "severity", "rank", "sentence", "accepted")
            yield dict(zip(columns, (pk, figure, *rule, False), strict=True))
            pk += 1


def write(cursor, model, rows, say, expected):
    """Insert rows, dicts by column, by the quickest way of each database."""
    done = 0
    while portion := list(islice(rows, PORTION)):
        columns = ", ".join(portion[0])
        if connection.vendor == "postgresql":
            holes = ", ".join(["%s"] * len(portion[0]))
            psycopg2.extras.execute_values(
                cursor.cursor,
                f"INSERT INTO {model._meta.db_table} ({columns}) VALUES %s",  # noqa: S608 (our own names)
                [tuple(row.values()) for row in portion],
                template=f"({holes})",
                page_size=1000,
            )
        else:
            holes = ", ".join(["?"] * len(portion[0]))
            with transaction.atomic():
                connection.connection.executemany(
                    f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({holes})",  # noqa: S608 (our own names)
                    [tuple(row.values()) for row in portion],
                )
        done += len(portion)
        say(f"{model._meta.verbose_name_plural}: {done:,} of about {expected:,}")
