"""The newest public changes as an Atom feed (RFC 4287)."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from careerguide.context_processors import SITE_NAME
from careerguide.kept_pages.declaring import kept_page
from editorial.changes.filters import record_query
from editorial.models import Change

NEWEST = 50
SINCE = 2026  # the year in which this site began to name its changes; part of their ids for ever
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def absolute(address):
    """Under the site's own address, whatever host a request names."""
    return f"{settings.BASE_URL}{address}"


def clean(text):
    """Without the characters that no XML may hold."""
    return NOT_IN_XML.sub("", text)


class ChangeFeed(Feed):
    feed_type = Atom1Feed
    title = f"{SITE_NAME}: changes"
    subtitle = "Every public change: what it said before, what it says now, and why."
    author_name = SITE_NAME
    language = "en"

    def link(self):
        return absolute(reverse("changes"))

    def feed_url(self):
        return absolute(reverse("changes-feed"))

    feed_guid = feed_url

    def items(self):
        return Change.objects.public()[:NEWEST]

    def item_title(self, change):
        return clean(str(change))

    def item_description(self, change):
        return clean(render_to_string("editorial/_feed_entry.html", {"change": change, "base": settings.BASE_URL}))

    def item_link(self, change):
        return absolute(f"{reverse('changes')}{record_query(change)}#change-{change.pk}")

    def item_guid(self, change):
        return f"tag:{urlsplit(settings.BASE_URL).hostname},{SINCE}:change-{change.pk}"

    def item_pubdate(self, change):
        return change.changed_at

    item_updateddate = item_pubdate


change_feed = require_safe(kept_page()(ChangeFeed()))
