"""No page scrolls sideways on a phone, and no word is broken where there is room for it."""

import json
import re

import pytest
from django.conf import settings

from tests.browser.looks import BROKEN_WORDS, OVERFLOWING
from tests.browser.pages import KINDS_OF_PAGE

pytestmark = pytest.mark.looks


def alike():
    """Areas of official statistics beyond the two with the longest names of each kind: the others fit if those do."""
    areas = json.loads((settings.BASE_DIR / "fixtures" / "salaries.area.json").read_text(encoding="utf-8"))
    kinds = {}
    for area in sorted((area["fields"] for area in areas), key=lambda area: (-len(area["name"]), area["slug"])):
        kinds.setdefault(area["kind"], []).append(f"/salaries/cities/{area['slug']}/")
    return {path for kind, paths in kinds.items() if kind != "city" for path in paths[2:]}


@pytest.mark.parametrize("width", [320])
def test_no_page_scrolls_sideways(page):
    """The addresses of the sitemap: a long web address in the facts of one record is enough to stretch a page."""
    sitemap = page.request.get("/sitemap.xml").text()
    listed = [re.sub(r"^https?://[^/]+", "", address) for address in re.findall(r"<loc>([^<]+)</loc>", sitemap)]
    passed = alike()
    paths = [path for path in listed if path not in passed]
    assert 200 < len(paths) < len(listed)
    faults = []
    for path in paths:
        page.goto(path, wait_until="domcontentloaded")
        faults += [f"{path}: {what}" for what in page.evaluate(OVERFLOWING)]

    assert faults == []


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize(
    "path",
    ["/", "/salaries/", "/reading/", "/careers/", "/salaries/cities/tel-aviv/", "/gallery/"]
    + ["/salaries/?basis=converted&ordering=-median", "/salaries/cities/new-york/", "/known-issues/"]
    + ["/salaries/?population=29-1229&state=texas-us", "/salaries/figures/medical-director-bengaluru-opencourser/"]
    + ["/salaries/compare/?city=bengaluru&city=san-francisco&city=london&city=new-york"]
    + ["/salaries/part-time/?salary=265930&share=90&hours=4&weeks=52&rate=146&currency=USD"]
    + [KINDS_OF_PAGE[name] for name in ("settings", "readiness", "readiness answered", "careers compared, four")]
    + [KINDS_OF_PAGE[name] for name in ("credentials", "credential", "disagreements", "plan", "plan with problems")],
)
def test_no_word_is_broken(page, path):
    page.goto(path)

    assert page.evaluate(BROKEN_WORDS) == []


@pytest.mark.parametrize(
    "path",
    [
        "/salaries/?basis=converted&ordering=-median",
        "/salaries/?population=11-9111&basis=ppp",
        "/salaries/cities/new-york/",
        "/salaries/compare/?city=delhi&city=bengaluru&city=london&city=new-york",
        KINDS_OF_PAGE["settings"],
        KINDS_OF_PAGE["careers compared, four"],
    ],
)
def test_table_fits_every_width(path, page):
    """Wide tables between the phone and the desk: where the filters step beside them, and where they stack."""
    page.goto(path)
    too_wide = []
    for width in (1280, 1248, 1247, 1024, 1023, 900, 768):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(width)

    assert too_wide == []
