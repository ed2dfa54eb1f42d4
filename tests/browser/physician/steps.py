"""What a physician in mid-career finds on a page, and does there."""

import re
from urllib.parse import parse_qsl, urlsplit

NURSING_HOME_US = "?setting=nursing-facility&country=US"


def section(page, anchor):
    """The section of a profile or a credential under the heading with this id."""
    return page.locator("section", has=page.locator(f"h2#{anchor}"))


def query(page):
    return parse_qsl(urlsplit(page.url).query)


def link(within, name):
    """The first link of this name; what only screen readers are told follows a space."""
    return within.get_by_role("link", name=re.compile(re.escape(name).replace(":", " ?:"))).first


def texts(locator):
    return [text.strip() for text in locator.all_inner_texts()]


def answer(page, title, label):
    group = page.get_by_role("group", name=re.compile(f"^{re.escape(title)}"))
    group.get_by_role("radio", name=label, exact=True).check()
