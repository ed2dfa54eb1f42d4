"""What holds of every rule, whatever the figures; no database."""

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
from salaries.tests.facts import TODAY, check, earning, figures
from sources.choices import Severity, Trust

CITIES = (
    *("Austin", "Beijing", "Bengaluru", "Berlin", "Delhi", "London", "New York", "Paris", "San Francisco"),
    *("Seattle", "Shanghai", "Shenzhen", "Singapore", "Tel Aviv", "Toronto"),
)


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
