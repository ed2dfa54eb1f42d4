"""Named queries on areas and salary figures: what table, exports, search and sitemap share."""

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Value,
    When,
)
from django.db.models.functions import Round

from careerguide.natural_keys import NaturalKeyQuerySet, any_of
from editorial.status import Status
from salaries.choices import TITLE, AreaKind, Shown
from salaries.conversion import AMOUNT, YEARLY, Conversion, YearlyAmount

# Amounts as printed are sorted only within their currency, and as amounts a year; a date that is unstated comes last.
UNDATED_LAST = Case(When(as_of="", then=Value(1)), default=Value(0))
A_YEAR = F("amount") * YEARLY
ORDERS = {
    "city": [F("area__name").asc()],
    "-city": [F("area__name").desc()],
    "country": [F("area__country__name").asc(), F("area__name").asc()],
    "-country": [F("area__country__name").desc(), F("area__name").asc()],
    "median": [F("currency").asc(), A_YEAR.asc(), F("area__name").asc()],
    "-median": [F("currency").asc(), A_YEAR.desc(), F("area__name").asc()],
    "as_of": [UNDATED_LAST, F("as_of").asc(), F("area__name").asc()],
    "-as_of": [UNDATED_LAST, F("as_of").desc(), F("area__name").asc()],
}
RANKED = Q(shown_amount__isnull=False)
UNRANKED_LAST = Case(When(RANKED, then=Value(0)), default=Value(1))
ROW = ["slug", "area", "population", "source", "amount", "p10", "p25", "p75", "p90", "currency", "currency_certain"]
ROW += ["period", "basis", "as_of", "as_printed", "city_as_printed", "confidence"]
AMOUNT_ORDERS = ["median", "-median"]


def ranking(ordering, conversion):
    """The keys of ranked figures: within its currency as printed, across currencies once all are in one money.

    Of equal amounts the figures' own keys decide, as in the index of amounts. What is not ranked has none of these.
    """
    currency = [F("currency")] if conversion.is_printed else []
    amount = YearlyAmount()
    if not conversion.is_printed:
        amount = ExpressionWrapper(amount * conversion.money, FloatField())
    keys = [Case(When(RANKED, then=key)) for key in (amount, F("pk"))]
    down = ordering.startswith("-")
    return [Case(When(RANKED, then=key)).asc() for key in currency] + [
        key.desc() if down else key.asc() for key in keys
    ]


def named(aliases, word, prefix=""):
    """The condition that an area bears `word` in its name, an alias (its own, or of a city in it), or its country."""
    country, pk = f"{prefix}country__", f"{prefix}pk__in"
    found = aliases.filter(name__icontains=word)
    return (
        any_of([f"{prefix}name", f"{country}name", f"{country}other_names"], word)
        | Q(**{f"{country}code__iexact": word})
        | Q(**{pk: found.values("city")})
        | Q(**{pk: found.exclude(city__within=None).values("city__within")})  # NOT IN and NULL do not go together
    )


class AreaQuerySet(NaturalKeyQuerySet):
    def search(self, text):
        """Areas in whose name, aliases or country every word of `text` stands; cities first."""
        aliases = self.model._meta.get_field("aliases").related_model.objects
        found = self.select_related("country").matching_every_word(text, lambda word: named(aliases, word))
        return found.order_by(Case(When(kind=AreaKind.CITY, then=Value(0)), default=Value(1)), "name", "slug")

    def cities(self):
        return self.filter(kind=AreaKind.CITY)

    def cities_and(self, slugs):
        """All cities, and the areas with these slugs."""
        return self.filter(Q(kind=AreaKind.CITY) | Q(slug__in=slugs))

    def named_or_around(self, slugs):
        """The areas with these slugs, and the areas of official statistics around them."""
        return self.filter(Q(slug__in=slugs) | Q(pk__in=self.model.objects.filter(slug__in=slugs).values("within")))

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def in_state(self, slug):
        """A state or province and the areas in it, cities included."""
        return self.filter(
            Q(slug=slug) | Q(pk__in=self.model.states.through.objects.filter(to_area__slug=slug).values("from_area"))
        )

    def in_countries(self, codes):
        return self.filter(country__in=codes)

    def states(self):
        """States and provinces by country and name."""
        return self.filter(kind=AreaKind.STATE).select_related("country").order_by("country__name", "name")

    def described_by(self, figures):
        """Those that any of `figures` describes, or whose area of official statistics it describes; by name."""
        about = figures.filter(Q(area=OuterRef("pk")) | Q(area=OuterRef("within")))
        return self.filter(Exists(about)).select_related("country").order_by("name")

    def with_figures_for(self, career_slug):
        """With the figures for one role in `for_role`, each with source and the reasons for doubt."""
        figures = self.model._meta.get_field("salary_figures").related_model.objects
        shown = figures.published().for_role(career_slug).with_joins()
        return self.prefetch_related(Prefetch("salary_figures", queryset=shown, to_attr="for_role"))

    def with_details(self):
        return self.select_related("country", "source", "within__country").prefetch_related(
            "aliases__source", "states", "cities"
        )


class AcceptanceQuerySet(NaturalKeyQuerySet):
    def in_force(self):
        """Those of figures that still say what they said when it was accepted."""
        same_amount = Q(amount=F("figure__amount")) | Q(amount=None, figure__amount=None)
        return self.filter(same_amount, currency=F("figure__currency"), period=F("figure__period"))


