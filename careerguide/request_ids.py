"""An id for each request: it stands in every line that the log has of it, and in the answer."""

import re
import secrets
from contextvars import ContextVar

from django.conf import settings

HEADER = "X-Request-ID"
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{7,63}")  # nothing that could end a line or look like two columns of it

_present: ContextVar[str] = ContextVar("request id", default="-")


def present():
    """The id of the request that is being answered; a dash outside of any."""
    return _present.get()


def of(request):
    """The id that our own proxy gave the request, else a new one: anyone may send a header."""
    given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return given if PLAIN.fullmatch(given) else secrets.token_hex(16)


class RequestIdMiddleware:
    """Outermost, so that no line of a request lacks its id."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = of(request)
        token = _present.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            _present.reset(token)
        response.headers[HEADER] = request.id
        return response
