"""Where to report a weakness of this site (RFC 9116)."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

VALID = timedelta(days=180)  # the RFC recommends less than a year; the site says it anew each day that it runs


@require_safe
def security_txt(request):
    if not settings.SECURITY_CONTACT:
        raise Http404("no contact is set")
    expires = datetime.combine(timezone.now().astimezone(UTC).date(), time(tzinfo=UTC)) + VALID
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.BASE_URL}{reverse('security-txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
