"""A physician in mid-career considers a directorship: from a search to a plan on paper, step by step.

Every step runs with JavaScript, without it, and on a phone of 320 pixels. Nothing here depends on how many statements
the guide holds; the nursing home certificate and the disagreements are those that the guide promises.
"""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.keys import tab_to
from tests.browser.looks import OVERFLOWING
from tests.browser.pages import DIRECTOR, PLAN, READINESS

NURSING_HOME_US = "?setting=nursing-facility&country=US"
NECESSITIES = ["Required", "Usually asked", "Helpful", "Disputed"]


@pytest.fixture(params=["scripts", "no-scripts", "phone"])
def way(request):
    return request.param


@pytest.fixture
def width(way):
    return 320 if way == "phone" else 1280


@pytest.fixture
def page(new_page, way):
    """A page whose last view must fit the window."""
    page = new_page(java_script_enabled=way != "no-scripts")
    yield page
    assert page.evaluate(OVERFLOWING) == []


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


# 1: arrives from a search


def test_search_leads_to_one_page_that_says_what_the_role_is(page):
    page.goto("/search/?q=medical+director")
    page.get_by_role("main").locator("section").first.get_by_role("link", name="Medical director", exact=True).click()

    expect(page).to_have_url(re.compile(rf"{DIRECTOR}$"))
    lead = page.locator(".lead")
    expect(lead).to_be_in_viewport()
    sentences = re.findall(r"[^.]+\.", lead.inner_text())
    assert len(sentences) == 2
    for setting in ("hospital", "clinic", "drug company|pharmaceutical", "health plan|insurer", "nursing"):
        assert re.search(setting, " ".join(sentences)), setting
    head = page.locator(".page-head")
    expect(head.locator("time")).to_be_visible()
    expect(head).to_contain_text("Reviewed")
    expect(head).to_contain_text(re.compile(r"\d+-minute read"))
    for field in ("password", "email"):  # no sign-up
        expect(page.locator(f"input[type={field}]")).to_have_count(0)


def test_contents_list_leads_to_every_section(page):
    page.goto(DIRECTOR)
    links = page.get_by_role("navigation", name="On this page").get_by_role("link")
    headings = page.locator(".section__head h2")

    assert texts(links) == texts(headings)
    links.filter(has_text="Reasons not to").click()
    expect(page.get_by_role("heading", name="Reasons not to")).to_be_in_viewport()


# 2: looks at duties


def test_duties_stand_by_area_with_settings_and_sources(page):
    page.goto(DIRECTOR)
    duties = section(page, "duties")

    assert duties.locator("h3").count() >= 5
    statements = duties.locator("li.statement")
    assert statements.count() == statements.filter(has=page.locator(".cites__number")).count() > 10
    marks = " ".join(texts(duties.locator(".statement__marks")))
    for setting in ("Hospital", "Clinic or private practice", "Pharmaceutical company", "Skilled nursing facility"):
        assert setting in marks
    challenges = section(page, "challenges").locator(".statement__title")
    assert not set(texts(duties.locator(".statement__title"))) & set(texts(challenges))


@pytest.mark.parametrize("question", ["chief medical officer", "still practice"])
def test_question_of_the_physician_has_an_answer_with_sources(page, question):
    page.goto(DIRECTOR)
    answer = section(page, "questions").locator(
        "li.statement", has=page.get_by_role("heading", name=re.compile(question, re.IGNORECASE))
    )

    expect(answer).to_be_visible()
    assert len(answer.locator(".statement__text").inner_text()) > 100
    assert answer.locator(".cites__number").count() > 0


# 3: opens qualifications


def test_requirements_stand_from_hard_gates_to_disputed_each_with_sources(page):
    page.goto(DIRECTOR)
    requirements = section(page, "requirements")

    assert texts(requirements.locator("h3")) == NECESSITIES
    statements = requirements.locator("li.statement")
    assert statements.count() == statements.filter(has=page.locator(".statement__text .cites__number")).count()
    first = requirements.locator("ul.statements").first.locator(".statement__marks").first
    expect(first).to_contain_text(re.compile("Degree|License|Training"))


def test_every_disputed_requirement_shows_where_sources_differ(page):
    page.goto(DIRECTOR)
    disputed = section(page, "requirements").locator("h3:text-is('Disputed') + ul > li.statement")

    assert disputed.count() >= 3
    for statement in disputed.all():
        expect(statement).to_contain_text("Sources differ")
    boxes = section(page, "requirements").locator(".differ")
    for box in boxes.all():
        sides = box.locator(".sides__side")
        assert sides.count() == sides.filter(has=page.locator(".cites__number")).count() >= 2
        expect(box).to_contain_text("Our reading")
    for promised in ("must-be-physician", "management-degree", "years-of-experience", "board-certification"):
        expect(boxes.and_(page.locator(f"#disagreement-{promised}"))).to_be_visible()


