"""What a view says of its page: that its last good copy may be kept and shown to everybody."""

from dataclasses import dataclass
from functools import wraps

KEEP = "X-Keep"  # a header between the view and the layer; it never leaves the site
LIFE = "public, max-age=0, stale-if-error=86400"  # caches ask each time, which costs a 304, and help when we are down


@dataclass(frozen=True)
class Declared:
    """The parameters that a page reads: those whose values are a choice among few, and those that take any text."""

    choices: frozenset = frozenset()
    free: frozenset = frozenset()
    alone: bool = False  # kept only when nothing is asked
    fragments: bool = False  # htmx gets a part of the page at the same address


def kept_page(*choices, free=(), alone=False, fragments=False):
    """The page reads these parameters and nothing else of a request: no cookie, no header but those of htmx.

    Copies are kept of pages that ask for choices alone. A view sets `request.keep` to False if it was asked for
    something it does not know, because there is no end to such addresses. A page that is kept `alone` reads
    parameters that its form makes up.
    """
    declared = Declared(frozenset(choices), frozenset(free), alone, fragments)

    def decorator(view):
        @wraps(view)
        def kept(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                response.headers.setdefault("Cache-Control", LIFE)
                if getattr(request, "keep", True):
                    response.headers[KEEP] = "1"
            return response

        kept.declared = declared
        return kept

    return decorator


def as_asked(request, page):
    """Whether the page of a list is the one that was asked for, not the last or first instead of it."""
    asked = request.GET.get("page")
    return asked in (None, "", str(page.number))
