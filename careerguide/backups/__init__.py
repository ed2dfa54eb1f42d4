"""Copies of the whole database that are known to be whole, and the way back from them.

A database is copied by its own means: a plain copy of a running SQLite file lacks what still lies in its -wal file.
Whatever goes wrong is a `Fault` that says what to do, and leaves everything as it was.
"""

from dataclasses import dataclass
from pathlib import Path

from careerguide.backups import files, postgres, sqlite
from careerguide.backups.files import Fault

__all__ = ["Backup", "Fault", "make", "restore"]

KINDS = {
    "django.db.backends.sqlite3": sqlite,
    "django.db.backends.postgresql": postgres,
}
CONTENT = "careers_career"  # no site is without


@dataclass
class Backup:
    """A file, the number of rows in each table of it, and what else there is to say."""

    path: Path
    rows: dict[str, int]
    notes: list[str]

    @property
    def has_content(self):
        """Whether it is worth an older one: an empty database is most often not the one that was meant."""
        return self.rows.get(CONTENT, 0) > 0

    @property
    def sha256(self):
        return files.sha256(self.path)


def make(database, place, keep=None):
    """Write a backup of `database` (settings of a connection) to `place`, a new file, or a folder that exists.

    `keep` is how many backups of this kind a folder keeps, this one included; the oldest go once this one is whole and
    has content.
    """
    kind = kind_of(database)
    is_there = files.is_there(place)
    in_folder = is_there and files.is_folder(place)
    if keep is not None and not in_folder:
        raise Fault(f"{place} is no folder: backups are counted only in a folder. Make it, or leave out --keep.")
    if not is_there and place.suffix != kind.SUFFIX:
        raise Fault(f"{place} is no folder that exists. Make it, or name a new file that ends in {kind.SUFFIX}.")
    path = place / files.new_name(kind.SUFFIX) if in_folder else place
    with files.appearing_whole(path) as unfinished:
        rows, notes = kind.write(database, unfinished)
    backup = Backup(path, rows, notes)
    if keep is not None and backup.has_content:
        notes += files.remove_older(path, keep)
    return backup


def restore(database, path, replace=False):
    """Fill `database` from a backup. A database that holds anything is refused, unless `replace` says to lose it."""
    kind = kind_of(database)
    files.require_beginning(path, kind.BEGINNING, {other.BEGINNING: other.NAME for other in KINDS.values()}, kind.NAME)
    rows, notes = kind.restore(database, path, replace)
    return Backup(path, rows, notes)


def kind_of(database):
    if database["ENGINE"] not in KINDS:
        raise Fault(f"{database['ENGINE']}: only SQLite and PostgreSQL are backed up here.")
    return KINDS[database["ENGINE"]]
