"""Where a statement holds: countries and settings."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef

from careerguide.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from careerguide.validators import iso_4217

POSITION_HELP = "Shown from the lowest number to the highest. Leave gaps: 10, 20, 30."


class CountryQuerySet(NaturalKeyQuerySet):
    def with_places(self):
        """Countries with any place of salaries, by name."""
        places = self.model._meta.get_field("areas").related_model.objects.filter(country=OuterRef("pk"))
        return self.filter(Exists(places)).order_by("name")


class Country(NaturalKeyModel):
    """A country under its ISO 3166-1 code; salaries and requirements refer to it."""

    NATURAL_KEY = ("code",)

    code = models.CharField(
        "ISO 3166-1 alpha-2 code",
        max_length=2,
        primary_key=True,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", "Write two capital letters, such as IN.")],
    )
    name = models.CharField(max_length=80, unique=True, help_text='English short name, such as "India".')
    other_names = models.CharField(
        max_length=200, blank=True, help_text='Names people type instead, separated by semicolons: "UK; Britain".'
    )
    currency = models.CharField(
        "local currency",
        max_length=3,
        validators=[iso_4217],
        help_text='ISO 4217 code, such as "INR".',
    )

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "countries"

    def __str__(self):
        return self.name


class Setting(NaturalKeyModel):
    """A kind of organization in which the work differs, such as a hospital or an insurer."""

    slug = models.SlugField(unique=True, help_text='Part of addresses, such as "nursing-facility".')
    name = models.CharField(max_length=80, help_text='Such as "Skilled nursing facility".')
    position = models.PositiveSmallIntegerField(default=0, help_text=POSITION_HELP)

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name
