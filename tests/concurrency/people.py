"""Writers and readers who use the site at the same time, and note what they meet."""

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from http.client import HTTPException
from itertools import count, cycle

from tests.concurrency.browser import Browser

TOKEN = re.compile(r"\bw\d+n\d+\b")
FAULTS = (AssertionError, OSError, HTTPException)


@dataclass
class Person:
    browser: Browser
    faults: list = field(default_factory=list)
    met: Counter = field(default_factory=Counter)
    slowest: float = 0.0  # seconds
    LEAST = 3  # things that are done however late it is: a machine that is busy with other work is slow

    def work(self, end):
        """Do one thing after the other until the end, a moment of time.monotonic()."""
        for number, one in enumerate(self.tasks()):
            start = time.monotonic()
            if start > end and number >= self.LEAST:
                return
            try:
                self.do(one)
            except FAULTS as fault:
                self.faults.append(f"{type(fault).__name__}: {fault}".partition("\n")[0])
            self.slowest = max(self.slowest, time.monotonic() - start)


@dataclass
class Writer(Person):
    """Adds tokens of its own to the notes of records; `saved` are those that the site said it has."""

    number: int = 0
    works: list = field(default_factory=list)  # [(path of a form, {field: values that take turns})]
    reason: dict = field(default_factory=dict)
    saved: list = field(default_factory=list)  # [(path, token)]

    def tasks(self):
        for number, (path, turns) in zip(count(1), cycle(self.works), strict=False):
            yield path, f"w{self.number}n{number}", turns

    def do(self, task):
        """Add the token to what the note says; told of a conflict, open the record again and add it there."""
        path, token, turns = task
        while True:
            form = self.browser.open(path)
            others = {name: other(values, form.values[name]) for name, values in turns.items()}
            answer = form.send(note=f"{form.values['note']} {token}".strip(), **others, **self.reason)
            while answer.status == 200 and "confirmed" in answer.form.boxes and not answer.tells_of_conflict:
                self.met["warnings"] += 1
                answer = answer.form.send(confirmed="on")
            if answer.saved:
                self.saved.append((path, token))
                return
            assert answer.tells_of_conflict, answer
            self.met["conflicts"] += 1


def other(numbers, text):
    """The one of two numbers that the text of a field is not."""
    return next(number for number in numbers if number != Decimal(text))


@dataclass
class Reader(Person):
    """Reads pages in turn. What a note said two seconds ago it says from then on, because writers only add to it.

    Within the two seconds one worker may still show the page of before.
    """

    pages: list = field(default_factory=list)
    said: dict = field(default_factory=dict)  # {path: {token: when it was first seen}}
    SETTLED = 2  # seconds
    READS = 0.05  # seconds for a page: people who ask for the next one at once would only starve the writers

    def tasks(self):
        return cycle(self.pages)

    def do(self, path):
        asked = time.monotonic()
        answer = self.browser.get(path)
        assert answer.status == 200, answer
        self.met["pages"] += 1
        time.sleep(self.READS)
        tokens = set(TOKEN.findall(answer.text))
        if "/figures/" in path:
            said = self.said.setdefault(path, {})
            gone = {token for token, seen in said.items() if seen < asked - self.SETTLED} - tokens
            assert not gone, f"{path}: {gone} are not there any more."
            said.update({token: asked for token in tokens if token not in said})
