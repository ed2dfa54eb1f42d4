import json
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.http import QueryDict

from salaries.parttime import PartTimeForm, PartTimePay, Step
from salaries.parttime_views import ASSUMED, EXAMPLE, EXAMPLE_QUERY, SOURCES, WAGES

ADDRESS = "/salaries/part-time/"
MOST = "999999999999.99"


def form_of(query):
    return PartTimeForm(QueryDict(query))


def pay(**given):
    return PartTimePay(**{name: value if name in WORDS else Decimal(value) for name, value in given.items()})


WORDS = {"hours_per", "currency"}


def said(pay):
    """Formula and result of every step and check by its label, with plain spaces."""
    steps = [step for _, steps in pay.tables for step in steps]
    return {step.label: f"{step.formula} = {step.result}".replace("\N{NO-BREAK SPACE}", " ") for step in steps}


def fixture(name):
    return [row["fields"] for row in json.loads((settings.BASE_DIR / "fixtures" / name).read_text())]


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


def test_example_comes_from_the_fixtures():
    sources = {row["slug"]: row for row in fixture("sources.source.json")}
    figures = {row["slug"]: row for row in fixture("salaries.salaryfigure.json")}
    passages = {row["slug"]: row["text"] for row in fixture("careers.passage.json")}
    answers = " ".join(row["answer"] for row in fixture("careers.question.json"))
    values = {one.name: one.value for one in EXAMPLE}
    figure = figures["oews-2025-29-1229-us"]

    assert set(sources) >= SOURCES
    assert {one.source for one in EXAMPLE} - {ASSUMED} <= SOURCES
    assert (values["salary"], [WAGES], values["currency"]) == (figure["amount"], figure["source"], figure["currency"])
    assert f"${values['rate']} an hour" in passages["part-time-contracts"]
    assert "spent four to six hours a week" in answers
    assert (values["hours"], values["hours_per"]) == ("4", "week")


def test_example_is_a_whole_calculation():
    form = form_of(EXAMPLE_QUERY[1:])

    assert form.problems == {}
    assert (form.pay.total, form.pay.notes, form.pay.surplus_hours) == (269705, [], 0)  # 239,337 + 30,368


@pytest.mark.django_db
class TestPage:
    def test_empty_form_explains_and_calculates_nothing(self, client):
        content = client.get(ADDRESS).content.decode()

        assert 'id="result"' not in content
        assert "<table" not in content
        assert "notice" not in content
        assert "most posts were part-time" in content
        assert 'name="weeks" type="text" value="52"' in content
        assert 'name="currency" type="text" value="USD"' in content

    @pytest.mark.parametrize("query", ["?weeks=48&currency=EUR&hours_per=week&salary=&share=", "?salary=abc", "?x=1"])
    def test_without_numbers_there_is_no_result(self, query, client):
        response = client.get(ADDRESS + query)

        assert response.status_code == 200
        assert 'id="result"' not in response.content.decode()

    def test_result_shows_formula_and_inputs(self, client):
        content = client.get(f"{ADDRESS}?salary=250,000&share=80&hours=5&hours_per=week&rate=150&currency=eur")
        content = content.content.decode().replace("\N{NO-BREAK SPACE}", " ")

        assert "<strong>EUR 239,000</strong> a year" in content  # 200,000 + 260 x 150
        for text in ("EUR 250,000 × 80%", "5 hours × 52 weeks", "260 hours × EUR 150", "EUR 200,000 + EUR 39,000"):
            assert text in content
        assert 'value="250,000"' in content
        assert '<option value="week" selected>' in content
        assert "More than full time" not in content

    def test_more_than_full_time_is_warned_of_not_refused(self, client):
        content = client.get(f"{ADDRESS}?salary=100000&hours=10&rate=100").content.decode()

        assert "120\N{NO-BREAK SPACE}hours a year above a full-time year of 2,080\N{NO-BREAK SPACE}hours" in content
        assert "<strong>USD\N{NO-BREAK SPACE}112,000</strong>" in content

    def test_problem_stands_beside_its_field_and_the_rest_counts(self, client):
        response = client.get(f"{ADDRESS}?salary=lots&stipend=30000&hours_per=day")
        content = response.content.decode()

        assert response.status_code == 200
        assert 'value="lots"' in content
        assert re.search(r'id="salary-problem">“lots” is no amount', content)
        assert re.search(r'id="hours_per-problem">“day” is no period', content)
        assert 'id="stipend-problem"></p>' in content
        assert "<strong>USD\N{NO-BREAK SPACE}30,000</strong>" in content

    @pytest.mark.parametrize("name", PartTimeForm.base_fields)
    def test_what_was_typed_comes_back_escaped(self, name, client):
        content = client.get(ADDRESS, {name: '"><script>zq7</script>\0', "stipend": "1"} | {name: '"><b>zq7'})
        hostile = client.get(ADDRESS, {name: '"><script>zq7</script>\0'}).content.decode()

        assert "<b>zq7" not in content.content.decode()
        assert "<script>zq7" not in hostile
        assert "\0" not in hostile
        assert "&lt;script&gt;zq7" in hostile

    @pytest.mark.parametrize("query", ["", EXAMPLE_QUERY, "?salary=abc"])
    def test_one_query(self, query, client, django_assert_num_queries):
        with django_assert_num_queries(1):
            client.get(ADDRESS + query)

    def test_example_link_fills_the_form_and_names_its_sources(self, client):
        empty = client.get(ADDRESS).content.decode()
        href = re.search(r'href="([^"]+)">Fill in an example', empty)[1].replace("&amp;", "&")
        content = client.get(ADDRESS + href).content.decode()

        assert href == EXAMPLE_QUERY
        assert "<strong>USD\N{NO-BREAK SPACE}269,705</strong>" in content
        for one in EXAMPLE:
            assert f'value="{one.value}"' in content
        for slug in SOURCES:
            assert f'href="/sources/{slug}/"' in empty
        assert "BLS.gov cannot vouch" in empty

    def test_form_needs_no_script(self, client):
        content = client.get(ADDRESS + EXAMPLE_QUERY).content.decode()

        assert "<script" not in content
        assert f'action="{ADDRESS}" method="get"' in content

    def test_other_methods_are_refused(self, client):
        assert client.head(ADDRESS).status_code == 200
        assert client.post(ADDRESS).status_code == 405
