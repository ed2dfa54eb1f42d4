"""The WSGI application around Django's: answers from copies where it can, and lets Django write them.

A copy is fresh while its token is the present one: the code that runs, the content's revision, and the day (pages
say how old things are). A copy that is not fresh is renewed beside the request; the reader gets it only in the
second after a change, or if Django fails, or if the database does not answer. Errors are never kept, and what was
withdrawn does not come back.
"""

import hashlib
import os
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from threading import BoundedSemaphore, Lock

from careerguide.kept_pages.asking import asked
from careerguide.kept_pages.copies import Copy, vary_of
from careerguide.kept_pages.declaring import KEEP, LIFE
from careerguide.kept_pages.renewing import Beside, Question, Watch, rendered
from careerguide.kept_pages.storing import LARGEST, Folder, Memory
from careerguide.kept_pages.withdrawals import Withdrawals

GRACE = 1.0  # seconds after a change in which readers get the copy of before, while the new one is made
PATIENCE = 1.0  # seconds that a reader waits for a new copy where there is an old one
LIMIT = 10.0  # ... and where there is none
ROOM = 5.0  # seconds that a request waits until Django has room for it
NEVER_WAITS = ("/healthz", "/readyz")  # who asks for these wants to know just this
NAME = "career-guide"  # in Cache-Status
STALE = "hit; fwd=stale; detail=no-new-copy"


