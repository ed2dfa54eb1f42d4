"""A learner orders the salaries and brings them into one currency: steps 4 and 5.

Rates change with the fixtures, so converted amounts are checked against the JSON of the view.
"""

import re
from itertools import groupby

from playwright.sync_api import expect

from tests.browser.salary_table import CITY, row

UNRANKED = {"Bengaluru", "Shanghai", "Tel Aviv", "Toronto"}
NOT_RANKED = "Not ranked, shown as printed, each with the reason"


def groups(page):
    """The cities of the ranked rows and those of the rows that are not ranked, each in the order shown."""
    bodies = page.locator("#results tbody")
    return [bodies.nth(n).locator(f"tr[id] {CITY}").all_inner_texts() for n in range(bodies.count())]


def amounts(page, within="#results tbody:first-of-type"):
    """[(currency, amount)] of the rows, in the order shown."""
    texts = page.locator(f"{within} .amount").all_inner_texts()
    return [(text[:-1].split("\xa0")[0], int(re.sub(r"\D", "", text.split("\xa0")[1]))) for text in texts]


def address_of(page, name):
    return page.locator("#results").get_by_role("link", name=name, exact=True).get_attribute("href")


# 4: sorts by amount


def test_printed_amounts_sort_within_one_currency(learner):
    page = learner.page
    page.get_by_role("link", name="Sort by Median").click()

    expect(page.locator("#results [aria-sort]")).to_have_attribute("aria-sort", "descending")
    expect(page.locator("#results .sentence")).to_contain_text("highest first within each currency")
    found = amounts(page)
    runs = [(currency, [amount for _, amount in run]) for currency, run in groupby(found, key=lambda pair: pair[0])]
    assert len(runs) == len({currency for currency, _ in runs}) == 6  # no currency comes twice
    assert all(some == sorted(some, reverse=True) for _, some in runs)
    assert_unranked_at_the_end(page)


def test_converted_amounts_sort_across_currencies(learner):
    page = learner.page
    learner.choose("Amounts", "converted")
    expect(page.locator("#results .notice")).to_contain_text("Converted at")
    learner.choose("Sort by", "-median")

    expect(page.locator("#results .sentence")).to_contain_text(
        "sorted by median, highest first; what is not ranked comes last"
    )
    found = [amount for _, amount in amounts(page)]
    assert found == sorted(found, reverse=True)
    assert (groups(page)[0][0], groups(page)[0][-1]) == ("Singapore", "Delhi")
    assert_unranked_at_the_end(page)
    assert learner.query == [("basis", "converted"), ("ordering", "-median")]


def assert_unranked_at_the_end(page):
    ranked, unranked = groups(page)
    assert (len(ranked), set(unranked)) == (11, UNRANKED)
    expect(page.locator("#results tbody").last.locator("tr").first).to_have_text(NOT_RANKED)
    reasons = page.locator("#results tbody").last.locator("tr[id] + .table__why")
    expect(reasons).to_have_count(4)
    for city, reason in zip(unranked, reasons.all(), strict=True):
        expect(reason).to_be_visible()
        expect(reason).to_contain_text(f"{city} is not ranked: ")
        assert len(reason.inner_text()) > 60


# 5: switches to one currency


def test_one_currency_names_rate_date_and_source_above_the_table(learner):
    page = learner.page
    learner.choose("Amounts", "converted")
    notice = page.locator("#results .notice")
    expect(notice).to_contain_text("European Central Bank")
    view = page.request.get(address_of(page, "JSON")).json()

    day = view["meta"]["conversion"]["rate_date"]
    expect(notice).to_contain_text(f"Converted at the reference rates of {day}")
    expect(page.locator("#results .sentence")).to_contain_text(f"in USD a year, at the rates of {day}")
    assert notice.get_by_role("link", name="source").get_attribute("href").startswith("/sources/")
    expect(page.locator("#results .notice ~ table")).to_be_visible()
    notice.locator("summary").click()
    expect(notice).to_contain_text(f"1 EUR = {view['meta']['conversion']['units_per_euro']['CAD']} CAD")


def test_one_currency_keeps_the_original_beside_each_rounded_value(learner):
    page = learner.page
    learner.choose("Amounts", "converted")
    expect(page.locator("#results .notice")).to_contain_text("Converted at")
    learner.choose("Currency", "EUR")
    expect(page.locator("#results .sentence")).to_contain_text("in EUR a year")

    figures = {one["id"]: one for one in page.request.get(address_of(page, "JSON")).json()["figures"]}
    ranked = page.locator("#results tbody").first.locator("tr[id]").all()
    assert len(ranked) == 11
    for one, (currency, shown) in zip(ranked, amounts(page), strict=True):
        figure = figures[one.get_attribute("id")]
        assert (currency, shown) == ("EUR", round(figure["shown_amount"] / 1000) * 1000)
        expect(one).to_contain_text(f"printed {figure['as_printed']} ({figure['currency']}), read as a year")
    expect(row(page, "paris").locator(".amount")).to_have_text("EUR\xa0150,000")  # it was printed in euro
    assert learner.query == [("basis", "converted"), ("currency", "EUR")]


def test_purchasing_power_is_international_and_national(learner):
    page = learner.page
    page.get_by_role("link", name="By purchasing power").click()

    notice = page.locator("#results .notice")
    expect(notice).to_contain_text("In international dollars")
    expect(notice).to_contain_text("They are national, not of a city")
    assert {currency for currency, _ in amounts(page)} == {"int$"}
    assert_unranked_at_the_end(page)
