"""The salary filters: which figures, in which money and order, and the sentence that says so."""

from django.utils.functional import cached_property

from careerguide.filtering import AmountFilter, GuideFilterSet, OneFilter, SomeFilter, TextFilter, listing
from salaries.census import census
from salaries.choices import ROLE, TITLE, AreaKind, ClassKind, Shown
from salaries.conversion import Conversion, currency_choices
from salaries.models import Area, SalaryFigure
from salaries.money import DOLLAR
from salaries.ordered import OrderedFigures
from salaries.populations import explained
from salaries.querysets import AMOUNT_ORDERS, AreaQuerySet
from salaries.tables import columns
from sources.choices import Confidence

ORDERINGS = [
    ("city", "City, A to Z"),
    ("-city", "City, Z to A"),
    ("country", "Country, A to Z"),
    ("-country", "Country, Z to A"),
    ("-median", "Median, highest first"),
    ("median", "Median, lowest first"),
    ("as_of", "Date, oldest first"),
    ("-as_of", "Date, newest first"),
]
DEFAULT_ORDERING = "city"
OF_PLACES = {
    "q": AreaQuerySet.search,
    "city": AreaQuerySet.named_or_around,
    "kind": AreaQuerySet.of_kind,
    "state": AreaQuerySet.in_state,
    "country": AreaQuerySet.in_countries,
}
WITHIN_CURRENCY = " within each currency"


