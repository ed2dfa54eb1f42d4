"""The amounts of a salary figure: how they are stored, what they may be, and how a printed one is read."""

import re
from decimal import Decimal
from itertools import combinations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q

from salaries.choices import Withheld

MOST_MONEY = 100_000_000_000  # units of any currency, for any period: beyond it stands a slip, not a salary
DIGITS = re.compile(r"\d(?:[\d.,'’\s]*\d)?")
SEPARATORS = re.compile(r"[,'’\s]")
NUMBER = re.compile(r"(?:\d{1,3}(?:[,'’\s]\d{2,3})*[,'’\s]\d{3}|\d+)(?:\.\d+)?")  # groups of thousands, or of lakhs
PERCENTILES = ["p10", "p25", "amount", "p75", "p90"]
AMOUNTS = [*PERCENTILES, "mean", "at_least"]  # in the figure's currency, for its period


def printed_number(text):
    """The number in a printed amount such as "S$666,000" or "Rs. 39,00,000"; None without one that is clear.

    The point is read as English writes it: "2.500.000" and a range such as "$350,000-$400,000" are not clear.
    """
    found = DIGITS.findall(text)
    if len(found) == 1 and NUMBER.fullmatch(found[0]):
        return Decimal(SEPARATORS.sub("", found[0]))
    return None


def amount_field(name, help_text):
    """An amount in the figure's currency, for its period, as printed; empty if it is not known."""
    return models.DecimalField(
        name,
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(MOST_MONEY)],
        help_text=help_text,
    )


AMOUNT_CONSTRAINTS = [
    CheckConstraint(
        condition=Q(
            *(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": 0, f"{name}__lte": MOST_MONEY}) for name in AMOUNTS)
        ),
        name="salaryfigure_amounts_plausible",
        violation_error_message=f"Amounts are greater than zero and at most {MOST_MONEY:,}.",
    ),
    CheckConstraint(
        condition=Q(amount__isnull=False, withheld="") | (Q(amount__isnull=True) & ~Q(withheld="")),
        name="salaryfigure_median_or_why_not",
        violation_error_message="Give the median, or say why there is none, but not both.",
    ),
    CheckConstraint(
        condition=Q(withheld=Withheld.AT_LEAST, at_least__isnull=False)
        | (~Q(withheld=Withheld.AT_LEAST) & Q(at_least__isnull=True)),
        name="salaryfigure_bound_if_only_a_bound",
        violation_error_message="A bound belongs to a median that is only known to be at or above it.",
    ),
    CheckConstraint(
        condition=Q(
            *(
                Q(**{f"{low}__lte": F(high)}) | Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True})
                for low, high in combinations(PERCENTILES, 2)
            )
        ),
        name="salaryfigure_percentiles_rise",
        violation_error_message="Percentiles rise: none is above a higher one.",
    ),
]
