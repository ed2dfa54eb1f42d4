"""The closed lists of words that cities and salary figures use."""

from django.db import models

ROLE = "medical-director"  # The career that the salary pages are about.
TITLE = "title"  # The population "this title itself", as against a wider class of workers.


class AliasKind(models.TextChoices):
    FORMER = "former", "Former name"
    VARIANT = "variant", "Other name or spelling"
    MISPRINT = "misprint", "Misprint in a source"


class Period(models.TextChoices):
    YEAR = "year", "a year"
    MONTH = "month", "a month"
    HOUR = "hour", "an hour"
    UNSTATED = "unstated", "unstated"


class Basis(models.TextChoices):
    ESTIMATE = "estimate", "Estimate"
    SURVEY = "survey", "Survey"
    OFFICIAL = "official", "Official statistic"
