"""Tables of cases: on which side of its limit a rule speaks, and in which words. Limits are spelt out; no database."""

from datetime import date
from decimal import Decimal

import pytest

from salaries.choices import Basis, Period, Withheld
from salaries.rules import RULES, Facts
from salaries.tests.facts import TODAY, at, check, conflicting, earning, figures, of, official, priced
from sources.choices import Trust

UNLIKELY = "Another job, another pay period or a misprint could explain it; nothing proves which."
TWICE_P90 = "the highest p90 of the official classes there; the limit is 2."
HALF_P10 = "the lowest p10 of the official classes there; the limit is 2."
NOT_CORRECTED = "one of the two may be wrong; not corrected, because"
BOUND = {"withheld": Withheld.AT_LEAST, "publisher": "Bureau", "at_least": Decimal(239_200)}

# (rule, figures of which the first is judged, what the rule says of it, the day if it matters)
SPEAKS = [
    ("no-median", figures(BOUND), "No median: Bureau says only that it is at or above USD 239,200."),
    (
        "no-median",
        figures({"withheld": Withheld.NOT_RELEASED, "publisher": "Office"}),
        "No median: Office does not release it.",
    ),
    (
        "foreign-currency",
        figures({"currency": "JPY", "local_currency": "GBP"}),
        "In JPY, where pay is in GBP: the rules that compare it cannot speak.",
    ),
    (
        "ambiguous-currency",
        figures({"currency_certain": False, "as_printed": "$9", "currency": "CAD"}),
        "“$9” may mean another currency than CAD.",
    ),
    (
        "far-from-the-role",
        at(2.5001),
        "int$ 2,611,000 a year by purchasing power: 2.5 robust standard deviations above the role’s median of "
        f"int$ 200,000; the limit is 2.5. {UNLIKELY}",
    ),
    (
        "far-from-the-role",
        at(-2.698),
        "int$ 13,000 a year by purchasing power: 2.7 robust standard deviations below the role’s median of "
        f"int$ 200,000; the limit is 2.5. {UNLIKELY}",
    ),
    (
        "far-from-the-role",
        conflicting(at(2.0001), "4.01"),
        "int$ 1,562,000 a year by purchasing power: 2.0 robust standard deviations above the role’s median of "
        f"int$ 200,000; the limit is 2 for a figure that also conflicts with another in its currency. {UNLIKELY}",
    ),
    (
        "far-from-the-role",  # five figures are enough
        priced(9_000_000, 100_000, 150_000, 200_000, 300_000),
        "int$ 9,000,000 a year by purchasing power: 6.3 robust standard deviations above the role’s median of "
        f"int$ 200,000; the limit is 2.5. {UNLIKELY}",
    ),
    (
        "same-currency-conflict",
        earning(418_000, 3_900_000, currency="INR"),
        "9.3 times below the other figure in INR (Place 1), INR 3,900,000; "
        f"{NOT_CORRECTED} no second source was found.",
    ),
    (
        "same-currency-conflict",
        earning("4000.01", 1000),
        f"4.0 times above the other figure in USD (Place 1), USD 1,000; {NOT_CORRECTED} no second source was found.",
    ),
    (
        "same-currency-conflict",  # of three, the one furthest apart is named
        earning(1000, 5000, 7000),
        f"7.0 times below the Place 2 figure in USD, USD 7,000; {NOT_CORRECTED} no second source was found.",
    ),
    (
        "same-currency-conflict",
        figures({"yearly": Decimal(1000)}, {"yearly": Decimal(5000), "source": 2}, area=7, place="Town"),
        f"5.0 times below the other figure in USD (Town), USD 5,000; {NOT_CORRECTED} the sources do not settle which.",
    ),
    (
        "far-from-the-median",
        priced("500000.01", 100_000, 100_000, 200_000, 300_000),
        "int$ 500,000 a year by purchasing power is 2.5 times the role’s median of int$ 200,000.",
    ),
    (
        "far-from-the-median",
        priced("79999.99", 100_000, 200_000, 300_000, 300_000),
        "int$ 80,000 a year by purchasing power is 0.40 times the role’s median of int$ 200,000.",
    ),
    (
        "far-from-the-median",  # a value that most share leaves no spread, but is a middle
        priced(20_000, 200_000, 200_000, 200_000, 200_000),
        "int$ 20,000 a year by purchasing power is 0.10 times the role’s median of int$ 200,000.",
    ),
    (
        "beyond-the-official-band",
        [*earning("200000.01"), official(50_000, 100_000)],
        f"2.00 times the p90 of managers (11-9111) in Shire, USD 100,000 a year, {TWICE_P90}",
    ),
    (
        "beyond-the-official-band",
        [*earning("24999.99"), official(50_000, 100_000)],
        f"2.00 times below the p10 of managers (11-9111) in Shire, USD 50,000 a year, {HALF_P10}",
    ),
    (
        "beyond-the-official-band",  # the highest p90 counts
        [*earning(400_000), official(None, 100_000), official(None, 150_000, population="physicians (29-1229)")],
        f"2.67 times the p90 of physicians (29-1229) in Shire, USD 150,000 a year, {TWICE_P90}",
    ),
    (
        "beyond-the-official-band",  # the lowest p10 counts
        [*earning(10_000), official(50_000, None), official(30_000, None, population="nurses (29-1141)")],
        f"3.00 times below the p10 of nurses (29-1141) in Shire, USD 30,000 a year, {HALF_P10}",
    ),
    (
        "beyond-the-official-band",  # nothing at the place, but around it
        [*earning(300_000, surroundings=5), official(50_000, 100_000, area=5, place="Land")],
        f"3.00 times the p90 of managers (11-9111) in Land, USD 100,000 a year, {TWICE_P90}",
    ),
    ("stale", of("2024"), "As of 2024: more than 24 months old.", date(2027, 1, 1)),
    ("stale", of("2024-11"), "As of 2024-11: more than 24 months old.", date(2026, 12, 1)),
    ("stale", of("2024-11-22"), "As of 2024-11-22: more than 24 months old.", date(2026, 11, 23)),
    ("stale", of("2024-02-29"), "As of 2024-02-29: more than 24 months old.", date(2026, 3, 1)),
    ("stale", of("2024-02"), "As of 2024-02: more than 24 months old.", date(2026, 3, 1)),
    (
        "imprecise",
        figures({"wage_error": Decimal("20.01")}),
        "Relative standard error 20.01%: beyond 20% an estimate is unreliable.",
    ),
    (
        "imprecise",
        figures({"wage_error": Decimal("30.00")}),
        "Relative standard error 30%: beyond 20% an estimate is unreliable.",
    ),
    ("small-sample", figures({"sample_size": 29}), "A sample of 29; fewer than 30 people or posts say little."),
    ("small-sample", figures({"sample_size": 0}), "A sample of 0; fewer than 30 people or posts say little."),
    ("undated", of(""), "The source gives no date: nobody can tell how old the figure is."),
    (
        "period-unstated",
        figures({"period": Period.UNSTATED}),
        "No pay period is stated. Read as a year; as a month it would be twelve times as much.",
    ),
    (
        "no-origin",
        figures({"trust": Trust.UNVERIFIED, "publisher": "Somebody"}),
        "Somebody does not say where the figure comes from or how it was made.",
    ),
    ("single-source", figures({}), "We have only one source with a figure for the role here; nothing confirms it."),
    ("sample-unstated", figures({}), "Neither a sample size nor a standard error is stated."),
    ("wider-class", [official(None, None)], "Describes managers (11-9111), not this title."),
]
ONE_SOURCE = "We have only one source with a figure for the role here; nothing confirms it."
SPEAKS += [
    ("single-source", figures({}, {}, area=7), ONE_SOURCE),  # two figures of one source
    ("single-source", figures({}, {"source": 2}), ONE_SOURCE),  # another place
    ("single-source", figures({}, {"source": 2, "role": "another"}, area=7), ONE_SOURCE),
    ("single-source", figures({}, {"source": 2, "is_title": False}, area=7), ONE_SOURCE),
]

