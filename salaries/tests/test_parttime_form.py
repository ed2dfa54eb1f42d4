"""What the part-time form takes, and what it names as wrong and leaves out."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from salaries.parttime import PartTimePay
from salaries.parttime_form import PartTimeForm

MOST = "999999999999.99"


def form_of(query):
    return PartTimeForm(QueryDict(query))


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("salary=250000", "salary", 250000),
        ("salary=250,000", "salary", 250000),
        ("salary=2.5e5", "salary", 250000),
        ("salary=0", "salary", 0),
        (f"salary={MOST}", "salary", Decimal(MOST)),
        ("rate=999,999,999,999.99", "rate", Decimal(MOST)),
        (f"stipend={MOST}", "stipend", Decimal(MOST)),
        ("share=0", "share", 0),
        ("share=100", "share", 100),
        ("share=80%25", "share", 80),
        ("hours=744", "hours", 744),
        ("hours=744&hours_per=month", "hours", 744),
        ("hours=168&hours_per=week", "hours", 168),
        ("hours=8,784&hours_per=year", "hours", 8784),
        ("weeks=1", "weeks", 1),
        ("weeks=52", "weeks", 52),
        ("weeks=", "weeks", 52),
        ("hours_per=", "hours_per", "month"),
        ("currency=inr", "currency", "INR"),
        ("currency=+eur+", "currency", "EUR"),
        ("currency=", "currency", "USD"),
        ("salary=1&salary=2", "salary", 2),
    ],
)
def test_value_is_taken(query, name, value):
    form = form_of(query)

    assert form.problems == {}
    assert getattr(form.pay, name) == value


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("salary=abc", "salary", "“abc” is no amount from 0 to 999,999,999,999.99"),
        ("salary=-0.01", "salary", "“-0.01” is no amount"),
        ("salary=1000000000000", "salary", "“1000000000000” is no amount"),
        ("rate=1000000000000", "rate", "is no amount"),
        ("stipend=NaN", "stipend", "“NaN” is no amount"),
        ("stipend=25,00", "stipend", "“25,00” is no amount"),
        ("share=100.01", "share", "“100.01” is no percentage from 0 to 100"),
        ("share=-1", "share", "is no percentage"),
        ("share=33.333", "share", "at most two decimals"),
        ("share=%25", "share", "“%” is no percentage"),
        ("hours=-1", "hours", "is no number of hours"),
        ("hours=744.01", "hours", "A month has at most 744 hours, so “744.01” was ignored."),
        ("hours=745&hours_per=", "hours", "A month has at most 744 hours"),
        ("hours=168.01&hours_per=week", "hours", "A week has at most 168 hours"),
        ("hours=8784.01&hours_per=year", "hours", "is no number of hours from 0 to 8,784"),
        ("hours_per=day", "hours_per", "“day” is no period here"),
        ("weeks=0.99", "weeks", "“0.99” is no number from 1 to 52"),
        ("weeks=52.01", "weeks", "“52.01” is no number from 1 to 52"),
        ("currency=DOLLAR", "currency", "“DOLLAR” is no ISO 4217 code such as USD"),
        ("currency=ZZZ", "currency", "“ZZZ” is no ISO 4217 code"),
        ("currency=$", "currency", "“$” is no ISO 4217 code"),
        ("currency=%00", "currency", "ignored"),
        ("salary=1%002", "salary", "“12” is no amount"),
        ("salary=" + "9" * 3500, "salary", "“" + "9" * 40 + "…” is no amount"),
    ],
)
def test_bad_value_is_named_and_ignored(query, name, said):
    form = form_of(f"{query}&stipend=700" if name != "stipend" else query)

    assert list(form.problems) == [name]
    assert said in form.problems[name]
    assert "\0" not in form.problems[name]
    assert getattr(form.pay, name) == getattr(PartTimePay(), name)
    assert name == "stipend" or form.pay.total == 700
