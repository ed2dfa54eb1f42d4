"""Tables of cases: what a query string shows, and what it names as wrong."""

import pytest

from salaries.filters import ORDERINGS
from salaries.tests.queries import asked

pytestmark = pytest.mark.django_db

ALL = (
    "austin beijing bengaluru berlin delhi london new-york paris san-francisco seattle shanghai shenzhen singapore "
    "tel-aviv toronto"
)
AMOUNT = "This is no amount such as 300000 or 300,000, so it was ignored."


def shown(filterset):
    """The slugs of the cities, in order, with spaces between them."""
    return " ".join(figure.area.slug for figure in filterset.figures)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ALL),
        ("city=bengaluru", "bengaluru"),
        ("city=delhi&city=london", "delhi london"),
        ("city=london&city=delhi&city=london", "delhi london"),
        ("city=", ALL),
        ("q=bangalore", "bengaluru"),
        ("q=BANGALORE", "bengaluru"),
        ("q=bengalaru", "bengaluru"),
        ("q=+bangalore+", "bengaluru"),
        ("q=peking", "beijing"),
        ('q="new york"', ""),
        ("q=new+york", "new-york"),
        ("q=York+NEW", "new-york"),
        ("q=nyc", "new-york"),
        ("q=new", "delhi new-york"),
        ("q=india", "bengaluru delhi"),
        ("q=UK", "london"),
        ("q=GB", "london"),
        ("q=USA", "austin new-york san-francisco seattle"),
        ("q=us", "austin new-york san-francisco seattle"),
        ("q=usa+new", "new-york"),
        ("q=上海", "shanghai"),
        ("q=%25", ""),
        ("q=_", ""),
        ("q=nowhere", ""),
        ("q=", ALL),
        ("q=+", ALL),
        ("country=IN", "bengaluru delhi"),
        ("country=IN&country=GB", "bengaluru delhi london"),
        ("country=IN&city=delhi", "delhi"),
        ("kind=city", ALL),
        ("kind=state", ""),
        ("country=IN&city=london", ""),
        ("country=US&q=san", "san-francisco"),
        ("min=428000", "beijing delhi seattle singapore"),
        ("min=428000.01", "beijing delhi singapore"),
        ("min=427999.99", "beijing delhi seattle singapore"),
        ("max=141000", "shanghai tel-aviv"),
        ("max=140999.99", "tel-aviv"),
        ("max=86000", "tel-aviv"),
        ("max=85999.99", ""),
        ("max=0", ""),
        ("min=0", ALL),
        ("min=300000&max=300000", "london"),
        ("min=300,000&max=350,000", "london san-francisco"),
        ("min=+300000+&max=3.5e5", "london san-francisco"),
        ("min=999999999999.99", ""),
        ("min=3e5&max=3E%2B5", "london"),
        ("career=medical-director", ALL),
        ("population=title", ALL),
        ("basis=printed", ALL),
        ("page=7&csrf=1&city__in=delhi&__proto__=x&k[]=1", ALL),
    ],
)
def test_query_shows(query, slugs):
    filterset = asked(query)

    assert filterset.problems == {}
    assert shown(filterset) == slugs


@pytest.mark.parametrize(
    ("ordering", "slugs"),
    [
        ("city", ALL),
        ("-city", " ".join(reversed(ALL.split()))),
        (
            "country",
            "toronto beijing shanghai shenzhen paris berlin bengaluru delhi tel-aviv singapore london austin new-york "
            "san-francisco seattle",
        ),
        (
            "-country",
            "austin new-york san-francisco seattle london singapore tel-aviv bengaluru delhi berlin paris beijing "
            "shanghai shenzhen toronto",
        ),
        (
            "median",
            "shenzhen beijing paris berlin london delhi singapore san-francisco new-york austin seattle "
            "bengaluru shanghai tel-aviv toronto",
        ),
        (
            "-median",
            "beijing shenzhen berlin paris london delhi singapore seattle austin new-york san-francisco "
            "bengaluru shanghai tel-aviv toronto",
        ),
        ("as_of", ALL),
        ("-as_of", ALL),
    ],
)
def test_ordering_shows(ordering, slugs):
    assert shown(asked(f"ordering={ordering}")) == slugs


