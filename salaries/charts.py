"""Numbers to positions for the bars of the table. No HTML here: templates draw."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


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
