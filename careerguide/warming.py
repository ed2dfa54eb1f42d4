"""What the first readers of a new worker would wait for is loaded beside them: addresses, views and templates.

Copies of pages are answered meanwhile, so a worker that follows on one that died answers as early as before; /readyz
says when it is done, so that an upgrade restarts the next instance no sooner.
"""

import gc
import logging
from threading import Thread

from django.template import engines
from django.urls import get_resolver

log = logging.getLogger(__name__)

under_way = False  # nothing to wait for where no server was started


def start():
    global under_way
    under_way = True
    Thread(target=warm_up, daemon=True).start()


def warm_up():
    """Load it all. What is loaded by then stays, and the search for garbage need not look at it again."""
    global under_way
    try:
        get_resolver().url_patterns  # noqa: B018 (reading it loads them)
        pages = engines["jinja2"].env
        for name in pages.list_templates(["html"]):
            pages.get_template(name)
        gc.collect()
        gc.freeze()
    except Exception:
        log.exception("Not everything could be loaded ahead; readers will see what is wrong with it.")
    finally:
        under_way = False
