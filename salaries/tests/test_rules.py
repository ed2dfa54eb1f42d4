"""Tables of cases: on which side of its limit a rule speaks, and in which words. Limits are spelt out; no database."""

import inspect
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from salaries import rules
from salaries.choices import Basis, Period, Withheld
from salaries.rules import RULES, Facts, Peers, end_of, findings_of, months_later
from sources.choices import Severity, Trust

TODAY = date(2026, 11, 22)
CITIES = (
    *("Austin", "Beijing", "Bengaluru", "Berlin", "Delhi", "London", "New York", "Paris", "San Francisco"),
    *("Seattle", "Shanghai", "Shenzhen", "Singapore", "Tel Aviv", "Toronto"),
)


def figures(*changes, **shared):
    """Figures that no statistical rule compares unless asked to: each in a place of its own, without a value."""
    return [Facts(**{"key": n, "area": n, "place": f"Place {n}"} | shared | one) for n, one in enumerate(changes)]


def priced(*values, **first):
    """Figures of one role with these purchasing-power values; further facts are of the first."""
    one, *others = figures(*({"ppp": Decimal(value)} for value in values))
    return [replace(one, **first), *others]


def at(z):
    """Seven figures, of which the first lies `z` robust standard deviations from the median of int$ 200,000.

    The six others lie at most one doubling from it, so that the median distance from the median is one doubling.
    """
    up = 1 if z > 0 else -1
    doublings = [z / 0.6745, 0, up, up, -up, -up, -up]
    return priced(*(200_000 * 2**times for times in doublings))


def conflicting(found, times):
    """The same figures; the first holds `times` the amount of the second, in one country and currency."""
    one, other, *rest = found
    return [replace(one, yearly=Decimal(times) * 1000), replace(other, yearly=Decimal(1000)), *rest]


def earning(*amounts, **shared):
    return figures(*({"yearly": Decimal(amount)} for amount in amounts), **shared)


def official(p10, p90, **facts):
    """An official figure of a wider class in area 0, where the judged figure is."""
    values = {"key": 99, "place": "Shire", "population": "managers (11-9111)", "is_title": False}
    percentiles = {name: value and Decimal(value) for name, value in (("p10", p10), ("p90", p90))}
    return Facts(**values | percentiles | {"basis": Basis.OFFICIAL} | facts)


def of(as_of):
    return figures({"as_of": as_of})


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


def check(name, found, today=TODAY):
    return RULES[name].check(found[0], Peers(found, today))


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


def test_order_of_figures_changes_nothing():
    """A conflict with two figures equally far apart names the same one whichever comes first."""
    found = earning(1000, 7000, 7000)
    sentences = {RULES["same-currency-conflict"].check(found[0], Peers(some, TODAY)) for some in (found, found[::-1])}

    assert len(sentences) == 1


def test_amounts_keep_their_code_on_the_line():
    assert "USD\N{NO-BREAK SPACE}1,000" in check("same-currency-conflict", earning(9000, 1000))


def test_rules_have_names_of_their_own():
    assert [rule.name for rule in RULES.values()] == list(RULES)
    assert len({rule.title.lower() for rule in RULES.values()}) == len(RULES)
    assert len({rule.says for rule in RULES.values()}) == len(RULES)
    assert max(map(len, RULES)) <= 40  # the length of the column
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in RULES)


def test_rules_are_declared_from_the_worst():
    severities = [rule.severity for rule in RULES.values()]

    assert severities == [Severity.EXCLUDE] * 3 + [Severity.DOUBT] * 7 + [Severity.NOTE] * 6
    assert {name for name, rule in RULES.items() if rule.severity == Severity.NOTE} == {
        *("undated", "period-unstated", "no-origin", "single-source", "sample-unstated", "wider-class")
    }


@pytest.mark.parametrize("city", CITIES)
def test_no_rule_knows_a_city(city):
    source = "\n".join([inspect.getsource(rules), *(f"{rule.title} {rule.says}" for rule in RULES.values())])

    assert not re.search(rf"\b{city.replace(' ', '[ _-]?')}\b", source, re.IGNORECASE)


@pytest.mark.parametrize(
    ("partial", "end"),
    [
        ("2024", (2024, 12, 31)),
        ("2024-11", (2024, 11, 31)),
        ("2024-02-29", (2024, 2, 29)),
        ("0000", (0, 12, 31)),
        ("9999-12-31", (9999, 12, 31)),
    ],
)
def test_partial_date_lasts_to_its_end(partial, end):
    assert end_of(partial) == end


