"""The addresses of what is withdrawn: no copy of before is shown there, not even while the database is silent.

A worker knows what it had learned before, and one that starts then reads it from a file beside the copies.
"""

import json
import logging
from pathlib import Path

from careerguide.kept_pages.storing import write_whole
from editorial.visibility import withdrawn_addresses

log = logging.getLogger("careerguide.kept_pages")


class Withdrawals:
    """`ask` gives the addresses; `forget` is told of the new ones. Several workers may share the folder."""

    def __init__(self, folder: Path, forget, ask=withdrawn_addresses):
        self.file, self.forget, self.ask = folder / "withdrawn.json", forget, ask
        self.failing = False
        self.addresses = self.stored()

    def cover(self, path):
        """Whether a page is that of something withdrawn, or stands below it."""
        return path.startswith(self.addresses)

    def learn(self):
        """Ask again. Raises what the database raises, and then nothing has changed."""
        known, self.addresses = self.addresses, tuple(self.ask())
        new = tuple(address for address in self.addresses if address not in known)
        if new:
            self.forget(new)
        if not self.are_stored():
            self.store()

    def are_stored(self):
        """Whether the file says the same. A disk may have been full, and of two workers the slower asked earlier."""
        return self.addresses == self.stored()

    def stored(self):
        try:
            return tuple(str(address) for address in json.loads(self.file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return ()

    def store(self):
        try:
            write_whole(self.file, json.dumps(self.addresses).encode())
            self.failing = False
        except OSError as error:
            if not self.failing:
                log.warning("What was withdrawn is kept in memory only: %s", error)
            self.failing = True
