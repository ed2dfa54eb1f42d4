"""The plan that the physician keeps: from page to page, in another browser, and a year later."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.pages import DIRECTOR, PLAN, READINESS
from tests.browser.physician.steps import NURSING_HOME_US, answer, link, query, texts

# 9: keeps it


def banner(page):
    return page.get_by_role("complementary", name="Your plan")


def kept(page):
    """The items on the plan, each without its way out."""
    expect(page.get_by_role("heading", level=1)).to_have_text("My plan")  # wait for it, redirect and all
    items = page.locator("ul.plan__items > li").filter(has=page.locator(".plan-link"))
    return [re.sub(r"\s*− Remove.*", "", text, flags=re.DOTALL).strip() for text in items.all_inner_texts()]


STEPS = [  # the way from the plan, page by page, and the link there that adds something to it
    (["profile"], "Add this stage to my plan: Medical director: Mid-career"),
    (["Reading and courses", "If you read only three"], "Add to my plan"),
    (["Credentials", "Certified Medical Director"], "Add to my plan: Certified Medical Director (CMD)"),
    (["Gaps"], "Add this gap to my plan: Earlier leadership"),
    (["Cities", "Delhi"], "Add to my plan: Delhi"),
]


def test_plan_grows_from_page_to_page_and_shrinks_again(page):
    """From the profile, a reading list, a credential, the self-check and a city, while the address carries it along."""
    page.goto(DIRECTOR)
    expect(banner(page)).to_have_count(0)
    link(page, "Add this gap to my plan: Residency").click()
    assert len(kept(page)) == 1

    for count, (way_there, name) in enumerate(STEPS, 1):
        page.locator(".plan__more").get_by_role("link", name=way_there[0], exact=True).click()
        for further in way_there[1:]:
            expect(banner(page)).to_contain_text(f"Your plan holds {count} item")
            link(page.get_by_role("main"), further).click()
        if way_there == ["Gaps"]:  # the answers go along with the plan, and the plan with the answers
            answer(page, "Residency in your specialty", "No")
            page.get_by_role("button", name="Show what is missing").click()
            expect(page.locator("#result").get_by_text("In your plan: remove").first).to_be_visible()
        expect(banner(page)).to_contain_text(f"Your plan holds {count} item")
        link(page.get_by_role("main"), name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("My plan")
        assert len(kept(page)) == count + 1
        expect(page.locator(".notice--problem")).to_have_count(0)

    headings = ["Career stages", "Gaps to close", "Reading", "Credentials", "Cities", "Deadlines", "Back to this plan"]
    assert [text for text in texts(page.locator("main h2")) if text != "Add to it"] == headings
    assert any("INR\xa03,900,000" in text and "as of" in text for text in kept(page))

    work = page.locator("section", has=page.get_by_role("heading", name="Reading")).locator("li")
    title = work.get_by_role("link").first.inner_text()
    link(work, "Remove").click()
    expect(page.get_by_role("heading", name="Reading")).to_have_count(0)
    assert len(kept(page)) == 5
    expect(page.get_by_role("link", name=title, exact=True)).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("link", name=title, exact=True)).to_be_visible()
    assert len(kept(page)) == 6


def test_plan_goes_along_into_city_and_credential_and_back(page):
    page.goto("/plan/?credential=cmd")
    page.locator(".plan__more").get_by_role("link", name="Cities").click()
    page.locator("#results").get_by_role("link", name="Delhi", exact=True).click()
    expect(page).to_have_url(re.compile(r"/salaries/cities/delhi/\?plan="))
    link(page, "Add to my plan: Delhi").click()
    assert len(kept(page)) == 2

    page.get_by_role("link", name="Certified Medical Director (CMD)").first.click()
    expect(page).to_have_url(re.compile(r"/credentials/cmd/\?plan="))
    expect(link(page, "In your plan: remove")).to_be_visible()
    banner(page).get_by_role("link", name="Back to it").click()
    assert len(kept(page)) == 2


def test_reader_goes_on_where_she_was_with_the_plan(page):
    page.goto(f"{DIRECTOR}{NURSING_HOME_US}")
    link(page, "Add this gap to my plan: Residency").click()
    page.get_by_role("link", name="Go on where you were").click()

    assert urlsplit(page.url).path == DIRECTOR
    assert query(page)[:2] == [("setting", "nursing-facility"), ("country", "US")]
    expect(banner(page)).to_contain_text("Your plan holds 1 item")


def test_filter_keeps_the_plan(page):
    page.goto("/plan/?credential=cmd")
    page.locator(".plan__more").get_by_role("link", name="Cities").click()
    search = page.get_by_label("City, area, former name or country")
    search.fill("bangalore")
    search.press("Enter")

    expect(page.locator("#results tbody tr[id]")).to_have_count(1)
    link(page, "Add to my plan: Bengaluru").click()
    assert [text.partition("\n")[0] for text in kept(page)][-1] == "Bengaluru"
    assert len(kept(page)) == 2


def test_all_gaps_go_into_the_plan_at_once(page):
    page.goto(f"{READINESS}{NURSING_HOME_US}&q-residency=have&plan=")
    gaps = page.locator("#result > ul > li.statement").count()
    page.get_by_role("link", name="Put all of these into my plan").click()

    expect(page.get_by_role("heading", name="Gaps to close")).to_be_visible()  # the page has come, redirect and all
    assert len(kept(page)) == gaps


@pytest.mark.parametrize("elsewhere_with_scripts", [True, False])
def test_link_gives_the_same_plan_in_another_browser(page, new_page, elsewhere_with_scripts):
    page.goto(PLAN)
    short = page.locator(".plan__ways code").inner_text()
    items, shown = kept(page), page.get_by_role("main").inner_text()
    assert len(items) == 12
    assert len(urlsplit(short).query) < len(urlsplit(PLAN).query)

    other = new_page(java_script_enabled=elsewhere_with_scripts)
    other.goto(page.url)
    assert other.get_by_role("main").inner_text() == shown
    other.goto(f"{urlsplit(short).path}?{urlsplit(short).query}")
    assert other.get_by_role("main").inner_text() == shown
    assert other.url == page.url
    assert other.context.cookies() == page.context.cookies() == []


def test_deadlines_can_be_put_into_a_calendar(page):
    page.goto(PLAN)
    deadlines = texts(page.locator("section", has=page.get_by_role("heading", name="Deadlines")).locator("li"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Deadlines for your calendar (.ics)").click()

    assert download.value.suggested_filename == "credential-deadlines.ics"
    calendar = download.value.path().read_text(encoding="utf-8")
    assert calendar.count("BEGIN:VEVENT") == len(deadlines) >= 3


# At the edge: opens it a year later


def test_plan_of_last_year_names_what_changed_and_what_is_gone(page):
    page.goto("/plan/?work=kotter-leading-change&credential=cmd&city=delhi")
    old = re.sub("credential=cmd~[^&]+", "credential=cmd~000", page.url)
    assert old != page.url
    page.goto(f"{old}&gap=medical-director.withdrawn-since&plan=00000")

    changed = page.locator(".notice", has_text="Changed since you made this link")
    assert texts(changed.locator("li")) == ["Credential: Certified Medical Director (CMD)"]
    missing = page.locator(".notice--problem")
    expect(missing).to_contain_text("Gap to close medical-director.withdrawn-since: withdrawn, renamed or mistyped.")
    expect(missing).to_contain_text("Short code 00000: withdrawn, renamed or mistyped.")
    assert len(kept(page)) == 3
    marked = page.locator("ul.plan__items > li", has_text="changed since")
    assert texts(marked.get_by_role("link").first) == ["Certified Medical Director (CMD)"]
    link(page, "Remove: Leading Change").click()
    expect(page.locator(".notice--problem")).to_contain_text("withdrawn-since")  # still named, until she has seen it

    page.get_by_role("link", name="I have seen it: renew the link").click()

    expect(page.locator(".notice")).to_have_count(0)
    assert len(kept(page)) == 2
    assert "withdrawn" not in page.url
