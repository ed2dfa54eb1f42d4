"""A database of its own for a process that migrates, so that the tables of the other tests stay whole."""

import os
from contextlib import closing, contextmanager
from uuid import uuid4

import psycopg2
from django.db import connection


@contextmanager
def throw_away_database(folder):
    """The environment of a process whose site lies in `folder`: SQLite there, or an empty database of this server."""
    unset = ("DATABASE_URL", "DJANGO_ENV")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"DJANGO_VAR_DIR": str(folder / "var"), "DJANGO_SETTINGS_MODULE": "careerguide.settings"}
    if connection.vendor != "postgresql":
        yield environment
        return
    server, name = os.environ["DATABASE_URL"], f"upgrade_{uuid4().hex}"
    with closing(psycopg2.connect(server)) as outside:
        outside.autocommit = True
        with outside.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
            try:
                yield environment | {"DATABASE_URL": f"{server.rpartition('/')[0]}/{name}"}
            finally:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
