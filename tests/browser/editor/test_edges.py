"""Journey d3 at its edge: two at one figure, and what nobody may do. Each test has figures of its own."""

import pytest
from playwright.sync_api import expect

from tests.browser.editing import FIGURES, SOURCE, Card, Figure

BERLIN = Figure("Berlin", "€176,000", "EUR 176,000")
PARIS = Figure("Paris", "€150,000", "EUR 150,000")
AUSTIN = Figure("Austin", "$397,000", "USD 397,000")


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
