"""Accounts of both groups, and what their owners do in the admin with a browser."""

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.server import manage

FIGURES = "/admin/salaries/salaryfigure/"
SOURCE = "GeoNames"  # any source will do that is not the figure's own
PATIENCE = 60_000  # milliseconds: every rule is asked about every figure before a figure is saved
PASSWORDS = {"ada": "adas own long password", "grace": "graces own long password", "alan": "alans own long password"}
GROUPS = {"ada": "Editor", "grace": "Publisher", "alan": "Publisher"}
MAKE_ACCOUNTS = """
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
for name, password in {passwords!r}.items():
    validate_password(password)
    user = User.objects.create_user(name, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name={groups!r}[name]))
"""


def make_accounts(environment):
    manage(["shell", "-c", MAKE_ACCOUNTS.format(passwords=PASSWORDS, groups=GROUPS)], environment)


@dataclass(frozen=True)
class EditingSite:
    """Where it answers, and the environment in which commands of manage.py work on its database."""

    address: str
    environment: dict


@dataclass(frozen=True)
class Figure:
    """A figure of the fixtures, as readers know it."""

    city: str
    printed: str
    amount: str

    @property
    def name(self):
        return f"{self.city}: {self.amount}"

    @property
    def slug(self):
        return f"medical-director-{self.city.lower().replace(' ', '-')}-opencourser"

    @property
    def page(self):
        return f"/salaries/figures/{self.slug}/"


