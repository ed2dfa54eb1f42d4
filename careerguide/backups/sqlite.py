"""SQLite: copied by its backup interface, put back by a rename."""

import os
import sqlite3
import stat
from contextlib import closing, suppress
from pathlib import Path

from careerguide.backups.files import Fault, beside, flush, new_name, require_same, require_site, unwritable

NAME, SUFFIX, BEGINNING = "SQLite", ".sqlite3", b"SQLite format 3\0"
WAIT = 20  # seconds for whoever is writing


def write(database, target):
    """Copy the live file into `target`, and compare what arrived with the very state that was copied."""
    source = Path(database["NAME"]).resolve()
    if not source.exists():
        raise Fault(f"There is no database at {source}: DJANGO_VAR_DIR or DATABASE_URL may name another place.")
    try:
        with closing(opened(source)) as live:
            live.execute("BEGIN")  # what is counted and what is copied are one state, whoever writes meanwhile
            rows = count(live)
            copy(live, target)
        require_same(rows, checked(target), target)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and not os.access(source.parent, os.W_OK):
            raise Fault(
                f"SQLite has to write beside {source} ({error}). Run this as the account that runs the site, or see "
                "whether its disk can only be read."
            ) from error
        raise Fault(f"SQLite cannot read {source}: {error}. Restore the last backup, or try another disk.") from error
    require_site(rows, source)
    return rows, []


def restore(database, path, replace):
    """Put a checked copy of `path` in the place of the database. What was there before stays beside it."""
    target = Path(database["NAME"]).resolve()  # behind a link, the disk that was chosen for it
    try:
        rows = checked(path)
    except sqlite3.DatabaseError as error:
        raise Fault(f"{path} is damaged ({error}): take another backup. Nothing was changed.") from error
    require_site(rows, path)
    held = sum(held_by(target).values())
    if held and not replace:
        raise Fault(f"{target} holds {held} rows. To replace them all, add --replace. Nothing was changed.")
    unfinished = beside(target)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(opened(path)) as backup:
            copy(backup, unfinished)
        require_same(rows, checked(unfinished), unfinished)
        flush(unfinished)
        if target.exists():
            belong_alike(unfinished, target)
        former = swap(unfinished, target) if target.exists() else first(unfinished, target)
        flush(target.parent)
    except OSError as error:
        raise Fault(unwritable(target.parent, error)) from error
    except sqlite3.DatabaseError as error:
        raise Fault(f"{path} could not be copied whole ({error}): see to both disks. Nothing was changed.") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return rows, [f"What was there before is in {former}: remove it when all is well."] if former else []


def belong_alike(file, other):
    """Give a file the rights and, if this account may, the owner of another: the site goes on with it."""
    about = other.stat()
    with suppress(PermissionError):
        os.chown(file, about.st_uid, about.st_gid)
    file.chmod(stat.S_IMODE(about.st_mode))


def opened(path):
    """A connection that only reads and makes no file where there is none."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT, isolation_level=None)


def copy(connection, target):
    """All pages in one step, into one file that needs no -wal file beside it."""
    try:
        with closing(sqlite3.connect(target, isolation_level=None)) as new:
            connection.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        for part in parts(target):
            part.unlink()
        raise Fault(unwritable(target.parent, error)) from error


def checked(path):
    """The number of rows in each table of a file, once SQLite has found every page of it sound."""
    with closing(opened(path)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        return count(connection)


def count(connection):
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    )
    names = [name for (name,) in tables.fetchall()]
    counted = {}
    for name in names:
        quoted = name.replace('"', '""')
        [(counted[name],)] = connection.execute(f'SELECT count(*) FROM "{quoted}"')  # noqa: S608 (quoted)
    return counted


def held_by(target):
    """The rows of what is to be replaced; a file that cannot be read holds at least one that someone may want."""
    if not target.exists():
        return {}
    try:
        with closing(opened(target)) as connection:
            return count(connection)
    except sqlite3.DatabaseError:
        return {str(target): 1}


def swap(unfinished, target):
    """Replace the file, unless a process has it open: that one would go on writing into the file that is gone."""
    former = target.with_name(f"{target.name}.{new_name('')}")
    try:
        with closing(sqlite3.connect(target, timeout=1, isolation_level=None)) as old:
            # Fails while anyone else has the file open; else the -wal file is written back and removed.
            old.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise Fault(f"A process has {target} open. Stop the site and try again. Nothing was changed.") from error
        raise Fault(f"{target} cannot be opened: {error}. Nothing was changed.") from error
    except sqlite3.DatabaseError:  # no database at all, or a broken one: all of it is put aside as it is
        for part in parts(target):
            part.rename(former.with_name(former.name + part.name.removeprefix(target.name)))
    os.link(target, former)
    unfinished.replace(target)
    return former


def first(unfinished, target):
    """Take a free place; what another database left there would be read as part of this one."""
    left = parts(target)
    if left:
        raise Fault(f"{left[0]} is left of another database. Move it away. Nothing was changed.")
    os.link(unfinished, target)


def parts(target):
    """The files beside a database that SQLite reads together with it."""
    names = (target.with_name(target.name + end) for end in ("-wal", "-shm", "-journal"))
    return [name for name in names if name.exists()]
