"""The forms that the physician fills in: the self-check, and the pay of a part-time post."""

import re

from playwright.sync_api import expect

from tests.browser.keys import tab_to
from tests.browser.pages import DIRECTOR, READINESS
from tests.browser.physician.steps import NURSING_HOME_US, answer, query, section, texts

# 6: does the readiness check


def test_readiness_is_answered_by_keyboard_alone(page):
    page.goto(f"{DIRECTOR}{NURSING_HOME_US}")
    page.get_by_role("link", name="Am I ready?").click()
    expect(page).to_have_url(re.compile(rf"{READINESS}{re.escape(NURSING_HOME_US)}$"))
    groups = page.get_by_role("group")
    names = [groups.nth(n).get_by_role("radio").first.get_attribute("name") for n in range(4)]

    tab_to(page, groups.first.get_by_role("radio").first)
    page.keyboard.press("Space")
    expect(groups.nth(0).get_by_label("Have it")).to_be_checked()
    for place, keys, label in (
        (1, ["ArrowRight"], "Working on it"),
        (2, ["ArrowDown", "ArrowDown"], "No"),
        (3, ["ArrowLeft"], "Not sure"),  # the arrow goes round
    ):
        page.keyboard.press("Tab")  # one stop for each question
        for key in keys:
            page.keyboard.press(key)
        expect(groups.nth(place).get_by_label(label, exact=True)).to_be_checked()
        expect(groups.nth(place).get_by_label(label, exact=True)).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#result")).to_be_visible()
    place = [("setting", "nursing-facility"), ("country", "US")]
    assert query(page) == [*place, *zip(names, ["have", "working", "no", "unsure"], strict=True)]
    for name, value in zip(names, ["have", "working", "no", "unsure"], strict=True):
        expect(page.locator(f"input[name='{name}'][value='{value}']")).to_be_checked()
    expect(page.locator("#result .sentence")).to_contain_text(re.compile(r"^Of \d+ requirements .*: 1 met, "))


def test_result_names_gates_first_then_gaps_by_stage_and_counts_unsure_as_not_shown(page):
    page.goto(f"{READINESS}{NURSING_HOME_US}")
    titles = texts(page.get_by_role("group").locator("legend"))
    first, second = (re.match(r"[^\n]+", title)[0] for title in titles[:2])
    answer(page, first, "Have it")
    answer(page, second, "Not sure")
    page.get_by_role("button", name="Show what is missing").click()

    result = page.locator("#result")
    headings = texts(result.locator("h3"))
    assert headings[0] == "Required, and not shown"
    stages = [heading.partition(":")[0] for heading in headings[1:-1]]
    assert stages == [
        stage for stage in ("Early career", "Mid-career", "Senior career", "At any stage") if stage in stages
    ]
    assert headings[-1] == "Disputed"
    required = result.locator("h3 + ul").first
    expect(required).to_contain_text("You: not sure")
    expect(required).to_contain_text("You: not answered")
    expect(result.locator(".sentence")).to_contain_text("1 met")
    assert "%" not in result.locator(".sentence").inner_text() + " ".join(headings)
    disputed = result.locator("h3:text-is('Disputed') + ul .differ")
    assert disputed.count() >= 1
    for box in disputed.all():
        assert box.locator(".sides__side").count() >= 2
        assert box.locator("a[href^='/sources/']").count() >= 2
    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage)") == []


def test_gap_offers_reading_and_the_credential_behind_it(page):
    page.goto(f"{READINESS}{NURSING_HOME_US}&q-residency=have")
    helped = page.locator("#result li.statement", has=page.get_by_text(re.compile(r"^What helps: \d+$"))).first
    helped.get_by_text(re.compile("^What helps")).click()

    expect(helped.locator("a[href^='/reading/']").first).to_be_visible()
    certificate = page.locator("#result").get_by_role("link", name="Certified Medical Director (CMD)", exact=True)
    certificate.first.click()
    expect(page).to_have_url(re.compile("/credentials/cmd/$"))


def test_without_a_license_the_role_is_closed_where_sources_say_so(page):
    page.goto(f"{READINESS}{NURSING_HOME_US}")
    answer(page, "License to practice medicine", "No")
    page.get_by_role("button", name="Show what is missing").click()

    closed = page.locator("#result .notice--problem")
    expect(closed).to_contain_text(re.compile("The physician role is closed to you.* as things stand"))
    assert closed.locator("li a[href^='/sources/']").count() >= 1
    other_roles = closed.locator("a[href^='/careers/']")
    assert other_roles.count() or "No other role" in closed.inner_text()
    for way_on in other_roles.all():
        assert way_on.inner_text() != "Medical director"


def test_where_it_is_disputed_that_it_takes_a_physician_both_sides_are_shown(page):
    page.goto(f"{READINESS}?setting=hospital&country=US")
    answer(page, "Being a physician", "No")
    page.get_by_role("button", name="Show what is missing").click()

    doubt = page.locator("#result .notice--problem")
    expect(doubt).to_contain_text("disputed")
    sides = doubt.locator(".sides__side")
    assert sides.count() == sides.filter(has=page.locator("a[href^='/sources/']")).count() >= 2


def test_back_brings_the_answers_again(page):
    page.goto(READINESS)
    answer(page, "Residency in your specialty", "Have it")
    page.get_by_role("button", name="Show what is missing").click()
    expect(page.locator("#result")).to_be_visible()
    page.get_by_role("link", name="Clear the answers").click()
    expect(page.locator("#result")).to_have_count(0)

    page.go_back()

    expect(page.locator("#result .sentence")).to_contain_text("1 met")


# 8: calculates pay for a fifth of full time


def test_pay_of_a_fifth_of_full_time_is_added_up_line_by_line(page):
    page.goto(DIRECTOR)
    section(page, "pay").get_by_role("link", name="add up a part-time post").click()
    for label, value in {
        "Full-time clinical salary, a year": "250000",
        "Clinical share you keep, percent": "80",
        "Directorship hours": "8",
        "Weeks a year (for hours per week)": "48",
        "Pay for each hour": "150",
        "Stipend, a year": "6000",
        "Currency code": "USD",
    }.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("These hours are per", exact=True).select_option("week")
    page.get_by_role("button", name="Calculate").click()

    result = page.locator("#results")
    for amount in ("200,000", "57,600", "6,000", "263,600"):
        expect(result.get_by_role("cell").filter(has_text=amount).first).to_be_visible()
    rows = result.get_by_role("table").first.locator("tbody tr")
    assert all(text.strip() for text in rows.locator("[data-label=Formula]").all_inner_texts())
    dated = page.locator("section", has=page.locator("#example")).locator("dd", has=page.locator("a"))
    assert dated.count() >= 2
    for text in texts(dated):
        assert re.search(r"\b20\d\d\b", text), text
