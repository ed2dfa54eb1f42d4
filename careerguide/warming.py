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

STARTING = "the worker has just started; in a moment its first page will be quick"
FAILED = "a view or a template of this release cannot be loaded; the log says which"

problem = ""  # what /readyz is to say; nothing where no server was started


def start():
    global problem
    problem = STARTING
    get_resolver(), engines["jinja2"]  # here, because two threads could each make one and fill the one that is dropped
    Thread(target=warm_up, daemon=True).start()


def warm_up():
    """Load it all. What is loaded by then stays, and the search for garbage need not look at it again."""
    global problem
    try:
        get_resolver().url_patterns  # noqa: B018 (reading it loads them)
        pages = engines["jinja2"].env
        for name in pages.list_templates(["html"]):
            pages.get_template(name)
        problem = ""
    except Exception:
        log.exception(FAILED)
        problem = FAILED
    gc.collect()
    gc.freeze()
