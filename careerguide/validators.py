"""Rules that several apps' fields share."""

import datetime

from babel.numbers import is_currency
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator

web_address = URLValidator(schemes=["https", "http"])

PARTIAL_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z"
_partial_date_form = RegexValidator(
    PARTIAL_DATE, "Write the date as 2025, 2025-05 or 2025-05-31, as exactly as it is known."
)


def partial_date(value):
    """Accept an ISO 8601 date of reduced precision: year, year and month, or a whole date that exists."""
    _partial_date_form(value)
    if len(value) == len("2025-05-31"):
        try:
            datetime.date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError(f"{value} is not a day of the calendar.") from error


def iso_4217(value):
    """Accept the code of a currency that ISO 4217 lists (as Unicode CLDR has it), in capital letters."""
    if not (value.isupper() and is_currency(value)):
        raise ValidationError(f"{value} is no ISO 4217 code. Write three capital letters, such as INR.")
