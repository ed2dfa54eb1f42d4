"""Make the fixtures of countries, areas, salary figures and price levels from the research files."""

from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careerguide.fixtures import write_fixtures
from salaries.research import ashe, jobbank, oews, printed, worldbank
from salaries.research.tables import read_table, slug_of


class Command(BaseCommand):
    help = "Make the fixtures of countries, areas, salary figures and price levels from the research files."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="Where the CSV files lie: ../shared/data.")
        parser.add_argument(
            "--to", type=Path, default=settings.BASE_DIR / "fixtures", help="The folder to write to, if not fixtures/."
        )

    def handle(self, *args, folder, to, **options):
        cities = read_table(folder / "cities-geonames.csv")
        amounts = {row["city"]: row for row in read_table(folder / "seed-salary-assessment.csv")}
        areas, figures = [], []
        for publisher in (oews, jobbank, ashe):
            table = publisher.rows(folder)
            found = publisher.areas(table)
            areas += found
            slugs = {row["fields"]["code"]: slug_of(row) for row in found}
            figures += publisher.figures(table, slugs)
        areas += map(printed.city_row, cities)
        files = {
            "careers.country": printed.country_rows(cities),
            "salaries.area": distinct(areas),
            "salaries.salaryfigure": distinct([*printed.figure_rows(amounts), *figures]),
            "salaries.pricelevel": worldbank.rows(folder),
        }
        write_fixtures(to, files)
        for label, rows in files.items():
            self.stdout.write(f"{len(rows)} rows in {to / label}.json")


def distinct(rows):
    """The rows, unless two bear one slug: two areas, or two figures, would become one."""
    slug, times = Counter(map(slug_of, rows)).most_common(1)[0]
    if times > 1:
        raise CommandError(f"{times} rows are called {slug}.")
    return rows
