"""What a part-time directorship pays: the arithmetic of /salaries/part-time/.

Clinical salary x share kept + hours x rate + stipend: gross, a year, in one currency, rounded only where it is shown.
"""

from dataclasses import dataclass
from decimal import Decimal

from salaries.choices import PERIODS_A_YEAR, Period
from salaries.money import DOLLAR, amount_with_code, number

FULL_TIME_HOURS = PERIODS_A_YEAR[Period.HOUR]  # a year
MONTH, WEEK, YEAR = "month", "week", "year"
MOST_WEEKS = 52


@dataclass(frozen=True)
class Step:
    """One line of the calculation, in words and numbers."""

    label: str
    formula: str
    result: str


def counted(amount, noun):
    """A count that stays in one line with what it counts: 1 hour, 208 hours."""
    return f"{number(amount)}\N{NO-BREAK SPACE}{noun}{'' if amount == 1 else 's'}"


@dataclass(frozen=True)
class PartTimePay:
    """What the reader gave, and all that follows from it. `share` is in percent; None means not given."""

    salary: Decimal | None = None
    share: Decimal | None = None
    hours: Decimal | None = None
    hours_per: str = MONTH
    weeks: Decimal = Decimal(MOST_WEEKS)
    rate: Decimal | None = None
    stipend: Decimal | None = None
    currency: str = DOLLAR

    @property
    def kept(self):
        """The clinical share in percent: all of a salary unless the reader says otherwise."""
        return Decimal(100) if self.share is None and self.salary is not None else self.share

    @property
    def clinical(self):
        return None if self.salary is None else self.salary * self.kept / 100

    @property
    def yearly_hours(self):
        """Hours of the directorship in a year."""
        times = {YEAR: Decimal(1), MONTH: Decimal(12), WEEK: self.weeks}[self.hours_per]
        return None if self.hours is None else self.hours * times

    @property
    def pay_for_hours(self):
        return None if self.hours is None or self.rate is None else self.yearly_hours * self.rate

    @property
    def parts(self):
        return [part for part in (self.clinical, self.pay_for_hours, self.stipend) if part is not None]

    @property
    def total(self):
        """Gross pay a year; None if nothing that pays was given."""
        return sum(self.parts) if self.parts else None

    @property
    def directorship(self):
        """The part of the total that the directorship pays."""
        return (self.pay_for_hours or Decimal(0)) + (self.stipend or Decimal(0))

    @property
    def share_of_year(self):
        """The directorship's hours in percent of a full-time year."""
        return None if self.hours is None else self.yearly_hours * 100 / FULL_TIME_HOURS

    @property
    def clinical_hours(self):
        return (self.kept or Decimal(0)) * FULL_TIME_HOURS / 100

    @property
    def whole_hours(self):
        """Hours behind the total; None if part of it is for hours that were not given."""
        if self.hours is None and (self.rate is not None or self.stipend is not None):
            return None
        return (Decimal(0) if self.salary is None else self.clinical_hours) + (self.yearly_hours or Decimal(0))

    @property
    def hourly(self):
        """Pay for an hour of the whole, clinical work and directorship together."""
        return self.total / self.whole_hours if self.total is not None and self.whole_hours else None

    @property
    def surplus_hours(self):
        """Hours beyond a full-time year, 0 if there are none."""
        return max(self.clinical_hours + (self.yearly_hours or Decimal(0)) - FULL_TIME_HOURS, Decimal(0))

    def money(self, amount):
        return amount_with_code(amount, self.currency)

    @property
    def amount(self):
        return self.money(self.total)

    @property
    def surplus(self):
        return counted(self.surplus_hours, "hour")

    @property
    def full_time(self):
        return counted(Decimal(FULL_TIME_HOURS), "hour")

    @property
    def steps(self):
        """From what was given to the total."""
        steps = []
        if self.salary is not None:
            formula = f"{self.money(self.salary)} × {number(self.kept)}%"
            steps.append(Step("Clinical pay", formula, self.money(self.clinical)))
        if self.hours is not None:
            times = {YEAR: "1 year", MONTH: "12 months", WEEK: counted(self.weeks, "week")}[self.hours_per]
            hours = counted(self.yearly_hours, "hour")
            steps.append(Step("Directorship hours a year", f"{counted(self.hours, 'hour')} × {times}", hours))
            if self.rate is not None:
                steps.append(
                    Step("Pay for hours", f"{hours} × {self.money(self.rate)}", self.money(self.pay_for_hours))
                )
        if self.stipend is not None:
            steps.append(Step("Stipend", "as given", self.money(self.stipend)))
        if self.parts:
            formula = " + ".join(map(self.money, self.parts)) if len(self.parts) > 1 else "the only part"
            steps.append(Step("Total a year", formula, self.amount))
        return steps

    @property
    def checks(self):
        """What the total means: hours against a full-time year, and pay for an hour."""
        checks = []
        if self.hours is not None:
            formula = f"{counted(self.yearly_hours, 'hour')} ÷ {self.full_time}"
            checks.append(
                Step("The directorship as share of a full-time year", formula, f"{number(self.share_of_year)}%")
            )
        if self.salary is not None:
            formula = f"{self.money(self.salary)} ÷ {self.full_time}"
            checks.append(Step("Clinical pay for an hour", formula, self.money(self.salary / FULL_TIME_HOURS)))
        if self.salary is not None and self.yearly_hours:
            formula = f"{self.money(self.directorship)} ÷ {counted(self.yearly_hours, 'hour')}"
            hourly = self.money(self.directorship / self.yearly_hours)
            checks.append(Step("Directorship pay for an hour", formula, hourly))
        if self.hourly is not None:
            hours = counted(self.whole_hours, "hour")
            if self.salary is not None:
                formula = f"{number(self.kept)}% × {self.full_time}"
                formula += f" + {counted(self.yearly_hours, 'hour')}" if self.yearly_hours else ""
                checks.append(Step("Hours of the whole", formula, hours))
            checks.append(Step("Pay for an hour of the whole", f"{self.amount} ÷ {hours}", self.money(self.hourly)))
        return checks

    @property
    def tables(self):
        """(caption, steps) of each table that has any."""
        tables = [("Step by step", self.steps), ("What that means", self.checks)]
        return [(caption, steps) for caption, steps in tables if steps]

    @property
    def notes(self):
        """What was missing, and how the calculation reads that."""
        unpaid = self.hours is not None and self.rate is None
        notes = [
            (self.salary is not None and self.share is None, "Without a share, all of the salary is counted."),
            (self.salary is None and self.share is not None, "Without a salary, the share you keep adds no pay."),
            (unpaid and self.stipend is None, "Without a rate or a stipend, the hours are counted as unpaid."),
            (unpaid and self.stipend is not None, "Without a rate, the stipend is read as pay for the hours."),
            (self.rate is not None and self.hours is None, "Without hours, the rate adds no pay."),
            (
                self.parts and self.whole_hours is None,
                "Without hours, pay for an hour of the whole cannot be worked out.",
            ),
        ]
        return [sentence for holds, sentence in notes if holds]
