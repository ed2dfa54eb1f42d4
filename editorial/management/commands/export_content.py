"""The export of the admin for the command line; what it writes, import_content reads."""

import sys

from django.core.management.base import BaseCommand, CommandError

from editorial.transfer.formats import EXPORTED
from editorial.transfer.resources import RESOURCES


class Command(BaseCommand):
    help = "Write all figures, works or courses, drafts included: export_content works > works.csv"

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=RESOURCES)
        parser.add_argument("--format", choices=EXPORTED, default="csv")

    def handle(self, *args, kind, format, **options):
        file = EXPORTED[format]()
        dataset = RESOURCES[kind]().export(force_native_type=file.is_binary())
        try:
            content = file.export_data(dataset)
        except ValueError as error:
            raise CommandError(str(error)) from error
        if isinstance(content, bytes):
            self.bytes_out().write(content)
        else:
            self.bytes_out().write(content.encode())

    def bytes_out(self):
        """The stream below the text: line ends of a CSV file are its own."""
        return getattr(self.stdout._out, "buffer", None) or sys.stdout.buffer
