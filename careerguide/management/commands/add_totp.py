"""Give an account its one-time codes (TOTP, RFC 6238); needs DJANGO_ADMIN_MFA=1."""

import io
import logging

import segno
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

log = logging.getLogger("careerguide.signin")


def drawn(address):
    """The QR code as text, drawn whole: self.stdout would end a line after every part."""
    text = io.StringIO()
    segno.make(address).terminal(text, compact=True)
    return text.getvalue()


class Command(BaseCommand):
    help = "Show the secret from which an authenticator app makes an account's one-time codes: once, and never again."

    def add_arguments(self, parser):
        parser.add_argument("username", help="The account's name.")
        parser.add_argument(
            "--replace", action="store_true", help="Make a new secret, as for a lost phone. The old codes end at once."
        )

    def handle(self, *args, username, replace, **options):
        if not settings.ADMIN_MFA:
            raise CommandError("One-time codes are switched off. Set DJANGO_ADMIN_MFA=1, then run this again.")
        try:
            device = self.new_device(username, replace)
        except DatabaseError as error:
            raise CommandError(f"The database refused: {error} Run manage.py migrate, then this again.") from error
        log.info("One-time codes given: %r", username)
        self.stdout.write(f"Scan this with an authenticator app, on the phone of {username} only:\n")
        self.stdout.write(drawn(device.config_url))
        self.stdout.write(f"\nOr type its address into the app: {device.config_url}")
        self.stdout.write("It is a secret and is not shown again: clear the screen when the app shows codes.")

    @transaction.atomic
    def new_device(self, username, replace):
        from django_otp.plugins.otp_totp.models import TOTPDevice  # only there if codes are switched on

        user = User.objects.select_for_update().filter(username=username).first()
        if not user:
            raise CommandError(f"There is no account “{username}”. Names are told apart by small and capital letters.")
        if not user.is_staff:
            raise CommandError(f"“{username}” may not enter the admin, so it needs no codes: make it staff first.")
        former = TOTPDevice.objects.filter(user=user)
        if former.exists() and not replace:
            raise CommandError(f"“{username}” has codes already. To end them and begin anew, add --replace.")
        former.delete()
        return TOTPDevice.objects.create(user=user, name="authenticator app")
