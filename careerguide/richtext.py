"""Editors' Markdown to safe HTML: no raw HTML in, and only a short list of elements out."""

from functools import lru_cache
from html import unescape

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

# What the pages have no place for stays text: a "#" is printed, and no heading breaks the order of the page.
_markdown = MarkdownIt("commonmark", {"html": False}).disable(["heading", "lheading", "image", "hr", "code", "fence"])
MARKDOWN_HELP = "Markdown: *emphasis*, [link](https://example.org), lists. No headings."
MOST_KEPT = 5_000  # texts whose HTML a process remembers: all of the content, which has a tenth of that
TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "br", "code", "blockquote"}


@lru_cache(maxsize=MOST_KEPT)
def to_html(text):
    """CommonMark as HTML that holds nothing but TAGS, and links to https, http or a path of this site."""
    html = _markdown.render(text)
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "*": set()},
        attribute_filter=lambda tag, name, value: None if value.startswith("//") else value,
        generic_attribute_prefixes=set(),
        url_schemes={"https", "http"},
        link_rel=None,
    )
    return mark_safe(clean)  # noqa: S308 (cleaned in the line above)


def to_text(text):
    """CommonMark as one line of plain text, for descriptions and search results."""
    return " ".join(unescape(strip_tags(to_html(text))).split())
