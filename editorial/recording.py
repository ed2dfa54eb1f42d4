"""History by django-reversion."""

import reversion


def register_content():
    from django.apps import apps

    from careerguide.content import CONTENT_MODELS

    for label in CONTENT_MODELS:
        reversion.register(apps.get_model(label), use_natural_foreign_keys=True)
