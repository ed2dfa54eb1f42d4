"""When a figure is doubted, and why: one small pure function for each rule; its thresholds stand in salaries/limits.py.

A rule gets one figure's `Facts` and the `Peers` it is judged among, and returns a sentence with its numbers, or
nothing. No rule knows a city. The two statistical ones are standard: the robust z-score of Iglewicz and Hoaglin (1993),
and the 20 percent beyond which the Office for National Statistics calls an estimate unreliable.
"""

from collections.abc import Callable
from dataclasses import dataclass

from salaries.choices import Period, Withheld
from salaries.limits import (
    BAND_FACTOR,
    CONFLICT_RATIO,
    FAR_ABOVE,
    FAR_BELOW,
    FEWEST_FOR_STATISTICS,
    SMALL_SAMPLE,
    STALE_MONTHS,
    UNRELIABLE_PERCENT,
    Z_EXCLUDES,
    Z_EXCLUDES_WITH_CONFLICT,
)
from salaries.money import amount_with_code, digits, international, ratio_text, whole
from salaries.peers import Facts, Peers, apart
from sources.choices import Severity, Trust


@dataclass(frozen=True)
class Rule:
    """`name` is stable: acceptances, exports and addresses use it. `says` is what /method/ prints."""

    name: str
    title: str
    severity: str
    says: str
    check: Callable[[Facts, Peers], str | None]
    acceptable: bool = True

    @property
    def severity_label(self):
        return Severity(self.severity).label.lower()


RULES = {}


def rule(title, severity, says, acceptable=True):
    """Register a rule. One that is not `acceptable` states what no editor's word can change."""

    def register(check):
        name = check.__name__.replace("_", "-")
        RULES[name] = Rule(name, title, severity, says, check, acceptable)
        return check

    return register


@rule(
    "No median",
    Severity.EXCLUDE,
    "The publisher withholds the median, or gives only a bound. A bound is no figure: it cannot be ranked or averaged, "
    "and no editor can accept it as one.",
    acceptable=False,
)
def no_median(one, peers):
    if one.withheld == Withheld.AT_LEAST:
        bound = amount_with_code(one.at_least, one.currency)
        return f"No median: {one.publisher} says only that it is at or above {bound}."
    if one.withheld:
        return f"No median: {one.publisher} does not release it."
    return None


@rule(
    "Currency not certain",
    Severity.EXCLUDE,
    "The printed sign stands for more than one currency where it is printed. The figure is neither converted nor "
    "ranked until an editor settles it with a source.",
)
def ambiguous_currency(one, peers):
    if one.currency_certain:
        return None
    return f"“{one.as_printed}” may mean another currency than {one.currency}."


@rule(
    "Far from every other figure for the role",
    Severity.EXCLUDE,
    f"By purchasing power, on a logarithmic scale, it lies more than {Z_EXCLUDES} robust standard deviations from the "
    f"role’s median; or more than {Z_EXCLUDES_WITH_CONFLICT:g}, if it also conflicts with a figure in the same "
    f"currency and country. Needs {FEWEST_FOR_STATISTICS} figures.",
)
def far_from_the_role(one, peers):
    z = peers.robust_z(one)
    limit = Z_EXCLUDES_WITH_CONFLICT if peers.conflict(one) else Z_EXCLUDES
    if z is None or abs(z) <= limit:
        return None
    together = " for a figure that also conflicts with another in its currency" if limit < Z_EXCLUDES else ""
    return (
        f"{international(one.ppp)} a year by purchasing power: {abs(z):.1f} robust standard deviations "
        f"{'above' if z > 0 else 'below'} the role’s median of {international(peers.middle(one))}; the limit is "
        f"{limit:g}{together}. Another job, another pay period or a misprint could explain it; nothing proves which."
    )


@rule(
    "Conflict within one currency",
    Severity.DOUBT,
    f"Two figures for the role in one country and currency are more than {CONFLICT_RATIO} times apart: "
    "both are doubted.",
)
def same_currency_conflict(one, peers):
    other = peers.conflict(one)
    if other is None:
        return None
    side = "below" if one.yearly < other.yearly else "above"
    only = peers.rival_count(one) == 1
    reason = "no second source was found" if peers.alone(one) else "the sources do not settle which"
    return (
        f"{ratio_text(apart(one, other))} times {side} the {'other' if only else other.place} figure in "
        f"{one.currency}{f' ({other.place})' if only else ''}, {money(other.yearly, other)}; one of the two may be "
        f"wrong; not corrected, because {reason}."
    )


@rule(
    "Not in the local currency",
    Severity.DOUBT,
    "It is in another currency than that of its country. Neither the price level there nor the official classes can be "
    "held against it.",
)
def foreign_currency(one, peers):
    if one.local_currency in (None, one.currency):
        return None
    return f"In {one.currency}, where pay is in {one.local_currency}: the rules that compare it cannot speak."


@rule(
    "Far from the role’s median",
    Severity.DOUBT,
    f"By purchasing power it is more than {FAR_ABOVE} times, or less than {FAR_BELOW} times, the role’s median. Needs "
    f"{FEWEST_FOR_STATISTICS} figures.",
)
def far_from_the_median(one, peers):
    middle = peers.middle(one)
    if middle is None or FAR_BELOW * middle <= one.ppp <= FAR_ABOVE * middle:
        return None
    return (
        f"{international(one.ppp)} a year by purchasing power is {ratio_text(one.ppp / middle)} times the role’s "
        f"median of {international(middle)}."
    )


