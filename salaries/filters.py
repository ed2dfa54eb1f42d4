"""The salary filters: which figures, in what order, and the sentence that says so."""

from dataclasses import dataclass
from functools import cached_property

from careerguide.filtering import AmountFilter, GuideFilterSet, OneFilter, SomeFilter, TextFilter, listing
from salaries.choices import ROLE, TITLE
from salaries.models import City, SalaryFigure

ORDERINGS = [
    ("city", "City, A to Z"),
    ("-city", "City, Z to A"),
    ("country", "Country, A to Z"),
    ("-country", "Country, Z to A"),
    ("-median", "Median, highest first within each currency"),
    ("median", "Median, lowest first within each currency"),
    ("as_of", "Date, oldest first"),
    ("-as_of", "Date, newest first"),
]
DEFAULT_ORDERING = "city"


@dataclass(frozen=True)
class Column:
    """A column of the table: `href` sorts by it, `sorted` is the value of aria-sort or empty."""

    label: str
    href: str = ""
    sorted: str = ""
    numeric: bool = False


class SalaryFilter(GuideFilterSet):
    """Salary figures for the role by city, country, text and printed amount.

    `career`, `population`, `basis` and `currency` each have one value so far: another is named as a problem rather
    than passed over. `min` and `max` are compared with the number as printed, each in its own currency: until
    figures can be converted, no amount says anything about another currency's.
    """

    q = TextFilter(label="Search")
    city = SomeFilter(field_name="city__slug", label="City", noun="city with figures")
    country = SomeFilter(field_name="city__country", label="Country", noun="country with figures")
    min = AmountFilter(field_name="amount", lookup_expr="gte", label="At least")
    max = AmountFilter(field_name="amount", lookup_expr="lte", label="At most")
    career = OneFilter(
        label="Career", noun="career with figures", choices=[(ROLE, "medical director")], method="keep_all"
    )
    population = OneFilter(
        label="Population described", noun="population", choices=[(TITLE, "this title")], method="keep_all"
    )
    basis = OneFilter(label="Shown", noun="way to show figures", choices=[("printed", "as printed")], method="keep_all")
    currency = OneFilter(
        label="Currency", noun="currency to show figures in", choices=[("printed", "as printed")], method="keep_all"
    )
    ordering = OneFilter(label="Sort by", noun="order", choices=ORDERINGS, method="keep_all")

    display_only = ("basis", "currency", "ordering")
    defaults = {
        "career": ROLE,
        "population": TITLE,
        "basis": "printed",
        "currency": "printed",
        "ordering": DEFAULT_ORDERING,
    }

    class Meta:
        model = SalaryFigure
        fields = []

    def __init__(self, data):
        figures = SalaryFigure.objects.for_role(ROLE)
        self.cities = list(City.objects.with_figure_count(figures))
        self.countries = country_counts(self.cities)
        super().__init__(data, figures)

    def current_choices(self):
        return {
            "city": [(city.slug, city.name) for city in self.cities],
            "country": [(code, name) for code, name, count in self.countries],
        }

    def settle(self):
        low, high = self.form.cleaned_data.get("min"), self.form.cleaned_data.get("max")
        if low is not None and high is not None and low > high:
            self.set_aside(["min", "max"], "The highest amount is below the lowest, so both were ignored.")

    @property
    def fieldless_problems(self):
        """(parameter, problem or empty text) of the parameters that an address may hold but the form does not show."""
        hidden = ("career", "population", "basis", "currency")
        return [(name, problem) for name, problem in self.field_problems if name in hidden]

    @property
    def typed_min(self):
        return self.typed("min")

    @property
    def typed_max(self):
        return self.typed("max")

    def keep_all(self, queryset, name, value):
        return queryset

    @cached_property
    def figures(self):
        """The figures of this view, ordered and with everything a row shows."""
        return self.qs.with_joins().ordered_by(self.order)

    @property
    def order(self):
        return self.active.get("ordering", DEFAULT_ORDERING)

    def sentence(self, count):
        """What is shown, in one English sentence."""
        parts = [f"{count} figure{'' if count == 1 else 's'} for medical director"]
        places = [listing(self.labels(name)) for name in ("city", "country") if name in self.active]
        if places:
            parts.append(f" in {', within '.join(places)}")
        if "q" in self.active:
            parts.append(f" matching “{self.active['q']}”")
        bounds = [
            f"at {word} {self.active[name]:,}"
            for name, word in (("min", "least"), ("max", "most"))
            if name in self.active
        ]
        if bounds:
            parts.append(f", printed amount {listing(bounds)} in any currency")
        order = dict(ORDERINGS)[self.order]
        return "".join(parts) + f", shown as printed, sorted by {order[0].lower()}{order[1:]}."

    @property
    def columns(self):
        """The table's columns; a sortable one links to its other order and says how it is sorted now."""
        return [
            self.column("City", "city", "-city"),
            self.column("Country", "country", "-country"),
            self.column("Median", "-median", "median", numeric=True),
            Column("In its currency"),
            Column("Period"),
            self.column("As of", "-as_of", "as_of"),
            Column("Describes"),
            Column("Source"),
        ]

    def column(self, label, first, second, numeric=False):
        wanted = second if self.order == first else first
        name = first.lstrip("-")
        direction = {name: "ascending", f"-{name}": "descending"}.get(self.order, "")
        query = self.query(without="ordering")
        return Column(label, f"{query}{'&' if query else '?'}ordering={wanted}", direction, numeric)


def country_counts(cities):
    """(code, name, number of figures) of every country among `cities`, by name."""
    counts = {}
    for city in cities:
        code, name = city.country_id, city.country.name
        counts[code] = (code, name, counts.get(code, (0, 0, 0))[2] + city.figure_count)
    return sorted(counts.values(), key=lambda row: row[1])