@pytest.mark.parametrize(
    ("end", "months", "later"),
    [
        ((2024, 12, 31), 24, (2026, 12, 31)),
        ((2024, 12, 31), 1, (2025, 1, 31)),
        ((2024, 2, 29), 24, (2026, 2, 29)),
        ((9999, 12, 31), 24, (10001, 12, 31)),
    ],
)
def test_months_later(end, months, later):
    assert months_later(end, months) == later


MONEY = st.decimals("0.01", "2e15", places=2)
AS_OF = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat)


@st.composite
def anything(draw):
    """Facts of one figure as the constraints of the database let it be, of few roles and places, so that they meet."""
    some = {name: draw(st.none() | MONEY) for name in ("p10", "p90")}
    withheld = draw(st.sampled_from(["", "", *Withheld.values]))
    if withheld:
        some |= {"withheld": withheld, "at_least": draw(MONEY) if withheld == Withheld.AT_LEAST else None}
    else:
        some |= {"yearly": draw(MONEY), "ppp": draw(st.none() | MONEY)}
    return Facts(
        key=0,
        country=draw(st.sampled_from("XY")),
        area=draw(st.integers(0, 2)),
        surroundings=draw(st.none() | st.integers(0, 2)),
        role=draw(st.sampled_from("ab")),
        is_title=draw(st.booleans()),
        currency=draw(st.sampled_from(["USD", "INR"])),
        currency_certain=draw(st.booleans()),
        as_printed="$9",
        period=draw(st.sampled_from(Period.values)),
        as_of=draw(st.just("") | st.builds(lambda day, length: day[:length], AS_OF, st.sampled_from([4, 7, 10]))),
        basis=draw(st.sampled_from(Basis.values)),
        source=draw(st.integers(0, 1)),
        trust=draw(st.sampled_from(Trust.values)),
        sample_size=draw(st.none() | st.integers(0, 2**31)),
        wage_error=draw(st.none() | st.decimals(0, 1000, places=2)),
        **some,
    )


TABLES = st.lists(anything(), min_size=1, max_size=8).map(
    lambda found: [replace(one, key=key) for key, one in enumerate(found)]
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(found=TABLES, today=st.dates())
def test_findings_of_any_figure_are_sentences_in_declared_order(found, today):
    declared, peers = list(RULES.values()), Peers(found, today)
    for one in found:
        findings = findings_of(one, peers)
        places = [declared.index(rule) for rule, _ in findings]

        assert places == sorted(set(places))
        assert all(re.fullmatch(r"\S(.|\n)*\.", sentence) for _, sentence in findings)
        assert not any(word in sentence for _, sentence in findings for word in ("None", "NaN", "Infinity"))


def scaled(one, times):
    amounts = ("yearly", "ppp", "p10", "p90", "at_least")
    return replace(one, **{name: value and value * times for name in amounts for value in [getattr(one, name)]})


def near_a_limit(one, peers):
    """Whether the last digits of a logarithm might decide."""
    middle, z = peers.middle(one), peers.robust_z(one)
    ratios = [float(one.ppp / middle) / limit for limit in (2.5, 0.4)] if middle else []
    ratios += [abs(z) / limit for limit in (2.0, 2.5)] if z is not None else []
    return any(abs(ratio - 1) < 1e-4 for ratio in ratios)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    values=st.lists(st.integers(1, 2_000_000), min_size=1, max_size=9),
    table=TABLES,
    times=st.sampled_from([Decimal("0.01"), Decimal("0.7"), Decimal(3), Decimal(12), Decimal("1e4")]),
)
def test_units_of_money_change_no_verdict(values, table, times):
    """Ten times every amount leaves scores, ratios and the rules that speak as they are."""
    beside = [replace(one, key=100 + one.key, ppp=None) for one in table]
    before = [*figures(*({"ppp": Decimal(n), "yearly": Decimal(n), "area": 0} for n in values), role="a"), *beside]
    after = [scaled(one, times) for one in before]
    old, new = Peers(before, TODAY), Peers(after, TODAY)
    assume(not any(near_a_limit(one, old) for one in before))

    for one, other in zip(before, after, strict=True):
        z = old.robust_z(one)
        assert new.robust_z(other) == (None if z is None else pytest.approx(z, rel=1e-5, abs=1e-7))
        assert [rule.name for rule, _ in findings_of(other, new)] == [rule.name for rule, _ in findings_of(one, old)]
        rival = old.conflict(one)
        assert rival is None or rules.apart(other, new.conflict(other)) == rules.apart(one, rival)
        if old.middle(one):
            assert float(other.ppp / new.middle(other)) == pytest.approx(float(one.ppp / old.middle(one)))
