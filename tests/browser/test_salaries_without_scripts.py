"""The salary page without JavaScript, and what is the same on it with and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.salary_table import DELHI, WRONG_AMOUNT, box, cities, expect_view, rows


def test_button_filters_without_scripts(page_without_js):
    page = page_without_js
    page.goto("/salaries/")
    box(page, "Delhi").check()

    page.get_by_role("button", name="Show figures").click()

    expect(rows(page)).to_have_count(1)
    expect(page.locator("#results .sentence")).to_have_text(DELHI)
    assert cities(page) == ["Delhi"]
    assert "city=delhi" in page.url
    expect(box(page, "Delhi")).to_be_checked()


def test_former_name_is_found_without_scripts(page_without_js):
    page = page_without_js
    page.goto("/salaries/")
    search = page.get_by_label("City, area, former name or country")
    search.fill("bangalore")
    search.press("Enter")

    expect(rows(page)).to_have_count(1)
    assert cities(page) == ["Bengaluru"]
    expect(search).to_have_value("bangalore")


def test_back_and_chip_work_without_scripts(page_without_js):
    page = page_without_js
    page.goto("/salaries/")
    box(page, "Delhi").check()
    page.get_by_role("button", name="Show figures").click()
    expect(rows(page)).to_have_count(1)

    page.go_back()
    expect(rows(page)).to_have_count(15)
    page.go_forward()
    expect(rows(page)).to_have_count(1)
    page.get_by_role("link", name="Remove filter City: Delhi").click()

    expect(rows(page)).to_have_count(15)
    assert "city=delhi" not in page.url
    expect(box(page, "Delhi")).not_to_be_checked()


@pytest.mark.parametrize("with_scripts", [True, False])
def test_wrong_value_in_address_is_named_beside_its_field(new_page, with_scripts):
    page = new_page(java_script_enabled=with_scripts)
    response = page.goto("/salaries/?min=abc&country=IN")

    assert response.status == 200
    field = page.get_by_label("At least")
    expect(field).to_have_value("abc")
    expect(field).to_have_accessible_description(WRONG_AMOUNT)
    expect(page.locator(".field", has=field).locator(".field__problem")).to_be_visible()
    expect(rows(page)).to_have_count(2)
    expect(box(page, "India")).to_be_checked()


@pytest.mark.parametrize("with_scripts", [True, False])
def test_empty_result_offers_to_drop_a_filter(new_page, with_scripts):
    page = new_page(java_script_enabled=with_scripts)
    page.goto("/salaries/?city=delhi&min=9000000")
    expect(rows(page)).to_have_count(0)
    expect(page.locator("#results")).to_contain_text("No figure passes all of these filters.")

    page.get_by_role("link", name=re.compile("^Without “At least:")).click()

    expect_view(page, "?city=delhi", DELHI, 1)


@pytest.mark.parametrize("with_scripts", [True, False])
def test_sorted_column_says_so_and_turns_round(new_page, with_scripts):
    page = new_page(java_script_enabled=with_scripts)
    page.goto("/salaries/?country=US")
    header = page.get_by_role("columnheader", name="City")
    expect(header).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("#results [aria-sort]")).to_have_count(1)
    upwards = cities(page)

    header.get_by_role("link").click()

    expect(header).to_have_attribute("aria-sort", "descending")
    assert cities(page) == upwards[::-1] == sorted(upwards, reverse=True)
    expect(page).to_have_url(re.compile(r"\?country=US&ordering=-city$"))
    expect(page.get_by_label("Sort by")).to_have_value("-city")

    page.get_by_role("columnheader", name="Median").get_by_role("link").click()

    expect(page.get_by_role("columnheader", name="Median")).to_have_attribute("aria-sort", "descending")
    assert cities(page) == ["Seattle", "Austin", "New York", "San Francisco"]
