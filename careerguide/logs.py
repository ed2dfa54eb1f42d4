"""How the log stays short enough to be read, and how nobody outside writes lines of it."""

import logging
from datetime import UTC, datetime

from careerguide import request_ids
from careerguide.addresses import client_address

# Whatever could end a line or move the cursor of a terminal.
CONTROLS = {number: f"\\x{number:02x}" for number in [*range(32), *range(127, 160)]}
CONTROLS |= {0x2028: "\\u2028", 0x2029: "\\u2029"}


class LineFormatter(logging.Formatter):
    """One line a record (below it a traceback, if any), with the time in UTC as ISO 8601 writes it."""

    def formatTime(self, record, datefmt=None):
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def formatMessage(self, record):
        """Whoever forgets to write a reader's text with %r forges no second line."""
        record.message = record.message.translate(CONTROLS)
        # Django writes its line about a refused request after the last middleware: it hands over the request instead.
        record.request_id = getattr(getattr(record, "request", None), "id", None) or request_ids.present()
        return super().formatMessage(record)


def without_traceback(record):
    """Keep a record to its one line: a forged Host header is noted, not explained by a page of code."""
    record.exc_info = None
    return True


def with_account(record):
    """Say who was refused; and say nothing of a locked sign-in, of which careerguide/signin.py says more.

    While the database is away, a line for each request says so: the traceback would be the same a thousand times.
    """
    status = getattr(record, "status_code", None)
    if status == 503 and record.exc_info:
        record.msg, record.args = f"{record.getMessage()}: {last_words(record.exc_info[1])}", ()
        record.exc_info = None
    if status == 403:
        record.msg, record.args, record.exc_info = permission_denied(record.request), (), None
    return status != 429


def permission_denied(request):
    match = request.resolver_match
    # Only there an account has been looked at: a line of the log should not ask the database for one.
    name = request.user.get_username() if match and "admin" in match.app_names else ""
    return f"Permission denied: {name!r} from {client_address(request)} by {request.method} {request.path!r}"


def last_words(error):
    """The kind of an error and the first line of what it says; never a row that a statement held."""
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
