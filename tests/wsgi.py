"""A request to a WSGI application in this process, with nothing of a test client around it."""

import io
import sys

ENVIRON = {"REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http"}
ENVIRON |= {"HTTP_HOST": "127.0.0.1", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1"}


def get(application, address):
    """(status line, body) of a page, as the application sends it to somebody who takes no packed pages."""
    path, _, query = address.partition("?")
    environ = ENVIRON | {"PATH_INFO": path, "QUERY_STRING": query}
    environ |= {"wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr}
    said = []
    parts = application(environ, lambda status, headers, exc_info=None: said.append(status))
    try:
        return said[0] if said else "", b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
