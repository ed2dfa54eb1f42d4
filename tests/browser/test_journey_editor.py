"""Journey d3: an editor corrects a figure, a publisher publishes it, and nothing is lost or falsified on the way.

The site is one of its own, so that what is changed here is seen by no other test. Each test has figures of its own.
"""

import json
import re

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import expect

from tests.browser.editing import FIGURES, PATIENCE, Card, Figure, Person
from tests.browser.server import manage

BENGALURU = Figure("Bengaluru", "₹418,000", "INR 418,000")
SHANGHAI = Figure("Shanghai", "¥141,000", "CNY 141,000")
DELHI = Figure("Delhi", "₹3,900,000", "INR 3,900,000")
BERLIN = Figure("Berlin", "€176,000", "EUR 176,000")
PARIS = Figure("Paris", "€150,000", "EUR 150,000")
LONDON = Figure("London", "£300,000", "GBP 300,000")
AUSTIN = Figure("Austin", "$397,000", "USD 397,000")
SOURCE = "GeoNames"  # any source will do that is not the figure's own
NAMES = re.compile(r"\b(ada|grace|alan)\b", re.IGNORECASE)


@pytest.fixture
def site(editing):
    return editing.address


@pytest.fixture(autouse=True)
def patience():
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def sign_in(new_page):
    """A function that signs somebody in, in a browser of their own."""
    return lambda name, scripts=True: Person(new_page(java_script_enabled=scripts), name, scripts).sign_in()


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request):
    return request.param


@pytest.fixture
def answered(problems):
    """A function that forgets that the browser told of an answer with this status, as it does on purpose here."""

    def forget(status):
        told = [problem for problem in problems if f"the server responded with a status of {status}" in problem]
        assert told
        problems[:] = [problem for problem in problems if problem not in told]

    return forget


def today():
    return date_format(timezone.localdate(), "F j, Y")


# 1 and 2: signs in, sees the desk, opens the figure from its finding


def test_sign_in_leads_to_the_desk_and_from_a_finding_to_the_figure(new_page, scripts):
    ada = Person(new_page(java_script_enabled=scripts), "ada", scripts)
    page = ada.page
    page.goto("/admin/")
    ada.send_sign_in("a password that is wrong")
    expect(page.get_by_role("alert")).to_contain_text("Username or password is wrong")
    expect(page.get_by_label("Username")).to_have_value("ada")
    ada.sign_in()

    headings = page.locator("#content h1, #content h2").all_inner_texts()
    assert headings[0] == "Quality desk"
    titles = ["Drafts and changes waiting", "Reported errors", "Findings about figures", "Figures without a date"]
    assert [heading.rpartition(" (")[0] for heading in headings[1:5]] == titles
    figures = page.locator("section", has=page.locator("#desk-figures"))
    expect(figures.locator("li").first).to_contain_text("not ranked")  # the worst first

    ada.follow(BENGALURU.name, within=figures)

    for name, text in {"as_printed": BENGALURU.printed, "city_as_printed": "Bengalaru"}.items():
        row = page.locator(f".field-{name}")
        expect(row.locator(".readonly")).to_have_text(text)
        expect(row.locator("input, textarea, select")).to_have_count(0)
    findings = page.locator(".field-findings .readonly")
    expect(findings).to_contain_text("9.3 times below the other figure in INR (Delhi), INR 3,900,000")


# 3: the wrong turns; everything typed stays


def test_wrong_values_and_doubtful_ones_are_held_back_and_nothing_typed_is_lost(sign_in, new_page, scripts):
    ada = sign_in("ada", scripts)
    ada.open_figure(DELHI)
    # The browser's own check of number fields would keep the form from the site.
    ada.page.locator("#salaryfigure_form").evaluate("form => form.setAttribute('novalidate', '')")
    typed = {"note": "A note that took long to write.", "covers": "Gross.", "period": "year"}
    ada.write(**typed, amount="-5", currency="", as_of="2999")

    ada.save()
    assert "greater than or equal to 0.01" in ada.complaint("amount")
    assert "required" in ada.complaint("currency")
    assert "This lies in the future" in ada.complaint("as_of")
    assert ada.told == ""
    assert ada.values(*typed, "amount", "as_of") == typed | {"amount": "-5", "as_of": "2999"}

    typed |= {"amount": "39000000", "currency": "INR", "as_of": "2025-05"}
    ada.write(**typed)
    ada.save()
    assert "Say why" in ada.complaint("change_reason")
    assert "Name the source" in ada.complaint("change_source")
    assert ada.told == ""
    assert ada.values(*typed) == typed

    ada.give_reason("The survey gives yearly pay.", SOURCE)
    ada.save()
    assert "10 times as much as the present one" in ada.notices
    assert "New finding about Delhi" in ada.notices
    assert ada.told == ""
    assert ada.values(*typed, "change_reason") == typed | {"change_reason": "The survey gives yearly pay."}
    expect(ada.page.locator("[name=change_source] option:checked")).to_contain_text(SOURCE)
    expect(ada.page.get_by_label("I have read the warnings")).not_to_be_checked()

    card = Card(new_page(), DELHI)
    assert card.amount == DELHI.amount
    assert card.changes() == []