class Person:
    """Somebody with a browser of their own, signed in to the admin."""

    def __init__(self, page, name, scripts=True):
        self.page, self.name, self.scripts = page, name, scripts
        page.context.set_default_timeout(PATIENCE)

    def sign_in(self):
        self.page.goto("/admin/")
        return self.send_sign_in(PASSWORDS[self.name])

    def send_sign_in(self, password):
        self.page.get_by_label("Username").fill(self.name)
        self.page.get_by_label("Password").fill(password)
        self.press("Log in")
        return self

    def press(self, name):
        """Press the first button of this name, and wait for the page to which it leads."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name, within=None):
        with self.page.expect_navigation(wait_until="load"):
            (within or self.page).get_by_role("link", name=name, exact=True).first.click()

    def open_figure(self, figure):
        self.page.goto(f"{FIGURES}?q={figure.slug}")
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator("#result_list tbody th a").click()

    def field(self, name):
        return self.page.locator(f"[name={name}]")

    def write(self, **values):
        for name, value in values.items():
            if self.field(name).evaluate("input => input.tagName") == "SELECT":
                self.field(name).select_option(value)
            else:
                self.field(name).fill(value)

    def values(self, *names):
        return {name: self.field(name).input_value() for name in names}

    def choose_source(self, title):
        """By typing, where scripts run; otherwise from the list."""
        if not self.scripts:
            option = self.field("change_source").locator("option", has_text=title)
            self.field("change_source").select_option(value=option.first.get_attribute("value"))
            return
        self.page.locator(".field-change_source .select2-selection").click()
        self.page.locator(".select2-search__field").press_sequentially(title, delay=10)
        self.page.locator(".select2-results__option--highlighted", has_text=title).click()
        expect(self.page.locator(".field-change_source .select2-selection__rendered")).to_contain_text(title)

    def give_reason(self, reason, source):
        self.page.get_by_label("Reason for this change").fill(reason)
        self.choose_source(source)

    def save(self):
        self.press("Save")

    def save_in_spite_of_warnings(self):
        self.save()
        self.page.get_by_label("I have read the warnings").check()
        self.save()

    def preview(self):
        """The page of the tab that the preview opens."""
        with self.page.context.expect_page() as opened:
            self.page.get_by_role("button", name="Preview in a new tab").click()
        opened.value.wait_for_load_state()
        return opened.value

    @property
    def told(self):
        """The messages at the top of the page, one a line; nothing where there is none."""
        return "\n".join(self.page.locator(".messagelist li").all_inner_texts())

    def complaint(self, name):
        return " ".join(self.page.locator(f".field-{name} .errorlist").all_inner_texts())

    @property
    def notices(self):
        """What stands in boxes above the form: warnings, a conflict, a proposal."""
        return "\n".join(self.page.locator(".attempt").all_inner_texts())


@dataclass(frozen=True)
class Card:
    """The public page of a figure, as one reader finds it."""

    page: object
    figure: Figure

    def __post_init__(self):
        assert self.page.goto(self.figure.page).status == 200

    @property
    def amount(self):
        return self.page.locator(".figure-card__amount").inner_text().replace("\xa0", " ")

    @property
    def earlier(self):
        """[text] of the values that it had before, the latest first."""
        section = self.page.locator("section", has=self.page.locator("#earlier"))
        return [re.sub(r"\s+", " ", text) for text in section.locator("li").all_inner_texts()]

    def changes(self):
        """[text] of the public changes of this figure, the newest first."""
        self.page.get_by_role("link", name="Every change of this figure").click()
        self.page.wait_for_url("**/changes/?*")
        entries = self.page.locator(".changes__revision").all_inner_texts()
        return [re.sub(r"\s+", " ", text) for text in entries]


# The way of a correction


def report_error(person, figure):
    person.page.goto("/admin/editorial/report/add/")
    person.write(about=f"figure:{figure.slug}", said="Pay for a month is not stated.")
    person.save()
    assert "was added successfully" in person.told
    person.page.goto("/admin/")
    reports = person.page.locator("section", has=person.page.locator("#desk-reports"))
    expect(reports).to_contain_text("Pay for a month is not stated.")


def propose(person, figure, amount):
    person.open_figure(figure)
    person.write(amount=amount, period="year", as_of="2025")
    person.give_reason("The survey gives yearly pay.", SOURCE)
    person.save_in_spite_of_warnings()
    assert "a publisher looks at your change first" in person.told
    assert "successfully" not in person.told


def publish_proposal(person, figure, amount):
    """From the desk: the form shows what was proposed, and saving it publishes it."""
    person.page.goto("/admin/")
    waiting = person.page.locator("section", has=person.page.locator("#desk-waiting"))
    expect(waiting).to_contain_text("Proposed change")
    with person.page.expect_navigation(wait_until="load"):
        waiting.get_by_role("link", name=re.compile(figure.city)).first.click()
    for text in ("by ada", "The survey gives yearly pay.", "Saving it publishes it.", figure.amount.split()[1]):
        assert text in person.notices
    assert person.values("amount", "period", "as_of") == {"amount": amount, "period": "year", "as_of": "2025"}
    person.save_in_spite_of_warnings()
    assert "was changed successfully" in person.told
    person.page.goto("/admin/")
    expect(waiting).not_to_contain_text(figure.city)


def answer_report(person, figure):
    person.page.goto("/admin/")
    reports = person.page.locator("section", has=person.page.locator("#desk-reports"))
    with person.page.expect_navigation(wait_until="load"):
        reports.get_by_role("link", name=re.compile(figure.city)).click()
    person.write(state="changed", answer="")
    person.save()
    assert "Say what was found" in person.complaint("answer")
    person.write(answer="Corrected from the survey.")
    person.save()
    assert "was changed successfully" in person.told
    person.page.goto("/admin/")
    expect(reports).not_to_contain_text(figure.city)


def newest_in_feed(page):
    feed = page.request.get("/changes.atom")
    assert feed.status == 200
    return feed.text().split("<entry>")[1]


def warn_of_older_date(person, figure):
    """... and leave it: nothing is saved."""
    person.open_figure(figure)
    person.write(as_of="2019")
    person.give_reason("An older table.", SOURCE)
    person.save()
    assert "The date goes backwards, from 2025 to 2019" in person.notices


def go_back(person, figure, amount):
    """By the history: the form with the earlier values, saved with a reason, is a change like any other."""
    person.open_figure(figure)
    person.follow("History")
    expect(person.page.locator("#content-main")).to_contain_text("Publisher grace: The survey gives yearly pay.")
    with person.page.expect_navigation(wait_until="load"):
        person.page.locator("a[href*='?version=']").last.click()
    assert person.values("amount", "period", "as_of") == {"amount": amount, "period": "unstated", "as_of": ""}
    person.save()
    assert "Say why" in person.complaint("change_reason")
    person.give_reason("The survey was withdrawn.", SOURCE)
    person.save_in_spite_of_warnings()
    assert "was changed successfully" in person.told
