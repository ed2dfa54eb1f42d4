"""Load the fixtures; see careerguide/content.py for the promises."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careerguide import content


class Command(BaseCommand):
    help = "Load the content of fixtures/: all or nothing, validated, keeping what editors changed in the admin."

    def add_arguments(self, parser):
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Bring every record of the files back to them. Records added in the admin stay.",
        )
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures", help="Where the files are.")

    def handle(self, *args, **options):
        try:
            report = content.load(options["folder"], overwrite=options["overwrite"])
        except content.ContentError as error:
            shown = error.problems[: content.MOST_PROBLEMS_SHOWN]
            more = len(error.problems) - len(shown)
            lines = [*shown, f"… and {more} more."] if more else shown
            raise CommandError("Nothing was loaded.\n- " + "\n- ".join(lines)) from error
        total = sum(report.counts.values())
        counts = ", ".join(f"{number} {name}" for name, number in sorted(report.counts.items()))
        self.stdout.write(self.style.SUCCESS(f"Content loaded: {total} records ({counts})."))
        for line in report.kept:
            self.stdout.write(f"Kept: {line}")
        if report.kept:
            self.stdout.write("To bring these back to the files: .venv/bin/python manage.py load_content --overwrite")
