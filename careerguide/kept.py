"""What depends on the content alone, worked out once for each of its revisions and kept in the process's memory."""

from functools import wraps
from threading import Lock

from django.db import connection

from careerguide import revision


def kept_by_revision(most=1):
    """Keep what a function returns, for `most` different arguments, until the content changes.

    A transaction sees what others do not see yet, and may be undone: nothing is kept of it, and nothing kept is used.
    What is kept is shared by requests, so nobody may change it.
    """

    def decorator(make):
        kept, lock = {}, Lock()

        @wraps(make)
        def current(*args):
            if connection.in_atomic_block:
                return make(*args)
            number = revision.current()
            with lock:
                then, value = kept.get(args, (None, None))
            if then == number:
                return value
            value = make(*args)
            with lock:
                kept.pop(args, None)
                while len(kept) >= most:
                    del kept[next(iter(kept))]
                kept[args] = number, value
            return value  # not what is kept now: a slower thread may have put there what it made of an older revision

        return current

    return decorator
