"""Numbers to positions for the drawings of tables. No HTML here: templates draw."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from django.utils.functional import cached_property

from salaries.money import digits, number

STEPS = [Decimal(step) for step in ("1", "2", "2.5", "5", "10")]
MOST_TICKS = 5


@dataclass(frozen=True)
class Bar:
    """One figure against the highest in its own currency among the figures shown.

    `share` is in percent, 1 to 100; only the highest itself has 100. `alone` says that no other figure shown
    has this currency: then there is nothing to compare, and no bar is drawn.
    """

    share: int
    currency: str
    alone: bool

    @property
    def text(self):
        if self.alone:
            return f"Only {self.currency} figure shown"
        if self.share == 100:
            return f"Highest {self.currency} shown"
        return f"{self.share}% of highest {self.currency} shown"


def bar(amount: Decimal, currency: str, highest: Decimal, count: int) -> Bar:
    """The bar of a figure whose currency reaches `highest` and occurs `count` times. Never compares currencies."""
    share = int((100 * amount / highest).quantize(Decimal(1), ROUND_HALF_UP))
    if amount < highest:
        share = min(share, 99)
    return Bar(share=max(1, share), currency=currency, alone=count == 1)


@dataclass(frozen=True)
class Tick:
    at: Decimal
    label: str


@dataclass(frozen=True)
class Axis:
    """An axis from zero to `end`, a round number, for amounts in `units`."""

    end: Decimal
    step: Decimal
    units: str

    def at(self, amount):
        """Where an amount lies, in percent of the axis with one decimal; None for None."""
        return None if amount is None else min(Decimal(100), (100 * amount / self.end).quantize(Decimal("0.1")))

    @cached_property
    def ticks(self):
        """The round amounts on the axis, zero included; thousands are written as k."""
        count = int(self.end / self.step)
        return [Tick(self.at(self.step * n), short(self.step * n)) for n in range(count + 1)]

    @cached_property
    def text(self):
        return f"{self.units} 0 to {number(self.end)}"


def axis(amounts, units):
    """The axis that holds all of the amounts (None among them is passed over); None if there is none to hold."""
    highest = max((amount for amount in amounts if amount is not None), default=None)
    if not highest:
        return None
    power = Decimal(10) ** (Decimal(highest / MOST_TICKS).adjusted())
    step = next(power * step for step in STEPS if power * step * MOST_TICKS >= highest)
    count = (highest / step).to_integral_value(ROUND_CEILING)
    return Axis(end=step * count, step=step, units=units)


def short(amount):
    """200000 as 200k and 1500000 as 1.5M: for the ends of an axis, where room is scarce."""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if amount >= size:
            return f"{digits(amount / size)}{letter}"
    return digits(amount)


@dataclass(frozen=True)
class Spread:
    """One figure on an axis, in percent of it: its median as a dot, its percentiles as lines. Unknown ones are None."""

    median: Decimal | None
    p10: Decimal | None = None
    p25: Decimal | None = None
    p75: Decimal | None = None
    p90: Decimal | None = None

    @property
    def has_range(self):
        return self.p10 is not None and self.p90 is not None

    @property
    def middle_width(self):
        """The width of the middle half, p25 to p75; None if either is unknown."""
        return None if self.p25 is None or self.p75 is None else self.p75 - self.p25


def spread(line, median, p10=None, p25=None, p75=None, p90=None):
    return Spread(*(line.at(amount) for amount in (median, p10, p25, p75, p90)))
