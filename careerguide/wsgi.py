"""The WSGI application: `granian --interface wsgi careerguide.wsgi:application`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from careerguide import patience, warming

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")

application = get_wsgi_application()
patience.install()
warming.start()
if settings.KEEP_PAGES:
    from careerguide.kept_pages.layer import KeptPages

    application = KeptPages(application, settings.KEPT_PAGES_DIR, settings.WEB_THREADS)
