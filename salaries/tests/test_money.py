from decimal import Decimal

import pytest

from salaries import money


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0.01", "0.01"),
        ("32.34", "32.34"),
        ("32.5", "32.50"),
        ("357", "357"),
        ("357000", "357,000"),
        ("357000.00", "357,000"),
        ("3900000", "3,900,000"),
        ("3.9E+6", "3,900,000"),
        ("999999999999.99", "999,999,999,999.99"),
    ],
)
def test_number(amount, text):
    assert money.number(Decimal(amount)) == text


def test_amount_stays_in_one_line_with_its_code():
    assert money.amount_with_code(Decimal(357000), "USD") == "USD\N{NO-BREAK SPACE}357,000"


@pytest.mark.parametrize(("code", "name"), [("INR", "Indian Rupee"), ("ILS", "Israeli New Shekel"), ("QQQ", "QQQ")])
def test_currency_name(code, name):
    assert money.currency_name(code) == name
