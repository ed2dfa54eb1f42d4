"""Where copies lie: in the memory of each worker, and in a folder that the workers of one machine share."""

import hashlib
import logging
import os
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from threading import Lock, get_ident

from careerguide.kept_pages.copies import Copy

log = logging.getLogger("careerguide.kept_pages")
MEGABYTE = 1_048_576  # bytes
LARGEST = 2 * MEGABYTE  # bytes of one copy
SWEEP_EVERY = 200  # writes between two looks at how much the folder holds


class Memory:
    """The copies asked for last, bounded in number and bytes. Addresses with a query never displace those without."""

    def __init__(self, most=4000, most_bytes=64 * MEGABYTE):
        self.shelves = {False: Shelf(most, most_bytes), True: Shelf(most // 4, most_bytes // 4)}

    def shelf(self, key):
        return self.shelves[not key.endswith("?")]

    def get(self, key):
        return self.shelf(key).get(key)

    def put(self, key, copy):
        self.shelf(key).put(key, copy)

    def drop(self, key):
        self.shelf(key).drop(key)

    def drop_below(self, addresses):
        for shelf in self.shelves.values():
            shelf.drop_below(addresses)


class Shelf:
    def __init__(self, most, most_bytes):
        self.most, self.most_bytes, self.bytes = most, most_bytes, 0
        self.copies, self.lock = OrderedDict(), Lock()

    def get(self, key):
        with self.lock:
            copy = self.copies.get(key)
            if copy:
                self.copies.move_to_end(key)
            return copy

    def put(self, key, copy):
        with self.lock:
            self.take(key)
            self.copies[key] = copy
            self.bytes += copy.size
            while len(self.copies) > self.most or self.bytes > self.most_bytes:
                self.take(next(iter(self.copies)))

    def drop(self, key):
        with self.lock:
            self.take(key)

    def drop_below(self, addresses):
        with self.lock:
            for key in [key for key, copy in self.copies.items() if copy.path.startswith(addresses)]:
                self.take(key)

    def take(self, key):
        copy = self.copies.pop(key, None)
        if copy:
            self.bytes -= copy.size


class Folder:
    """Copies as files, which outlive the worker. Every fault of the disk is passed over: it only costs a copy."""

    def __init__(self, path: Path, most=20_000, most_bytes=256 * MEGABYTE):
        self.path, self.most, self.most_bytes = path, most, most_bytes
        self.writes, self.failing = 0, False

    def file(self, key):
        name = hashlib.sha256(key.encode()).hexdigest()[:40]
        return self.path / ("q" if not key.endswith("?") else "p") / name[:2] / name

    def get(self, key):
        return read(self.file(key))

    def put(self, key, copy):
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self.file(key), copy.to_bytes())
            self.failing = False
        except OSError as error:
            if not self.failing:
                log.warning("Pages are kept in memory only: %s", error)
            self.failing = True
            self.drop(key)  # it is older than what memory has now
            return
        self.writes += 1
        if self.writes % SWEEP_EVERY == 0:
            self.sweep()

    def drop(self, key):
        remove(self.file(key))

    def drop_below(self, addresses):
        """Remove the copies of pages whose paths begin with one of `addresses`. It reads every file."""
        for file in self.path.glob("[pq]/*/*"):
            copy = read(file)
            if copy and copy.path.startswith(addresses):
                remove(file)

    def sweep(self):
        """Remove the oldest files beyond the bounds; those of addresses with a query have a quarter of the room."""
        for name, share in (("p", 1), ("q", 4)):
            found = []
            for file in (self.path / name).glob("*/*"):
                try:
                    found.append((file.stat().st_mtime_ns, file.stat().st_size, file))
                except OSError:  # another worker was quicker
                    continue
            size = 0
            for number, (_, length, file) in enumerate(sorted(found, reverse=True), 1):
                size += length
                if number > self.most // share or size > self.most_bytes // share:
                    remove(file)


def read(file):
    """The copy in a file; None if there is none, or nothing that was written to its end."""
    try:
        return Copy.from_bytes(file.read_bytes())
    except (OSError, ValueError):
        return None


def write_whole(file, content):
    """Whoever reads the file finds all of it, old or new. Raises OSError, and then nothing is left over."""
    new = file.with_name(f".{file.name}.{os.getpid()}.{get_ident()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.write_bytes(content)
        new.replace(file)
    except OSError:
        remove(new)
        raise


def remove(file):
    with suppress(OSError):
        file.unlink(missing_ok=True)