class KeptPages:
    """`threads` is the number of requests that the server hands over at once; one of them is never left to Django."""

    def __init__(self, application, folder: Path, threads=4, watch=None):
        self.application = application
        self.memory, self.folder = Memory(), Folder(folder)
        self.withdrawals = Withdrawals(folder, self.forget)
        self.watch = watch or Watch(Question(self.withdrawals))
        self.beside = Beside(max(1, threads // 2))
        self.room = BoundedSemaphore(max(1, threads - 1))
        self.renewals, self.lock = {}, Lock()
        self.build = build()

    def __call__(self, environ, start_response):
        page = asked(environ)
        if page is None:
            return self.by_django(environ, start_response)
        key = page.key
        token = self.token(self.watch.look())
        copy = self.memory.get(key)
        if copy and copy.token == token and not self.watch.blind:
            return answer(copy, environ, start_response, "hit")
        return self.not_at_hand(page, key, token, copy, environ, start_response)

    def token(self, number):
        return f"{self.build}.{number}.{datetime.now(UTC):%Y%m%d}"

    def not_at_hand(self, page, key, token, copy, environ, start_response):
        """Where memory has no fresh copy that the database vouches for: look on disk, then ask Django."""
        if copy is None or copy.token != token:
            copy = self.from_disk(key, token, copy)
        if (copy is None or copy.token != token) and self.withdrawals.cover(page.path):
            return self.withdrawn(page, key, token, environ, start_response)
        if copy and self.watch.blind:
            return answer(copy, environ, start_response, "hit; detail=database-silent")
        if copy and copy.token == token:
            return answer(copy, environ, start_response, "hit")
        renewal = self.renewal(page, key, token, environ)
        if copy and self.is_of_a_moment_ago(copy):
            return answer(copy, environ, start_response, "hit; fwd=stale")
        try:
            new, said = self.waited_for(renewal, copy)
        except TooLate:
            return answer(copy, environ, start_response, STALE) if copy else unavailable(start_response)
        except Exception:
            if copy:
                return answer(copy, environ, start_response, STALE)
            raise
        if new:
            stored = "; stored" if self.memory.get(key) is new else ""
            return answer(new, environ, start_response, f"fwd={'stale' if copy else 'miss'}{stored}")
        if copy and said.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return answer(copy, environ, start_response, STALE)
        return passed_on(said, environ, start_response)

    def withdrawn(self, page, key, token, environ, start_response):
        """What Django says where something was withdrawn; if it cannot, at least that it is gone.

        A proxy shows its own copy instead of a 503, and drops it for a 410 that it may keep.
        """
        if not self.watch.blind:
            with suppress(Exception):
                new, said = self.waited_for(self.renewal(page, key, token, environ), None)
                if new:
                    return answer(new, environ, start_response, "fwd=miss")
                if said.code < HTTPStatus.INTERNAL_SERVER_ERROR:
                    return passed_on(said, environ, start_response)
        return by_hand(start_response, "410 Gone", "This page was withdrawn.\n", [("Cache-Control", LIFE)])

    def forget(self, addresses):
        """Drop all copies there and below: none may come back if a record is deleted, or corrected and published."""
        self.memory.drop_below(addresses)
        self.folder.drop_below(addresses)

    def from_disk(self, key, token, old):
        """The copy on disk, taken into memory if it is fresh; another worker may have renewed it. Else `old`."""
        copy = self.folder.get(key)
        if copy and copy.token == token:
            self.memory.put(key, copy)
            return copy
        return old or copy if self.folder.failing else copy or old

    def is_of_a_moment_ago(self, copy):
        """Whether a copy became old this moment. One that missed an earlier change as well is too old to show."""
        return self.watch.moved_within(GRACE) and copy.token == self.token(self.watch.before)

    def waited_for(self, renewal, copy):
        """The outcome of a renewal; raises TooLate. Readers who wait leave one place free for those who need not."""
        if not self.room.acquire(timeout=0 if copy else ROOM):
            raise TooLate
        try:
            return renewal.result(PATIENCE if copy or self.watch.blind else LIMIT)
        finally:
            self.room.release()

    def renewal(self, page, key, token, environ):
        """One future for all who wait for the same page of the same content."""
        with self.lock:
            renewal = self.renewals.get((key, token))
            if renewal is None and (fresh := self.memory.get(key)) and fresh.token == token:
                renewal = Future()  # another one came to its end since this request looked
                renewal.set_result((fresh, None))
            elif renewal is None:
                renewal = self.renewals[key, token] = self.beside.submit(self.renew, page, key, token, environ)
            return renewal

    def renew(self, page, key, token, environ):
        """(the new Copy or None, what Django said)"""
        try:
            said = rendered(self.application, page, environ)
            headers = dict(said.headers)
            keep = headers.get(KEEP) and "Set-Cookie" not in headers and len(said.body) <= LARGEST
            if said.code == HTTPStatus.OK and keep:
                copy = Copy.of(page.path, token, said.headers, said.body)
                if self.is_present(token):
                    self.memory.put(key, copy)
                    self.folder.put(key, copy)
                if self.withdrawals.cover(page.path):  # made before it was withdrawn, or before its return was learned
                    self.memory.drop(key)
                    self.folder.drop(key)
                return copy, said
            if said.code < HTTPStatus.INTERNAL_SERVER_ERROR and self.is_present(token):
                self.memory.drop(key)
                self.folder.drop(key)
            said.headers[:] = [(name, value) for name, value in said.headers if name != KEEP]
            return None, said
        finally:
            with self.lock:
                self.renewals.pop((key, token), None)

    def is_present(self, token):
        """Whether nothing has changed since. A renewal that took long must not replace the copy of a later one."""
        return self.watch.number is not None and token == self.token(self.watch.number)

    def by_django(self, environ, start_response):
        """For one reader, with all that the request says. One place fewer than the server has threads: one is free."""

        def without_keep(status, headers, exc_info=None):
            return start_response(status, [pair for pair in headers if pair[0] != KEEP], exc_info)

        if environ["PATH_INFO"] in NEVER_WAITS:
            return self.application(environ, without_keep)
        if not self.room.acquire(timeout=ROOM):
            return unavailable(start_response)
        try:
            return Held(self.application(environ, without_keep), self.room)
        except BaseException:
            self.room.release()
            raise


class Held:
    """A body that holds its place until the server has sent it or the client has gone."""

    def __init__(self, parts, room):
        self.parts, self.room = parts, room

    def __iter__(self):
        return iter(self.parts)

    def close(self):
        room, self.room = self.room, None
        if room is None:
            return
        try:
            if hasattr(self.parts, "close"):
                self.parts.close()
        finally:
            room.release()


def answer(copy, environ, start_response, status):
    line, headers, body = copy.answer(environ, f"{NAME}; {status}")
    start_response(line, headers)
    return [body]


def passed_on(said, environ, start_response):
    """An answer that is not kept. With another Vary, a proxy would put it beside its copy, not in its place."""
    headers = [(name, value) for name, value in said.headers if name.lower() != "vary"]
    start_response(said.status, [*headers, ("Vary", vary_of(said.headers))])
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else said.body]


def unavailable(start_response):
    text = "This page cannot be shown right now. Please try again in a minute.\n"
    return by_hand(
        start_response, "503 Service Unavailable", text, [("Retry-After", "30"), ("Cache-Control", "no-store")]
    )


def by_hand(start_response, status, text, more):
    """Without Django: whatever it needs for a page is what does not answer."""
    body = text.encode()
    headers = [
        *more,
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Vary", "Accept-Encoding"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response(status, headers)
    return [body]


def build():
    """A short name of the code, settings and database that run: pages that others wrote are not fresh."""
    root = Path(__file__).resolve().parent.parent.parent
    seen = hashlib.sha256()
    for folder in sorted(one for one in root.iterdir() if one.is_dir() and not one.name.startswith((".", "var"))):
        for file in sorted(folder.rglob("*")):
            if file.suffix in {".py", ".html", ".css", ".js", ".svg"}:
                about = file.stat()
                seen.update(f"{file.relative_to(root)} {about.st_size} {about.st_mtime_ns}\n".encode())
    for name, value in sorted(os.environ.items()):
        if name.startswith("DJANGO_") or name == "DATABASE_URL":
            seen.update(f"{name}={value}\n".encode())
    return seen.hexdigest()[:12]
