"""Whatever stands in a query string, a page answers, refuses politely, and repeats nothing unescaped."""

import csv
import re
from io import StringIO
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.parameters import ADDRESSES, CALENDAR, ECHO, PARAMETERS

pytestmark = pytest.mark.django_db

TEXTS = [
    *(quote(text) for text in ECHO),
    # what is no text: NUL, control characters, broken and overlong UTF-8, Latin-1, UTF-16, a lone surrogate
    *("%00", "a%00b", "%01%1F%7F", "%0D%0A", "%C3", "%C0%AE", "%E9", "%FF%FEa%00", "%ED%A0%80", "%EF%BB%BFa", "%"),
    # what is hard to compare: override of direction, combining marks, emoji, Turkish i, wildcards, backslashes
    *(quote(text) for text in ("\u202eabc", "a" + "\u0301" * 90, "👩🏽‍⚕️", "İı", "%", "_", "\\", "*")),
    *("a" * 100, "a" * 101, "a" * 3500),
    # SQL and templates
    *(
        quote(text)
        for text in ("' OR 1=1 --", "'; SELECT pg_sleep(5); --", "') UNION SELECT 1", "randomblob(999999999)")
    ),
    *(
        quote(text)
        for text in ("{{6007*6007}}", "{% debug %}", "%s", "{0.__class__}", "${6007*6007}", "../../etc/passwd")
    ),
]
NUMBERS = [
    *(
        "-1",
        "0",
        "%2B1",
        "1.5",
        "1,000",
        "1_000",
        "1e5",
        "1e999999",
        "1e-999999",
        "0e99999999999",
        "-1e-999999",
        "NaN",
        "sNaN",
        "-NaN",
    ),
    *("Infinity", "-Infinity", "2147483648", "9223372036854775808", "9" * 3500, "0." + "9" * 3500, "0x10", "²"),
    *(quote(text) for text in ("٣٠٠", "\uff13\uff10", "−5", "1\u00a0000")),
]
CHOICES = [
    "USD",
    "usd",
    quote("€"),
    "1",
    "-pk",
    "password",
    "?",
    "area__source__title",
    "city,-city",
    "converted",
    "printed,ppp",
    "exclude",
    "texas-us",
    "29-1214",
    "no-median",
    "delhi'",
    "DELHI",
    "cmd~",
    "cmd~abc~def",
    "medical-director.mid",
    "medical-director.license~000",
    "....",
    "00000-00000abc",
    "have",
    "hospital",
]
QUERIES = [
    *("&".join(f"k{n}={n}" for n in range(300)), "k[]=1&k[]=2", "k.x=1", "city__in=delhi", "__proto__=x", "q[$ne]=1"),
    *("q=a&q=b", "min=1&min=2&min=abc", "&&&", "===", "=", "?", "%", "q", "q&city&min", ";q=a;b=c", "constructor=x"),
]


def fine(response):
    assert response.status_code in (200, 400, 414)
    return response


@pytest.mark.parametrize("address", PARAMETERS)
@pytest.mark.parametrize("values", [TEXTS, NUMBERS, CHOICES], ids=["texts", "numbers", "choices"])
def test_value_breaks_nothing(values, address, client):
    for value in values:
        pairs = [f"{name}={value}" for name in PARAMETERS[address]]
        for query in pairs if len(value) > 500 else ["&".join(pairs)]:  # together, unless that is too long
            assert_harmless(client, f"{address}?{query}")


@pytest.mark.parametrize("address", PARAMETERS)
def test_query_breaks_nothing(address, client):
    for query in QUERIES:
        assert_harmless(client, f"{address}?{query}")


def asked(client, address):
    """The answer to an address; a plan is redirected to its canonical spelling, which stands."""
    path, _, query = address.partition("?")
    response = client.generic("GET", path, QUERY_STRING=query)
    if path == "/plan/" and response.status_code == 302:
        assert response["Location"].startswith("/plan/?"), address
        assert not response.cookies, address
        response = client.generic("GET", path, QUERY_STRING=response["Location"].partition("?")[2])
    return response if path == CALENDAR and response.status_code == 404 else fine(response)


def assert_harmless(client, address):
    response = asked(client, address)
    assert not response.cookies, address
    assert "\r" not in "".join(response.headers.values()) and "\n" not in "".join(response.headers.values())
    if response["Content-Type"].startswith("text/html"):
        content = response.content.decode()
        assert not any(text in content for text in ECHO[:4]), address
        assert not re.search(r'(?:href|src|action)="\s*javascript:', content, re.IGNORECASE), address
        assert "\0" not in content, address
        assert "36084049" not in content, address  # 6007 times itself


@pytest.mark.parametrize("address", ADDRESSES)
def test_eleven_hundred_keys_are_too_many(address, client):
    query = "&".join(f"k{number}=" for number in range(1100))

    assert client.get(f"{address}?{query}").status_code == 414


@pytest.mark.parametrize(("length", "status"), [(4096, 200), (4097, 414), (60_000, 414)])
@pytest.mark.parametrize("address", [*ADDRESSES, "/", "/admin/login/", "/healthz"])
def test_length_of_query_has_a_limit(length, status, address, client):
    response = client.get(f"{address}?k={'a' * (length - 2)}")

    assert response.status_code == status


TEXT = st.text(max_size=30) | st.sampled_from(
    ["delhi", "IN", "india", "1e-999999", "NaN", "300,000", "-median", "\0", "٣"]
)
QUERY = st.dictionaries(
    st.sampled_from(PARAMETERS["/salaries.csv"]), st.lists(TEXT, min_size=1, max_size=3), max_size=4
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=QUERY)
def test_any_query_gives_the_same_rows_everywhere(values, db):
    query, client = urlencode(values, doseq=True, errors="replace"), Client()
    table, as_csv, as_json = (
        fine(client.get(f"{path}?{query}")) for path in ("/salaries/", "/salaries.csv", "/salaries.json")
    )

    assert table.status_code == as_csv.status_code == as_json.status_code == 200
    ids = re.findall(r'<tr role="row" id="([^"]+)"', table.content.decode())
    assert [row["id"] for row in csv.DictReader(StringIO(as_csv.content.decode(), newline=""))] == ids
    assert [row["id"] for row in as_json.json()["figures"]] == ids
    assert as_json.json()["meta"]["description"].startswith(f"{len(ids)} figure")


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120))
@pytest.mark.parametrize("address", ["/careers/", "/reading/", "/search/"])
def test_any_text_is_answered(address, text, db):
    assert fine(Client().get(address, {"q": text.encode(errors="replace")}))
