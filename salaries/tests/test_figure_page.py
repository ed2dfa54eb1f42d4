"""The card of one figure: what it says, what it does not know, and every reason for doubt."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from salaries import judgement
from salaries.models import Area, SalaryFigure
from salaries.tests.figures import accept_and_judge, title_figure, title_figures
from salaries.tests.pages import page_of, plain
from sources.choices import Confidence
from sources.models import Source

pytestmark = pytest.mark.django_db

MARK = "<script>zq7('&\"</script>"
OPENCOURSER = "opencourser-career-2024"


def change(slug, **values):
    """Change a figure and judge it; then as the page finds it."""
    title_figures(slug).update(**values)
    judgement.refresh()
    return title_figure(slug)


def card(client, figure):
    """{term: what stands beside it} on the page of a figure."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page_of(client, figure), re.DOTALL)
    assert len(dict(pairs)) == len(pairs)
    return {plain(term): plain(text) for term, text in pairs}


@pytest.mark.parametrize("slug", ["bengaluru", "delhi", "london", "new-york", "toronto"])
def test_card_gives_every_reason_whole(slug, client):
    figure = title_figure(slug)
    text = plain(page_of(client, figure))

    for one in figure.findings.all():
        assert f"{one.about.title} {one.get_severity_display()} {plain(one.sentence)}" in text
    assert figure.get_confidence_display() in text


def test_card_without_reasons_says_so(client):
    figure = title_figure("paris")
    figure.findings.all().delete()
    SalaryFigure.objects.filter(pk=figure.pk).update(confidence=Confidence.CLEAR)

    shown = plain(page_of(client, figure))

    assert "No reason for doubt found No rule found a reason for doubt." in shown
    assert "Reasons for doubt No rule found any." in shown


def test_card_of_a_figure_that_is_fully_stated(client):
    Source.objects.filter(slug=OPENCOURSER).update(
        title="Pay", publisher="P", published="2025-06", retrieved_on=date(2026, 3, 4), licence="CC0", trust="primary"
    )
    Source.objects.filter(slug=OPENCOURSER).update(attribution="Pay, by P.")
    figure = change(
        "paris",
        **{"p10": 90_000, "p25": 120_000, "p75": 170_000, "p90": 200_000, "mean": Decimal("155000.50")},
        **{"employment": 1234, "employment_error": Decimal("5.30"), "wage_error": Decimal("20.00"), "sample_size": 0},
        **{"period": "month", "basis": "survey", "as_of": "2025-05", "covers": "Gross.", "source_place": "row 7"},
    )

    assert card(client, figure) == {
        "Describes": "this title: medical director",
        "Place": "Paris, France (city)",
        "Printed as": "€150,000 under “Paris”",
        "Median": "EUR 150,000",
        "p10, p25": "EUR 90,000, EUR 120,000",
        "p75, p90": "EUR 170,000, EUR 200,000",
        "Mean": "EUR 155,000.50",
        "Currency": "EUR, Euro, certain",
        "Pay period": "a month",
        "Kind": "Survey",
        "Gross or net, full-time or part-time, what is included": "Gross.",
        "Sample size": "0",
        "People in such posts": "1,234, standard error 5.3%",
        "Relative standard error of the wage": "20%",
        "Source": "Pay (P), row 7",
        "Trust in the source": "Primary: the body that makes or knows the fact",
        "Figure as of": "2025-05",
        "Source published": "2025-06",
        "Read by us on": "2026-03-04",
        "Licence": "CC0",
        "Required attribution": "Pay, by P.",
        "Earlier figures of the same publisher": "none on record",
        "Id of this figure": "medical-director-paris-opencourser",
    }


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("p10, p25", "unstated, unstated"),
        ("p75, p90", "unstated, unstated"),
        ("Mean", "unstated"),
        ("Pay period", "unstated; read as a year wherever figures are compared"),
        ("Gross or net, full-time or part-time, what is included", "unstated"),
        ("Sample size", "unstated"),
        ("People in such posts", "unstated"),
        ("Relative standard error of the wage", "unstated"),
        ("Figure as of", "unstated"),
        ("Source published", "unstated"),
        ("Read by us on", "unstated"),
        ("Earlier figures of the same publisher", "none on record"),
    ],
)
def test_card_says_what_is_unstated(term, text, client):
    Source.objects.filter(slug=OPENCOURSER).update(published="", retrieved_on=None)

    assert card(client, title_figure("new-york"))[term] == text


def test_card_says_what_is_not_certain(client):
    assert card(client, title_figure("toronto"))["Currency"] == "CAD, Canadian Dollar, not certain"


