"""From where a request came, as far as that can be believed."""

import ipaddress

from django.conf import settings

SUBSCRIBER = 64  # bits of an IPv6 address: the rest is the subscriber's own to choose, and to change at will


def client_address(request):
    """The address of a request's sender as an `ipaddress` object, or None if it has none that can be read.

    A sender writes X-Forwarded-For at will; only its last entry is our own proxy's, and only if there is a proxy.
    """
    connected = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        return readable(forwarded) or readable(connected)
    return readable(connected)


def readable(text):
    try:
        address = ipaddress.ip_address(text.partition("%")[0])  # fe80::1%eth0: the interface is this machine's matter
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def throttled_address(request):
    """What counts as one address when tries are counted, as text; see settings.AXES_CLIENT_IP_CALLABLE."""
    address = client_address(request)
    if address and address.version == 6:
        return str(ipaddress.ip_network((address, SUBSCRIBER), strict=False).network_address)
    return str(address) if address else None
