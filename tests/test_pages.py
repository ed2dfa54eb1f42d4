"""What holds for every page, asked of every address that the sitemap and the menus know."""

import re
from collections import Counter
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import html5lib
import pytest
from django.conf import settings
from django.test import Client

from careerguide.plan_address import Choice
from careers.models import Career, Credential
from readinglist.models import Course, ReadingList, Work
from salaries.choices import ROLE, AreaKind
from salaries.models import Area, SalaryFigure
from sources.models import Source

pytestmark = pytest.mark.django_db

UNLISTED = ["/search/", "/search/?q=care", "/search/?q=nowhere", "/gallery/"]
DIRECTOR = "/careers/medical-director/"
READINESS = f"{DIRECTOR}readiness/"
CMD = Choice("credential", "cmd").code
ONE_OF_EACH = (
    "stage=medical-director.mid&gap=medical-director.license&work=kotter-leading-change"
    "&course=patient-safety-vii&credential=cmd&city=delhi"
)
VARIANTS = [
    f"{DIRECTOR}?setting=nursing-facility&country=US",
    f"{DIRECTOR}?setting=insurer&country=DE",
    f"{DIRECTOR}?setting=moon&country=XX",
    f"{DIRECTOR}?plan={CMD}",
    "/careers/chief-medical-officer/?country=AU",
    f"{DIRECTOR}settings/?setting=hospital&setting=insurer",
    f"{DIRECTOR}settings/?setting=moon",
    f"{READINESS}?setting=hospital&country=US&q-license=no&q-medical-degree=have&q-management-degree=unsure",
    f"{READINESS}?q-license=have&plan={CMD}",
    f"{READINESS}?q-license=maybe&q-nothing=have&country=XX&setting=moon",
    "/careers/hospital-chief-executive/readiness/?country=GB&q-medical-degree=working",
    "/careers/compare/?career=medical-director",
    "/careers/compare/?career=medical-director&career=chief-medical-officer",
    "/careers/compare/?career=medical-director&career=department-chair&career=nobody"
    "&career=service-line-medical-director&career=hospital-chief-executive&career=chief-medical-officer",
    f"/credentials/?plan={CMD}",
    f"/credentials/cmd/?plan={CMD}",
    f"/disagreements/?plan={CMD}",
    f"/plan/?{ONE_OF_EACH}",
    "/plan/?work=nothing&gap=medical-director.nothing&city=delhi~zzz",
    f"/plan/?plan={CMD}-zzzzz",
    f"/plan/?plan={CMD}",
    "/plan/?plan=(not+a+plan)",
    "/reading/?stage=mid&plan=" + CMD,
    "/careers/?stage=early",
    "/careers/?q=zzzz",
    "/careers/?setting=moon",
    "/reading/?kind=book",
    "/reading/?q=zzzz",
    "/reading/?level=hard",
    "/salaries/?city=delhi&ordering=-median",
    "/salaries/?q=zzzz",
    "/salaries/?basis=converted&ordering=-median",
    "/salaries/?basis=ppp&population=11-9111&population=title&state=texas-us&page=2",
    "/salaries/compare/?city=delhi&city=bengaluru&city=london&city=new-york",
    "/salaries/compare/?city=delhi&city=nowhere",
    "/salaries/part-time/?salary=200000&share=80&hours=10&rate=abc",
    "/salaries/figures/oews-2025-29-1214-us-al/",
    "/known-issues/?rule=stale",
    "/known-issues/?severity=note&page=3",
    "/known-issues/?reports=1",
    "/known-issues/?report=none",
    "/changes/?kind=careers.duty&q=zzzz",
    "/changes/?record=salaries.salaryfigure:medical-director-delhi-opencourser",
    "/salaries/?min=abc&city=nowhere&currency=USD",
    "/search/?q=" + "a" * 101,
]
MISSING = [
    "/careers/nobody/",
    "/careers/nobody/settings/",
    "/careers/nobody/readiness/",
    "/credentials/nothing/",
    "/reading/nothing/",
    "/reading/lists/none/",
    "/salaries/cities/nowhere/",
    "/salaries/figures/nothing/",
    "/sources/none/",
    "/nothing/",
]
OWN = ("/", "#", "?")


class Page:
    """One answer, parsed once; a tag left open or closed twice raises html5lib's ParseError."""

    def __init__(self, response):
        self.response = response
        self.text = response.content.decode()
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.tree = parser.parse(self.text)

    def all(self, tag):
        return list(self.tree.iter(tag))

    def values(self, name):
        """Every value of one attribute, wherever it stands."""
        return [element.get(name) for element in self.tree.iter() if element.get(name) is not None]

    def meta(self, name):
        return [one.get("content") for one in self.all("meta") if name in (one.get("name"), one.get("property"))]


