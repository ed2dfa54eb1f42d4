"""The closed lists of words that areas, figures and their conversion use."""

from django.db import models

ROLE = "medical-director"  # The career that the salary pages are about.
TITLE = "title"  # The population "this title itself", as against a wider class of workers.


class AreaKind(models.TextChoices):
    CITY = "city", "City"
    METRO = "metropolitan", "Metropolitan area"
    NONMETRO = "nonmetropolitan", "Nonmetropolitan area"
    REGION = "economic-region", "Economic region"
    STATE = "state", "State or province"
    COUNTRY = "country", "Country"


class AliasKind(models.TextChoices):
    FORMER = "former", "Former name"
    VARIANT = "variant", "Other name or spelling"
    MISPRINT = "misprint", "Misprint in a source"


class Period(models.TextChoices):
    YEAR = "year", "a year"
    MONTH = "month", "a month"
    HOUR = "hour", "an hour"
    UNSTATED = "unstated", "unstated"


# How often a pay period occurs in a year. 2,080 hours is 40 hours in 52 weeks, the convention of the U.S. Bureau of
# Labor Statistics. A period that is unstated is read as a year; the pages say so beside the figure.
PERIODS_A_YEAR = {Period.YEAR: 1, Period.MONTH: 12, Period.HOUR: 2080, Period.UNSTATED: 1}


class Basis(models.TextChoices):
    ESTIMATE = "estimate", "Estimate"
    SURVEY = "survey", "Survey"
    OFFICIAL = "official", "Official statistic"


class Withheld(models.TextChoices):
    NOT_RELEASED = "not-released", "Not released by the publisher"
    AT_LEAST = "at-least", "Only known to be at or above a bound"


class Shown(models.TextChoices):
    """In which money a view shows its figures."""

    PRINTED = "printed", "As printed"
    CONVERTED = "converted", "In one currency"
    PPP = "ppp", "By purchasing power"


class ClassKind(models.TextChoices):
    TITLE = "title", "This title"
    MANAGERS = "managers", "Managers"
    PHYSICIANS = "physicians", "Physicians"
