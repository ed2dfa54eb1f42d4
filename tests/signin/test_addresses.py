"""Which address a request came from, whoever claims what."""

import pytest
from django.test import RequestFactory

from careerguide.addresses import client_address, throttled_address

PROXY = "10.0.0.1"


def request(connected, forwarded):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=connected)


@pytest.mark.parametrize(
    ("connected", "forwarded", "directly", "behind_proxy"),
    [
        ("192.0.2.1", None, "192.0.2.1", "192.0.2.1"),
        (PROXY, "192.0.2.1", PROXY, "192.0.2.1"),
        (PROXY, "192.0.2.9, 192.0.2.1", PROXY, "192.0.2.1"),
        (PROXY, "192.0.2.9,192.0.2.1 ", PROXY, "192.0.2.1"),
        (PROXY, "192.0.2.1,", PROXY, PROXY),
        (PROXY, "unknown", PROXY, PROXY),
        (PROXY, "192.0.2.1:4711", PROXY, PROXY),
        (PROXY, "1.2.3.4'; DROP TABLE", PROXY, PROXY),
        (PROXY, "\x00", PROXY, PROXY),
        (PROXY, "", PROXY, PROXY),
        ("::ffff:192.0.2.1", None, "192.0.2.1", "192.0.2.1"),
        ("2001:DB8::1", None, "2001:db8::1", "2001:db8::1"),
        ("fe80::1%eth0", None, "fe80::1", "fe80::1"),
        ("", None, "None", "None"),
        ("", "192.0.2.1", "None", "192.0.2.1"),
    ],
)
def test_client_address(connected, forwarded, directly, behind_proxy, settings):
    for settings.BEHIND_PROXY, expected in ((False, directly), (True, behind_proxy)):
        assert str(client_address(request(connected, forwarded))) == expected


@pytest.mark.parametrize(
    ("connected", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::1", "::"),
        ("", None),
    ],
)
def test_throttled_address(connected, counted):
    assert throttled_address(request(connected, None)) == counted
