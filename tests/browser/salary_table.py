"""The salary table as a reader finds it in the browser, and the reader."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page, expect

CONVERTED = "/salaries/?basis=converted&ordering=-median"
NEW_YORK = "/salaries/cities/new-york/"
CITY = "th a:not(.plan-link)"  # the other link of the cell takes the city into the plan
MANAGERS = "medical and health services managers"
DELHI = "1 figure for medical director in Delhi, shown as printed, sorted by city, A to Z."
WRONG_AMOUNT = "This is no amount such as 300000 or 300,000, so it was ignored."


def rows(page):
    return page.locator("#results tbody tr[id]")


def cities(page):
    return page.locator(f"#results tbody {CITY}").all_inner_texts()


def box(page, label):
    return page.get_by_role("checkbox", name=re.compile(rf"^{label} \d+$"))


def row(page, city):
    return page.locator(f"#medical-director-{city}-opencourser")


def expect_view(page, query, sentence, count):
    """The address and what the page shows agree. `query` may be followed by the order that a form sends along."""
    expect(page).to_have_url(re.compile(rf"/salaries/{re.escape(query)}$"))
    expect(page.locator("#results .sentence")).to_have_text(sentence)
    expect(rows(page)).to_have_count(count)


@dataclass
class Learner:
    """A reader on the salary page, with JavaScript or without."""

    page: Page
    scripts: bool

    def done(self):
        """The form is filled in: without JavaScript the button has to be pressed."""
        if not self.scripts:
            self.page.get_by_role("button", name="Show figures").click()

    def choose(self, label, value):
        self.page.get_by_label(label, exact=True).select_option(value)
        self.done()

    @property
    def query(self):
        """The pairs of the address that say anything; a plain form sends its empty fields along."""
        defaults = {("basis", "printed"), ("ordering", "city"), ("population", "title")}
        return [pair for pair in parse_qsl(urlsplit(self.page.url).query) if pair not in defaults]
