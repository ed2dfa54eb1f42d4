from decimal import Decimal

import pytest
from django.urls import reverse

from salaries.charts import bar


@pytest.mark.parametrize(
    ("amount", "highest", "share"),
    [
        ("100", "100", 100),
        ("50", "100", 50),
        ("49.5", "100", 50),
        ("49.49", "100", 49),
        ("99.5", "100", 99),
        ("0.5", "100", 1),
        ("0.01", "999999999999.99", 1),
        ("1", "3", 33),
        ("2", "3", 67),
    ],
)
def test_share_is_rounded_and_never_nothing(amount, highest, share):
    assert bar(Decimal(amount), "INR", Decimal(highest), 2).share == share


@pytest.mark.parametrize(
    ("amount", "count", "text"),
    [
        (100, 2, "Highest INR shown"),
        (100, 1, "Only INR figure shown"),
        (40, 2, "40% of highest INR shown"),
        (0, 3, "1% of highest INR shown"),
    ],
)
def test_text(amount, count, text):
    assert bar(Decimal(amount), "INR", Decimal(100), count).text == text


def test_lower_figure_is_never_called_the_highest():
    assert bar(Decimal("99.9"), "INR", Decimal(100), 2).text != "Highest INR shown"


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?country=IN", "?city=delhi&city=london", "?min=300000", "?ordering=-median"])
def test_bars_compare_within_a_currency_of_the_figures_shown(query, client):
    page = client.get(reverse("salaries:figures") + query).context["page"]
    amounts = {}
    for figure in page:
        amounts.setdefault(figure.currency, []).append(figure.amount)

    for figure in page:
        own = amounts[figure.currency]
        assert figure.bar == bar(figure.amount, figure.currency, max(own), len(own))


@pytest.mark.django_db
def test_highest_counts_every_page_of_the_table(client, monkeypatch):
    monkeypatch.setattr("salaries.views.PAGE_SIZE", 4)
    figures = client.get(reverse("salaries:figures"), {"ordering": "-median", "page": "9"}).context["page"]

    assert [(figure.area.slug, figure.bar.share) for figure in figures] == [
        ("shanghai", 16),
        ("tel-aviv", 100),
        ("toronto", 100),
    ]