def test_number_of_a_source_leads_to_it(page):
    page.goto(DIRECTOR)
    number = section(page, "requirements").locator(".cites__number").first
    target = number.get_attribute("href")
    number.click()

    expect(page.locator(f"li{target}")).to_be_in_viewport()
    expect(page.locator(f"li{target} > a")).to_have_attribute("href", re.compile("^/sources/"))


# 4: switches setting to nursing home, country to the United States


def test_place_is_chosen_by_form_and_shows_only_what_holds_there(page):
    page.goto(DIRECTOR)
    everything = section(page, "requirements").locator("li.statement").count()
    page.get_by_label("Setting", exact=True).select_option("nursing-facility")
    page.get_by_label("Country", exact=True).select_option("US")
    page.get_by_role("button", name="Show", exact=True).click()

    expect(page).to_have_url(re.compile(rf"{re.escape(NURSING_HOME_US)}#where$"))
    expect(page.get_by_text(re.compile(r"^United States: \d+ checked requirements?; \d+ general ones"))).to_be_visible()
    marks = page.locator("[id^='duty-'], [id^='qualification-'], [id^='passage-']").locator(".statement__marks")
    others = ("Hospital", "Clinic or private practice", "Pharmaceutical company", "Insurer")
    for mark in texts(marks):
        assert "Skilled nursing facility" in mark or not any(other in mark for other in others), mark
        assert " only" not in mark or "United States only" in mark, mark
    assert section(page, "requirements").locator("li.statement").count() < everything
    left_out = page.locator("details.elsewhere")
    expect(left_out.filter(has_text="Only in other settings, left out here")).to_have_count(1)

    left_out.first.locator("summary").click()
    expect(left_out.first.get_by_role("link").first).to_be_visible()
    page.get_by_role("link", name="Show everything").click()
    expect(section(page, "requirements").locator("li.statement")).to_have_count(everything)


def test_coverage_of_every_country_is_counted(page):
    page.goto(DIRECTOR)
    options = page.get_by_label("Country", exact=True).locator("option:not([value=''])").all()
    countries = {option.get_attribute("value"): option.inner_text() for option in options}

    assert len(countries) >= 10
    for code, name in countries.items():
        page.goto(f"{DIRECTOR}?country={code}")
        coverage = rf"^{name}: (no checked requirement yet|\d+ checked requirement)"
        expect(page.get_by_text(re.compile(coverage))).to_be_visible()


def test_nursing_home_certificate_has_its_issuer_its_terms_and_the_law(page):
    page.goto(f"{DIRECTOR}{NURSING_HOME_US}")
    link(page, "About this credential: Certified Medical Director (CMD)").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Certified Medical Director")
    issuer = page.locator(".facts > div", has=page.get_by_text("Issuer", exact=True)).locator("dd")
    expect(issuer).to_contain_text("American Board of Post-Acute and Long-Term Care Medicine (ABPLM)")
    for anchor, told in {
        "examination": "No examination",
        "validity": "Six years",
        "legal-force": "January 1, 2027",
        "deadline": "Every year on April 1",
        "rejected-claim": "American Association for Physician Leadership",
    }.items():
        expect(section(page, anchor)).to_contain_text(told)
    expect(section(page, "legal-force")).to_contain_text("California")
    for other in ("Medical Dosimetrist", "CPE", "HALM"):
        expect(section(page, "confused-with")).to_contain_text(other)
    facts = page.locator("div.statement")
    assert facts.count() == facts.filter(has=page.locator("a[href^='/sources/']")).count() >= 9


# 5: places herself in a stage


def test_stages_branch_and_explain_the_office_that_stands_in_two(page):
    page.goto(DIRECTOR)
    stages = page.locator(".path__stage")

    assert texts(stages.locator(".path__label")) == ["Early career", "Mid-career", "Senior career"]
    assert max(stage.locator(".path__next li").count() for stage in stages.all()) > 2  # no straight ladder
    officer = stages.locator(".path__next").get_by_role("link", name="Chief medical officer")
    assert officer.count() == 2
    box = section(page, "stages").locator(".differ")
    expect(box).to_contain_text("Is chief medical officer a mid-career or a senior post?")
    assert box.locator(".sides__side").count() >= 2

    officer.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chief medical officer")


# 6: does the readiness check


def answer(page, title, label):
    group = page.get_by_role("group", name=re.compile(f"^{re.escape(title)}"))
    group.get_by_role("radio", name=label, exact=True).check()


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


# 7: reads the other side


def test_reasons_not_to_name_what_speaks_against_it_with_sources(page):
    page.goto(DIRECTOR)
    reasons = section(page, "reasons-not")
    statements = reasons.locator("li.statement")

    assert statements.count() == statements.filter(has=page.locator(".cites__number")).count() >= 5
    told = reasons.inner_text().lower()
    for subject in ("workload", "regulation", "part-time", "hours", "medicine", "contract"):
        assert subject in told, subject
    benefits = section(page, "benefits").locator("li.statement")
    assert statements.count() >= benefits.count() > 0


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
