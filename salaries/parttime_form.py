"""The form of /salaries/part-time/: everything is optional, and what is wrong is named and left out."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from careerguide.filtering import AMOUNT_LIMIT, AmountField, OneField
from careerguide.validators import iso_4217
from salaries.money import DOLLAR, number
from salaries.parttime import MONTH, MOST_WEEKS, WEEK, YEAR, PartTimePay

MOST_HOURS = {MONTH: 31 * 24, WEEK: 7 * 24, YEAR: 366 * 24}
SHOWN_LIMIT = 40  # characters of a wrong value that its message repeats


def quoted(value):
    text = str(value)
    return f"“{text[:SHOWN_LIMIT]}…”" if len(text) > SHOWN_LIMIT else f"“{text}”"


class NumberField(AmountField):
    """A number within bounds, typed as amounts are on the salary pages; the message names what was typed."""

    def __init__(self, *, noun, most=AMOUNT_LIMIT, least=0, **kwargs):
        self.noun = f"{noun} from {number(Decimal(least))} to {number(Decimal(most))} with at most two decimals"
        super().__init__(required=False, validators=[MinValueValidator(least), MaxValueValidator(most)], **kwargs)

    def clean(self, value):
        try:
            return super().clean(value)
        except ValidationError as error:
            raise ValidationError(f"{quoted(value)} is no {self.noun}, so it was ignored.") from error


class PercentField(NumberField):
    def to_python(self, value):
        bare = value.strip().removesuffix("%") if isinstance(value, str) else value
        return super().to_python(bare or value)


class CurrencyField(forms.CharField):
    """An ISO 4217 code in letters of either case."""

    def clean(self, value):
        try:
            code = super().clean(value).upper()
            if code:
                iso_4217(code)
        except ValidationError as error:
            raise ValidationError(f"{quoted(value)} is no ISO 4217 code such as USD, so it was ignored.") from error
        return code


class PartTimeForm(forms.Form):
    """Everything is optional; what is wrong is named in `problems` and left out of `pay`."""

    salary = NumberField(noun="amount", label="Full-time clinical salary, a year")
    share = PercentField(noun="percentage", most=100, label="Clinical share you keep, percent")
    hours = NumberField(noun="number of hours", most=MOST_HOURS[YEAR], label="Directorship hours")
    hours_per = OneField(
        noun="period",
        required=False,
        label="These hours are per",
        choices=[(period, period) for period in MOST_HOURS],
    )
    weeks = NumberField(noun="number", least=1, most=MOST_WEEKS, label="Weeks a year (for hours per week)")
    rate = NumberField(noun="amount", label="Pay for each hour")
    stipend = NumberField(noun="amount", label="Stipend, a year")
    currency = CurrencyField(required=False, label="Currency code")

    DEFAULTS = {"hours_per": MONTH, "weeks": Decimal(MOST_WEEKS), "currency": DOLLAR}

    def clean(self):
        hours, period = self.cleaned_data.get("hours"), self.cleaned_data.get("hours_per") or MONTH
        if hours is not None and hours > MOST_HOURS[period]:
            most = number(Decimal(MOST_HOURS[period]))
            self.add_error("hours", f"A {period} has at most {most} hours, so {quoted(number(hours))} was ignored.")

    @property
    def problems(self):
        """What was wrong, as {parameter: message}, without the null characters that no page may hold."""
        named = [name for name in self.fields if name in self.errors]
        return {name: " ".join(self.errors[name]).replace("\0", "") for name in named}

    @property
    def typed(self):
        """What stands in each field: the reader's text, else the default."""
        texts = {name: (self[name].value() or "").replace("\0", "") for name in self.fields}
        return {name: text or str(self.DEFAULTS.get(name, "")) for name, text in texts.items()}

    @property
    def pay(self):
        self.full_clean()
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return PartTimePay(**self.DEFAULTS | given)
