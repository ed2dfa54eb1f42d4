"""The content's revision: one number that grows with every change of what readers see.

Triggers of the database move it, because forms, imports, the loader, `QuerySet.update`, `bulk_create` and statements
written by hand have nothing else in common. Only PostgreSQL's TRUNCATE goes by unseen. It moves in the transaction of
the change: whoever reads the new number reads the new content, and after a rollback it is the old one.

Migrations make the triggers anew (`post_migrate`): on SQLite, a table that Django rebuilds loses them.
"""

from django.apps import apps
from django.db import connections, transaction

TABLE = "careerguide_contentrevision"
CONTENT_APPS = ["careers", "readinglist", "salaries", "sources"]
SHOWN_OF_OTHERS = ["editorial.Change", "editorial.Decision", "editorial.Report"]  # on pages for readers
EVENTS = ["INSERT", "UPDATE", "DELETE"]
PREFIX = "moves_revision"

MOVE = "UPDATE careerguide_contentrevision SET number = number + 1"

# Deferred: the row of the revision is locked for the moment of the commit, after all else that a transaction locks.
# So two writers who hold different records never wait for each other in a circle. The setting lasts until the
# transaction ends: a thousand changed rows move the revision once.
POSTGRESQL_FUNCTION = """
    CREATE OR REPLACE FUNCTION moves_revision() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF current_setting('careerguide.moved', true) IS DISTINCT FROM txid_current()::text THEN
            UPDATE careerguide_contentrevision SET number = number + 1;
            PERFORM set_config('careerguide.moved', txid_current()::text, true);
        END IF;
        RETURN NULL;
    END $$
"""
POSTGRESQL_TRIGGERS = "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname = %s"


def current():
    """The number of the revision, by a query; 0 where nothing was migrated yet."""
    from careerguide.models import ContentRevision

    return ContentRevision.objects.values_list("number", flat=True).first() or 0


def watched_tables():
    """The tables whose changes readers can see."""
    models = [
        model for label in CONTENT_APPS for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    return [model._meta.db_table for model in [*models, *map(apps.get_model, SHOWN_OF_OTHERS)]]


def watch(using, **kwargs):
    """After migrations: every content table moves the revision, and what the migrations did counts as a change."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    if TABLE not in present:
        return
    tables = [table for table in watched_tables() if table in present]
    with transaction.atomic(using), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            watch_on_sqlite(cursor, tables)
        else:
            watch_on_postgresql(cursor, tables)
        cursor.execute(MOVE)


def watch_on_sqlite(cursor, tables):
    for table in tables:
        for event in EVENTS:
            cursor.execute(
                f'CREATE TRIGGER IF NOT EXISTS "{PREFIX}_{table}_{event.lower()}" AFTER {event} ON "{table}"'
                f" BEGIN {MOVE}; END"
            )


def watch_on_postgresql(cursor, tables):
    cursor.execute(POSTGRESQL_FUNCTION)
    cursor.execute(POSTGRESQL_TRIGGERS, [PREFIX])
    watched = {table for (table,) in cursor.fetchall()}
    for table in sorted({*tables} - watched):
        cursor.execute(
            f'CREATE CONSTRAINT TRIGGER {PREFIX} AFTER {" OR ".join(EVENTS)} ON "{table}"'
            f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {PREFIX}()"
        )


def unwatch(schema_editor):
    """Before a migration takes the revision away: no trigger may be left that would look for it."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{PREFIX}%"])
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute(f"DROP FUNCTION IF EXISTS {PREFIX}() CASCADE")
