"""Part-time pay worked out by hand, and every step of it in words."""

from decimal import Decimal

import pytest

from salaries.parttime import PartTimePay, Step

WORDS = {"hours_per", "currency"}


def pay(**given):
    return PartTimePay(**{name: value if name in WORDS else Decimal(value) for name, value in given.items()})


def said(pay):
    """Formula and result of every step and check by its label, with plain spaces."""
    steps = [step for _, steps in pay.tables for step in steps]
    return {step.label: f"{step.formula} = {step.result}".replace("\N{NO-BREAK SPACE}", " ") for step in steps}


@pytest.mark.parametrize(
    ("given", "total"),
    [
        (
            {"salary": 200000, "share": 80, "hours": 10, "rate": 150, "stipend": 12000},
            "190000",
        ),  # 160,000+18,000+12,000
        ({"salary": 200000}, "200000"),
        ({"salary": 200000, "share": 0}, "0"),
        ({"salary": 100000, "share": "33.33"}, "33330"),
        ({"salary": "0.01", "share": 50}, "0.005"),
        ({"hours": 4, "hours_per": "week", "rate": 100}, "20800"),  # 4 x 52 x 100
        ({"hours": 4, "hours_per": "week", "weeks": 48, "rate": 100}, "19200"),
        ({"hours": 4, "hours_per": "month", "weeks": 48, "rate": 100}, "4800"),  # weeks play no part: 4 x 12 x 100
        ({"hours": 4, "hours_per": "year", "weeks": 48, "rate": 100}, "400"),
        ({"hours": "2.5", "hours_per": "week", "weeks": "46.5", "rate": "99.99"}, "11623.8375"),
        ({"hours": 0, "rate": 100}, "0"),
        ({"stipend": 30000}, "30000"),
        ({"stipend": 30000, "hours": 10}, "30000"),
        ({"stipend": 30000, "rate": 100}, "30000"),
        ({"rate": 100}, None),
        ({"hours": 10}, None),
        ({"share": 50}, None),
        ({}, None),
    ],
)
def test_total(given, total):
    assert pay(**given).total == (None if total is None else Decimal(total))


@pytest.mark.parametrize(
    ("given", "percent"),
    [
        ({"hours": 4, "hours_per": "week"}, "10"),  # 208 of 2,080
        ({"hours": 4, "hours_per": "week", "weeks": 26}, "5"),
        ({"hours": 26, "hours_per": "month"}, "15"),  # 312 of 2,080
        ({"hours": 2080, "hours_per": "year"}, "100"),
        ({"hours": 4160, "hours_per": "year"}, "200"),
        ({"hours": 0}, "0"),
        ({"stipend": 1}, None),
    ],
)
def test_share_of_a_full_time_year(given, percent):
    assert pay(**given).share_of_year == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("given", "hourly"),
    [
        ({"salary": 208000}, "100"),
        ({"salary": 208000, "share": 50}, "100"),  # half the pay for half the hours
        ({"salary": 208000, "share": 90, "hours": 208, "hours_per": "year", "rate": 150}, "105"),  # 218,400 / 2,080
        ({"salary": 208000, "share": 90, "hours": 208, "hours_per": "year"}, "90"),  # unpaid hours count
        ({"hours": 10, "stipend": 12000}, "100"),  # 12,000 / 120
        ({"hours": 10, "rate": 80, "stipend": 12000}, "180"),
        ({"hours": 10, "rate": 80, "share": 50}, "80"),  # no salary, so no clinical hours
        ({"stipend": 12000}, None),  # hours unknown
        ({"salary": 208000, "stipend": 12000}, None),
        ({"salary": 208000, "rate": 100}, None),
        ({"salary": 208000, "share": 0}, None),  # no hours at all
        ({"hours": 0, "stipend": 12000}, None),
        ({}, None),
    ],
)
def test_pay_for_an_hour_of_the_whole(given, hourly):
    assert pay(**given).hourly == (None if hourly is None else Decimal(hourly))


