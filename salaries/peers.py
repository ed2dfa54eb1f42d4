"""What the rules know of a figure, and the figures it is judged among."""

import math
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from heapq import nlargest, nsmallest
from statistics import median

from editorial.status import Status
from salaries.choices import Basis, Period
from salaries.limits import CONFLICT_RATIO, FEWEST_FOR_STATISTICS, MAD_TO_SIGMA
from sources.choices import Trust


@dataclass(frozen=True)
class Facts:
    """What the rules know of one figure. Amounts a year; `ppp` in international dollars, None if it has none."""

    key: int
    place: str = "Somewhere"
    country: str = "XX"
    area: int = 0
    surroundings: int | None = None
    role: str = "role"
    is_title: bool = True
    population: str = "this title"
    currency: str = "USD"
    local_currency: str | None = None
    currency_certain: bool = True
    as_printed: str = ""
    period: str = Period.YEAR
    yearly: Decimal | None = None
    ppp: Decimal | None = None
    p10: Decimal | None = None
    p90: Decimal | None = None
    as_of: str = "2026"
    basis: str = Basis.SURVEY
    source: int = 0
    publisher: str = "A publisher"
    trust: str = Trust.PRIMARY
    withheld: str = ""
    at_least: Decimal | None = None
    sample_size: int | None = None
    wage_error: Decimal | None = None
    status: str = Status.PUBLISHED

    @property
    def is_published(self):
        return self.status == Status.PUBLISHED


@dataclass
class Peers:
    """The figures that each figure is judged among, arranged once for all rules. `today` decides what is stale.

    All are judged, but only among those that readers can see: a draft speaks against nobody.
    """

    figures: list
    today: date
    same_money: dict = field(default_factory=dict)  # (role, country, currency): title figures
    extremes: dict = field(default_factory=dict)  # the same: its two lowest and its two highest
    same_place: dict = field(default_factory=dict)  # (role, area): sources of title figures
    values: dict = field(default_factory=dict)  # role: purchasing-power values of its title figures
    bands: dict = field(default_factory=dict)  # (area, currency): official figures of wider classes

    def __post_init__(self):
        for one in self.figures:
            if not one.is_published:
                continue
            if one.is_title:
                self.same_money.setdefault((one.role, one.country, one.currency), []).append(one)
                self.same_place.setdefault((one.role, one.area), set()).add(one.source)
                if one.ppp:
                    self.values.setdefault(one.role, []).append(one.ppp)
            elif one.basis == Basis.OFFICIAL and (one.p10 or one.p90):
                self.bands.setdefault((one.area, one.currency), []).append(one)
        self.values = {role: some for role, some in self.values.items() if len(some) >= FEWEST_FOR_STATISTICS}
        self.extremes = {key: extremes_of(some) for key, some in self.same_money.items()}
        self.middles = {role: median(some) for role, some in self.values.items()}
        self.centers, self.spreads = {}, {}
        for role, some in self.values.items():
            logs = [math.log(value) for value in some]
            self.centers[role] = median(logs)
            self.spreads[role] = median(abs(log - self.centers[role]) for log in logs)

    def middle(self, one):
        """The role's median in international dollars; None if too few figures have one, or this one has none."""
        return self.middles.get(one.role) if one.is_title and one.ppp else None

    def robust_z(self, one):
        """How far a figure lies from the role's median, in robust standard deviations of the logarithm; or None."""
        if self.middle(one) is None or not self.spreads[one.role]:
            return None
        return MAD_TO_SIGMA * (math.log(one.ppp) - self.centers[one.role]) / self.spreads[one.role]

    def rival_count(self, one):
        """How many other figures of the same role, country and currency there are."""
        some = self.same_money.get((one.role, one.country, one.currency), [])
        return len(some) - (one.is_title and one.is_published)

    def conflict(self, one):
        """The figure of the same role, country and currency that is furthest beyond CONFLICT_RATIO; or None."""
        if not (one.is_title and one.yearly):
            return None
        ends = self.extremes.get((one.role, one.country, one.currency), [])
        others = [other for other in ends if other.key != one.key and apart(one, other) > CONFLICT_RATIO]
        return max(others, key=lambda other: (apart(one, other), other.key), default=None)

    def alone(self, one):
        """Whether no second source has a figure for the role at this place."""
        return one.is_title and self.same_place.get((one.role, one.area), set()) <= {one.source}

    def nearest_bands(self, one):
        """Official figures of wider classes at the place itself, else in the area around it."""
        for area in (one.area, one.surroundings):
            if found := self.bands.get((area, one.currency)):
                return found
        return []


def extremes_of(figures):
    """The two lowest and the two highest: whichever figure is furthest from another is among them.

    Two of each, because a figure is not compared with itself; of equal amounts that with the greater key comes first.
    """
    amounts = sorted((one for one in figures if one.yearly), key=lambda one: one.key, reverse=True)
    lowest = nsmallest(2, amounts, key=lambda one: one.yearly)
    return lowest + nlargest(2, amounts, key=lambda one: one.yearly)


def apart(one, other):
    """How many times the larger amount a year holds the smaller."""
    return max(one.yearly, other.yearly) / min(one.yearly, other.yearly)