class FindingQuerySet(models.QuerySet):
    def published(self):
        """Findings about figures that readers can see."""
        figure = self.model._meta.get_field("figure").related_model
        return self.filter(**{f"figure__{path}": Status.PUBLISHED for path in figure.PUBLISHED_THROUGH})

    def open(self):
        return self.filter(accepted=False)

    def with_joins(self):
        return self.select_related("figure__area__country", "figure__population", "figure__source")

    def counted_by_group(self):
        """(rank, rule, severity, population, number of findings) in the order of worst_first."""
        of_group = self.order_by("-rank", "rule", "figure__population__position", "figure__population")
        return of_group.values_list("rank", "rule", "severity", "figure__population").annotate(n=Count("pk"))

    def worst_first(self):
        """The worst first; within a rule, figures on the title itself before those on wider classes."""
        return self.order_by(
            "-rank", "rule", "figure__population__position", "figure__population", "figure__area__name", "pk"
        )


class SalaryFigureQuerySet(NaturalKeyQuerySet):
    def of_career(self, career_slug):
        return self.filter(career__slug=career_slug)

    def describing(self, codes):
        """Figures that describe one of these populations."""
        return self.filter(population__in=codes)

    def by_career(self):
        """{primary key of a career: the figures for its title that have a median, by city}"""
        found = {}
        for figure in self.describing([TITLE]).exclude(amount=None).with_areas().ordered_by("city"):
            found.setdefault(figure.career_id, []).append(figure)
        return found

    def for_role(self, career_slug):
        """Figures that describe this title itself, not a wider class."""
        return self.of_career(career_slug).describing([TITLE])

    def in_country(self, country):
        return self.filter(area__country=country)

    def about(self, area):
        """Figures of an area, and of the area of official statistics around it."""
        return self.filter(area__in=[area.pk, area.within_id] if area.within_id else [area.pk])

    def in_places(self, slugs):
        """Figures of the areas with these slugs, and of the areas of official statistics around them."""
        areas = self.model._meta.get_field("area").related_model.objects
        return self.filter(area__in=areas.named_or_around(slugs).values("pk"))

    def in_state(self, slug):
        """Figures of a state or province and of the areas in it, cities included."""
        areas = self.model._meta.get_field("area").related_model.objects
        return self.filter(area__in=areas.in_state(slug).values("pk"))

    def earlier_than(self, figure):
        """What the publisher of a figure printed of the same population and place for earlier times, newest first."""
        same = {"career": figure.career_id, "area": figure.area_id, "population": figure.population_id}
        earlier = self.filter(**same, source__publisher=figure.source.publisher, as_of__lt=figure.as_of)
        return earlier.select_related("source").order_by("-as_of", "pk")

    def with_areas(self):
        """With what a mere link to a figure says."""
        return self.select_related("area__country", "population")

    def with_joins(self):
        """With all that a row shows, the open findings included."""
        findings = self.model._meta.get_field("findings").related_model.objects
        return self.select_related("career", "area__country", "population", "source").prefetch_related(
            Prefetch("findings", findings.order_by("-rank", "rule"), to_attr="reasons")
        )

    def for_rows(self):
        """With only what a row of the table shows; see Census.joined for what it shows of other records."""
        return self.only(*ROW)

    def search(self, text):
        """Figures of areas that the text names; see AreaQuerySet.search."""
        aliases = self.model._meta.get_field("area").related_model._meta.get_field("aliases").related_model.objects
        return self.matching_every_word(text, lambda word: named(aliases, word, "area__"))

    def shown_in(self, conversion):
        """With `factor` and `shown_amount`; see salaries/conversion.py."""
        return self.annotate(**conversion.annotations(), yearly_amount=Round(A_YEAR, precision=2))

    def ordered_by(self, ordering, conversion=None):
        """Sort by one of ORDERS; the last key makes the order complete, so that pages never repeat a row.

        Where amounts are compared, figures that may not be ranked come last whatever the order.
        """
        if conversion is None:
            return self.order_by(*ORDERS[ordering], "pk")
        if ordering in AMOUNT_ORDERS:
            return self.order_by(UNRANKED_LAST, *ranking(ordering, conversion), F("area__name").asc(), "pk")
        return self.order_by(*([] if conversion.is_printed else [UNRANKED_LAST]), *ORDERS[ordering], "pk")

    def yearly(self):
        """With the median and the outer percentiles a year, each in its own currency."""
        return self.annotate(
            **{f"yearly_{name}": Round(F(name) * YEARLY, precision=2) for name in ("amount", "p10", "p90")}
        )

    def purchasing_power(self):
        """(primary key, international dollars a year) of every figure that has such a value, ranked or not."""
        factor = Conversion(Shown.PPP).money
        value = Round(F("amount") * factor * YEARLY, precision=2, output_field=AMOUNT)
        return self.order_by().annotate(value=value).exclude(value=None).values_list("pk", "value")

    def by_population(self):
        """The title itself first, then wider classes."""
        return self.order_by("population__position", "population", "slug")

    def highest_by_currency(self):
        """The largest amount a year and the number of figures of each currency, as {code: (Decimal, int)}."""
        rows = self.order_by().values_list("currency").annotate(highest=Max(A_YEAR), count=Count("amount"))
        return {currency: (highest, count) for currency, highest, count in rows}
