"""Warnings count as read only if they are those that the person saw."""

import pytest

from editorial.models import Change
from editorial.status import Status
from editorial.tests.forms import change, complaints, send, why
from salaries import judgement
from salaries.models import PriceLevel, SalaryFigure
from salaries.tests.figures import accept_and_judge, title_figure
from tests.admin.pages import address, form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def delhi(db):
    return title_figure("delhi")


def test_tick_in_advance_counts_for_nothing(publisher, delhi):
    first = change(publisher, delhi, amount="39000000", note="Read again.", **why())
    unread = form_values(first) | {"warnings_read": "", "confirmed": "on"}

    assert "confirmed" in complaints(send(publisher, delhi, unread))
    assert not Change.objects.exists()


def test_other_warnings_are_shown_anew_and_the_tick_is_gone(publisher, delhi):
    first = change(publisher, delhi, amount="39000000", note="Read again.", **why())
    second = send(publisher, delhi, form_values(first) | {"confirmed": "on", "amount": "390000000"})

    assert "100 times as much" in " ".join(second.context["request"].attempt.warnings)
    assert "confirmed" not in form_values(second)
    assert send(publisher, delhi, form_values(second) | {"confirmed": "on"}).status_code == 302
    assert Change.objects.get().after["amount"] == "390000000"


def test_acceptance_that_lapses_is_a_warning(publisher):
    accept_and_judge("toronto", "ambiguous-currency")
    response = change(publisher, title_figure("toronto"), currency="USD", note="Read again.", **why())

    assert "confirmed" in complaints(response)
    assert any("“$293,000” may mean" in one for one in response.context["request"].attempt.warnings)


@pytest.fixture
def doubtful(delhi):
    """A draft that the rules will doubt as soon as readers see it."""
    SalaryFigure.objects.filter(pk=delhi.pk).update(status=Status.DRAFT, amount=390_000_000, note="Read.")
    judgement.refresh()
    return delhi


def test_form_shows_what_the_rules_say_before_it_publishes(publisher, doubtful):
    response = change(publisher, doubtful, next_status="published")

    assert "confirmed" in complaints(response)
    assert any("New finding about Delhi" in one for one in response.context["request"].attempt.warnings)


def test_list_shows_what_the_rules_say_before_it_publishes(publisher, doubtful):
    values = {"action": "publish", "_selected_action": [doubtful.pk]}
    page = publisher.post(address(SalaryFigure, "changelist"), values)
    attempt = page.context["attempt"]

    assert any("New finding about Delhi" in one for one in attempt.warnings)
    assert "Nothing was changed yet." in page.content.decode()
    assert SalaryFigure.objects.get(pk=doubtful.pk).status == Status.DRAFT
    assert not Change.objects.exists()
    again = dict(page.context["sent"]) | {"warnings_read": attempt.warnings_digest}
    assert publisher.post(address(SalaryFigure, "changelist"), again).status_code == 302
    assert SalaryFigure.objects.get(pk=doubtful.pk).status == Status.PUBLISHED


def test_price_level_that_moves_many_figures_is_a_warning(publisher):
    level = PriceLevel.objects.filter(country__code="CA").order_by("-year").first()
    response = change(publisher, level, ppp=level.ppp * 100, change_reason="Read again.")
    attempt = response.context["request"].attempt

    assert "confirmed" in complaints(response)
    assert any("Toronto" in one for one in attempt.warnings)
    assert len(attempt.warnings_shown) <= 21
    assert PriceLevel.objects.get(pk=level.pk).ppp == level.ppp
