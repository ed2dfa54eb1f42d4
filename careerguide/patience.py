"""How long a request waits for PostgreSQL. A server that is frozen or a network that is gone raises no error by itself:
its own statement_timeout does not fire, and TCP waits for minutes.

psycopg2 hands its waiting to a function of ours (https://www.psycopg.org/docs/advanced.html#green-support). It is
installed where pages are served; commands wait as long as it takes. COPY and large objects do not work with it.
"""

import select
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

import psycopg2
from psycopg2 import extensions

SECONDS = 6.0  # for one answer of the server; its statement_timeout is 5
EVENTS = {extensions.POLL_READ: select.POLLIN, extensions.POLL_WRITE: select.POLLOUT}

_seconds: ContextVar[float] = ContextVar("patience with the database", default=SECONDS)


def install():
    extensions.set_wait_callback(wait)


@contextmanager
def at_most(seconds):
    """Less patience for what runs inside: each answer of the server comes within these seconds, or an error."""
    token = _seconds.set(seconds)
    try:
        yield
    finally:
        _seconds.reset(token)


def wait(connection):
    """Wait until the server has answered. Raises psycopg2.OperationalError after too long; that ends the connection."""
    deadline = monotonic() + _seconds.get()
    while (state := connection.poll()) != extensions.POLL_OK:
        left = deadline - monotonic()
        if left <= 0:
            raise psycopg2.OperationalError(f"The database has not answered for {_seconds.get():g} seconds.")
        poller = select.poll()
        poller.register(connection.fileno(), EVENTS[state])
        poller.poll(left * 1000)
