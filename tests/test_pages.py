"""What holds for every page, asked of every address that the sitemap and the menus know."""

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from careers.models import Career, Credential
from readinglist.models import Course, ReadingList, Work
from salaries.choices import ROLE
from salaries.models import Area, SalaryFigure
from sources.models import Source
from tests.pages import UNLISTED, VARIANTS, Page, alike, canonical, sitemap

pytestmark = pytest.mark.django_db

OWN = ("/", "#", "?")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """{address: Page} of every public page, rendered once for all tests here: they only read."""
    client = Client()
    with django_db_blocker.unblock():
        listed = [address.removeprefix(settings.BASE_URL) for address in sitemap(client)]
        passed = set(alike())
        addresses = [address for address in listed + UNLISTED + VARIANTS if address not in passed]
        return {address: Page(client.get(canonical(client, address))) for address in addresses}


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
