"""The last source of what readers see is neither deleted nor moved away."""

import pytest

from careers.models import Duty
from editorial.models import Change
from editorial.tests.deleting.pages import BOTH
from editorial.tests.forms import change, complaints, opened, send
from sources.models import Citation
from tests.admin.pages import address

pytestmark = pytest.mark.django_db

ONLY = "It is the only source of"


@pytest.fixture
def only(db):
    """The one citation of a public duty."""
    citation = Citation.objects.filter(duty__isnull=False).first()
    citation.duty.citations.exclude(pk=citation.pk).delete()
    return citation


@pytest.fixture
def second(only):
    other = Citation.objects.exclude(source=only.source).first().source
    return only.duty.citations.create(source=other)


@pytest.mark.parametrize("ask", BOTH)
def test_last_source_is_not_deleted(ask, publisher, only):
    response = ask(publisher, only)

    assert ONLY in response.content.decode()
    assert address(Duty, "change", only.duty.pk) in response.content.decode()
    assert Citation.objects.filter(pk=only.pk).exists()


def test_all_sources_at_once_are_not_deleted(publisher, only, second):
    values = {"action": "delete_selected", "_selected_action": [only.pk, second.pk], "post": "yes"}
    response = publisher.post(address(Citation, "changelist"), values | {"change_reason": "Both."})

    assert ONLY in response.content.decode()
    assert only.duty.citations.count() == 2


@pytest.mark.parametrize("ask", BOTH)
def test_one_of_two_is_deleted(ask, publisher, only, second):
    assert ask(publisher, only, "Print is older.").status_code == 302
    assert not Citation.objects.filter(pk=only.pk).exists()


@pytest.mark.parametrize("ask", BOTH)
def test_last_source_goes_with_its_statement(ask, publisher, only):
    assert ask(publisher, only.duty).status_code == 302
    assert not Citation.objects.filter(pk=only.pk).exists()


@pytest.mark.parametrize("ask", BOTH)
def test_last_source_of_a_draft_is_the_editors(ask, publisher, only):
    type(only.duty.career).objects.update(status="draft")

    assert ask(publisher, only).status_code == 302


@pytest.mark.parametrize("ask", BOTH)
def test_last_source_of_what_readers_once_saw_stays(ask, publisher, only):
    """It would come back without one."""
    type(only.duty.career).objects.update(status="withdrawn", withdrawn_because="It was wrong.")

    assert ONLY in ask(publisher, only).content.decode()


def moved(only):
    other = Duty.objects.exclude(pk=only.duty.pk).exclude(citations__source=only.source).first()
    return {"duty": other.pk, "change_reason": "It belongs there."}


def test_last_source_is_not_moved_to_another_statement(publisher, only):
    response = change(publisher, only, **moved(only))

    assert f"{ONLY} duty “{only.duty}”; add another first." in complaints(response)["__all__"]
    assert Citation.objects.get(pk=only.pk).duty == only.duty
    assert not Change.objects.exists()


def test_one_of_two_is_moved(publisher, only, second):
    assert change(publisher, only, **moved(only)).status_code == 302
    assert Citation.objects.get(pk=only.pk).duty != only.duty


def test_last_source_is_corrected_in_its_place(publisher, only):
    assert change(publisher, only, place="page 9", change_reason="Found it.").status_code == 302


def test_row_of_the_last_source_is_not_deleted(publisher, only):
    values = opened(publisher, only.duty) | {"citations-0-DELETE": "on", "change_reason": "Gone."}
    response = send(publisher, only.duty, values)

    assert "Name at least one source" in response.content.decode()
    assert Citation.objects.filter(pk=only.pk).exists()
