from django.apps import AppConfig


class CareerGuideConfig(AppConfig):
    """The project as an app, so that its commands, tags and the loader's record are found."""

    name = "careerguide"
    verbose_name = "Content loading"
