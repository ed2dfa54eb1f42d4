"""Readers who ask at a steady pace, whatever happens to the site, and what they met."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event

from tests.sites import ask

RATE = 60  # requests a second
READERS = 30
# Pages of every kind, one of them filtered, as a reader without a cookie asks for them.
ADDRESSES = [
    "/",
    "/careers/",
    "/careers/medical-director/",
    "/careers/medical-director/?setting=hospital&country=US",
    "/credentials/cmd/",
    "/reading/",
    "/salaries/",
    "/salaries/?basis=converted&ordering=-median",
    "/salaries/?country=US&population=11-9111",
    "/salaries/cities/delhi/",
    "/salaries/figures/medical-director-delhi-opencourser/",
    "/method/",
]


@dataclass
class Met:
    """`good` holds when good answers came, `bad` what came instead; times are of time.monotonic(), in seconds."""

    began: float = 0.0
    ended: float = 0.0
    good: list = field(default_factory=list)
    bad: list = field(default_factory=list)
    slowest: float = 0.0

    @property
    def requests(self):
        return len(self.good) + len(self.bad)

    @property
    def silence(self):
        """The longest time without a good answer."""
        moments = [self.began, *sorted(self.good), self.ended]
        return max(later - earlier for earlier, later in zip(moments, moments[1:], strict=False))


@contextmanager
def reading(port):
    """Readers ask while the block runs; yields what they meet, whole once the block has ended."""
    met, stop = Met(), Event()
    for address in ADDRESSES:  # a page that nobody ever saw has no last good copy
        ask(port, address)
    met.began = time.monotonic()

    def read(number):
        turn = number
        while not stop.wait(max(0.0, met.began + turn / RATE - time.monotonic())):
            address, asked = ADDRESSES[turn % len(ADDRESSES)], time.monotonic()
            try:
                status, _ = ask(port, address)
            except (OSError, http.client.HTTPException) as error:
                met.bad.append(f"{address}: {type(error).__name__}")
            else:
                met.good.append(time.monotonic()) if status == 200 else met.bad.append(f"{address}: {status}")
            met.slowest = max(met.slowest, time.monotonic() - asked)
            turn += READERS

    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read, number) for number in range(READERS)]
        try:
            yield met
        finally:
            met.ended = time.monotonic()
            stop.set()
    for reader in readers:
        reader.result()