# 4: sees the effect first


def test_preview_shows_the_page_and_the_findings_and_saves_nothing(sign_in, new_page, scripts):
    ada = sign_in("ada", scripts)
    ada.open_figure(BENGALURU)
    ada.write(amount="4180000", period="year")
    preview = ada.preview()

    told = preview.locator(".preview").inner_text()
    assert "Nothing was saved." in told
    assert "Say why" in told  # what is missing is named here as well
    for text in ("418,000", "4,180,000", "Gone: Conflict within one currency", "Delhi: INR 3,900,000"):
        assert text in told
    pages = preview.locator(".preview ul a").evaluate_all("links => links.map(link => link.pathname)")
    assert {BENGALURU.page, "/salaries/", "/careers/medical-director/", "/salaries.json"} <= set(pages)
    expect(preview.locator(".preview__page .figure-card__amount")).to_contain_text("4,180,000")
    expect(preview.locator(".preview__page")).not_to_contain_text("9.3 times below")

    assert ada.values("amount", "period") == {"amount": "4180000", "period": "year"}  # the form has not moved
    assert Card(new_page(), BENGALURU).amount == BENGALURU.amount
    ada.page.goto("/admin/")
    assert ada.told == ""
    expect(ada.page.locator("section", has=ada.page.locator("#desk-waiting"))).not_to_contain_text(BENGALURU.city)


# 5 to 8: proposes, publishes, answers the report, undoes


def test_correction_is_proposed_published_answered_and_undone(sign_in, new_page, scripts):
    figure, wrong, right = (
        (BENGALURU, "418000.00", ("4180000", "INR 4,180,000"))
        if scripts
        else (SHANGHAI, "141000.00", ("1410000", "CNY 1,410,000"))
    )
    reader = new_page(java_script_enabled=scripts)
    ada, grace = sign_in("ada", scripts), sign_in("grace", scripts)
    report_error(ada, figure)
    propose(ada, figure, right[0])
    assert Card(reader, figure).amount == figure.amount

    publish_proposal(grace, figure, right[0])
    card = Card(reader, figure)
    assert card.amount == f"{right[1]} corrected on {today()}"
    [earlier] = card.earlier
    for text in (figure.amount.split()[1], "pay period unstated", "The survey gives yearly pay.", SOURCE):
        assert text in earlier
    [entry] = card.changes()
    for text in (f"{wrong[:3]},000", right[1].split()[1], "The survey gives yearly pay.", "Role: publisher", SOURCE):
        assert text in entry
    assert not NAMES.search(reader.content())
    newest = newest_in_feed(reader)
    assert figure.city in newest and "The survey gives yearly pay." in newest and not NAMES.search(newest)

    reader.goto(f"/salaries/?city={figure.city.lower()}")
    expect(reader.locator("#results .amount").first).to_contain_text(right[1].split()[1])

    answer_report(ada, figure)
    reader.goto("/known-issues/")
    issue = reader.locator("#reports").locator("xpath=ancestor::section").locator("li", has_text=figure.city)
    expect(issue).to_contain_text("Corrected from the survey.")
    expect(issue).to_contain_text("changed")

    warn_of_older_date(ada, figure)
    go_back(grace, figure, wrong)
    card = Card(reader, figure)  # the old link still works
    assert card.amount == f"{figure.amount} corrected on {today()}"
    assert len(card.earlier) == 2
    entries = card.changes()
    assert len(entries) == 2
    assert "The survey was withdrawn." in entries[0]
    assert "The survey gives yearly pay." in entries[1]


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