@pytest.mark.parametrize(
    ("given", "surplus"),
    [
        ({"share": 90, "hours": 208, "hours_per": "year"}, "0"),
        ({"share": 90, "hours": "208.01", "hours_per": "year"}, "0.01"),
        ({"share": "90.01", "hours": 208, "hours_per": "year"}, "0.208"),
        ({"salary": 1, "hours": 1, "hours_per": "year"}, "1"),  # all of the salary is kept
        ({"hours": 2080, "hours_per": "year"}, "0"),
        ({"hours": 2081, "hours_per": "year"}, "1"),
        ({"share": 100}, "0"),
        ({}, "0"),
    ],
)
def test_hours_beyond_a_full_time_year(given, surplus):
    assert pay(**given).surplus_hours == Decimal(surplus)


def test_every_step_is_printed():
    given = {"salary": 200000, "share": 80, "hours": 10, "rate": "150.5", "stipend": 12000, "currency": "EUR"}

    assert said(pay(**given)) == {
        "Clinical pay": "EUR 200,000 × 80% = EUR 160,000",
        "Directorship hours a year": "10 hours × 12 months = 120 hours",
        "Pay for hours": "120 hours × EUR 150.50 = EUR 18,060",
        "Stipend": "as given = EUR 12,000",
        "Total a year": "EUR 160,000 + EUR 18,060 + EUR 12,000 = EUR 190,060",
        "The directorship as share of a full-time year": "120 hours ÷ 2,080 hours = 5.77%",
        "Clinical pay for an hour": "EUR 200,000 ÷ 2,080 hours = EUR 96.15",
        "Directorship pay for an hour": "EUR 30,060 ÷ 120 hours = EUR 250.50",
        "Hours of the whole": "80% × 2,080 hours + 120 hours = 1,784 hours",
        "Pay for an hour of the whole": "EUR 190,060 ÷ 1,784 hours = EUR 106.54",
    }


@pytest.mark.parametrize(
    ("given", "label", "line"),
    [
        ({"hours": 1, "hours_per": "week", "weeks": 1}, "Directorship hours a year", "1 hour × 1 week = 1 hour"),
        ({"hours": 1, "hours_per": "week"}, "Directorship hours a year", "1 hour × 52 weeks = 52 hours"),
        ({"hours": 9, "hours_per": "year"}, "Directorship hours a year", "9 hours × 1 year = 9 hours"),
        ({"stipend": 5}, "Total a year", "the only part = USD 5"),
        ({"salary": 5200, "share": 25}, "Hours of the whole", "25% × 2,080 hours = 520 hours"),
    ],
)
def test_step_in_words(given, label, line):
    assert said(pay(**given))[label] == line


def test_rounding_waits_for_the_display():
    """Three parts of 0.004 are 0.012: rounded one by one they would be nothing."""
    third = pay(salary="0.01", share=40, hours=1, hours_per="year", rate="0.01")

    assert third.total == Decimal("0.014")
    assert third.steps[-1] == Step(
        "Total a year",
        "USD\N{NO-BREAK SPACE}0.00 + USD\N{NO-BREAK SPACE}0.01",
        "USD\N{NO-BREAK SPACE}0.01",
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"salary": 1}, ["all of the salary"]),
        ({"share": 1}, ["adds no pay"]),
        ({"hours": 1}, ["counted as unpaid"]),
        ({"hours": 1, "stipend": 1}, ["stipend is read as pay"]),
        ({"rate": 1}, ["the rate adds no pay"]),
        ({"stipend": 1}, ["cannot be worked out"]),
        ({"rate": 1, "stipend": 1}, ["the rate adds no pay", "cannot be worked out"]),
        ({"salary": 1, "share": 1, "hours": 1, "rate": 1}, []),
        ({}, []),
    ],
)
def test_what_is_missing_is_said(given, words):
    notes = pay(**given).notes

    assert len(notes) == len(words)
    assert all(word in note for word, note in zip(words, notes, strict=True))
