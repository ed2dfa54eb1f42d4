"""Amounts as readers see them. Rounding happens here, once, at display; never before sorting."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal, get_currency_name

LOCALE = "en_US"
DOLLAR = "USD"  # where no other currency is asked for
INTERNATIONAL_DOLLAR = "int$"


def number(amount: Decimal) -> str:
    """An amount with separators, and with decimals only if it has any: 357,000 or 32.34."""
    whole = amount == amount.to_integral_value()
    return format_decimal(amount, format="#,##0" if whole else "#,##0.00", locale=LOCALE)


def amount_with_code(amount: Decimal, currency: str) -> str:
    """An amount after its ISO 4217 code, which no two currencies share: USD 357,000."""
    return f"{currency}\N{NO-BREAK SPACE}{number(amount)}"


def rounded(amount: Decimal, step: int) -> Decimal:
    return (amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def whole(amount: Decimal) -> Decimal:
    return rounded(amount, 1)


def thousands(amount: Decimal) -> Decimal:
    """A converted amount to the nearest thousand: more digits would claim a precision that it does not have.

    Below one thousand, to the unit.
    """
    return rounded(amount, 1000 if amount >= 1000 else 1)


def international(amount: Decimal) -> str:
    """An amount in international dollars, which are no U.S. dollars, in thousands: int$ 205,000."""
    return amount_with_code(thousands(amount), INTERNATIONAL_DOLLAR)


def ratio_text(ratio: Decimal) -> str:
    """A ratio with one decimal; below one, with two digits that count: 9.3, 0.17 or 0.0025."""
    return f"{ratio:.1f}" if ratio >= 1 else f"{Decimal(f'{ratio:.1e}'):f}"


def currency_name(currency: str) -> str:
    """The English name of an ISO 4217 code, such as "Indian Rupee"; the code itself if CLDR has none."""
    return get_currency_name(currency, locale=LOCALE)
