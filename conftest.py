"""What every test of every app can count on: the real content in the database, and static files without collecting."""

import pytest
from django.conf import settings
from django.template.backends import jinja2
from django.test.signals import template_rendered

from careerguide import content

USES_UP_THE_CONTENT = {"transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}


def pytest_configure():
    # Hashed names exist only after collectstatic; WhiteNoise would warn of the folder that it makes.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    settings.STRICT_TEMPLATES = True
    jinja2.Template.render = told_to_the_test_client(jinja2.Template.render)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # no test needs a slow one


def told_to_the_test_client(render):
    """Django's test client keeps the context of Django's own templates only; this tells it of the others."""

    def render_and_tell(template, context=None, request=None):
        template_rendered.send(sender=template, template=template, context=context or {})
        return render(template, context, request)

    return render_and_tell


def pytest_collection_modifyitems(items):
    """Refuse tests that empty the tables: the content is loaded once, for all of them."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        if USES_UP_THE_CONTENT & set(item.fixturenames) or (mark and mark.kwargs.get("transaction")):
            raise pytest.UsageError(f"{item.nodeid}: a transactional test would empty the tables; use the fixture db.")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, with the fixtures in it as `make content` loads them; each test sees them afresh."""
    with django_db_blocker.unblock():
        content.load(settings.BASE_DIR / "fixtures")
