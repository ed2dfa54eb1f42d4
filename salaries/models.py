"""Salary figures: what was printed is kept for ever beside what we read from it."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Upper
from django.db.models.lookups import Exact
from django.urls import reverse

from careerguide.constraints import one_of
from careerguide.natural_keys import NaturalKeyModel
from careerguide.validators import iso_4217, partial_date
from careers.models import Career
from editorial.status import Publishable
from salaries.amounts import AMOUNT_CONSTRAINTS, PERCENTILES, amount_field, printed_number
from salaries.areas import Area, CityAlias
from salaries.choices import TITLE, Basis, Period, Withheld
from salaries.conversion import YearlyAmount
from salaries.findings import Acceptance, Finding
from salaries.populations import PopulationDescribed
from salaries.querysets import SalaryFigureQuerySet
from salaries.rates import ExchangeRate, PriceLevel
from sources.choices import Confidence
from sources.models import Source

__all__ = [
    "Acceptance",
    "Area",
    "CityAlias",
    "ExchangeRate",
    "Finding",
    "PopulationDescribed",
    "PriceLevel",
    "SalaryFigure",
]


MOST_PEOPLE = 2_147_483_647  # what the column holds on every database


def percent_field(name, help_text):
    return models.DecimalField(
        name,
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1000)],
        help_text=help_text,
    )


VERDICTS = {
    Confidence.CLEAR: "No rule found a reason for doubt.",
    Confidence.NOTE: "A rough guide only: what the source leaves out is listed below.",
    Confidence.DOUBT: "Something speaks against this figure: use it with care.",
    Confidence.EXCLUDE: "Do not rely on this figure.",
}
SEEN = ["career", "status", "population"]  # what every question of the salary page names
# What else is asked stands behind, so that no question leaves the index.
COUNTED = ["confidence", "currency", "amount"]
BESIDE_AMOUNT = ["id", "confidence", "area", "amount", "period"]


class SalaryFigure(Publishable, NaturalKeyModel):
    """One observed median (or percentile set): whom it describes, what was printed, what we read, whence it comes."""

    KEPT_FOR_EVER = True
    bar = spread = None  # how a page draws it; see salaries/drawings.py

    slug = models.SlugField(
        "id", max_length=80, unique=True, help_text="Stable name of this figure. Never change it: addresses use it."
    )
    career = models.ForeignKey(
        Career,
        models.PROTECT,
        related_name="salary_figures",
        help_text="The career that the figure describes, or beside which a wider class is shown.",
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="salary_figures", verbose_name="city or area")
    population = models.ForeignKey(
        PopulationDescribed,
        models.PROTECT,
        default=TITLE,
        related_name="salary_figures",
        verbose_name="population described",
    )
    amount = amount_field("median", "The number read from what was printed, in units of the currency for the period.")
    p10 = amount_field("10th percentile", "One in ten earns less. Empty if not published.")
    p25 = amount_field("25th percentile", "One in four earns less. Empty if not published.")
    p75 = amount_field("75th percentile", "One in four earns more. Empty if not published.")
    p90 = amount_field("90th percentile", "One in ten earns more. Empty if not published.")
    mean = amount_field("mean", "The average. Empty if not published.")
    withheld = models.CharField(
        "median withheld",
        max_length=20,
        blank=True,
        choices=Withheld,
        help_text="Why there is no median. Empty if there is one.",
    )
    at_least = amount_field("at or above", "The bound, where the publisher says only that the median reaches it.")
    employment = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_PEOPLE)],
        help_text="How many people hold such a post, as the publisher estimates.",
    )
    employment_error = percent_field(
        "standard error of employment", "Relative, in percent of the estimate. Empty if not published."
    )
    wage_error = percent_field(
        "standard error of the wage", "Relative, in percent of the estimate. Empty if not published."
    )
    sample_size = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)],
        help_text="How many people or posts were counted. Empty if unstated.",
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
    covers = models.CharField(
        "what it covers",
        max_length=200,
        blank=True,
        help_text='Gross or net, full-time or not, what is included: "Gross, full-time". Empty if unstated.',
    )
    as_printed = models.CharField("amount as printed", max_length=60, help_text="Kept for ever, never corrected.")
    city_as_printed = models.CharField(
        "city or area as printed", max_length=100, help_text="Kept for ever, never corrected."
    )
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
    confidence = models.CharField(
        max_length=10,
        choices=Confidence,
        default=Confidence.CLEAR,
        editable=False,
        help_text="Kept by salaries/judgement.py: the severity of the worst open finding.",
    )

    objects = SalaryFigureQuerySet.as_manager()

    class Meta:
        ordering = ["area__name", "slug"]
        indexes = [
            models.Index(fields=[*SEEN, "area", *COUNTED, "period"], name="salaryfigure_by_area"),
            models.Index(fields=["career", "population", "status", "confidence"], name="salaryfigure_by_confidence"),
            models.Index(
                fields=[*SEEN, "as_of", "area", "confidence", "currency", "amount"], name="salaryfigure_by_date"
            ),
            # By amount a year, of one population or of all.
            models.Index(
                *map(F, [*SEEN, "currency"]), YearlyAmount(), *map(F, BESIDE_AMOUNT), name="salaryfigure_by_amount"
            ),
            models.Index(
                *map(F, ["career", "status", "currency"]),
                YearlyAmount(),
                *map(F, [*BESIDE_AMOUNT, "population"]),
                name="salaryfigure_by_amount_of_all",
            ),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            *AMOUNT_CONSTRAINTS,
            models.CheckConstraint(
                condition=Exact(Length("currency"), 3) & Q(currency=Upper("currency")),
                name="salaryfigure_currency_iso_4217",
                violation_error_message="A currency is three capital letters, such as INR.",
            ),
            models.CheckConstraint(condition=~Q(as_printed=""), name="salaryfigure_keeps_printed_text"),
            one_of("period", Period, "salaryfigure_period_known"),
            one_of("basis", Basis, "salaryfigure_basis_known"),
            one_of("withheld", Withheld, "salaryfigure_withheld_known", or_empty=True),
            one_of("confidence", Confidence, "salaryfigure_confidence_known"),
            models.UniqueConstraint(
                fields=["career", "area", "population", "source", "as_of"], name="salaryfigure_once_per_source_and_time"
            ),
        ]

    def __str__(self):
        amount = "no median" if self.amount is None else f"{self.currency} {self.amount:,.0f}"
        return f"{self.area}: {amount}"

    def get_absolute_url(self):
        return reverse("salaries:figure", args=[self.slug])

    def obstacle(self):
        seen = self.career.is_published or not self.is_published
        return "" if seen else f"Readers do not see the career “{self.career}” yet. Publish that first."

    def clean(self):
        if not self.note and self.amount is not None and printed_number(self.as_printed) != self.amount:
            text = f"The median is not the number printed, “{self.as_printed}”. Say here how it was read."
            raise ValidationError({"note": text})
        known = [(name, getattr(self, name)) for name in PERCENTILES if getattr(self, name) is not None]
        for (_, low), (name, high) in zip(known, known[1:], strict=False):
            if high < low:
                raise ValidationError({name: f"Percentiles rise: this one is below {low:,}."})

    @property
    def describes_title(self):
        """Whether it describes this title itself rather than a wider class of workers."""
        return self.population_id == TITLE

    def shown(self, amount):
        """One of the figure's amounts in the money of the view; `factor` comes from SalaryFigureQuerySet.shown_in."""
        return None if amount is None or self.factor is None else amount * self.factor

    def same_but_earlier(self):
        """What the same publisher printed of the same population and place for earlier times, the newest first."""
        return type(self).objects.published().earlier_than(self)

    @property
    def open_reasons(self):
        """The open findings, the worst first; `reasons` comes from SalaryFigureQuerySet.with_joins."""
        return [one for one in self.reasons if not one.accepted]

    @property
    def employment_text(self):
        return f"{self.employment:,}"

    @property
    def verdict(self):
        """What its confidence means for a reader, in one plain sentence."""
        if self.confidence == Confidence.NOTE and not self.describes_title:
            return "Made by a statistical office or survey, about other people than those who hold this title."
        return VERDICTS[self.confidence]

    @property
    def rankable(self):
        """Whether it may stand in a ranking: it has a median, and no finding that excludes it is open."""
        return self.amount is not None and self.confidence != Confidence.EXCLUDE
