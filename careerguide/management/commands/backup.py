"""Back up the database; see careerguide/backups for the promises."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from careerguide import backups
from careerguide.backups import report


class Command(BaseCommand):
    help = "Write a checked copy of the whole database, accounts and history included, while the site runs."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "place",
            type=Path,
            help="A folder, which gets a file named for the time; or a new .sqlite3 or .pgdump file.",
        )
        parser.add_argument(
            "--keep", type=int, metavar="N", help="In a folder: remove all but the newest N once this one is whole."
        )

    def handle(self, *args, place, keep, **options):
        if keep is not None and keep < 1:
            raise CommandError("--keep: write 1 or more.")
        try:
            backup = backups.make(connection.settings_dict, place, keep)
        except backups.Fault as fault:
            raise CommandError(f"No backup was made. {fault}") from fault
        self.stdout.write(self.style.SUCCESS(f"Backed up: {connection.settings_dict['NAME']} to {backup.path}"))
        for line in [f"It holds {report.contents(backup.rows)}.", f"SHA-256: {backup.sha256}", *backup.notes]:
            self.stdout.write(line)
        if not backup.has_content:
            raise CommandError(
                f"There is no content in {connection.settings_dict['NAME']}, so no older backup was removed. Do "
                "DATABASE_URL and DJANGO_VAR_DIR name the database that you meant?"
            )
