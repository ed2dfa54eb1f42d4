"""What makes amounts comparable: dated exchange rates, and the price levels of countries."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Length, Upper
from django.db.models.lookups import Exact

from careerguide.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from careerguide.validators import iso_4217
from careers.models import Country
from salaries.money import digits
from sources.models import Source

EURO = "EUR"
POSITIVE = [MinValueValidator(Decimal("0.000001"))]


class ExchangeRateQuerySet(NaturalKeyQuerySet):
    def latest(self):
        """The rates of the newest of the days with the most currencies, in one query.

        One day for all, so that no two days are mixed; and a day still being entered takes no figure out of a ranking.
        """
        days = self.model.objects.order_by().values("day").annotate(number=Count("pk"))
        newest = days.order_by("-number", "-day").values("day")[:1]
        return self.filter(day=newest).select_related("source").order_by("currency")


class ExchangeRate(NaturalKeyModel):
    """What one euro bought on a day: a reference rate of the European Central Bank."""

    NATURAL_KEY = ("currency", "day")

    currency = models.CharField(max_length=3, validators=[iso_4217], help_text='ISO 4217 code, such as "USD".')
    day = models.DateField(help_text="The day the rate is of.")
    units_per_euro = models.DecimalField(
        max_digits=14, decimal_places=6, validators=POSITIVE, help_text="Units of the currency for 1 EUR, as published."
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="exchange_rates")

    objects = ExchangeRateQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["day", "currency"], name="exchangerate_once_per_day"),
            models.CheckConstraint(condition=Q(units_per_euro__gt=0), name="exchangerate_positive"),
            models.CheckConstraint(
                condition=Exact(Length("currency"), 3) & Q(currency=Upper("currency")) & ~Q(currency=EURO),
                name="exchangerate_of_other_currency",
                violation_error_message="Three capital letters, and not EUR: one euro is always one euro.",
            ),
        ]

    def __str__(self):
        return f"1 {EURO} = {digits(self.units_per_euro)} {self.currency} on {self.day}"


class PriceLevelQuerySet(NaturalKeyQuerySet):
    def latest(self):
        """The newest price level of each country, in one query."""
        newest = self.model.objects.filter(country=OuterRef("country")).order_by("-year").values("year")[:1]
        return self.filter(year=Subquery(newest)).select_related("country", "source").order_by("country__name")


class PriceLevel(NaturalKeyModel):
    """What private consumption costs in a country, against the United States: national, never of a city."""

    NATURAL_KEY = ("country__code", "year")

    country = models.ForeignKey(Country, models.PROTECT, related_name="price_levels")
    year = models.PositiveSmallIntegerField(validators=[MinValueValidator(1990), MaxValueValidator(2100)])
    ppp = models.DecimalField(
        "purchasing power parity",
        max_digits=16,
        decimal_places=8,
        validators=POSITIVE,
        help_text="Units of the local currency for 1 international dollar (World Bank, PA.NUS.PRVT.PP).",
    )
    level = models.DecimalField(
        "price level",
        max_digits=10,
        decimal_places=6,
        validators=POSITIVE,
        help_text="Price level of household consumption, United States = 100 (World Bank, PA.NUS.PRVT.PLI).",
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="price_levels")

    objects = PriceLevelQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "country__name"]
        constraints = [
            models.UniqueConstraint(fields=["country", "year"], name="pricelevel_once_per_year"),
            models.CheckConstraint(condition=Q(ppp__gt=0) & Q(level__gt=0), name="pricelevel_positive"),
        ]

    def __str__(self):
        return f"{self.country}, {self.year}"
