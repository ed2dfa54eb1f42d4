"""How many figures readers can see, by population, area, confidence and currency: counted once for each revision.

Numbers beside options, totals and the place of a page in the order of areas come from here, exact and without a look
at the figures. A process keeps one census for as long as the content's revision is the same.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from copy import copy
from decimal import Decimal
from itertools import accumulate, compress
from typing import NamedTuple

from django.db.models import Count, Max
from django.utils.functional import cached_property

from careerguide.kept import kept_by_revision
from careers.models import Career, Country
from salaries.choices import ROLE, AreaKind
from salaries.conversion import YearlyAmount, rates_by_currency
from salaries.findings import Finding
from salaries.models import Area, PopulationDescribed, SalaryFigure
from sources.choices import Confidence
from sources.models import Source

MOST_KEPT = 200  # answers, most of them two lists with a number for each area
CENT = Decimal("0.01")


@kept_by_revision()
def census():
    """The census of the content as it is now."""
    return Census()


class Census:
    """The counts, and with them what else the form of the table asks of the content: its options and rates.

    Its queries are several, so one may see a record that an earlier one did not: what is not known yet is passed over.
    """

    def __init__(self):
        areas = Area.objects.order_by("name", "slug").only("pk", "slug", "name", "kind", "country", "within")
        self.countries = list(Country.objects.with_places())
        self.states = list(Area.objects.states())
        self.rates = rates_by_currency()
        countries = {country.pk: country for country in self.countries}
        self.areas = [area for area in areas if area.country_id in countries]
        for area in self.areas:
            area.country = countries[area.country_id]
        self.at = {area.pk: index for index, area in enumerate(self.areas)}
        self.slugs = {area.slug for area in self.areas}
        rank = {country.pk: index for index, country in enumerate(self.countries)}
        by_country = [rank[area.country_id] for area in self.areas]
        places = range(len(self.areas))
        self.orders = {
            "city": list(places),
            "-city": list(reversed(places)),
            "country": sorted(places, key=lambda index: (by_country[index], index)),
            "-country": sorted(places, key=lambda index: (-by_country[index], index)),
        }
        # None before content is loaded: then there are no figures, and the page says so.
        self.role = Career.objects.filter(slug=ROLE).values_list("pk", flat=True).first()
        self.cells = counted_cells(self.role, self.at)
        self.populations = [
            one for one in PopulationDescribed.objects.order_by("position", "code") if one.pk in self.cells
        ]
        for one in self.populations:
            one.figure_count = sum(sum(counts) for _, counts, _ in self.cells[one.pk].values())
        self.kept = {}

    def chosen(self, populations, confidences=()):
        """The cells of these, for the questions below."""
        return [
            Cell(has_median, confidence, currency, *columns)
            for population in populations
            for (has_median, confidence, currency), columns in self.cells.get(population, {}).items()
            if not confidences or confidence in confidences
        ]

    def currencies(self, populations):
        """The (population, currency) that occur."""
        return {(code, currency) for code in populations for *_, currency in self.cells.get(code, {})}

    def total(self, chosen, places=None):
        """How many figures; `places` are the keys of the only areas that count, None for all."""
        if places is None:
            return sum(sum(cell.counts) for cell in chosen)
        here = self.mask(places)
        return sum(sum(compress(cell.counts, map(here.__getitem__, cell.areas))) for cell in chosen)

    def highest_by_currency(self, chosen, places=None):
        """The largest amount a year and the number of medians of each currency, as {code: (Decimal, int)}."""
        here = self.mask(range(0) if places is None else places)
        found = {}
        for cell in chosen:
            if not cell.has_median:
                continue
            amounts, counts = cell.highest, cell.counts
            if places is not None:
                shown = [here[index] for index in cell.areas]
                amounts, counts = list(compress(amounts, shown)), list(compress(counts, shown))
            if counts:
                highest, count = found.get(cell.currency, (0, 0))
                found[cell.currency] = max(highest, max(amounts)), count + sum(counts)
        return {currency: (Decimal(highest).quantize(CENT), count) for currency, (highest, count) in found.items()}

    def keep(self, question, ask):
        """The answer of `ask()`, kept as long as the census."""
        answer = self.kept.get(question)
        if answer is None:
            answer = ask()
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[question] = answer
        return answer  # another thread may have cleared what is kept

    @cached_property
    def described(self):
        return {one.pk: one for one in self.populations}

    @cached_property
    def sources(self):
        return Source.objects.in_bulk()

    def joined(self, figures):
        """The same figures with what rows show of area, population and source, out of memory, and their reasons."""
        by_key = {figure.pk: figure for figure in figures}
        for figure in figures:
            figure.reasons = []
            if figure.area_id in self.at:
                figure.area = self.areas[self.at[figure.area_id]]
            if figure.population_id in self.described:
                figure.population = self.described[figure.population_id]
            if figure.source_id in self.sources:
                figure.source = self.sources[figure.source_id]
        for reason in Finding.objects.filter(figure__in=by_key).order_by("-rank", "rule"):
            by_key[reason.figure_id].reasons.append(reason)
        return figures

    def mask(self, places):
        here = bytearray(len(self.areas))
        for place in places:
            if place in self.at:
                here[self.at[place]] = 1
        return here

    def by_area(self, chosen, places=None, ranks=None):
        """The number of figures of each area, in two lists: those that `ranks(area, currency)`, and those left over."""
        ranked, unranked = ([0] * len(self.areas) for _ in range(2))
        for cell in chosen:
            can_rank = cell.has_median and cell.confidence != Confidence.EXCLUDE
            for index, count in zip(cell.areas, cell.counts, strict=True):
                apart = ranks and not (can_rank and ranks(self.areas[index], cell.currency))
                (unranked if apart else ranked)[index] += count
        if places is not None:
            here = self.mask(places)
            ranked, unranked = ([n * shown for n, shown in zip(some, here, strict=True)] for some in (ranked, unranked))
        return ranked, unranked

    def window(self, counts, order, start, stop):
        """Which areas hold the figures `start` to `stop` of an order: (their keys, how many of theirs come before).

        Areas of one name stand together, because their figures are sorted among each other.
        """
        order = self.orders[order]
        reached = list(accumulate(counts[index] for index in order))
        first, last = bisect_right(reached, start), bisect_left(reached, stop)
        while 0 < first < len(order) and self.alike(order[first - 1], order[first]):
            first -= 1
        while last + 1 < len(order) and self.alike(order[last], order[last + 1]):
            last += 1
        here = [self.areas[index].pk for index in order[first : last + 1] if counts[index]]
        return here, start - (reached[first - 1] if first else 0)

    def alike(self, one, other):
        return self.areas[one].name == self.areas[other].name

    def keep_for(self, question, slugs, ask):
        """The same for some areas by their slugs. Nobody fills the memory with others."""
        return self.keep((*question, None, *sorted(self.slugs.intersection(slugs))), ask)

    def options(self, codes, slugs):
        """What with_counts says, kept."""
        return self.keep_for(("options", *codes), slugs, lambda: self.with_counts(codes, slugs))

    def with_counts(self, codes, slugs):
        """(countries, cities and the areas with these slugs), by name, each with how many figures of `codes` it has.

        A city counts those of the area of official statistics around it as well.
        """
        counts, _ = self.by_area(self.chosen(codes))
        per_country = defaultdict(int)
        for area, count in zip(self.areas, counts, strict=True):
            per_country[area.country_id] += count
        countries = [copy(country) for country in self.countries]
        for country in countries:
            country.figure_count = per_country[country.pk]
        slugs = set(slugs)
        cities = [copy(area) for area in self.areas if area.kind == AreaKind.CITY or area.slug in slugs]
        for area in cities:
            around = counts[self.at[area.within_id]] if area.within_id else 0
            area.figure_count = counts[self.at[area.pk]] + around
        return countries, cities


class Cell(NamedTuple):
    """Figures of one population, confidence and currency, with or without a median, by area in parallel columns."""

    has_median: bool
    confidence: str
    currency: str
    areas: array  # their indexes
    counts: array
    highest: array  # amounts a year


def counted_cells(role, at):
    """{population: {(has_median, confidence, currency): the columns of a Cell}}"""
    figures = SalaryFigure.objects.published().filter(career=role).order_by()
    rows = figures.values_list("population", "area", "confidence", "currency").annotate(
        n=Count("pk"), medians=Count("amount"), highest=Max(YearlyAmount())
    )
    cells = {}
    for population, area, confidence, currency, count, medians, highest in rows.iterator(chunk_size=10_000):
        of_population = cells.setdefault(population, {})
        for has_median, number in ((True, medians), (False, count - medians)):
            if number and area in at:
                key = has_median, confidence, currency
                areas, counts, amounts = of_population.setdefault(key, (array("I"), array("I"), array("d")))
                areas.append(at[area])
                counts.append(number)
                amounts.append(highest if has_median else 0)
    return cells
