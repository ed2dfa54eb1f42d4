"""What a backup holds, and whether this code can work with it, in a line each."""

from django.contrib.auth.models import User
from django.db.migrations.executor import MigrationExecutor

from careerguide.models import LoadedRow
from careers.models import Career
from readinglist.models import Course, Work
from salaries.models import SalaryFigure

NAMED = [Career, SalaryFigure, Work, Course, User]


def contents(rows):
    named = ", ".join(
        f"{rows[model._meta.db_table]:,} {model._meta.verbose_name_plural}"
        for model in NAMED
        if model._meta.db_table in rows
    )
    return f"{sum(rows.values()):,} rows in {len(rows)} tables, among them {named}"


def problems(connection):
    """Why the site would not run, or not rightly, on what the database now holds."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    apps = {app for app, _ in known}
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    later = sorted(
        f"{app}.{name}" for app, name in executor.loader.applied_migrations if (app, name) not in known and app in apps
    )
    if missing:
        yield f"{missing} migrations are missing: run .venv/bin/python manage.py migrate"
    if later:
        yield f"The backup is of later code, which made {', '.join(later)}: run that, or make sure this bears it."
    if not missing and not (LoadedRow.objects.exists() and Career.objects.exists()):
        yield "There is no content in it: run .venv/bin/python manage.py load_content"
