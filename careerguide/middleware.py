"""The outermost layer: refuse what no page of ours asks for, and add the headers that are the same everywhere."""

import re

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed

QUERY_LIMIT = 4096  # bytes; the longest useful query of ours stays far below
READING = ["GET", "HEAD", "OPTIONS"]
WRITING_PREFIX = "/admin/"  # Only editors send bodies; a body sent anywhere else would hold a thread for nothing.
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}


class EdgeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.refusal(request)
        if response:
            response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        else:
            response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def refusal(self, request):
        """The answer to a request that goes no further, or None. Reads nothing of the body."""
        methods = [*READING, "POST"] if request.path.startswith(WRITING_PREFIX) else READING
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        if len(request.META.get("QUERY_STRING", "")) > QUERY_LIMIT:
            return plain(414, "This address is too long: shorten the query.")
        if not bounded(request.META.get("CONTENT_LENGTH") or "0"):
            return plain(413, f"Send at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes.")
        return None


def bounded(length):
    """Whether a Content-Length is a number within what an editor may send."""
    return re.fullmatch("[0-9]{1,12}", length) and int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def plain(status, text):
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
