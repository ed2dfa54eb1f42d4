"""Journey d3: an editor corrects a figure, a publisher publishes it, and nothing is lost or falsified on the way.

The site is one of its own, so that what is changed here is seen by no other test. Each test has figures of its own.
"""

import json
import re

from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import expect

from tests.browser.editing import (
    SOURCE,
    Card,
    Figure,
    Person,
    answer_report,
    go_back,
    newest_in_feed,
    propose,
    publish_proposal,
    report_error,
    warn_of_older_date,
)
from tests.browser.server import manage

BENGALURU = Figure("Bengaluru", "₹418,000", "INR 418,000")
SHANGHAI = Figure("Shanghai", "¥141,000", "CNY 141,000")
DELHI = Figure("Delhi", "₹3,900,000", "INR 3,900,000")
LONDON = Figure("London", "£300,000", "GBP 300,000")
NAMES = re.compile(r"\b(ada|grace|alan)\b", re.IGNORECASE)


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
