"""Every threshold of the rules in salaries/rules.py; /method/ prints them from here."""

from decimal import Decimal

STALE_MONTHS = 24
CONFLICT_RATIO = 4  # between figures of one role in one currency and country
Z_EXCLUDES = 2.5
Z_EXCLUDES_WITH_CONFLICT = 2.0
FAR_ABOVE, FAR_BELOW = Decimal("2.5"), Decimal("0.4")  # of the role's median, by purchasing power
BAND_FACTOR = 2  # beyond p90, or below p10, of the official class nearest to the role
SMALL_SAMPLE = 30
UNRELIABLE_PERCENT = 20  # relative standard error
FEWEST_FOR_STATISTICS = 5  # figures of a role; fewer have no meaningful middle

MAD_TO_SIGMA = 0.6745  # the median absolute deviation of a normal distribution, in standard deviations