# (rule, figures of the first of which it says nothing, the day if it matters)
IS_SILENT = [
    ("no-median", figures({})),
    ("ambiguous-currency", figures({"as_printed": "$9"})),
    ("foreign-currency", figures({"currency": "GBP", "local_currency": "GBP"})),
    ("far-from-the-role", at(2.4999)),
    ("far-from-the-role", at(-2.4999)),
    ("far-from-the-role", conflicting(at(1.9999), 5)),
    ("far-from-the-role", conflicting(at(2.4999), 4)),  # four times is no conflict yet
    ("far-from-the-role", priced(9_000_000, 150_000, 200_000, 300_000)),  # four figures have no middle
    ("far-from-the-role", [*priced(9_000_000, 150_000, 200_000, 300_000), Facts(key=9)]),  # the fifth has no value
    ("far-from-the-role", [*priced(9_000_000, 100_000, 150_000, 200_000), Facts(8, role="b", ppp=Decimal(300_000))]),
    ("far-from-the-role", [*priced(9_000_000, 100_000, 150_000, 200_000), official(1, 2, ppp=Decimal(300_000))]),
    ("far-from-the-role", priced(9_000_000, 100_000, 150_000, 200_000, 300_000, role="another")),
    ("far-from-the-role", priced(9_000_000, 100_000, 150_000, 200_000, 300_000, 200_000, is_title=False)),
    ("far-from-the-role", priced(9_000_000, 100_000, 150_000, 200_000, 300_000, 200_000, ppp=None)),
    ("far-from-the-role", priced(9_000_000, 200_000, 200_000, 200_000, 200_000)),  # no spread to measure by
    ("far-from-the-role", priced(200_000, 200_000, 200_000, 200_000, 200_000)),
    ("same-currency-conflict", earning(4000, 1000)),
    ("same-currency-conflict", earning(1000, 4000)),
    ("same-currency-conflict", earning(9000)),
    ("same-currency-conflict", figures({"yearly": Decimal(9000)}, {"yearly": Decimal(1), "role": "another"})),
    ("same-currency-conflict", figures({"yearly": Decimal(9000)}, {"yearly": Decimal(1), "country": "YY"})),
    ("same-currency-conflict", figures({"yearly": Decimal(9000)}, {"yearly": Decimal(1), "currency": "CAD"})),
    ("same-currency-conflict", figures({"yearly": Decimal(9000)}, {"yearly": Decimal(1), "is_title": False})),
    ("same-currency-conflict", earning(9000, 1, is_title=False)),
    ("same-currency-conflict", figures({"yearly": Decimal(9000)}, {"withheld": Withheld.NOT_RELEASED})),
    ("same-currency-conflict", figures({"withheld": Withheld.NOT_RELEASED}, {"yearly": Decimal(9000)})),
    ("far-from-the-median", priced("499999.99", 100_000, 100_000, 200_000, 300_000)),
    ("far-from-the-median", priced("80000.01", 100_000, 200_000, 300_000, 300_000)),
    ("far-from-the-median", priced(9_000_000, 150_000, 200_000, 300_000)),
    ("far-from-the-median", priced(9_000_000, 100_000, 150_000, 200_000, 300_000, 200_000, ppp=None)),
    ("far-from-the-median", priced(9_000_000, 100_000, 150_000, 200_000, 300_000, 200_000, is_title=False)),
    ("beyond-the-official-band", [*earning(200_000), official(50_000, 100_000)]),
    ("beyond-the-official-band", [*earning(25_000), official(50_000, 100_000)]),
    ("beyond-the-official-band", earning(900_000)),
    ("beyond-the-official-band", [*earning(900_000), official(None, None)]),
    ("beyond-the-official-band", [*earning(900_000), official(50_000, None)]),
    ("beyond-the-official-band", [*earning(1), official(None, 100_000)]),
    ("beyond-the-official-band", [*earning(900_000), official(50_000, 100_000, currency="CAD")]),
    ("beyond-the-official-band", [*earning(900_000), official(50_000, 100_000, area=5)]),  # neither there nor around
    ("beyond-the-official-band", [*earning(900_000), official(50_000, 100_000, basis=Basis.SURVEY)]),
    ("beyond-the-official-band", [*earning(900_000), official(50_000, 100_000, is_title=True)]),
    ("beyond-the-official-band", [*earning(900_000, is_title=False), official(50_000, 100_000)]),
    ("beyond-the-official-band", [*figures({"withheld": Withheld.NOT_RELEASED}), official(50_000, 100_000)]),
    (
        "beyond-the-official-band",  # the place itself goes before what is around it
        [*earning(300_000, surroundings=5), official(50_000, 150_000), official(50_000, 100_000, area=5)],
    ),
    ("stale", of("2024"), date(2026, 12, 31)),
    ("stale", of("2024-11"), date(2026, 11, 30)),
    ("stale", of("2024-11-22"), date(2026, 11, 22)),
    ("stale", of("2024-02-29"), date(2026, 2, 28)),
    ("stale", of("2024-02"), date(2026, 2, 28)),
    ("stale", of(""), date(9000, 1, 1)),
    ("stale", of("2027"), TODAY),
    ("imprecise", figures({"wage_error": Decimal(20)})),
    ("imprecise", figures({})),
    ("small-sample", figures({"sample_size": 30})),
    ("small-sample", figures({})),
    ("undated", of("2020")),
    *(("period-unstated", figures({"period": period})) for period in (Period.YEAR, Period.MONTH, Period.HOUR)),
    *(("no-origin", figures({"trust": trust})) for trust in (Trust.PRIMARY, Trust.SECONDARY)),
    ("single-source", figures({}, {"source": 2}, area=7)),
    ("single-source", [official(1, 2)]),
    ("sample-unstated", figures({"sample_size": 0})),
    ("sample-unstated", figures({"wage_error": Decimal(0)})),
    ("sample-unstated", figures({"withheld": Withheld.NOT_RELEASED})),
    ("sample-unstated", figures(BOUND)),
    ("wider-class", figures({})),
]


@pytest.mark.parametrize("case", SPEAKS, ids=lambda case: case[0])
def test_rule_speaks(case):
    name, found, sentence, *today = case

    assert check(name, found, *today).replace("\N{NO-BREAK SPACE}", " ") == sentence


@pytest.mark.parametrize("case", IS_SILENT, ids=lambda case: case[0])
def test_rule_is_silent(case):
    assert check(*case) is None


@pytest.mark.parametrize("table", [SPEAKS, IS_SILENT], ids=["speaks", "is silent"])
def test_tables_cover_every_rule(table):
    assert {case[0] for case in table} == set(RULES)
