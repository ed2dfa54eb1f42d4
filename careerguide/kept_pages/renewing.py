"""What runs beside the requests, so that no reader waits for a database that hangs: Django, and the revision asked for.

The threads are daemons: one that hangs with the database does not keep a worker from ending.
"""

import io
import logging
import sys
from concurrent.futures import Future, wait
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic

from django.db import close_old_connections

from careerguide import revision

log = logging.getLogger("careerguide.kept_pages")


class Beside:
    """A few threads that do tasks in turn; they start with the first task, hence in the process that needs them."""

    def __init__(self, threads):
        self.tasks, self.most, self.threads, self.lock = SimpleQueue(), threads, [], Lock()

    def submit(self, task, *args):
        future = Future()
        self.tasks.put((future, task, args))
        with self.lock:
            if len(self.threads) < self.most:
                self.threads.append(Thread(target=self.work, daemon=True))
                self.threads[-1].start()
        return future

    def work(self):
        while True:
            future, task, args = self.tasks.get()
            try:
                future.set_result(task(*args))
            except Exception as error:
                future.set_exception(error)


@dataclass(frozen=True)
class Answer:
    """What Django said: status code, headers and the whole body."""

    status: str
    headers: list
    body: bytes

    @property
    def code(self):
        return int(self.status[:3])


def rendered(application, page, environ):
    """Ask Django for a page as somebody does of whom nothing is known.

    `environ` gives host and scheme, and for the log the id of the request because of which it is asked.
    """
    asking = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": page.path,
        "QUERY_STRING": page.query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    given = ["HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO"]
    given += ["HTTP_X_REQUEST_ID"]
    asking |= {name: environ[name] for name in given if name in environ}
    if page.fragment:
        asking["HTTP_HX_REQUEST"] = "true"
    told = {}

    def start_response(status, headers, exc_info=None):
        told.update(status=status, headers=headers)

    parts = application(asking, start_response)
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    return Answer(told["status"], told["headers"], body)


class Question:
    """The content's revision, asked of the database; when it has moved, what was withdrawn is learned before."""

    def __init__(self, withdrawals):
        self.withdrawals, self.number = withdrawals, None

    def __call__(self):
        close_old_connections()
        try:
            number = revision.current()
            if number != self.number or not self.withdrawals.are_stored():
                self.withdrawals.learn()
                self.number = number
            return number
        finally:
            close_old_connections()


class Watch:
    """The content's revision as this worker knows it: asked anew twice a second while there are requests.

    `before` is the number before that; `blind` says that the database did not answer the last time.
    """

    INTERVAL = 0.5  # seconds
    PATIENCE = 0.8  # seconds that one request waits for the answer; the next ones do not wait

    def __init__(self, ask):
        self.ask, self.beside = ask, Beside(1)
        self.number, self.before, self.blind = None, None, False
        self.known_at = self.moved_at = float("-inf")
        self.question, self.asked_at = None, 0.0
        self.lock = Lock()

    def look(self):
        """The number, None if it was never known."""
        if monotonic() - self.known_at < self.INTERVAL:
            return self.number
        with self.lock:
            if self.question and self.question.done():
                self.take(self.question)  # an answer that came too late for whoever asked, and perhaps too old by now
                if monotonic() - self.known_at < self.INTERVAL:
                    return self.number
            patience = 0 if self.question and self.blind else self.PATIENCE
            if self.question is None:
                self.question, self.asked_at = self.beside.submit(self.ask), monotonic()
            question = self.question
        answered = question in wait([question], patience).done
        with self.lock:
            if answered and self.question is question:
                self.take(question)
            elif not answered and self.question is question:
                self.blind = True
        return self.number

    def take(self, question):
        """Learn from an answer. It is as old as the question: the content may have changed while it came."""
        self.question = None
        known_before, self.known_at = self.known_at, self.asked_at
        error = question.exception()
        if error:
            if not self.blind:
                log.warning("The content's revision cannot be asked for: %s", error)
            self.blind = True
            return
        if question.result() != self.number:
            self.before, self.moved_at = self.number, known_before  # at the earliest, as nobody looked meanwhile
        self.number, self.blind = question.result(), False

    def moved_within(self, seconds):
        return monotonic() - self.moved_at < seconds
