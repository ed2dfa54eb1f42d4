"""The WSGI application: `granian --interface wsgi careerguide.wsgi:application`."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template import engines
from django.urls import get_resolver

from careerguide import patience

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")


def warm_up():
    """Load what else the first reader of each page would wait for: addresses, views and templates.

    A server takes requests once this module is loaded, so after a restart the first page is as quick as the next. What
    is loaded by now stays, and the search for garbage need not look at it again.
    """
    get_resolver().url_patterns  # noqa: B018 (reading it loads them)
    pages = engines["jinja2"].env
    for name in pages.list_templates(["html"]):
        pages.get_template(name)
    gc.collect()
    gc.freeze()


application = get_wsgi_application()
patience.install()
warm_up()
if settings.KEEP_PAGES:
    from careerguide.kept_pages.layer import KeptPages

    application = KeptPages(application, settings.KEPT_PAGES_DIR, settings.WEB_THREADS)