@pytest.mark.parametrize(
    ("withheld", "median", "why"),
    [
        ("at-least", "at or above USD 239,200", "Only known to be at or above a bound"),
        ("not-released", "not released", "Not released by the publisher"),
    ],
)
def test_card_of_a_withheld_median(withheld, median, why, client):
    found = card(client, SalaryFigure.objects.filter(withheld=withheld, area__country="US").first())

    assert (found["Median"], found["Median withheld"]) == (median, why)


def test_card_of_a_wider_class_says_whom_it_describes(client):
    figure = SalaryFigure.objects.get(slug="oews-2025-11-9111-0100001")

    assert card(client, figure)["Describes"] == (
        f"medical and health services managers, class 11-9111 of {figure.population.classification}; "
        "not medical directors"
    )
    assert plain(figure.population.about) in plain(page_of(client, figure))


def test_card_lists_earlier_figures_of_the_same_publisher_newest_first(client):
    figure = change("paris", as_of="2025", source_place="")
    for as_of, amount in (("2020", 120_000), ("2023-05", 140_000), ("2026", 190_000)):
        earlier = title_figure("paris") if as_of == "2020" else SalaryFigure.objects.get(slug="earlier-2020")
        earlier.pk, earlier._state.adding = None, True
        earlier.slug, earlier.as_of, earlier.amount = f"earlier-{as_of}", as_of, amount
        earlier.save()

    assert (
        card(client, figure)["Earlier figures of the same publisher"]
        == "EUR 140,000 as of 2023-05; EUR 120,000 as of 2020"
    )


def test_accepted_finding_stays_on_the_card_with_reason_and_source(client):
    acceptance = accept_and_judge("toronto", "ambiguous-currency", sentence="“$1” may mean another currency.")
    content = page_of(client, title_figure("toronto"))
    sentence = "“$293,000” may mean another currency than CAD."

    assert (
        f"Currency not certain: accepted {sentence} "
        f"Accepted on {acceptance.accepted_on:%Y-%m-%d}: The publisher confirmed it. {acceptance.source} "
        "When it was accepted, the finding read: “$1” may mean another currency."
    ) in plain(content)
    assert f'href="{acceptance.source.get_absolute_url()}"' in content
    assert "Notes only" in plain(content)


def test_accepted_finding_that_reads_as_before_is_not_repeated(client):
    accept_and_judge("paris", "undated", sentence="The source gives no date: nobody can tell how old the figure is.")
    text = plain(page_of(client, title_figure("paris")))

    assert text.count("nobody can tell how old the figure is") == 1
    assert "When it was accepted" not in text


@pytest.mark.parametrize("kind", ["city", "metropolitan", "nonmetropolitan", "economic-region", "state", "country"])
def test_card_leads_to_the_row_in_the_table(kind, client):
    figure = SalaryFigure.objects.filter(area__kind=kind).first()
    link = re.search(r'href="([^"]+)">This figure in the table', page_of(client, figure))[1]

    assert f'<tr role="row" id="{figure.slug}"' in client.get(unescape(link)).content.decode()


@pytest.mark.parametrize("path", ["nothing", "MEDICAL-DIRECTOR-DELHI-OPENCOURSER", "a" * 300])
def test_card_of_no_figure_is_missed_with_a_way_on(path, client):
    response = client.get(f"/salaries/figures/{path}/")

    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


@pytest.mark.parametrize("slug", ["medical-director-delhi-opencourser", "oews-2025-11-9111-0100001"])
def test_card_asks_five_times(slug, client, django_assert_num_queries):
    with django_assert_num_queries(
        5
    ):  # the figure, its findings, what was accepted, earlier figures, what it said before
        client.get(f"/salaries/figures/{slug}/")


def test_card_asks_no_more_for_more_acceptances(client, django_assert_num_queries):
    for rule in ("undated", "no-origin", "single-source"):
        accept_and_judge("delhi", rule)
    with django_assert_num_queries(5):
        client.get("/salaries/figures/medical-director-delhi-opencourser/")


@pytest.mark.parametrize(
    "address", ["figure", "/known-issues/?rule=no-origin", "/known-issues/?rule=ambiguous-currency"]
)
def test_hostile_text_is_shown_as_text(address, client):
    Source.objects.filter(slug=OPENCOURSER).update(title=MARK, publisher=MARK, licence=MARK, attribution=MARK)
    Area.objects.filter(slug="toronto").update(name=MARK)
    accept_and_judge("toronto", "undated", reason=MARK, sentence=MARK)
    figure = change("toronto", as_printed=MARK, city_as_printed=MARK, source_place=MARK, note=MARK)
    content = client.get(figure.get_absolute_url() if address == "figure" else address).content.decode()

    assert "<script>zq7" not in content
    assert MARK in unescape(content)
    assert not re.search(r'="[^"]*zq7\(\'', content)  # no attribute ends early
