"""Takes a reader's plan along from page to page: in the address, since nothing about a reader is stored.

A page asked for with `?plan=…` gets the same parameter on every link and form that leads to another page of this
site. That is done here, once, on the finished page; templates need not know of it.
"""

import re
from html import escape

from django.urls import reverse

from careerguide.middleware import WRITING_PREFIX
from careerguide.plan_address import CARRIED, Carried

# Addresses of this site: pages end with a slash. Files, the admin, and plans that name their items carry nothing.
PAGE = rf'/(?!{WRITING_PREFIX[1:]}|static/|plan\.|plan/\?)(?:[^"?#.]*/)?(?:\?[^"#]*)?'
SAME_PAGE = r'\?[^"#]*'
LINK = re.compile(rf'(<a\b[^<>]*?\bhref=")({PAGE}|{SAME_PAGE})((?:#[^"]*)?")')
LINK_AWAY = re.compile(rf'(<a\b[^<>]*?\bhref=")({PAGE})((?:#[^"]*)?")')
FORM = re.compile(r'<form\b[^<>]*\bmethod="get"[^<>]*>')


def carried_by(request):
    """The plan that the address of a request carries; an empty one if the request never came through the middleware."""
    return getattr(request, "carried", None) or Carried("")


class CarriedPlanMiddleware:
    """Reads the plan that an address carries into `request.carried`; a view may put another there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.carried = Carried(request.GET.get(CARRIED, ""))
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        if request.carried and is_page and not request.path.startswith(WRITING_PREFIX):
            links = LINK_AWAY if request.path == reverse("plan") else LINK
            response.content = carry(response.content.decode(), request.carried.text, links).encode()
        return response


def with_plan(request, query):
    """A query string, with its "?" or empty, that takes along the plan of the request; for addresses in headers."""
    if not request.carried:
        return query
    return f"{query}{'&' if query else '?'}{CARRIED}={request.carried.text}"


def carry(html, plan, links=LINK):
    """The page with `plan` on every link and in every form that stays on this site."""
    pair = f"{CARRIED}={escape(plan)}"

    def with_plan(match):
        before, address, after = match.groups()
        joint = "" if address.endswith("?") else "&amp;" if "?" in address else "?"
        return f"{before}{address}{joint}{pair}{after}"

    html = links.sub(with_plan, html)
    return FORM.sub(lambda match: f'{match[0]}<input type="hidden" name="{CARRIED}" value="{escape(plan)}">', html)
