"""Tables of cases: what a filtered view says of itself, by its sentence, its chips and its canonical address."""

import re

import pytest

from salaries.tests.queries import asked

pytestmark = pytest.mark.django_db

DEFAULTS = "career=medical-director&population=title&basis=printed&ordering=city"
END = ", shown as printed, sorted by city, A to Z."


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", f"15 figures for medical director{END}"),
        ("city=delhi", f"1 figure for medical director in Delhi{END}"),
        ("kind=city", f"15 figures for medical director, kind of place: city{END}"),
        ("city=delhi&city=nowhere", f"1 figure for medical director in Delhi{END}"),
        ("city=delhi&city=london", f"2 figures for medical director in Delhi and London{END}"),
        ("country=IN", f"2 figures for medical director in India{END}"),
        ("country=IN&country=GB", f"3 figures for medical director in India and United Kingdom{END}"),
        ("city=delhi&country=IN", f"1 figure for medical director in Delhi, within India{END}"),
        ("country=IN&city=london", f"0 figures for medical director in London, within India{END}"),
        (
            "city=delhi&city=paris&country=IN&country=GB",
            f"1 figure for medical director in Delhi and Paris, within India and United Kingdom{END}",
        ),
        ("min=3e5", "10 figures for medical director, printed amount at least 300,000 in any currency"),
        ("max=8.6E%2B4", "1 figure for medical director, printed amount at most 86,000 in any currency"),
        ("career=coroner&population=x&basis=x&currency=XAU", f"15 figures for medical director{END}"),
        ("city=delhi&city=london&city=paris", f"3 figures for medical director in Delhi, London and Paris{END}"),
        ("q=bangalore", f"1 figure for medical director matching “bangalore”{END}"),
        ("min=300000&max=300000", "1 figure for medical director, printed amount at least 300,000 and at most 300,000"),
        ("max=0", "0 figures for medical director, printed amount at most 0 in any currency"),
        ("min=abc", f"15 figures for medical director{END}"),
        ("ordering=-median", "15 figures for medical director, shown as printed, sorted by median, highest first"),
    ],
)
def test_sentence(query, sentence):
    filterset = asked(query)

    assert filterset.sentence(len(filterset.figures)).startswith(sentence)


@pytest.mark.parametrize(
    ("query", "chips"),
    [
        ("", []),
        ("ordering=-city", []),
        ("currency=EUR", []),
        ("city=delhi", [("City: Delhi", "?")]),
        (
            "city=delhi&city=london&ordering=-city",
            [("City: Delhi", "?city=london&ordering=-city"), ("City: London", "?city=delhi&ordering=-city")],
        ),
        ("city=delhi&city=nowhere", [("City: Delhi", "?")]),
        (
            "min=1&country=IN&q=a+%26+b",
            [
                ("Search: a & b", "?country=IN&min=1"),
                ("Country: India", "?q=a+%26+b&min=1"),
                ("At least: 1", "?q=a+%26+b&country=IN"),
            ],
        ),
        ("min=3e5", [("At least: 300,000", "?")]),
        ("max=300,000.50", [("At most: 300,000.50", "?")]),
        ("career=medical-director&population=title&basis=printed&ordering=city", []),
        ("career=coroner&population=x&basis=x", []),
        ("min=abc&unknown=1", []),
    ],
)
def test_chips(query, chips):
    assert [(chip.label, chip.href) for chip in asked(query).chips] == chips


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("page=2&unknown=1&city=nowhere", ""),
        ("ordering=-city&city=delhi&q=india", "?q=india&city=delhi&ordering=-city"),
        ("q=+india+", "?q=india"),
        ("min=3e5&max=3.5E%2B5", "?min=300000&max=350000"),
        (DEFAULTS, ""),
        (f"{DEFAULTS}&city=delhi", "?city=delhi"),
    ],
)
def test_canonical_query(query, canonical):
    assert asked(query).query() == canonical


@pytest.mark.parametrize("default", DEFAULTS.split("&"))
def test_default_counts_as_absent(default):
    name = default.partition("=")[0]
    filterset = asked(f"{default}&city=delhi")

    assert name in filterset.filters
    assert filterset.problems == {}
    assert filterset.active == {"city": ["delhi"]}


def test_other_order_than_the_default_is_active():
    assert asked("ordering=-city").active == {"ordering": "-city"}


@pytest.mark.parametrize("query", ["", "?city=delhi", "?q=india", "?min=400000", "?country=IN&city=london", "?min=abc"])
def test_sentence_counts_the_rows_of_the_page(query, client):
    response = client.get(f"/salaries/{query}")

    rows = re.findall(r'<tr role="row" id="', response.content.decode())
    assert response.context["sentence"].startswith(f"{len(rows)} figure")
    assert response.context["sentence"] in response.content.decode()
