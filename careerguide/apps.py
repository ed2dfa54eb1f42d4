from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class CareerGuideConfig(AppConfig):
    """The project as an app, so that its commands, tags and the loader's record are found."""

    name = "careerguide"
    verbose_name = "Content loading"


class GuideAdminConfig(admin_apps.AdminConfig):
    default = False  # an app of its own, beside the one above
    default_site = "careerguide.admin_site.GuideAdminSite"
