"""Write the content of the database to the fixtures; see careerguide/dumping.py for the promises."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careerguide import dumping
from careerguide.fixtures import write_fixtures


class Command(BaseCommand):
    help = "Write the content of the database to the files of fixtures/, so that edits in the admin can be committed."

    def add_arguments(self, parser):
        parser.add_argument(
            "--folder", type=Path, default=settings.BASE_DIR / "fixtures", help="Where to write, if not to fixtures/."
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="Write nothing; list the files that would change and fail if any would.",
        )

    def handle(self, *args, folder, check, **options):
        files = dumping.stored_content()
        differing = dumping.differences(folder, files)
        if check and differing:
            raise CommandError(
                "These files do not hold what the database holds:\n- "
                + "\n- ".join(differing)
                + "\nTo write them: .venv/bin/python manage.py dump_content"
            )
        if not check:
            write_fixtures(folder, files)
            for line in differing:
                self.stdout.write(f"Written: {line}")
        total = sum(map(len, files.values()))
        found = f"{len(differing)} of {len(files)} files were written" if differing else "the files hold them already"
        self.stdout.write(self.style.SUCCESS(f"{total} records: {found}."))