class SalaryFilter(GuideFilterSet):
    """Salary figures by place, population, confidence and amount, in the money that was asked for.

    `min` and `max` are compared with the amount as shown: as printed, each in its own currency; converted, in the one
    currency. A figure that cannot be converted or ranked has no shown amount, so no bound lets it pass.
    """

    q = TextFilter(label="Search")
    city = SomeFilter(label="City", noun="city or area with figures", method="in_places")
    kind = OneFilter(field_name="area__kind", label="Kind of place", noun="kind of place", choices=AreaKind.choices)
    state = OneFilter(label="State or province", noun="state or province with figures", method="in_state")
    country = SomeFilter(field_name="area__country", label="Country", noun="country with figures")
    min = AmountFilter(label="At least", method="at_least")
    max = AmountFilter(label="At most", method="at_most")
    confidence = SomeFilter(label="Confidence", noun="degree of confidence", choices=Confidence.choices)
    career = OneFilter(
        label="Career", noun="career with figures", choices=[(ROLE, "medical director")], method="keep_all"
    )
    population = SomeFilter(label="Describes", noun="population with figures")
    basis = OneFilter(label="Amounts", noun="way to show figures", choices=Shown.choices, method="keep_all")
    currency = OneFilter(label="Currency", noun="currency with an exchange rate", method="keep_all")
    ordering = OneFilter(label="Sort by", noun="order", choices=ORDERINGS, method="keep_all")

    display_only = ("basis", "currency", "ordering")
    defaults = {
        "career": ROLE,
        "population": [TITLE],
        "basis": Shown.PRINTED,
        "ordering": DEFAULT_ORDERING,
    }

    class Meta:
        model = SalaryFigure
        fields = []

    def __init__(self, data):
        self.census = census()
        self.populations, self.states, self.rates = self.census.populations, self.census.states, self.census.rates
        self.places_asked = data.getlist("city")
        self.codes = sorted({one.code for one in self.populations} & {*data.getlist("population")}) or [TITLE]
        self.countries, self.cities = self.census.options(self.codes, self.places_asked)
        super().__init__(data, SalaryFigure.objects.published().of_career(ROLE))

    def get_form_class(self):
        """Kept, because its choices are of the content, as all that the census keeps."""
        return self.census.keep_for(("form", *self.codes), self.places_asked, super().get_form_class)

    def current_choices(self):
        return {
            "city": [(city.slug, city.name) for city in self.cities],
            "state": [(state.slug, state.name) for state in self.states],
            "country": [(country.code, country.name) for country in self.countries],
            "population": [(population.code, str(population)) for population in self.populations],
            "currency": currency_choices(self.rates),
        }

    def settle(self):
        cleaned = self.form.cleaned_data
        low, high = cleaned.get("min"), cleaned.get("max")
        if low is not None and high is not None and low > high:
            self.set_aside(["min", "max"], "The highest amount is below the lowest, so both were ignored.")
        if cleaned.get("currency"):
            self.settle_currency(cleaned)

    def settle_currency(self, cleaned):
        """A currency alone asks for conversion; beside another way to show amounts it has no meaning."""
        if not cleaned.get("basis"):
            cleaned["basis"] = Shown.CONVERTED
        elif cleaned["basis"] == Shown.PRINTED:
            self.set_aside(["currency"], "Amounts are shown as printed, so the currency was not used.")
        elif cleaned["basis"] == Shown.PPP:
            self.set_aside(["currency"], "International dollars are no currency, so this one was not used.")

    @cached_property
    def conversion(self):
        shown = self.active.get("basis", Shown.PRINTED)
        currency = self.form.cleaned_data.get("currency") or DOLLAR
        return Conversion(shown, currency, self.rates)

    @cached_property
    def described(self):
        """The populations shown, as records."""
        wanted = self.active.get("population", [TITLE])
        return [population for population in self.populations if population.code in wanted]

    @property
    def explained(self):
        return explained(self.described)

    def filter_queryset(self, queryset):
        """The money comes first, because `min` and `max` speak of it; then whom the figures describe."""
        queryset = queryset.shown_in(self.conversion)
        if "population" not in self.active:
            queryset = queryset.describing([TITLE])
        return super().filter_queryset(queryset)

    @property
    def typed_min(self):
        return self.typed("min")

    @property
    def typed_max(self):
        return self.typed("max")

    @property
    def career_problem(self):
        """The parameter that an address may hold but the form does not show, with what was wrong with it."""
        return self.problems.get("career", "")

    def in_places(self, queryset, name, slugs):
        return queryset.in_places(slugs) if slugs else queryset

    def in_state(self, queryset, name, slug):
        return queryset.in_state(slug)

    def at_least(self, queryset, name, value):
        return queryset.filter(**{f"{self.compared}__gte": value})

    def at_most(self, queryset, name, value):
        return queryset.filter(**{f"{self.compared}__lte": value})

    @property
    def compared(self):
        return "amount" if self.conversion.is_printed else "shown_amount"

    def keep_all(self, queryset, name, value):
        return queryset

    @cached_property
    def figures(self):
        """The figures of this view, ordered and with everything a row shows."""
        return self.qs.with_joins().ordered_by(self.order, self.conversion)

    @property
    def rows(self):
        """The same with only what the table shows of a figure itself."""
        return self.qs.for_rows().ordered_by(self.order, self.conversion)

    @cached_property
    def ordered(self):
        """The same figures for a page at a time; see salaries/ordered.py."""
        return OrderedFigures(self)

    @property
    def has_bounds(self):
        return bool({"min", "max"} & set(self.active))

    def bounded(self, figures):
        """Only those whose amount as shown is within the bounds."""
        if not self.has_bounds:
            return figures
        return self.within_bounds(figures if self.conversion.is_printed else figures.shown_in(self.conversion))

    def within_bounds(self, figures):
        for name, narrow in (("min", self.at_least), ("max", self.at_most)):
            figures = narrow(figures, name, self.active[name]) if name in self.active else figures
        return figures

    @cached_property
    def areas(self):
        """The areas that the filters about places let pass; None if there is no such filter."""
        if not {*OF_PLACES} & set(self.active):
            return None
        areas = Area.objects.order_by()
        for name, narrow in OF_PLACES.items():
            if name in self.active:
                areas = narrow(areas, self.active[name])
        return areas

    @cached_property
    def places(self):
        """The keys of those areas."""
        return None if self.areas is None else list(self.areas.values_list("pk", flat=True))

    @property
    def order(self):
        return self.active.get("ordering", DEFAULT_ORDERING)

    @property
    def grouped(self):
        """Whether amounts are compared, so that figures that may not be ranked stand at the end, with the reason."""
        return not self.conversion.is_printed or self.order in AMOUNT_ORDERS

    @property
    def columns(self):
        return columns(self)

    @property
    def some_populations(self):
        """The populations in groups for the form: (label, [population])."""
        kinds = dict.fromkeys(population.kind for population in self.populations)
        return [(ClassKind(kind).label, [one for one in self.populations if one.kind == kind]) for kind in kinds]

    def sentence(self, count):
        """What is shown, in one English sentence."""
        parts = [f"{count:,} figure{'' if count == 1 else 's'} for {self.whom}"]
        if "kind" in self.active:
            parts.append(f", kind of place: {self.labels('kind')[0].lower()}")
        parts.append(self.where)
        if "confidence" in self.active:
            parts.append(f", confidence: {listing(map(str.lower, self.labels('confidence')), 'or')}")
        bounds = [
            f"at {word} {self.active[name]:,}"
            for name, word in (("min", "least"), ("max", "most"))
            if name in self.active
        ]
        if bounds and self.conversion.is_printed:
            parts.append(f", printed amount {listing(bounds)} in any currency")
        elif bounds:
            parts.append(f", {listing(bounds)} {self.conversion.units} a year")
        order = dict(ORDERINGS)[self.order]
        within = WITHIN_CURRENCY if "median" in self.order and self.conversion.is_printed else ""
        last = "; what is not ranked comes last" if self.grouped else ""
        return "".join(parts) + f", {self.money}, sorted by {order[0].lower()}{order[1:]}{within}{last}."

    @property
    def title(self):
        """For the window: whom, where and in which money, as far as somebody asked for it."""
        whom = f" of {self.whom}" if "population" in self.active else ""
        money = "" if self.conversion.is_printed else f", in {self.conversion.units}"
        return f"Salaries{whom}{self.where}{money}"

    @property
    def where(self):
        """The places asked for and the words searched for, as in “ in India matching “delhi””; empty if all count."""
        places = [listing(self.labels(name)) for name in ("city", "state", "country") if name in self.active]
        matching = f" matching “{self.active['q']}”" if "q" in self.active else ""
        return (f" in {', within '.join(places)}" if places else "") + matching

    @property
    def whom(self):
        names = ["medical director" if one.is_title else str(one) for one in self.described]
        if len(names) > 3:
            names = [*names[:2], f"{len(names) - 2} further populations"]
        return listing(names)

    @property
    def money(self):
        """In which money the amounts are shown, for the sentence."""
        conversion = self.conversion
        if conversion.is_printed:
            return "shown as printed"
        if conversion.shown == Shown.PPP:
            prices = f"at the prices of {conversion.years}" if conversion.levels else "no price levels on record"
            return f"in international dollars a year, {prices}"
        rates = f"at the rates of {conversion.day}" if conversion.rates else "no rates on record"
        return f"in {conversion.currency} a year, {rates}"
