from django.apps import AppConfig
from django.conf import settings
from django.contrib import admin
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


class CareerGuideConfig(AppConfig):
    """The project as an app, so that its commands, tags and the loader's record are found."""

    name = "careerguide"
    verbose_name = "Content loading"

    def ready(self):
        """Write a line in the log whenever somebody signs in or is refused; watch the content for changes."""
        from careerguide import checks, revision, signin  # noqa: F401 (checks and receivers register themselves)

        post_migrate.connect(revision.watch, sender=self, dispatch_uid="revision")


class GuideAdminConfig(admin_apps.AdminConfig):
    default = False  # an app of its own, beside the one above
    default_site = "careerguide.admin_site.GuideAdminSite"

    def ready(self):
        """Find the pages of every app, and leave out those that would show the secrets of one-time codes."""
        super().ready()
        if settings.ADMIN_MFA:
            from django_otp.plugins.otp_totp.models import TOTPDevice

            admin.site.unregister(TOTPDevice)
