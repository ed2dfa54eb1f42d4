"""Let the rules look at every figure anew; once a day is enough, because only staleness depends on the day."""

from django.core.management.base import BaseCommand

from salaries import judgement


class Command(BaseCommand):
    help = "Judge every salary figure anew: needed once a day, and after changes made past the admin."

    def handle(self, *args, **options):
        changes = judgement.refresh()
        self.stdout.write(f"{changes} finding{'' if changes == 1 else 's'} changed.")