# 7: the content files


def test_files_keep_a_correction(sign_in, new_page, editing, tmp_path):
    grace = sign_in("grace")
    grace.open_figure(LONDON)
    grace.write(amount="290000")
    grace.write(note="Rounded up where it was printed.")
    grace.give_reason("The table gives 290,000.", SOURCE)
    grace.save()
    assert "was changed successfully" in grace.told

    told = manage(["load_content"], editing.environment)  # of files that know nothing of it
    assert re.search(rf"Kept: .*{LONDON.slug}", told)
    manage(["dump_content", "--folder", str(tmp_path)], editing.environment)
    rows = json.loads((tmp_path / "salaries.salaryfigure.json").read_text())
    [row] = [row["fields"] for row in rows if row["fields"]["slug"] == LONDON.slug]
    assert (float(row["amount"]), row["note"]) == (290_000, "Rounded up where it was printed.")
    assert not NAMES.search("".join(path.read_text() for path in tmp_path.glob("editorial.*.json")))
    assert "Kept" not in manage(["load_content", "--folder", str(tmp_path)], editing.environment)
    assert "already" in manage(["dump_content", "--folder", str(tmp_path)], editing.environment)
    assert Card(new_page(), LONDON).amount == f"GBP 290,000 corrected on {today()}"


# At the edge: two at once; rights


@pytest.mark.parametrize("choice", ["save again", "drop it"])
def test_second_of_two_browsers_is_told_and_chooses(choice, sign_in, new_page):
    figure = BERLIN if choice == "save again" else PARIS
    first, second = sign_in("grace"), sign_in("alan")
    for person in (first, second):
        person.open_figure(figure)
        person.write(covers=f"Gross, says {person.name}.")
        person.give_reason(f"The table says so to {len(person.name)}.", SOURCE)
    first.save()
    assert "was changed successfully" in first.told

    second.save()
    assert "somebody else has changed this record" in second.page.locator(".errornote ~ .errorlist").inner_text()
    assert second.told == ""
    row = second.page.locator(".attempt tbody tr", has_text="What it covers")
    assert row.locator("td").all_inner_texts() == ["Gross, says grace.", "Gross, says alan."]
    assert "publisher: The table says so to 5." in second.notices
    assert second.values("covers") == {"covers": "Gross, says alan."}
    assert "Gross, says grace." in Card(new_page(), figure).page.locator("main").inner_text()

    if choice == "save again":
        second.save()
        assert "was changed successfully" in second.told
    else:
        second.follow("open the record as it is now")
        assert second.values("covers") == {"covers": "Gross, says grace."}
    card = Card(new_page(), figure)
    stands = "alan" if choice == "save again" else "grace"
    assert f"Gross, says {stands}." in card.page.locator("main").inner_text()
    assert len(card.changes()) == (2 if choice == "save again" else 1)


def test_published_figure_is_not_deleted_but_withdrawn_with_a_reason(sign_in, new_page, answered, scripts):
    figure = AUSTIN if scripts else Figure("Seattle", "$428,000", "USD 428,000")
    ada, reader = sign_in("ada", scripts), new_page(java_script_enabled=scripts)
    ada.open_figure(figure)
    expect(ada.page.get_by_role("link", name="Delete", exact=True)).to_have_count(0)
    form = ada.page.url
    assert ada.page.goto(form.replace("/change/", "/delete/")).status == 403
    answered(403)
    assert Card(reader, figure).amount == figure.amount

    ada.page.goto(form)
    ada.page.get_by_label("Withdraw it").check()
    ada.save()
    assert "Say why" in ada.complaint("change_reason")
    ada.page.get_by_label("Reason for this change").fill("The publisher took the row back.")
    ada.save()
    assert "was changed successfully" in ada.told

    assert reader.goto(figure.page).status == 410
    answered(410)
    expect(reader.get_by_role("main")).to_contain_text("The publisher took the row back.")
    reader.goto(f"/salaries/?city={figure.city.lower()}")
    expect(reader.locator("#results")).not_to_contain_text(figure.amount.split()[1])
    assert ada.page.goto(f"{FIGURES}?q={figure.slug}&status__exact=withdrawn").status == 200
    expect(ada.page.locator("#result_list tbody tr")).to_have_count(1)