def sitemap(client):
    found = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 (our own)
    return [element.text for element in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """{address: Page} of every public page, rendered once for all tests here: they only read."""
    client = Client()
    with django_db_blocker.unblock():
        listed = [address.removeprefix(settings.BASE_URL) for address in sitemap(client)]
        passed = set(alike())
        addresses = [address for address in listed + UNLISTED + VARIANTS if address not in passed]
        return {address: Page(client.get(canonical(client, address))) for address in addresses}


def canonical(client, address):
    """The address itself; of a plan, the spelling that it is redirected to, if any."""
    response = client.head(address) if address.startswith("/plan/?") else None
    if not response or response.status_code != 302:
        return address
    assert response["Location"].startswith("/plan/?")
    return response["Location"]


def alike():
    """Areas of official statistics beyond the first two of each kind: their pages differ in numbers alone."""
    for kind in set(AreaKind.values) - {AreaKind.CITY}:
        for area in Area.objects.filter(kind=kind)[2:]:
            yield area.get_absolute_url()


def test_sitemap_lists_every_page_once_under_our_own_address(client):
    found = sitemap(client)

    # 14 pages; each career by itself, by setting and as a self-check; every other public record
    records = sum(model.objects.count() for model in (Credential, Work, Course, ReadingList, Area, Source))
    figures = SalaryFigure.objects.for_role(ROLE).count()
    assert len(found) == len(set(found)) == 14 + 3 * Career.objects.count() + records + figures > 800
    assert all(address.startswith(f"{settings.BASE_URL}/") for address in found)


def test_pages_stand_as_promised(pages):
    """One sweep, many questions; a fault names the page and the promise."""
    faults = [f"{address}: {fault}" for address, page in pages.items() for fault in faults_of(address, page)]

    assert faults == []
    assert len(pages) > 100


def faults_of(address, page):
    path = urlsplit(address).path
    headings = ["".join(heading.itertext()).strip() for heading in page.all("h1")]
    checks = {
        "status 200": page.response.status_code == 200,
        "one h1 that says something": len(headings) == 1 and headings[0],
        "one main": len(page.all("main")) == 1,
        "a title": "".join(page.all("title")[0].itertext()).strip(),
        "one description": len(page.meta("description")) == 1 and page.meta("description")[0],
        "canonical link": [one.get("href") for one in page.all("link") if one.get("rel") == "canonical"]
        == [settings.BASE_URL + path],
        "open graph": page.meta("og:title") and page.meta("og:url") == [settings.BASE_URL + path],
        "breadcrumbs, but not at home": ('class="breadcrumbs"' in page.text) == (path != "/"),
        "skip link first": page.all("a")[0].get("href") == "#main",
        "no inline script": all(one.get("src") and not (one.text or "").strip() for one in scripts(page)),
        "no style element": page.all("style") == [],
        "no style attribute": page.values("style") == [],
        "no handler": not [name for one in page.tree.iter() for name in one.attrib if name.lower().startswith("on")],
        "no address that runs": not [href for href in page.values("href") if href.lower().startswith("javascript:")],
        "nothing from elsewhere": all(one.startswith("/static/") for one in loaded(page)),
        "no cookie": not page.response.cookies,
        "unique ids": repeated(page.values("id")) == [],
        "no empty link": all("".join(one.itertext()).strip() for one in page.all("a")),
        "labels of what they name": set(references(page)) <= set(page.values("id")),
        "anchors": {href[1:] for href in page.values("href") if len(href) > 1 and href[0] == "#"}
        <= set(page.values("id")),
        "no template text": not re.search(r"\{[{%#]|[%#}]\}", "".join(page.all("body")[0].itertext())),
        "no missing value": "None" not in {(one.text or "").strip() for one in page.all("body")[0].iter()},
    }
    return [name for name, passed in checks.items() if not passed]


def loaded(page):
    """What a browser fetches by itself."""
    links = [one.get("href") for one in page.all("link") if one.get("rel") not in ("canonical", "alternate")]
    elements = [one for tag in ("script", "img", "iframe", "source") for one in page.all(tag)]
    return links + [one.get("src") for one in elements if one.get("type") != "application/ld+json"]


def scripts(page):
    """Elements that run; linked data does not."""
    return [one for one in page.all("script") if one.get("type") != "application/ld+json"]


def references(page):
    names = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
    return [word for name in names for value in page.values(name) for word in value.split()]


def repeated(values):
    return [value for value, count in Counter(values).items() if count > 1]


def test_titles_tell_pages_apart(pages):
    titles = ["".join(page.all("title")[0].itertext()) for address, page in pages.items() if "?" not in address]

    assert repeated(titles) == []


def test_links_between_pages_resolve(client, pages):
    targets = {href.partition("#")[0] for page in pages.values() for href in page.values("href") if href[0] == "/"}
    targets = {href for href in targets if not href.startswith("/static/")}
    broken = [href for href in sorted(targets - set(pages)) if client.head(canonical(client, href)).status_code != 200]

    assert broken == []


def test_every_address_of_the_sitemap_answers(client, pages):
    addresses = [address.removeprefix(settings.BASE_URL) for address in sitemap(client)]
    broken = [
        address
        for address in addresses
        if (pages[address].response if address in pages else client.head(address)).status_code != 200
    ]

    assert broken == []


def test_links_to_a_part_of_another_page_find_it(client, pages):
    pointers = {href for page in pages.values() for href in page.values("href") if href.startswith("/") and "#" in href}
    targets = {href.partition("#")[0] for href in pointers}
    ids = {target: set((pages.get(target) or Page(client.get(target))).values("id")) for target in targets}
    lost = [one for one in pointers if one.partition("#")[2] not in ids[one.partition("#")[0]]]

    assert pointers
    assert lost == []


def test_links_to_other_sites_are_plain_web_addresses(pages):
    hrefs = {href for page in pages.values() for href in page.values("href") if not href.startswith((*OWN, "mailto:"))}

    assert {urlsplit(href).scheme for href in hrefs} <= {"https", "http"}
    assert all(urlsplit(href).hostname for href in hrefs)


def test_headings_skip_no_level(pages):
    faults = []
    for address, page in pages.items():
        levels = [int(one.tag[1]) for one in page.tree.iter() if one.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
        main = levels[levels.index(1) :]
        faults += [address for above, below in zip(main, main[1:], strict=False) if below > above + 1]

    assert faults == []


@pytest.mark.parametrize("address", MISSING)
def test_missing_page_says_so_and_offers_ways_on(address, client):
    response = client.get(address)
    page = Page(response)

    assert response.status_code == 404
    assert len(page.all("h1")) == 1
    assert "Status 404" in page.text
    assert page.meta("robots") == ["noindex"]
    assert {"/", "/careers/", "/salaries/", "/reading/"} <= set(page.values("href"))
    assert not response.cookies


@pytest.mark.parametrize("address", ["/careers", "/salaries", "/reading", "/careers/medical-director"])
def test_address_without_slash_leads_to_the_page(address, client):
    response = client.get(address)

    assert (response.status_code, response["Location"]) == (301, f"{address}/")


@pytest.mark.parametrize("address", ["//example.org/%2e%2e", "//example.org/a", "/\\example.org", "/%5cexample.org"])
def test_odd_address_never_leads_elsewhere(address, client):
    response = client.generic("GET", unquote(address))

    assert response.status_code in (301, 400, 404)
    assert urlsplit(response.get("Location", "/")).netloc == ""


def test_robots_names_the_sitemap(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in response.content.decode()


def test_health_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"status": "ok"}


def test_readiness_is_reported(client):
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"


def test_readiness_without_content_is_refused(client):
    from careerguide.models import LoadedRow

    LoadedRow.objects.all().delete()
    response = client.get("/readyz")

    assert response.status_code == 503
    assert "load_content" in response.json()["problem"]


def test_readiness_without_static_files_is_refused(client, settings):
    """Every page would be a 500: the hashed names are known only after collectstatic."""
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    response = client.get("/readyz")

    assert response.status_code == 503
    assert "collectstatic" in response.json()["problem"]


def test_error_page_without_its_template_is_a_line_of_text(rf, monkeypatch):
    from careerguide import views

    monkeypatch.setattr(views, "render", lambda *args, **kwargs: 1 / 0)
    response = views.server_error(rf.get("/anything/"))

    assert (response.status_code, response["Content-Type"]) == (500, "text/plain")
    assert b"Something failed" in response.content


@pytest.mark.parametrize("view", ["bad_request", "forbidden", "forbidden_form", "not_found", "server_error"])
def test_error_page_needs_no_database(view, rf, django_assert_num_queries):
    from django.contrib.auth.models import AnonymousUser

    from careerguide import views

    request = rf.get("/anything/")
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        page = Page(getattr(views, view)(request))

    assert len(page.all("h1")) == 1
    assert f"Status {page.response.status_code}" in page.text
