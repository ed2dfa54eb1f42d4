"""In which order whoever writes content waits for the others on PostgreSQL. SQLite has one writer at a time anyway.

Everybody takes these in the same order, so that nobody waits for somebody who waits for them:

1. the line of content, which forms, lists and imports share, and which a load or dump of all files has for itself;
2. the line of judges, if figures are judged in the same transaction;
3. records, the whole before its parts (editorial/saving/holding.py), several of one kind by their keys;
4. the proposals about them.
"""

from django.db import connection

CONTENT = 7_114_911_101  # any numbers that nothing else in this database locks
JUDGES = 7_114_911_100
PATIENCE = "20s"  # of a person who waits for an answer
MOST_PATIENCE = "60s"  # of a command


def be_patient(how_long):
    """Wait so long for each lock, in this transaction; beyond the few seconds that a page may take."""
    execute(f"SET LOCAL lock_timeout = '{how_long}'; SET LOCAL statement_timeout = '{how_long}'")


def stand_in(line, shared=False):
    """Hold a place in a line until the transaction ends; with `shared`, beside others who share it."""
    execute(f"SELECT pg_advisory_xact_lock{'_shared' if shared else ''}(%s)", [line])


def execute(statement, parameters=None):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
