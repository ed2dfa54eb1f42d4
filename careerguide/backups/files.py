"""The files of backups: they appear whole or not at all, and only their owner reads them."""

import errno
import hashlib
import os
import re
import sqlite3
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

NAME = re.compile(r"career-guide-\d{4}-\d\d-\d\dT\d{6}Z")
SITE_TABLES = {"django_migrations", "careers_career", "salaries_salaryfigure"}  # what every database of this site has
ABANDONED = 24 * 60 * 60  # seconds
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Fault(Exception):
    """Something went wrong and nothing was changed; the text says what to do."""


def new_name(suffix):
    """A name that sorts by time and that `remove_older` knows as ours."""
    return f"career-guide-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}{suffix}"


def is_there(place):
    """Whether a place is taken, if only by a link to nothing."""
    with seen(place):
        return place.is_symlink() or place.exists()


def is_folder(place):
    with seen(place):
        return place.is_dir()


@contextmanager
def seen(place):
    """Looking at a place may fail as well: a name too long, a folder that this account may not enter."""
    try:
        yield
    except OSError as error:
        raise Fault(unwritable(place.parent, error)) from error


@contextmanager
def appearing_whole(path):
    """Yield the name of a file to write; it takes the name `path` once it is written, flushed to disk and no sooner."""
    if is_there(path):
        raise Fault(f"{path} is there already. Name a new file, or a folder.")
    unfinished = beside(path)
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield unfinished
        flush(unfinished)
        # A link, because a rename would replace a file that came into being meanwhile.
        os.link(unfinished, path)
        flush(path.parent)
    except FileExistsError as error:
        raise Fault(f"{error.filename2 or error.filename} came into being meanwhile. Name another file.") from error
    except OSError as error:
        raise Fault(unwritable(path.parent, error)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def beside(path):
    """A hidden name in the same folder, so that taking the final name is one step on one file system."""
    return path.with_name(f".{path.name}.{uuid4().hex}.part")


def flush(path):
    """Wait until the disk has it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unwritable(folder, error):
    """Say why a file could not be written: an OSError, or what SQLite says of one."""
    if isinstance(error, sqlite3.Error) or error.errno in FULL:
        return f"The disk of {folder} is full or broken ({error}). Make room there, or name another place."
    return f"{folder} cannot be written: {error.strerror}. See to it, or name another place."


def remove_older(new, keep):
    """Keep the backup `new` and, of those in its folder with older names of ours, the newest; say what was removed."""
    found = (file for file in new.parent.glob(f"*{new.suffix}") if NAME.fullmatch(file.name.removesuffix(new.suffix)))
    ours = sorted(file for file in found if os.path.isfile(file) and file != new)  # noqa: PTH113 (raises nothing)
    later = "Dated later than this backup, so not counted; remove it by hand when it is not needed"
    notes = [f"{later}: {file}" for file in ours if file > new]
    older = [file for file in ours if file < new]
    for file in older[: max(0, len(older) + 1 - keep)]:
        try:
            file.unlink()
            notes.append(f"Removed, older than the {keep} kept: {file}")
        except OSError as error:
            notes.append(f"Could not be removed, though older than the {keep} kept: {file}: {error.strerror}")
    return notes + remove_unfinished(new.parent)


def remove_unfinished(folder):
    """Remove what backups left that were killed before they came to their end, once no backup can still be at it."""
    notes = []
    for file in sorted(folder.glob(".career-guide-*.part")):
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > ABANDONED:
                file.unlink()
                notes.append(f"Removed, never finished: {file}")
    return notes


def sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def require_beginning(path, beginning, known, name):
    """Refuse a file that is no backup of this kind of database, before anything else looks at it."""
    try:
        if Path(path).exists() and not Path(path).is_file():
            raise Fault(f"{path} is no regular file. Name the file of a backup; write to one what comes by a pipe.")
        with Path(path).open("rb") as file:
            begins = file.read(len(max(known, key=len)))
    except OSError as error:
        raise Fault(f"{path} cannot be read: {error.strerror}. Name the file of a backup.") from error
    if begins.startswith(beginning):
        return
    for other, other_name in known.items():
        if begins.startswith(other):
            raise Fault(
                f"{path} is a backup of {other_name}, and DATABASE_URL names {name}. Set DATABASE_URL to match."
            )
    raise Fault(f"{path} is no backup of this site. Name a file that `manage.py backup` wrote.")


def require_site(rows, path):
    """Refuse a database that is whole but not this site's."""
    missing = SITE_TABLES - set(rows)
    if missing:
        raise Fault(f"{path} is a database, but not of this site: it has no table {', '.join(sorted(missing))}.")


def require_same(source, copy, path):
    """Refuse a copy that lacks rows, and name the tables."""
    if source != copy:
        differ = sorted(table for table in source | copy if source.get(table) != copy.get(table))
        told = ", ".join(f"{table} {source.get(table, 'none')} and {copy.get(table, 'none')}" for table in differ[:5])
        raise Fault(f"{path} differs from its source in {len(differ)} tables: {told}. Try again on a sound disk.")
