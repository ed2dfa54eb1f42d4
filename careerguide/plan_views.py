"""My plan: the page and its calendar file."""

import re
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from careerguide.calendars import calendar_of, deadlines
from careerguide.middleware import WRITING_PREFIX
from careerguide.pages import page_context
from careerguide.plan import Plan
from careerguide.plan_address import CARRIED, MOST, Carried
from careerguide.qr import qr_code

# A path that begins with two slashes would be read as the name of another host.
REFERER = re.compile(r"https?://(?P<host>[^/?#]+)(?P<path>/(?![/\\])[^?#]*)\??(?P<query>[^#]*)")


def page_before(request):
    """The page of this site from which the reader came, for a way back that takes the plan along; empty if unknown."""
    before = REFERER.match(request.headers.get("Referer", ""))
    if (
        not before
        or before["host"] != request.get_host()
        or before["path"].startswith((reverse("plan"), WRITING_PREFIX))
    ):
        return ""
    kept = [(name, value) for name, value in parse_qsl(before["query"]) if name != CARRIED]
    return f"{before['path']}?{urlencode(kept)}"


@require_safe
def plan(request):
    """The plan that the address holds; other spellings of it lead to the canonical one."""
    found = Plan(request.GET)
    complete = not (found.unknown_codes or found.malformed or found.left_out)
    if complete and found.query != request.META.get("QUERY_STRING", "") and found.items:
        return redirect(f"{reverse('plan')}?{found.query}")
    credentials = [item.record for item in found.of_kind("credential")]
    today = timezone.localdate()
    request.carried = Carried(found.short)  # every link of this page takes the plan along
    short_address = f"{settings.BASE_URL}{reverse('plan')}?{urlencode({CARRIED: found.short})}"
    context = {
        "plan": found,
        "credentials": credentials,
        "today": today,
        "deadlines": deadlines(credentials, today),
        "short_address": short_address,
        "qr": qr_code(short_address),
        "most": MOST,
        "page_before": page_before(request),
    }
    about = page_context(
        "My plan", "Your stage, gaps, reading, credentials and cities on one sheet. Nothing is stored."
    )
    response = render(request, "plan/plan.html", context | about)
    patch_vary_headers(response, ["Referer"])
    return response


@require_safe
def plan_calendar(request):
    """The deadlines of the credentials in the plan, for a calendar program."""
    credentials = [item.record for item in Plan(request.GET).of_kind("credential")]
    if not deadlines(credentials, timezone.localdate()):
        raise Http404("A calendar file without an event is none (RFC 5545, 3.6).")
    body = calendar_of(credentials, timezone.localdate(), timezone.now())
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="credential-deadlines.ics"'},
    )
