"""Amounts as readers see them. Rounding happens here, once, at display; never before sorting."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_name

LOCALE = "en_US"
DOLLAR = "USD"  # where no other currency is asked for
INTERNATIONAL_DOLLAR = "int$"


def number(amount: Decimal) -> str:
    """An amount with separators, and with decimals only if it has any: 357,000 or 32.34."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def digits(number: Decimal) -> str:
    """A number with the digits that count, as it is written by hand: 100 or 0.5, never 1E+2 or 0.50."""
    return f"{number.normalize():f}"


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


def amount(figure) -> str:
    """A figure's median after its currency code, USD 357,000; or in words why there is none."""
    if figure.amount is not None:
        return amount_with_code(figure.amount, figure.currency)
    return "not released" if figure.at_least is None else f"at or above {in_code(figure.at_least, figure.currency)}"


def in_code(value: Decimal | None, code: str) -> str:
    """An amount after a code; empty for none."""
    return "" if value is None else amount_with_code(value, code)


def in_thousands(value: Decimal | None, code: str) -> str:
    """A converted amount, to the nearest thousand, after its code: USD 168,000; empty for none."""
    return "" if value is None else amount_with_code(thousands(value), code)


def shown(figure, name: str, code: str) -> str:
    """One of a figure's amounts in the money of the view, to the nearest thousand; empty if it has none."""
    return in_thousands(figure.shown(getattr(figure, name)), code)


def separated(count: int) -> str:
    """A count with separators: 3,342."""
    return f"{count:,}"