def test_orderings_are_all_in_the_table():
    table = next(mark for mark in test_ordering_shows.pytestmark if mark.name == "parametrize").args[1]

    assert {ordering for ordering, _ in table} == {value for value, _ in ORDERINGS}


@pytest.mark.parametrize(
    ("query", "slugs", "problems"),
    [
        ("city=nowhere", ALL, {"city": "“nowhere”: no city or area with figures here, so ignored."}),
        ("city=Delhi", ALL, {"city": "“Delhi”: no city or area with figures here, so ignored."}),
        ("city=delhi&city=nowhere", "delhi", {"city": "“nowhere”: no city or area with figures here, so ignored."}),
        ("country=in", ALL, {"country": "“in”: no country with figures here, so ignored."}),
        ("country=IT&city=delhi", "delhi", {"country": "“IT”: no country with figures here, so ignored."}),
        ("currency=XAU", ALL, {"currency": "“XAU” is no currency with an exchange rate here, so it was ignored."}),
        ("kind=village", ALL, {"kind": "“village” is no kind of place here, so it was ignored."}),
        ("career=coroner", ALL, {"career": "“coroner” is no career with figures here, so it was ignored."}),
        (
            "career=chief-medical-officer&city=delhi",
            "delhi",
            {"career": "“chief-medical-officer” is no career with figures here, so it was ignored."},
        ),
        ("population=11-9999", ALL, {"population": "“11-9999”: no population with figures here, so ignored."}),
        ("basis=monthly", ALL, {"basis": "“monthly” is no way to show figures here, so it was ignored."}),
        ("ordering=-pk", ALL, {"ordering": "“-pk” is no order here, so it was ignored."}),
        ("ordering=password", ALL, {"ordering": "“password” is no order here, so it was ignored."}),
        ("ordering=?&city=delhi", "delhi", {"ordering": "“?” is no order here, so it was ignored."}),
        ("ordering=city__source", ALL, {"ordering": "“city__source” is no order here, so it was ignored."}),
        (
            "min=400000&max=300000&country=IN",
            "bengaluru delhi",
            {"max": "The highest amount is below the lowest, so both were ignored."},
        ),
        (
            f"q={'a' * 101}&city=delhi",
            "delhi",
            {"q": "The search is longer than 100 characters, so it was ignored. Use fewer words."},
        ),
        (
            "q=a%00b&city=delhi",
            "delhi",
            {"q": "The search contains a character that no text has, so it was ignored."},
        ),
    ],
)
def test_wrong_value_is_named_and_ignored(query, slugs, problems):
    filterset = asked(query)

    assert filterset.problems == problems
    assert shown(filterset) == slugs


@pytest.mark.parametrize(
    "value",
    ["abc", "1e-999999", "1e999999", "NaN", "sNaN", "Infinity", "-Infinity", "-1", "-0.01", "1,00", "300,00"]
    + ["1.001", "1000000000000", "9" * 3000, "0x10", "²", "−5", "$300000", "300 000", "1%00", "1e"],
)
@pytest.mark.parametrize("name", ["min", "max"])
def test_wrong_amount_is_named_and_ignored(name, value):
    filterset = asked(f"{name}={value}&country=IN")

    assert filterset.problems == {name: AMOUNT}
    assert shown(filterset) == "bengaluru delhi"
    assert name not in filterset.active


def test_amount_of_five_thousand_digits_is_named_and_ignored():
    """Python refuses to read whole numbers of more than 4,300 digits; the address limit is not what saves us."""
    assert asked(f"min={'9' * 5000}").problems == {"min": AMOUNT}


@pytest.mark.parametrize("digits", ["٣٠٠٠٠٠", "\uff13\uff10\uff10\uff10\uff10\uff10", "300_000"])
def test_amount_in_other_writing_is_read(digits):
    assert shown(asked(f"min={digits}&max={digits}")) == "london"


def test_text_of_hundred_characters_is_searched():
    assert asked(f"q={'a' * 100}").problems == {}
