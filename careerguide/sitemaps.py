"""Every public address, from the same querysets as the pages; hosts come from the settings, never from a request."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.urls import reverse

from careerguide.kept_pages.declaring import kept_page
from careers.models import Career, Credential
from readinglist.models import Course, ReadingList, Work
from salaries.choices import ROLE
from salaries.models import Area, SalaryFigure
from sources.models import Source


class GuideSitemap(Sitemap):
    """A sitemap whose absolute addresses follow DJANGO_BASE_URL."""

    def get_protocol(self, protocol=None):
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.BASE_URL).netloc


PAGES = [
    "home",
    "careers:careers",
    "careers:compare",
    "careers:credentials",
    "plan",
    "salaries:figures",
    "salaries:compare",
    "salaries:part-time",
    "readinglist:items",
    "sources:sources",
    "sources:disagreements",
    "method",
    "salaries:known-issues",
    "changes",
]


class PageSitemap(GuideSitemap):
    def items(self):
        return PAGES

    def location(self, item):
        return reverse(item)


class RecordSitemap(GuideSitemap):
    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.published().order_by("slug")


class FigureSitemap(GuideSitemap):
    """The figures on the title itself; those of official statistics are reached from the pages of their areas."""

    def items(self):
        return SalaryFigure.objects.published().for_role(ROLE).order_by("slug")


class CareerSitemap(RecordSitemap):
    def lastmod(self, career):
        return career.reviewed_on


class GuidanceSitemap(CareerSitemap):
    """The pages below each career's own."""

    def __init__(self, name):
        super().__init__(Career)
        self.name = name

    def location(self, career):
        return reverse(self.name, args=[career.slug])


SITEMAPS = {
    "pages": PageSitemap,
    "careers": CareerSitemap(Career),
    "settings": GuidanceSitemap("careers:settings"),
    "readiness": GuidanceSitemap("careers:readiness"),
    "credentials": RecordSitemap(Credential),
    "works": RecordSitemap(Work),
    "courses": RecordSitemap(Course),
    "lists": RecordSitemap(ReadingList),
    "areas": RecordSitemap(Area),
    "figures": FigureSitemap,
    "sources": RecordSitemap(Source),
}


@kept_page("p")
def sitemap(request):
    """All of them, in pages `p`. Other spellings of a number have no end, so copies of them are not kept."""
    page = request.GET.get("p", "1")
    request.keep = page.isascii() and page.isdigit() and page[0] != "0"
    return views.sitemap(request, SITEMAPS)
