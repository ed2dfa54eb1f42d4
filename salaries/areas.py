"""The places that salary figures describe: cities, and the areas of official statistics around them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from careerguide.constraints import one_of
from careerguide.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from careerguide.paths import path_to
from careers.models import Country
from salaries.choices import AliasKind, AreaKind
from salaries.querysets import AreaQuerySet
from sources.models import Source

CITY_FACTS = ["geonames_id", "latitude", "longitude", "population"]


class Area(NaturalKeyModel):
    """A city as GeoNames identifies it, or an area for which a statistical office publishes figures."""

    slug = models.SlugField(max_length=100, unique=True, help_text='Part of the address, such as "new-york".')
    name = models.CharField(max_length=100, help_text='Such as "New York" or "Austin-Round Rock-San Marcos, TX".')
    kind = models.CharField("kind of area", max_length=20, choices=AreaKind, default=AreaKind.CITY)
    country = models.ForeignKey(Country, models.PROTECT, related_name="areas")
    states = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="parts",
        limit_choices_to={"kind": AreaKind.STATE},
        verbose_name="states or provinces",
        help_text="Those it lies in; a metropolitan area may lie in several.",
    )
    within = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cities",
        verbose_name="area of official statistics",
        help_text="For a city: the smallest area with official figures that contains it.",
    )
    code = models.CharField(
        max_length=20,
        blank=True,
        help_text="The statistical office's own code, such as 35620, or ISO 3166-2 for a state, such as US-NY.",
    )
    geonames_id = models.PositiveIntegerField(
        "GeoNames ID", unique=True, null=True, blank=True, help_text="The number in geonames.org/<number>."
    )
    admin1_code = models.CharField("GeoNames admin1 code", max_length=20, blank=True, help_text='Such as "NY".')
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees.",
    )
    longitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees.",
    )
    population = models.PositiveIntegerField(
        null=True, blank=True, help_text="Persons in the city proper, after GeoNames; census years differ."
    )
    timezone = models.CharField("time zone", max_length=50, blank=True, help_text='IANA name, such as "Asia/Kolkata".')
    source = models.ForeignKey(Source, models.PROTECT, related_name="areas")

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name", "slug"]
        indexes = [models.Index(fields=["name", "slug"], name="area_by_name")]
        constraints = [
            models.CheckConstraint(condition=Q(latitude__range=(-90, 90)), name="area_latitude_in_degrees"),
            models.CheckConstraint(condition=Q(longitude__range=(-180, 180)), name="area_longitude_in_degrees"),
            models.CheckConstraint(
                condition=~Q(kind=AreaKind.CITY)
                | (Q(**{f"{name}__isnull": False for name in CITY_FACTS}) & ~Q(timezone="")),
                name="area_city_is_identified",
                violation_error_message="A city needs its GeoNames ID, coordinates, population and time zone.",
            ),
            models.CheckConstraint(
                condition=Q(kind=AreaKind.CITY) | ~Q(code=""),
                name="area_of_statistics_has_code",
                violation_error_message="An area of official statistics needs the code of its statistical office.",
            ),
            models.CheckConstraint(
                condition=Q(within__isnull=True) | ~Q(within=F("pk")),
                name="area_not_within_itself",
                violation_error_message="An area does not lie within itself.",
            ),
            models.UniqueConstraint(
                fields=["country", "kind", "code"], condition=~Q(code=""), name="area_once_per_code"
            ),
            one_of("kind", AreaKind, "area_kind_known"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return path_to("salaries:city", self.slug)

    @property
    def is_city(self):
        return self.kind == AreaKind.CITY

    @property
    def population_text(self):
        return f"{self.population:,}"

    @property
    def teaser(self):
        return self.country.name if self.is_city else f"{self.get_kind_display()}, {self.country.name}"


class CityAlias(NaturalKeyModel):
    """Another name under which people look for a city."""

    NATURAL_KEY = ("city__slug", "name")

    city = models.ForeignKey(Area, models.CASCADE, related_name="aliases", limit_choices_to={"kind": AreaKind.CITY})
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
