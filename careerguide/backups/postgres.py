"""PostgreSQL: dumped by pg_dump from one snapshot, put back in one transaction."""

import re
from contextlib import closing, contextmanager
from uuid import uuid4

import psycopg2
from psycopg2 import extensions
from psycopg2.sql import SQL, Identifier

from careerguide.backups import programs
from careerguide.backups.files import Fault, require_same, require_site

NAME, SUFFIX, BEGINNING = "PostgreSQL", ".pgdump", b"PGDMP"
COPY = re.compile(rb'COPY (?:"[^"]+"|[^ ."]+)\.("[^"]+"|[^ ."]+) .*FROM stdin;\n')
# Commands of psql, and limits that the connection has set already; an older server may not know all of them.
NOT_SQL = re.compile(rb"\\(un)?restrict |SET [a-z_]+_timeout = 0;")
LIMITS = "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c lock_timeout=10000"
# What the schema holds, but for what an extension brought: the dump makes all of it anew. Tables come first, because
# they take along the sequences of their keys.
OBJECTS = """
    SELECT kind, name FROM (
        SELECT oid, oid::regclass::text AS name,
            CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                ELSE 'TABLE' END AS kind
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
        UNION ALL
        SELECT oid, oid::regprocedure::text, 'ROUTINE' FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ) AS present
    WHERE NOT EXISTS (SELECT FROM pg_depend WHERE objid = present.oid AND deptype = 'e')
    ORDER BY kind <> 'TABLE'
"""
TABLES = """
    SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = 'public' AND relkind IN ('r', 'p') ORDER BY relname
"""


def write(database, target):
    """Dump one snapshot, read all of the dump again, and compare its rows with those of the same snapshot."""
    with connected(database) as connection, connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        rows = count(cursor)
        require_site(rows, database["NAME"])
        programs.dump(database, snapshot, target, connection.server_version // 10000)
    require_same(rows, held(target), target)
    return rows, [rehearse(database, target, rows)]


def restore(database, path, replace):
    """Read the whole dump once, then put it in, count, and only then commit."""
    rows = held(path)
    require_site(rows, path)
    with connected(database) as connection, connection.cursor() as cursor:
        present = count(cursor)
        if present and not replace:
            told = f"{sum(present.values())} rows in {len(present)} tables"
            raise Fault(f"{database['NAME']} holds {told}. To replace them all, add --replace. Nothing was changed.")
        empty(cursor)
        with programs.script(path) as lines:
            execute(cursor, lines)
        require_same(rows, count(cursor), database["NAME"])
        cursor.execute("ANALYZE")
        connection.commit()
    return rows, []


@contextmanager
def connected(database, **changes):
    """A connection whose changes are lost unless they are committed, without the time limits of a page."""
    password = programs.environment(database).get("PGPASSWORD")
    waiting = extensions.get_wait_callback()
    extensions.set_wait_callback(None)  # careerguide/patience.py: no page waits for this, and COPY would not work
    try:
        with closing(
            psycopg2.connect(**programs.address(database) | changes, password=password, options=LIMITS)
        ) as open_:
            yield open_
    except psycopg2.errors.LockNotAvailable as error:
        raise Fault("The site is using the tables. Stop it and try again. Nothing was changed.") from error
    except psycopg2.OperationalError as error:
        raise Fault(f"The database does not answer: {programs.last_line(str(error))}. See that it runs.") from error
    except psycopg2.Error as error:
        raise Fault(f"PostgreSQL refused: {str(error).partition(chr(10))[0]}. Nothing was changed.") from error
    finally:
        extensions.set_wait_callback(waiting)


def empty(cursor):
    """Drop what is there, until the commit only for us."""
    cursor.execute(OBJECTS)
    for kind, name in cursor.fetchall():
        cursor.execute(f"DROP {kind} IF EXISTS {name} CASCADE")  # its name as PostgreSQL itself quotes it


def count(cursor):
    cursor.execute(TABLES)
    counted = {}
    for (table,) in cursor.fetchall():
        cursor.execute(SQL("SELECT count(*) FROM public.{}").format(Identifier(table)))
        counted[table] = cursor.fetchone()[0]
    return counted


def held(path):
    """The number of rows in each table of a dump. A dump's list of contents stands at its head: only reading it to its
    end tells that it was not cut."""
    counted, table = {}, None
    with programs.script(path, "--data-only") as lines:
        for line in lines:
            if table is None:
                begins = COPY.fullmatch(line)
                if begins:
                    table = begins[1].decode().strip('"')
                    counted[table] = 0
            elif line == b"\\.\n":
                table = None
            else:
                counted[table] += 1
    return counted


class Rows:
    """The lines of one COPY as a file, up to the line that ends them."""

    def __init__(self, lines):
        self.lines = lines

    def read(self, size=-1):
        line = self.lines.readline()
        return b"" if line == b"\\.\n" else line


def execute(cursor, lines):
    """Run pg_restore's script on a connection of ours, so that all of it and our own checks are one transaction."""
    statements = []
    for line in iter(lines.readline, b""):
        if COPY.fullmatch(line):
            run(cursor, statements)
            cursor.copy_expert(line.decode(), Rows(lines))
        elif not NOT_SQL.match(line):
            statements.append(line)
    run(cursor, statements)


def run(cursor, statements):
    text = b"".join(statements)
    statements.clear()
    if re.search(rb"^(?!--)\S", text, re.MULTILINE):
        cursor.execute(text)


def rehearse(database, path, rows):
    """Restore the dump into a database that is thrown away, if the role may make one; say which."""
    with connected(database) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("SELECT rolname, rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        role, allowed = cursor.fetchone()
        if not allowed:
            return f"Read to its end, not restored in rehearsal: the role {role} may not create databases."
        scratch = f"rehearsal_{uuid4().hex}"
        cursor.execute(SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(scratch)))
        try:
            restored, _ = restore(database | {"NAME": scratch}, path, replace=False)
        finally:
            cursor.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(scratch)))
    require_same(rows, restored, path)
    return "Restored in rehearsal into a database of its own, which is gone again."
