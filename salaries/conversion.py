"""One currency for all figures: from dated records to a single annotation that filter, sort, chart and export share.

Amounts are multiplied in the database, in Decimal: amount x pay periods in a year x (units of the shown currency for
one unit of the printed one). Nothing else in this project converts money.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Case, DecimalField, F, FloatField, Func, Q, Value, When
from django.db.models.functions import Round
from django.utils.functional import cached_property

from salaries.choices import PERIODS_A_YEAR, Shown
from salaries.money import DOLLAR, INTERNATIONAL_DOLLAR, currency_name
from salaries.rates import EURO, ExchangeRate, PriceLevel
from sources.choices import Confidence

FACTOR = DecimalField(max_digits=40, decimal_places=20)
AMOUNT = DecimalField(max_digits=20, decimal_places=2)

# What an amount is a year, in its own currency.
YEARLY = Case(
    *(When(period=period, then=Value(Decimal(times), FACTOR)) for period, times in PERIODS_A_YEAR.items()),
    output_field=FACTOR,
)


class YearlyAmount(Func):
    """What the median is a year, in its own currency, unrounded, to sort by.

    An index holds it: so its SQL has neither parameters nor the cast that Django puts around decimals on SQLite.
    """

    template = "(%(amount)s * CASE %(period)s {} ELSE 1 END)".format(
        " ".join(f"WHEN '{period}' THEN {times}" for period, times in PERIODS_A_YEAR.items() if times != 1)
    )
    output_field = FloatField()

    def __init__(self, amount="amount", period="period", **kwargs):
        super().__init__(amount, period, **kwargs)

    def as_sql(self, compiler, connection, **kwargs):
        amount, period = (compiler.compile(one)[0] for one in self.get_source_expressions())
        return self.template % {"amount": amount, "period": period}, []


def as_printed(figure):
    """The same figure with what Conversion.annotations gives a view of amounts as printed, without asking for it."""
    figure.factor, figure.yearly_amount = Decimal(1), None
    if figure.amount is not None:
        figure.yearly_amount = figure.amount * PERIODS_A_YEAR[figure.period]
    figure.shown_amount = figure.amount if figure.rankable else None
    return figure


def rates_by_currency():
    """The newest exchange rates, {ISO 4217: ExchangeRate}."""
    return {rate.currency: rate for rate in ExchangeRate.objects.latest()}


def currency_choices(rates):
    """The choices of a form: every currency that these rates, {ISO 4217: ExchangeRate}, can convert to."""
    return [(code, f"{code}, {currency_name(code)}") for code in sorted([EURO, *rates])]


@dataclass
class Conversion:
    """How a view shows money: `shown` says as what, `currency` (ISO 4217) is that of a converted view.

    `known_rates` are those that the caller has already fetched by `rates_by_currency`.
    """

    shown: str = Shown.PRINTED
    currency: str = DOLLAR
    known_rates: dict | None = None

    @cached_property
    def rates(self):
        """The newest exchange rates, {ISO 4217: ExchangeRate}; empty if the view needs none."""
        if self.shown != Shown.CONVERTED:
            return {}
        return rates_by_currency() if self.known_rates is None else self.known_rates

    @cached_property
    def levels(self):
        """The newest price levels by country, {ISO 3166-1: PriceLevel}; empty if the view needs none."""
        if self.shown != Shown.PPP:
            return {}
        return {level.country_id: level for level in PriceLevel.objects.latest()}

    @property
    def is_printed(self):
        return self.shown == Shown.PRINTED

    @property
    def records(self):
        """The exchange rates or price levels that the factors are made of; none if amounts are as printed."""
        return [*self.rates.values(), *self.levels.values()]

    @property
    def record(self):
        """Any of the records behind the factors, for the day or year and the source; None if printed or without."""
        return next(iter(self.records), None)

    @property
    def attribution(self):
        """What the publisher of the rates or price levels asks to have printed."""
        return self.record.source.attribution if self.record else ""

    @property
    def day(self) -> date | None:
        """The day of the exchange rates; None if the view is not converted."""
        return self.record.day if self.record and self.rates else None

    @property
    def years(self) -> str:
        """The year of the price levels, or "2023 to 2025"; empty if the view does not use them."""
        years = sorted({level.year for level in self.levels.values()})
        return " to ".join(str(year) for year in dict.fromkeys([*years[:1], *years[-1:]]))

    @property
    def units(self):
        """The word for what amounts are shown in: an ISO 4217 code, or int$; empty if as printed."""
        return {Shown.PRINTED: "", Shown.CONVERTED: self.currency, Shown.PPP: INTERNATIONAL_DOLLAR}[self.shown]

    def units_per_euro(self, currency):
        return Decimal(1) if currency == EURO else self.rates[currency].units_per_euro

    @cached_property
    def factors(self):
        """[(condition on a figure, units shown for one unit printed)] of every figure that can be converted."""
        if self.shown == Shown.PPP:
            return [
                ({"area__country": code, "currency": level.country.currency}, 1 / level.ppp)
                for code, level in self.levels.items()
            ]
        known = [EURO, *self.rates] if self.rates else []
        if self.currency not in known:
            return [({"currency": self.currency}, Decimal(1))]  # a currency needs no rate to itself
        target = self.units_per_euro(self.currency)
        return [({"currency": currency}, target / self.units_per_euro(currency)) for currency in known]

    @cached_property
    def known(self):
        """The (country or None for any, currency) whose amounts can be shown; None if all can, as printed."""
        if self.is_printed:
            return None
        return {(condition.get("area__country"), condition["currency"]) for condition, _ in self.factors}

    def ranks(self, area, currency):
        """Whether an amount of this currency and area can be shown, so that it can be ranked."""
        return self.known is None or bool({(None, currency), (area.country_id, currency)} & self.known)

    @property
    def ranked(self):
        """The condition that a figure is ranked: `shown_amount` is not null, told without computing it."""
        has_median = Q(amount__isnull=False) & ~Q(confidence=Confidence.EXCLUDE)
        if self.is_printed:
            return has_median
        known = [Q(**condition) for condition, _ in self.factors]
        return has_median & (reduce(or_, known) if known else Q(pk__in=[]))

    @property
    def money(self):
        """The factor of a figure as an expression; null where no record says how to convert it."""
        if self.is_printed:
            return Value(Decimal(1), FACTOR)
        cases = [When(**condition, then=Value(factor, FACTOR)) for condition, factor in self.factors]
        return Case(*cases, default=Value(None, FACTOR), output_field=FACTOR)

    def annotations(self):
        """`factor` turns a printed amount into the shown one; `shown_amount` is null if the figure is not ranked.

        As printed, an amount keeps its period; otherwise it is that of a year.
        """
        factor = self.money if self.is_printed else self.money * YEARLY
        shown = Round(F("amount") * factor, precision=2, output_field=AMOUNT)
        return {
            "factor": Case(default=factor, output_field=FACTOR),
            "shown_amount": Case(
                When(confidence=Confidence.EXCLUDE, then=Value(None, AMOUNT)), default=shown, output_field=AMOUNT
            ),
        }
