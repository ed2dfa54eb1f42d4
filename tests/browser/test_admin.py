"""The forms of the admin, where nothing is saved. The watch over pages fails these tests on any breach of the policy.

What is saved leaves its mark for ever: that is tried in editor/, on a site of its own.
"""

import re

import pytest
from playwright.sync_api import expect

FIGURES = "/admin/salaries/salaryfigure/"


@pytest.fixture
def admin(page, editor):
    """A page signed in to the admin, at the quality desk."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(editor.name)
    page.get_by_label("Password").fill(editor.password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Quality desk", level=1)).to_be_visible()
    return page


def open_figure(page, city):
    page.goto(f"{FIGURES}?q={city}")
    page.locator("#result_list tbody th a").click()
    expect(page).to_have_url(re.compile(rf"{FIGURES}\d+/change/"))


def save(page):
    page.locator("input[name=_save]").first.click()


def shown_amount(page, city):
    page.goto(f"/salaries/figures/medical-director-{city.lower()}-opencourser/")
    return page.locator(".figure-card__amount").inner_text()


def test_index_list_and_form_keep_the_policy(admin):
    admin.goto(f"{FIGURES}?population__kind__exact=title")
    expect(admin.locator("#result_list tbody tr")).to_have_count(15)
    admin.get_by_role("link", name="Add salary figure").click()
    expect(admin.get_by_role("heading", name="Add salary figure")).to_be_visible()
    expect(admin.get_by_label("Amount as printed")).to_be_editable()  # what is printed is written once


def test_printed_text_cannot_be_edited(admin):
    open_figure(admin, "Delhi")

    for name in ("as_printed", "city_as_printed"):
        row = admin.locator(f".field-{name}")
        expect(row.locator(".readonly")).not_to_be_empty()
        expect(row.locator("input, textarea, select")).to_have_count(0)
    expect(admin.locator("[name=amount]")).to_be_editable()


@pytest.mark.parametrize(
    "typed, message",
    [
        ("-5", "Ensure this value is greater than or equal to 0.01."),
        ("99999999999999999999", "Ensure that there are no more than 14 digits in total."),
    ],
)
def test_wrong_amount_is_named_and_nothing_typed_is_lost(admin, typed, message):
    before = shown_amount(admin, "Delhi")
    open_figure(admin, "Delhi")
    # The browser's own check of the number field would keep the form from the site.
    admin.locator("#salaryfigure_form").evaluate("form => { form.noValidate = true }")
    admin.locator("[name=amount]").fill(typed)
    admin.locator("[name=note]").fill("A note that took long to write.")
    admin.locator("[name=currency_certain]").uncheck()

    save(admin)

    expect(admin.locator(".errornote")).to_be_visible()
    expect(admin.locator(".field-amount .errorlist")).to_have_text(message)
    expect(admin.locator("[name=amount]")).to_have_value(typed)
    expect(admin.locator("[name=note]")).to_have_value("A note that took long to write.")
    expect(admin.locator("[name=currency_certain]")).not_to_be_checked()
    assert shown_amount(admin, "Delhi") == before


def test_autocomplete_finds_a_city_by_its_former_name(admin):
    open_figure(admin, "Delhi")
    admin.locator(".field-area .select2-selection").click()
    admin.locator(".select2-search__field").press_sequentially("bangal", delay=20)

    option = admin.locator(".select2-results__option", has_text="Bengaluru")
    expect(option).to_be_visible()
    option.click()

    expect(admin.locator(".field-area .select2-selection__rendered")).to_contain_text("Bengaluru")
    # Left without saving: Delhi keeps its figure.


def test_view_on_site_leads_to_the_figure(admin):
    open_figure(admin, "Delhi")
    admin.get_by_role("link", name="View on site").click()

    expect(admin).to_have_url(re.compile(r"/salaries/figures/medical-director-delhi-opencourser/$"))
    expect(admin.get_by_role("heading", level=1)).to_have_text("Delhi: medical director")
