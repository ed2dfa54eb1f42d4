"""What a reader sees of a page: its words, with plain spaces between them."""

import re
from html import unescape


def plain(html):
    """The text of some HTML; what only a tag parts is joined, as in a browser."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def words(html):
    """The text of some HTML; every tag parts words, as between the cells of a table."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def page_of(client, record):
    return client.get(record.get_absolute_url()).content.decode()


def listed(content):
    """[(address of a figure, rule)] of the findings on a page of known issues, in order."""
    return re.findall(r'<h3 class="statement__title"><a href="(/salaries/figures/[^"#]+)#([a-z-]+)">', content)


def rows(response):
    """The ids of the figures in the table of a response, in order."""
    return re.findall(r'<tr role="row" id="([^"]+)"', response.content.decode())
