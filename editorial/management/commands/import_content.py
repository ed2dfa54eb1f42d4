"""The import of the admin for the command line: the same checks, the same messages, longer files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from editorial.transfer.formats import Spreadsheet
from editorial.transfer.plans import MOST_SHOWN, Kind
from editorial.transfer.resources import RESOURCES
from editorial.transfer.sheets import Unreadable
from sources.models import Source

MOST_BYTES = 10_000_000  # the admin takes less: whoever is here has the machine anyway


class Command(BaseCommand):
    help = "Import figures, works or courses from a CSV or XLSX file: all rows or none. New records are drafts."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=RESOURCES)
        parser.add_argument("file", type=Path)
        parser.add_argument("--reason", default="", help="Why published records change. Readers see it.")
        parser.add_argument("--source", default="", help="The slug of the source of new values of published figures.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, and change nothing.")

    def handle(self, *args, kind, file, reason, source, dry_run, **options):
        progress = Progress(self.stderr)
        try:
            sheet = Spreadsheet().create_dataset(content_of(file))
        except Unreadable as error:
            raise CommandError(f"{file}: {error}") from error
        source = source_named(source)
        plan = RESOURCES[kind]().import_data(sheet, dry_run, reason=reason, source=source, progress=progress)
        progress.end()
        for line in self.described(plan):
            self.stdout.write(line)
        why_not = [plan.objection] if plan.objection else list(plan.lacks(reason, source).values())
        if plan.of(Kind.REFUSED):
            why_not.append("Correct the rows that are refused, or take them out.")
        if why_not:
            raise CommandError(f"Nothing was imported. {' '.join(why_not)}")
        self.stdout.write(self.style.SUCCESS(f"{'Only tried' if dry_run else 'Imported'}: {plan.summary}"))

    @staticmethod
    def described(plan):
        for kind, count, lines in plan.groups:
            if kind == Kind.ADDED:
                continue
            for line in lines:
                changes = [f"{name}: “{old}” → “{new}”" for name, old, new in line.changes]
                said = " ".join(line.sentences) if kind == Kind.REFUSED else "; ".join(changes)
                yield f"Line {line.number}, {line.slug or 'without a slug'}, {kind}: {said}"
            if count > len(lines):
                yield f"… and {count - MOST_SHOWN:,} more {kind}."


class Progress:
    """How far a long import has come: one line that renews itself, or a line each time where nobody looks on."""

    def __init__(self, stream):
        self.stream = stream
        self.renews = stream.isatty()
        self.said = False

    def __call__(self, stage, done, total):
        start, end = ("\r", "") if self.renews else ("", "\n")
        self.stream.write(f"{start}{done:,} of {total:,} rows {stage}", str, end)  # str, or it would be red
        self.stream.flush()
        self.said = True

    def end(self):
        if self.said and self.renews:
            self.stream.write("")


def content_of(file):
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    if len(content) > MOST_BYTES:
        raise CommandError(f"{file} is larger than {MOST_BYTES // 1_000_000} MB. Split it.")
    return content


def source_named(slug):
    if not slug:
        return None
    try:
        return Source.objects.get(slug=slug)
    except Source.DoesNotExist as error:
        raise CommandError(f"There is no source “{slug}”. Write the slug that the admin shows.") from error
