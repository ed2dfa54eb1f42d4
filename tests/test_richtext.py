"""Editors' Markdown: what becomes HTML, and what can never."""

import re

import pytest

from careerguide.richtext import TAGS, to_html, to_text

NOT_LINKS = [
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](vbscript:alert(1))",
    "[a](data:text/html,<b>x</b>)",
    "[a](data:image/png;base64,AAAA)",
    "[a](data:image/svg+xml;base64,AAAA)",
    "[a](file:///etc/passwd)",
    "[a](mailto:a@example.org)",
    "<javascript:alert(1)>",
]
ATTACKS = [
    *NOT_LINKS,
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="https://example.org/" onclick="alert(1)">a</a>',
    "<svg/onload=alert(1)>",
    "<iframe src=https://example.org></iframe>",
    "<!-- a --><style>*{}</style>",
    "![a](https://example.org/pixel.png)",
    '![a](x" onerror="alert(1))',
    '[a](https://example.org/ "t\\" onmouseover=\\"alert(1)")',
    '[a](https://example.org/"onmouseover="alert(1))',
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "# A heading",
]


def elements(html):
    """(name, attributes) of every element in it."""
    return re.findall(r"<([a-z0-9]+)([^>]*)>", html)


@pytest.mark.parametrize("text", ATTACKS)
def test_attack_leaves_known_elements_and_web_addresses_only(text):
    html = to_html(text)

    assert {name for name, _ in elements(html)} <= TAGS
    for name, attributes in elements(html):
        assert attributes == "" or (name == "a" and re.fullmatch(r' href="https?://[^"]*"', attributes)), attributes


@pytest.mark.parametrize("text", NOT_LINKS)
def test_address_of_another_kind_makes_no_link(text):
    assert "href" not in to_html(text)


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=c#d", "http://example.org/", "/careers/medical-director/"]
)
def test_web_address_and_path_make_a_link(address):
    assert to_html(f"[a]({address})") == f'<p><a href="{address}">a</a></p>\n'


@pytest.mark.parametrize("text", ['[a](https://example.org/ "title")', "[a](https://example.org/ 'title')"])
def test_link_has_no_attribute_but_its_address(text):
    assert to_html(text) == '<p><a href="https://example.org/">a</a></p>\n'


def test_raw_html_is_shown_as_text():
    assert to_html("a <b>c</b>") == "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>\n"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>\n"),
        ("a\\\nb", "<p>a<br>\nb</p>\n"),
        ("", ""),
    ],
)
def test_plain_markdown_is_kept(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("", ""),
        ("plain", "plain"),
        ("*a* **b** `c` [d](https://example.org/)", "a b c d"),
        ("A:\n\n- a\n- b\n\nc", "A: a b c"),
        ("two\nlines\n\n\nand   gaps", "two lines and gaps"),
        ("Quality & safety", "Quality & safety"),
        ("5 < 6 > 4", "5 < 6 > 4"),
    ],
)
def test_to_text(text, plain):
    assert to_text(text) == plain


def test_to_text_is_not_marked_as_safe():
    """A template escapes it once more: it is text, whatever stands in it."""
    assert not hasattr(to_text("<script>alert(1)</script>"), "__html__")
