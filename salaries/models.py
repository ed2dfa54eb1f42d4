"""Cities and the salary figures observed in them. What was printed is kept for ever beside what we read from it."""

import re
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Upper
from django.db.models.lookups import Exact
from django.urls import reverse

from careerguide.constraints import one_of
from careerguide.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from careerguide.validators import iso_4217, partial_date
from careers.models import Career, Country
from salaries.choices import TITLE, AliasKind, Basis, Period
from salaries.querysets import CityQuerySet, SalaryFigureQuerySet
from sources.models import Source


class City(NaturalKeyModel):
    """A city as GeoNames identifies it."""

    slug = models.SlugField(unique=True, help_text='Part of the address, such as "new-york".')
    name = models.CharField(max_length=100, help_text='Such as "New York".')
    country = models.ForeignKey(Country, models.PROTECT, related_name="cities")
    geonames_id = models.PositiveIntegerField(
        "GeoNames ID", unique=True, help_text="The number in geonames.org/<number>."
    )
    admin1_code = models.CharField("GeoNames admin1 code", max_length=20, blank=True, help_text='Such as "NY".')
    latitude = models.DecimalField(
        max_digits=8, decimal_places=5, validators=[MinValueValidator(-90), MaxValueValidator(90)], help_text="Degrees."
    )
    longitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees.",
    )
    population = models.PositiveIntegerField(
        help_text="Persons in the city proper, after GeoNames; census years differ."
    )
    timezone = models.CharField("time zone", max_length=50, help_text='IANA name, such as "Asia/Kolkata".')
    source = models.ForeignKey(Source, models.PROTECT, related_name="cities")

    objects = CityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "cities"
        constraints = [
            models.CheckConstraint(condition=Q(latitude__range=(-90, 90)), name="city_latitude_in_degrees"),
            models.CheckConstraint(condition=Q(longitude__range=(-180, 180)), name="city_longitude_in_degrees"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("salaries:city", args=[self.slug])

    @property
    def population_text(self):
        return f"{self.population:,}"

    @property
    def teaser(self):
        return self.country.name


class CityAlias(NaturalKeyModel):
    """Another name under which people look for a city."""

    NATURAL_KEY = ("city__slug", "name")

    city = models.ForeignKey(City, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=100, help_text='Such as "Bangalore".')
    kind = models.CharField(max_length=10, choices=AliasKind)
    source = models.ForeignKey(Source, models.PROTECT, related_name="city_aliases")

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "city aliases"
        constraints = [
            models.UniqueConstraint(fields=["city", "name"], name="cityalias_once_per_city"),
            one_of("kind", AliasKind, "cityalias_kind_known"),
        ]

    def __str__(self):
        return self.name


def printed_number(text):
    """The number in a printed amount such as "S$666,000"; None if there is none."""
    digits = re.sub(r"[^0-9.]", "", text)
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


class SalaryFigure(NaturalKeyModel):
    """One observed median: whom it describes, what was printed, what we read, and where it comes from."""

    slug = models.SlugField(
        "id", max_length=80, unique=True, help_text="Stable name of this figure. Never change it: addresses use it."
    )
    career = models.ForeignKey(Career, models.PROTECT, related_name="salary_figures")
    city = models.ForeignKey(City, models.PROTECT, related_name="salary_figures")
    population = models.CharField(
        "population described",
        max_length=20,
        default=TITLE,
        validators=[RegexValidator(r"^(title|[0-9A-Za-z.-]{4,20})\Z", "Write title, or a class code such as 11-9111.")],
        help_text='"title" for this title itself; the code of the class if the figure describes a wider one.',
    )
    amount = models.DecimalField(
        "median",
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text="The number read from what was printed, in units of the currency for the period.",
    )
    currency = models.CharField(
        max_length=3,
        validators=[iso_4217],
        help_text='ISO 4217 code, such as "INR".',
    )
    currency_certain = models.BooleanField(
        default=True, help_text="Untick if the printed symbol can mean more than one currency there."
    )
    period = models.CharField("pay period", max_length=10, choices=Period, default=Period.UNSTATED)
    basis = models.CharField(max_length=10, choices=Basis)
    as_printed = models.CharField("amount as printed", max_length=60, help_text="Kept for ever, never corrected.")
    city_as_printed = models.CharField(max_length=100, help_text="Kept for ever, never corrected.")
    as_of = models.CharField(
        max_length=10,
        blank=True,
        validators=[partial_date],
        help_text='The time the figure is of: "2025", "2025-05" or "2025-05-31". Empty if unstated.',
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="salary_figures")
    source_place = models.CharField("place in the source", max_length=120, blank=True, help_text='Such as "row 14".')
    note = models.TextField(
        blank=True, help_text="How the printed text was read, if that needs saying. Shown to readers."
    )

    objects = SalaryFigureQuerySet.as_manager()

    class Meta:
        ordering = ["city__name", "slug"]
        indexes = [
            models.Index(fields=["career", "population", "currency", "amount"], name="salaryfigure_by_amount"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="salaryfigure_amount_positive",
                violation_error_message="An amount is greater than zero.",
            ),
            models.CheckConstraint(
                condition=Exact(Length("currency"), 3) & Q(currency=Upper("currency")),
                name="salaryfigure_currency_iso_4217",
                violation_error_message="A currency is three capital letters, such as INR.",
            ),
            models.CheckConstraint(condition=~Q(as_printed=""), name="salaryfigure_keeps_printed_text"),
            one_of("period", Period, "salaryfigure_period_known"),
            one_of("basis", Basis, "salaryfigure_basis_known"),
            models.UniqueConstraint(
                fields=["career", "city", "population", "source", "as_of"], name="salaryfigure_once_per_source_and_time"
            ),
        ]

    def __str__(self):
        return f"{self.city}: {self.currency} {self.amount:,.0f}"

    def get_absolute_url(self):
        return f"{self.city.get_absolute_url()}#{self.slug}"

    def clean(self):
        if not self.note and self.amount is not None and printed_number(self.as_printed) != self.amount:
            text = f"The median is not the number printed, “{self.as_printed}”. Say here how it was read."
            raise ValidationError({"note": text})

    @property
    def describes_title(self):
        """Whether it describes this title itself rather than a wider class of workers."""
        return self.population == TITLE
