"""Salaries on paper, in forced colors and on a phone: dots to be seen, nothing cut off, no label on another."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import OVERFLOWING, luminance
from tests.browser.salary_table import CONVERTED, NEW_YORK, row

pytestmark = pytest.mark.looks

PAPER = 672  # CSS pixels between the margins of an A4 page; see @page in print.css


@pytest.mark.parametrize("media", ["screen", "print", "forced colors"])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address, dots",
    [
        (CONVERTED, [".spread__dot"]),
        (NEW_YORK, [".spread__dot--strong", ".spread__dot:not(.spread__dot--strong)"]),
        ("/salaries/cities/bengaluru/", [".spread__dot--hollow"]),
    ],
    ids=["list", "city", "not ranked"],
)
def test_dots_stand_out_in_every_medium(new_page, address, dots, media):
    page = new_page(forced_colors="active" if media == "forced colors" else "none")
    page.goto(address)
    if media == "print":
        page.emulate_media(media="print")
    ground = luminance(page, "body", "backgroundColor")

    for dot in dots:
        light, dark = sorted((luminance(page, dot, "stroke"), ground), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, f"{light} on {dark}; see WCAG 2.2, 1.4.11"
        drawing = page.locator(".spread", has=page.locator(dot)).first
        drawn = drawing.screenshot()
        drawing.locator(dot).evaluate("dot => { dot.style.strokeOpacity = 0 }")
        assert drawing.screenshot() != drawn  # the dot itself was to be seen


@pytest.mark.parametrize("color_scheme", ["dark"])
@pytest.mark.parametrize("width", [PAPER])
@pytest.mark.parametrize("address", [CONVERTED, NEW_YORK, "/salaries/compare/?city=delhi&city=bengaluru"])
def test_paper_holds_the_whole_table(new_page, address):
    page = new_page()
    page.goto(address)
    page.emulate_media(media="print")

    assert page.evaluate(OVERFLOWING) == []
    assert page.pdf(format="A4").startswith(b"%PDF-")


@pytest.mark.parametrize("color_scheme", ["dark"])
@pytest.mark.parametrize("width", [PAPER])
def test_paper_shows_the_reasons_that_matter(new_page):
    """Nobody can unfold paper. Notes, which nearly every figure has, stay folded."""
    page = new_page()
    page.goto(CONVERTED)
    page.emulate_media(media="print")

    conflict = row(page, "delhi").get_by_text("9.3 times above the other figure in INR")
    expect(conflict).to_be_visible()
    assert conflict.bounding_box()["height"] > 10
    reasons = page.locator("#results .table__why")
    expect(reasons.filter(visible=True)).to_have_count(4)
    assert luminance(page, ".table__why .table__cell", "color") < 0.1
    assert luminance(page, ".reasons__list li", "color") < 0.1


@pytest.mark.parametrize("width", [320])
def test_reason_stands_under_its_figure_on_a_phone(learner):
    page = learner.page
    page.goto(CONVERTED)

    figure, reason = row(page, "toronto"), page.locator("#medical-director-toronto-opencourser + .table__why")
    assert reason.bounding_box()["y"] - sum(figure.bounding_box()[side] for side in ("y", "height")) < 2
    assert reason.evaluate("row => getComputedStyle(row).borderTopWidth") == "0px"
    expect(reason).to_contain_text("may mean another currency than CAD")


@pytest.mark.parametrize("width", [320, 1280])
def test_labels_of_an_axis_do_not_touch(learner):
    page = learner.page
    for address in (CONVERTED, NEW_YORK, "/salaries/cities/abilene-tx/"):
        page.goto(address)
        edges = page.locator("#main .axis").first.evaluate(
            """axis => [...axis.children].map(label => {
              const range = document.createRange()
              range.selectNodeContents(label)
              return range.getBoundingClientRect()
            }).map(box => [box.left, box.right])"""
        )
        assert len(edges) > 2
        assert all(right + 2 <= left for (_, right), (left, _) in zip(edges, edges[1:], strict=False)), address
