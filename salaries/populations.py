"""Whom a figure describes."""

from django.core.validators import RegexValidator
from django.db import models

from careerguide.constraints import one_of
from careerguide.filtering import listing
from careerguide.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from salaries.choices import TITLE, ClassKind


class PopulationDescribed(NaturalKeyModel):
    """Whom a figure describes: this title itself, or a class of an official classification around it."""

    NATURAL_KEY = ("code",)

    code = models.CharField(
        max_length=20,
        primary_key=True,
        validators=[RegexValidator(r"^(title|[0-9A-Za-z.-]{4,20})\Z", "Write title, or a class code such as 11-9111.")],
        help_text='"title" for this title itself, else the code of the class, such as "11-9111". Addresses use it.',
    )
    name = models.CharField(max_length=120, help_text='In lower case: "medical and health services managers".')
    kind = models.CharField("kind of population", max_length=20, choices=ClassKind)
    classification = models.CharField(max_length=60, blank=True, help_text='Such as "SOC 2018".')
    about = models.TextField(help_text="Who is in it, and how that differs from a medical director. Shown to readers.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Shown from the lowest number to the highest.")

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]
        verbose_name = "population described"
        verbose_name_plural = "populations described"
        constraints = [one_of("kind", ClassKind, "populationdescribed_kind_known")]

    def __str__(self):
        return self.name if self.is_title else f"{self.name} ({self.code})"

    @property
    def is_title(self):
        return self.code == TITLE


def explained(populations):
    """[(who is in it, names)] of populations that are not the title itself; those explained alike stand together."""
    names = {}
    for population in populations:
        if not population.is_title:
            names.setdefault(population.about, []).append(str(population))
    return [(about, listing(some)) for about, some in names.items()]
