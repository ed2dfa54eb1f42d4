"""PostgreSQL's own programs: where they are, whether they fit, and how they learn of the server."""

import os
import re
import shutil
import subprocess
from contextlib import contextmanager

from psycopg2.extensions import make_dsn

from careerguide.backups.files import Fault

# What Django reads of OPTIONS itself, and what is set anew for a backup: a limit of 5 seconds is for pages.
NOT_FOR_PROGRAMS = {"options", "pool", "assume_role", "isolation_level", "server_side_binding", "password"}


def address(database):
    """How to reach the server, without the password: everyone on the machine can read a command line."""
    given = {
        "host": database.get("HOST"),
        "port": database.get("PORT"),
        "user": database.get("USER"),
        "dbname": database.get("NAME"),
    }
    given |= {name: value for name, value in database.get("OPTIONS", {}).items() if name not in NOT_FOR_PROGRAMS}
    return {name: value for name, value in given.items() if value not in (None, "")}


def environment(database):
    password = database.get("PASSWORD") or database.get("OPTIONS", {}).get("password")
    return os.environ | ({"PGPASSWORD": password} if password else {})


def require(name, server=0):
    """Find a program that is no older than the server; newer ones read older servers, not the other way round."""
    path = shutil.which(name)
    if not path:
        raise Fault(f"{name} is not installed here. On Debian: apt-get install postgresql-client")
    said = subprocess.run([path, "--version"], capture_output=True, text=True)  # noqa: S603
    version = re.search(r"\b(\d+)(?:\.\d+|devel|beta|rc)", said.stdout)
    if not version:
        raise Fault(
            f"{path} does not run: {last_line(said.stderr) or 'it says nothing'}. Install postgresql-client anew."
        )
    if int(version[1]) < server:
        raise Fault(
            f"{path} is of version {version[1]}, the server of {server}. "
            f"Install postgresql-client-{server} and put its folder first in PATH."
        )
    return path


def dump(database, snapshot, target, server):
    """Write what the snapshot shows into `target`, in PostgreSQL's custom format."""
    command = [require("pg_dump", server), "--format=custom", "--no-owner", "--no-privileges", "--no-password"]
    command += [f"--snapshot={snapshot}", "--lock-wait-timeout=10000", f"--file={target}"]
    command += [f"--dbname={make_dsn(**address(database))}"]
    done = subprocess.run(command, env=environment(database), capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        told = last_line(done.stderr) or f"it ended with status {done.returncode}"
        raise Fault(f"pg_dump failed: {told}. If the disk of {target.parent} is full, make room there and try again.")


@contextmanager
def script(path, *options):
    """The lines of the SQL in a dump, all of which must be read; a file that was cut is a Fault."""
    command = [require("pg_restore"), "--no-owner", "--no-privileges", "--file=-", *options, path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
        try:
            yield process.stdout
            told = process.stderr.read().decode(errors="replace")
            status = process.wait()
        finally:
            process.kill()
    if status:
        raise Fault(f"{path} is damaged ({last_line(told)}): take another backup. Nothing was changed.")


def last_line(text):
    return text.strip().rpartition("\n")[2]
