"""Each request has an id: in the answer, and in every line that the log has of it."""

import io
import logging
import re

import pytest

from careerguide import request_ids
from careerguide.logs import LineFormatter

GIVEN = "4f8a1c0e9b7d4e21a6c35f0d8e92b714"


@pytest.fixture
def lines(settings):
    """A function that returns what the log has got since, in the form of the settings."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(LineFormatter(settings.LOGGING["formatters"]["line"]["format"], style="{"))
    logging.getLogger("django").addHandler(handler)
    yield lambda: handler.stream.getvalue().splitlines()
    logging.getLogger("django").removeHandler(handler)


@pytest.mark.parametrize("address", ["/healthz", "/nothing/", "/method/", "/admin/login/", "/salaries.csv"])
def test_answer_carries_an_id_of_its_own(address, client, db):
    first, second = (client.get(address)["X-Request-ID"] for _ in range(2))

    assert re.fullmatch("[0-9a-f]{32}", first)
    assert first != second


def test_refusal_at_the_edge_carries_an_id(client):
    assert client.generic("TRACE", "/")["X-Request-ID"]


def test_line_of_the_log_carries_the_id_of_its_answer(client, db, lines):
    ids = [client.get(f"/nothing/{number}/")["X-Request-ID"] for number in range(2)]

    assert [line.split(" ", 1)[1] for line in lines()] == [
        f"WARNING django.request {ids[number]} Not Found: /nothing/{number}/" for number in range(2)
    ]
    assert request_ids.present() == "-"


def test_id_ends_with_its_request_though_it_fails(rf):
    def fails(request):
        raise ZeroDivisionError(request_ids.present())

    with pytest.raises(ZeroDivisionError, match="[0-9a-f]{32}"):
        request_ids.RequestIdMiddleware(fails)(rf.get("/"))

    assert request_ids.present() == "-"


@pytest.mark.parametrize(
    ("behind_proxy", "given", "taken"),
    [
        (True, GIVEN, True),
        (True, "0b1c2d3e-4f50-4a6b", True),
        (False, GIVEN, False),
        (True, "short", False),
        (True, "a" * 65, False),
        (True, "two words of it", False),
        (True, "12345678\r\nINFO", False),
        (True, "12345678\x1b[2K", False),
        (True, "１２３４５６７８９０", False),
        (True, "", False),
    ],
)
def test_id_is_taken_from_our_proxy_alone_and_only_if_plain(behind_proxy, given, taken, rf, settings):
    settings.BEHIND_PROXY = behind_proxy
    request = rf.get("/", HTTP_X_REQUEST_ID=given)

    assert (request_ids.of(request) == given) is taken