@rule(
    "Beyond the official band",
    Severity.DOUBT,
    f"It is more than {BAND_FACTOR} times the highest p90, or less than 1/{BAND_FACTOR} of the lowest p10, of the "
    "official classes at that place, or in the smallest area with official figures around it.",
)
def beyond_the_official_band(one, peers):
    if not (one.is_title and one.yearly):
        return None
    bands = peers.nearest_bands(one)
    top = max((band for band in bands if band.p90), key=lambda band: band.p90, default=None)
    bottom = min((band for band in bands if band.p10), key=lambda band: band.p10, default=None)
    if top and one.yearly > BAND_FACTOR * top.p90:
        return (
            f"{one.yearly / top.p90:.2f} times the p90 of {top.population} in {top.place}, "
            f"{money(top.p90, top)} a year, the highest p90 of the official classes there; the limit is {BAND_FACTOR}."
        )
    if bottom and BAND_FACTOR * one.yearly < bottom.p10:
        return (
            f"{bottom.p10 / one.yearly:.2f} times below the p10 of {bottom.population} in {bottom.place}, "
            f"{money(bottom.p10, bottom)} a year, the lowest p10 of the official classes there; "
            f"the limit is {BAND_FACTOR}."
        )
    return None


@rule(
    "Stale",
    Severity.DOUBT,
    f"The time it is of ended more than {STALE_MONTHS} months ago. A date that gives only a year lasts to its end.",
)
def stale(one, peers):
    today = (peers.today.year, peers.today.month, peers.today.day)
    if not one.as_of or today <= months_later(end_of(one.as_of), STALE_MONTHS):
        return None
    return f"As of {one.as_of}: more than {STALE_MONTHS} months old."


@rule(
    "Imprecise",
    Severity.DOUBT,
    f"Its relative standard error is above {UNRELIABLE_PERCENT} percent, beyond which the Office for National "
    "Statistics calls an estimate unreliable.",
)
def imprecise(one, peers):
    if one.wage_error is None or one.wage_error <= UNRELIABLE_PERCENT:
        return None
    error = digits(one.wage_error)
    return f"Relative standard error {error}%: beyond {UNRELIABLE_PERCENT}% an estimate is unreliable."


@rule("Small sample", Severity.DOUBT, f"It rests on fewer than {SMALL_SAMPLE} people or posts.")
def small_sample(one, peers):
    if one.sample_size is None or one.sample_size >= SMALL_SAMPLE:
        return None
    return f"A sample of {one.sample_size}; fewer than {SMALL_SAMPLE} people or posts say little."


@rule("No date", Severity.NOTE, "The source does not say what time the figure is of.")
def undated(one, peers):
    return None if one.as_of else "The source gives no date: nobody can tell how old the figure is."


@rule(
    "Pay period unstated",
    Severity.NOTE,
    "The source does not say whether the amount is for an hour, a month or a year. It is read as a year.",
)
def period_unstated(one, peers):
    if one.period != Period.UNSTATED:
        return None
    return "No pay period is stated. Read as a year; as a month it would be twelve times as much."


@rule(
    "No origin",
    Severity.NOTE,
    "Its source states the figure without saying where it comes from.",
)
def no_origin(one, peers):
    if one.trust != Trust.UNVERIFIED:
        return None
    return f"{one.publisher} does not say where the figure comes from or how it was made."


@rule("Single source", Severity.NOTE, "We have only one source with a figure for the role at this place.")
def single_source(one, peers):
    return "We have only one source with a figure for the role here; nothing confirms it." if peers.alone(one) else None


@rule(
    "No sample or error stated",
    Severity.NOTE,
    "Neither the number of people or posts behind it nor a standard error is published.",
)
def sample_unstated(one, peers):
    if one.sample_size is not None or one.wage_error is not None or one.withheld:
        return None
    return "Neither a sample size nor a standard error is stated."


@rule(
    "Wider class than the title",
    Severity.NOTE,
    "It describes a class of an official classification. None that we found has the title as a class of its own.",
)
def wider_class(one, peers):
    return None if one.is_title else f"Describes {one.population}, not this title."


def money(amount, one):
    return amount_with_code(whole(amount), one.currency)


def end_of(partial_date):
    """(year, month, day) that an ISO 8601 date of reduced precision reaches at most: 2024 lasts to month 12, day 31."""
    known = [int(part) for part in partial_date.split("-")]
    return tuple(known + [12, 31][len(known) - 1 :])


def months_later(end, months):
    """The same day of a later month; it may be a day that the month does not have, for it is only compared."""
    year, month = divmod(end[0] * 12 + end[1] - 1 + months, 12)
    return year, month + 1, end[2]


def findings_of(one, peers):
    """[(Rule, sentence)] for one figure, in the order in which the rules are declared: the worst first."""
    found = ((rule, rule.check(one, peers)) for rule in RULES.values())
    return [(rule, sentence) for rule, sentence in found if sentence]
