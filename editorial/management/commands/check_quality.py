"""The quality desk on the command line, with an exit status for whoever must not let defects pass."""

import sys

from django.core.management.base import BaseCommand

from editorial.desk import Desk
from sources.choices import Severity

FIRST = 10


class Command(BaseCommand):
    help = "Print what the quality desk shows, and fail if a text has a plain defect."

    def add_arguments(self, parser):
        parser.add_argument(
            "--fail-on",
            choices=Severity.values,
            help="Fail on any open finding of this severity or a worse one, about figures, too. Without it, only plain "
            "defects of the content fail.",
        )
        parser.add_argument("--all", action="store_true", help=f"Print every line, not the first {FIRST} of a section.")

    def handle(self, *args, fail_on, **options):
        desk = Desk()
        for section in desk.sections:
            self.print_section(section, section.count if options["all"] else FIRST)
        failing = desk.count_at_least(fail_on) if fail_on else desk.count_of_content(Severity.EXCLUDE)
        if failing:
            what = f"Open findings of severity “{fail_on}” or worse" if fail_on else "Plain defects of the content"
            self.stderr.write(f"{what}: {failing:,}")
            sys.exit(1)

    def print_section(self, section, shown):
        self.stdout.write(f"{section.title}: {section.count:,}")
        for item in section.lines[:shown]:
            level = f"{item.severity_label}, {item.rule}" if item.is_finding else item.title.lower()
            self.stdout.write(f"- {item.name} [{level}]: {item.sentence}")
        if section.count > shown:
            self.stdout.write(f"… and {section.count - shown:,} more; --all prints them.")
        self.stdout.write("")
