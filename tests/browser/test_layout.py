"""No page scrolls sideways on a phone, and no word is broken where there is room for it."""

import re

import pytest

from tests.browser.test_accessibility import OVERFLOWING

# The lines that each visible text of one word stands on: more than one means that the word was broken.
BROKEN_WORDS = """() => {
  const broken = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), parent = walker.currentNode.parentElement
    if (!/^[A-Za-z]{2,20}$/.test(text) || !parent.checkVisibility() || parent.closest('.visually-hidden')) continue
    const range = document.createRange()
    range.selectNodeContents(walker.currentNode)
    const lines = new Set([...range.getClientRects()].filter(box => box.width > 1).map(box => Math.round(box.top)))
    if (lines.size > 1) broken.push(text)
  }
  return broken
}"""


@pytest.mark.parametrize("width", [320])
def test_no_page_scrolls_sideways(page):
    """Every address of the sitemap: a long web address in the facts of one record is enough to stretch a page."""
    sitemap = page.request.get("/sitemap.xml").text()
    paths = [re.sub(r"^https?://[^/]+", "", address) for address in re.findall(r"<loc>([^<]+)</loc>", sitemap)]
    assert len(paths) > 100
    faults = []
    for path in paths:
        page.goto(path, wait_until="domcontentloaded")
        faults += [f"{path}: {what}" for what in page.evaluate(OVERFLOWING)]

    assert faults == []


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize(
    "path", ["/", "/salaries/", "/reading/", "/careers/", "/salaries/cities/tel-aviv/", "/gallery/"]
)
def test_no_word_is_broken(page, path):
    page.goto(path)

    assert page.evaluate(BROKEN_WORDS) == []
