"""Named queries on cities and salary figures: what table, exports, search and sitemap share."""

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Value, When

from careerguide.natural_keys import NaturalKeyQuerySet, any_of
from salaries.choices import TITLE

# As amounts are shown as printed, they are sorted only within their currency; a date that is unstated comes last.
UNDATED_LAST = Case(When(as_of="", then=Value(1)), default=Value(0))
ORDERS = {
    "city": [F("city__name").asc()],
    "-city": [F("city__name").desc()],
    "country": [F("city__country__name").asc(), F("city__name").asc()],
    "-country": [F("city__country__name").desc(), F("city__name").asc()],
    "median": [F("currency").asc(), F("amount").asc(), F("city__name").asc()],
    "-median": [F("currency").asc(), F("amount").desc(), F("city__name").asc()],
    "as_of": [UNDATED_LAST, F("as_of").asc(), F("city__name").asc()],
    "-as_of": [UNDATED_LAST, F("as_of").desc(), F("city__name").asc()],
}


def named(aliases, word, prefix=""):
    """The condition that a city bears `word` in its name, an alias, or its country's names or code."""
    country = f"{prefix}country__"
    return (
        any_of([f"{prefix}name", f"{country}name", f"{country}other_names"], word)
        | Q(**{f"{country}code__iexact": word})
        | Exists(aliases.filter(city=OuterRef(f"{prefix}pk"), name__icontains=word))
    )


class CityQuerySet(NaturalKeyQuerySet):
    def search(self, text):
        """Cities in whose name, aliases or country every word of `text` stands."""
        aliases = self.model._meta.get_field("aliases").related_model.objects
        return self.select_related("country").matching_every_word(text, lambda word: named(aliases, word))

    def with_figure_count(self, figures):
        """Cities that have any of `figures`, with their number, by name."""
        return (
            self.filter(salary_figures__in=figures)
            .annotate(figure_count=Count("salary_figures"))
            .select_related("country")
            .order_by("name")
        )

    def with_details(self):
        return self.select_related("country", "source").prefetch_related("aliases__source")


class SalaryFigureQuerySet(NaturalKeyQuerySet):
    def for_role(self, career_slug):
        """Figures that describe this title itself, not a wider class."""
        return self.filter(career__slug=career_slug, population=TITLE)

    def with_joins(self):
        return self.select_related("career", "city__country", "source")

    def search(self, text):
        """Figures of cities that the text names; see CityQuerySet.search."""
        aliases = self.model._meta.get_field("city").related_model._meta.get_field("aliases").related_model.objects
        return self.matching_every_word(text, lambda word: named(aliases, word, "city__"))

    def ordered_by(self, ordering):
        """Sort by one of ORDERS; the last key makes the order complete, so that pages never repeat a row."""
        return self.order_by(*ORDERS[ordering], "pk")

    def by_population(self):
        """The title itself first, then wider classes."""
        return self.order_by(Case(When(population=TITLE, then=Value(0)), default=Value(1)), "population", "slug")

    def highest_by_currency(self):
        """The largest printed amount and the number of figures of each currency, as {code: (Decimal, int)}."""
        rows = self.order_by().values_list("currency").annotate(Max("amount"), Count("pk"))
        return {currency: (highest, count) for currency, highest, count in rows}
