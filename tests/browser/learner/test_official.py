"""A learner opens the official statistics beside the title's figures: by a link, and by the form."""

from playwright.sync_api import expect

from tests.browser.salary_table import MANAGERS, cities, rows


def test_official_statistics_are_one_link_away_and_paged(learner):
    page = learner.page
    page.get_by_role("link", name="Official: health services managers, U.S. areas").click()

    expect(rows(page)).to_have_count(60)
    expect(page.locator("#results .described")).to_contain_text(f"Not this title: {MANAGERS} (11-9111).")
    assert_every_row_labelled(page, {"class 11-9111, not this title"})
    pages = page.get_by_role("navigation", name="Pages")
    expect(pages).to_contain_text("Page 1 of ")
    first = set(rows(page).evaluate_all("rows => rows.map(row => row.id)"))

    pages.get_by_role("link", name="Next page").click()

    expect(pages).to_contain_text("Page 2 of ")
    second = set(rows(page).evaluate_all("rows => rows.map(row => row.id)"))
    assert len(second) == 60 and not first & second
    assert set(learner.query) == {("population", "11-9111"), ("ordering", "-median"), ("page", "2")}
    expect(page.get_by_role("checkbox", name=MANAGERS)).to_be_checked()


def test_official_statistics_open_by_the_form_with_a_label_on_every_row(learner):
    page = learner.page
    page.locator("summary", has_text="Official statistics: managers").click()
    page.get_by_role("checkbox", name=MANAGERS).check()
    if learner.scripts:
        expect(page.locator("#results .sentence")).to_contain_text(f"medical director and {MANAGERS}")
    learner.choose("State or province", "texas-us")

    expect(page.locator("#results .sentence")).to_contain_text(f"medical director and {MANAGERS} (11-9111) in Texas")
    assert rows(page).count() > 20
    assert_every_row_labelled(page, {"this title", "class 11-9111, not this title"})
    assert cities(page)[:2] == ["Abilene, TX", "Amarillo, TX"]
    search = page.get_by_label("City, area, former name or country")
    search.fill("abilene")
    search.press("Enter")
    expect(rows(page)).to_have_count(1)
    assert cities(page) == ["Abilene, TX"]


def assert_every_row_labelled(page, labels):
    found = page.locator("#results tr[id] th .pick > span > .quiet:last-of-type").all_inner_texts()
    assert len(found) == rows(page).count()
    assert set(found) == labels
