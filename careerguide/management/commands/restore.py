"""Put a backup back; see careerguide/backups for the promises."""

import time
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

from careerguide import backups
from careerguide.backups import report
from careerguide.models import ContentRevision


class Command(BaseCommand):
    help = "Fill the database from a backup: all of it or nothing."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="What `manage.py backup` wrote.")
        parser.add_argument("--replace", action="store_true", help="Lose what the database holds now.")
        parser.add_argument("--migrate", action="store_true", help="Then bring its tables up to this code.")

    def handle(self, *args, file, replace, migrate, **options):
        connection.close()
        try:
            backup = backups.restore(connection.settings_dict, file, replace)
        except backups.Fault as fault:
            raise CommandError(f"Nothing was restored. {fault}") from fault
        self.stdout.write(self.style.SUCCESS(f"Restored: {report.contents(backup.rows)}, from {file}"))
        for note in backup.notes:
            self.stdout.write(note)
        outdate_copies()
        if migrate:
            call_command("migrate", interactive=False, stdout=self.stdout)
            outdate_copies()  # its table may be new
        for problem in report.problems(connection):
            self.stderr.write(self.style.WARNING(problem))
        self.stdout.write("Restart the site, so that no process shows what was there before.")


def outdate_copies():
    """Move the content's revision past any that it had since the backup: a kept page of then would count as fresh."""
    if ContentRevision._meta.db_table in connection.introspection.table_names():
        ContentRevision.objects.update(number=Greatest(F("number") + 1, int(time.time() * 1000)))
