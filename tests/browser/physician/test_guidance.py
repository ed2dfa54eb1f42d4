"""A physician in mid-career considers a directorship: what she is told, from a search to the reasons not to.

The steps of her journey are numbered through this folder. Nothing here depends on how many statements the guide holds;
the nursing home certificate and the disagreements are those that the guide promises.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import DIRECTOR
from tests.browser.physician.steps import NURSING_HOME_US, link, section, texts

NECESSITIES = ["Required", "Usually asked", "Helpful", "Disputed"]


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
