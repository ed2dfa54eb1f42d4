"""Addresses that nobody meant, asked of the site's own application in this process."""

import random
from pathlib import Path

from tests.faults.readers import ADDRESSES
from tests.wsgi import get

SEED = 2026


def memory():
    """What this process holds, in KiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])


def flood(count):
    """(KiB after a first tenth, KiB at the end, pages kept in memory)"""
    from careerguide.wsgi import application

    choose, before = random.Random(SEED), 0  # noqa: S311 - the same addresses each time
    for number in range(count):
        if number == count // 10:
            before = memory()
        path = choose.choice(ADDRESSES).partition("?")[0]
        name = choose.choice(["utm_source", "x[]", "city", "page", "plan", "__proto__", "country"])
        known = name in ("city", "page", "plan", "country")
        if known and number % 500:  # these reach Django, which takes its time
            name = "fbclid"
        get(application, f"{path}?{name}={choose.getrandbits(64):x}")
    return before, memory(), sum(len(shelf.copies) for shelf in application.memory.shelves.values())
