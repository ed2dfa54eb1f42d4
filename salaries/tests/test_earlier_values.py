"""What a figure said before stays on its card: when, why, by which source."""

import re
from decimal import Decimal

import pytest

from editorial.choices import Role
from editorial.recording import recorded
from editorial.status import Status
from editorial.tests.changes.records import changed, changed_figure
from salaries.earlier import earlier_values
from salaries.models import SalaryFigure
from salaries.tests.figures import title_figure
from salaries.tests.pages import page_of, plain
from sources.models import Source

pytestmark = pytest.mark.django_db


def earlier(figure):
    """(amount, currency, period) of each earlier value, the newest first."""
    figure = SalaryFigure.objects.get(pk=figure.pk)
    return [(one.figure.amount, one.figure.currency, one.figure.period) for one in earlier_values(figure)]


def test_card_of_a_figure_never_corrected_says_so(client):
    text = plain(page_of(client, title_figure("delhi")))

    assert "None: the value has not been corrected since this guide was set up." in text
    assert "corrected on" not in text


def test_earlier_value_stands_on_the_card_with_reason_and_source(client):
    source = Source.objects.get(slug="opencourser-career-2024")
    change = changed_figure("delhi", "The page prints another amount.", source=source, amount=390_000)
    content = page_of(client, title_figure("delhi"))
    day = f"{change.changed_at:%B} {change.changed_at.day}, {change.changed_at:%Y}"

    assert f"INR 390,000 corrected on {day}" in plain(content)
    assert (
        f"Earlier values INR 3,900,000, pay period unstated until {day} "
        f"Role: publisher. Reason: The page prints another amount. Source: {source}"
    ) in plain(content)
    assert re.search(r'href="/changes/\?record=[^"]+">Every change of this figure', content)


def test_each_value_keeps_its_own_currency_and_period():
    figure = title_figure("delhi")
    changed(figure, amount=390_000)
    changed(figure, currency="USD", period="year")
    changed(figure, amount=40_000, period="month")

    assert earlier(figure) == [
        (390_000, "USD", "year"),
        (390_000, "INR", "unstated"),
        (3_900_000, "INR", "unstated"),
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"note": "Read again."},
        {"covers": "Gross."},
        {"as_of": "2025"},
        {"p10": 1000},
        {"amount": Decimal("3900000.00")},
    ],
)
def test_change_that_leaves_the_value_is_no_correction(values):
    figure = title_figure("delhi")
    changed(figure, **{"source_place": "row 1"} | values)

    assert earlier(figure) == []


def test_value_of_a_draft_was_never_public():
    figure = title_figure("delhi")
    SalaryFigure.objects.filter(pk=figure.pk).update(status=Status.DRAFT)
    figure.refresh_from_db()
    changed(figure, amount=1000)
    changed(figure, amount=2000, status=Status.PUBLISHED)

    assert earlier(figure) == []


def test_value_corrected_while_it_was_withdrawn_was_public_before():
    figure = title_figure("delhi")
    gone = changed(figure, "It is doubted.", status=Status.WITHDRAWN, withdrawn_because="It is doubted.")
    changed(figure, "Never seen.", amount=1000)
    changed(figure, "Never seen either.", amount=390_000)
    back = changed(figure, "Checked.", status=Status.PUBLISHED, withdrawn_because="")
    [one] = earlier_values(SalaryFigure.objects.get(pk=figure.pk))

    assert (one.figure.amount, one.change, one.corrected_on) == (3_900_000, gone, back.changed_at)


def test_value_withdrawn_and_published_again_is_the_same_value():
    figure = title_figure("delhi")
    changed(figure, status=Status.WITHDRAWN, withdrawn_because="It is doubted.")
    changed(figure, status=Status.PUBLISHED, withdrawn_because="")

    assert earlier(figure) == []


def test_way_back_is_a_change_of_its_own():
    figure = title_figure("delhi")
    changed(figure, amount=390_000)
    changed(figure, "It was right before.", amount=3_900_000)

    assert [amount for amount, _, _ in earlier(figure)] == [390_000, 3_900_000]


def test_median_that_was_withheld_is_told_so(client):
    figure = SalaryFigure.objects.filter(withheld="at-least").first()
    changed(figure, withheld="", at_least=None, amount=300_000, note="Read.", p75=None, p90=None)

    assert "Earlier values at or above USD 239,200, a year until" in plain(page_of(client, figure))


def test_new_figure_has_no_earlier_value():
    figure = title_figure("delhi")
    figure.pk, figure._state.adding, figure.slug, figure.as_of = None, True, "delhi-2020", "2020"
    with recorded(Role.PUBLISHER):
        figure.save()

    assert earlier(figure) == []


def test_other_figures_changes_are_not_mixed_in():
    changed_figure("paris", amount=1000)

    assert earlier(title_figure("delhi")) == []


def test_card_asks_no_more_for_more_changes(client, django_assert_num_queries):
    figure = title_figure("delhi")
    for amount in range(1000, 1030):
        changed(figure, source=Source.objects.first(), amount=amount)
    with django_assert_num_queries(5):
        client.get(figure.get_absolute_url())
