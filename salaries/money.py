"""Amounts as readers see them. Rounding happens here, once, at display; never before sorting."""

from decimal import Decimal

from babel.numbers import format_decimal, get_currency_name

LOCALE = "en_US"


def number(amount: Decimal) -> str:
    """An amount with separators, and with decimals only if it has any: 357,000 or 32.34."""
    whole = amount == amount.to_integral_value()
    return format_decimal(amount, format="#,##0" if whole else "#,##0.00", locale=LOCALE)


def amount_with_code(amount: Decimal, currency: str) -> str:
    """An amount after its ISO 4217 code, which no two currencies share: USD 357,000."""
    return f"{currency}\N{NO-BREAK SPACE}{number(amount)}"


def currency_name(currency: str) -> str:
    """The English name of an ISO 4217 code, such as "Indian Rupee"; the code itself if CLDR has none."""
    return get_currency_name(currency, locale=LOCALE)
