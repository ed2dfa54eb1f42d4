"""Two editors at once: the second is told, sees the difference, and chooses."""

import pytest

from careers.models import Duty
from editorial.models import Change
from editorial.tests.forms import change, complaints, opened, send, why
from readinglist.models import Work
from salaries.tests.figures import title_figure
from sources.models import Source
from tests.admin.pages import form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def delhi(db):
    return title_figure("delhi")


@pytest.fixture
def second(publisher, delhi):
    """What the second editor sees, who opened the form before the first one saved."""
    values = opened(publisher, delhi) | why() | {"note": "Mine."}
    change(publisher, delhi, note="Theirs.", covers="Gross.", **why())
    return send(publisher, delhi, values)


def test_second_is_told_and_nothing_is_overwritten(second, delhi):
    delhi.refresh_from_db()

    assert "somebody else has changed this record" in complaints(second)["__all__"]
    assert (delhi.note, delhi.covers) == ("Theirs.", "Gross.")
    assert form_values(second)["note"] == "Mine."


def test_second_sees_the_difference_and_who_made_it(second):
    page = second.content.decode()

    assert ("Note", "Theirs.", "Mine.") in second.context["adminform"].form.differences
    assert "<td>Theirs.</td><td>Mine.</td>" in page
    assert "publisher: Table 3 gives base pay." in page


def test_second_may_save_all_the_same(second, publisher, delhi):
    assert send(publisher, delhi, form_values(second)).status_code == 302
    delhi.refresh_from_db()
    assert delhi.note == "Mine."
    assert Change.objects.count() == 2


def test_form_sent_twice_is_not_saved_twice(publisher, delhi):
    values = opened(publisher, delhi) | why() | {"note": "Mine."}

    assert send(publisher, delhi, values).status_code == 302
    assert "somebody else" in str(complaints(send(publisher, delhi, values)))
    assert Change.objects.count() == 1


def test_change_of_a_source_beside_the_record_counts(publisher):
    duty = Duty.objects.filter(citations__isnull=False).first()
    values = opened(publisher, duty) | {"text": "Mine.", "change_reason": "Plainer."}
    duty.citations.first().delete() if duty.citations.count() > 1 else duty.citations.update(place="page 9")

    assert "somebody else" in str(complaints(send(publisher, duty, values)))


@pytest.fixture
def meeting(publisher):
    """(duty, citation, what the second sees): both changed a citation beside the duty, the second added another."""
    duty = Duty.objects.filter(citations__isnull=False).first()
    citation = duty.citations.order_by("pk").first()
    values = opened(publisher, duty) | {"change_reason": "Plainer.", "citations-0-place": "mine"}
    number = values["citations-TOTAL_FORMS"]
    other = Source.objects.exclude(citations__duty=duty).first()
    values |= {f"citations-{number}-source": other.pk, f"citations-{number}-stance": "supports"}
    values |= {f"citations-{number}-place": "added", "citations-TOTAL_FORMS": number + 1}
    change(publisher, duty, **{"citations-0-place": "theirs", "text": "Theirs.", "change_reason": "So."})
    return duty, citation, send(publisher, duty, values)


def test_second_keeps_the_parts_that_were_typed_and_sees_where_they_differ(meeting):
    duty, citation, second = meeting
    page, kept = second.content.decode(), form_values(second)
    citation.refresh_from_db()

    assert citation.place == "theirs"
    assert "somebody else has changed this record" in complaints(second)["__all__"]
    assert "<td>theirs</td><td>mine</td>" in page
    assert f"{citation.source}, mine" in page.replace("&#x27;", "'").replace("&amp;", "&").replace("&quot;", '"')
    assert (kept["citations-0-place"], kept[f"citations-{duty.citations.count()}-place"]) == ("mine", "added")


def test_second_may_save_parts_all_the_same(meeting, publisher):
    duty, citation, second = meeting
    assert send(publisher, duty, form_values(second)).status_code == 302
    duty.refresh_from_db()
    citation.refresh_from_db()

    assert citation.place == "mine"
    assert duty.citations.filter(place="added").exists()
    assert duty.text != "Theirs."  # the second form holds the text that it was opened with, and the table says so


def test_part_that_somebody_added_meanwhile_stays(publisher):
    duty = Duty.objects.filter(citations__isnull=False).first()
    values = opened(publisher, duty) | {"text": "Mine.", "change_reason": "Plainer."}
    added = duty.citations.create(source=Source.objects.exclude(citations__duty=duty).first(), place="theirs")
    second = send(publisher, duty, values)

    assert "somebody else" in str(complaints(second))
    assert send(publisher, duty, form_values(second)).status_code == 302
    assert duty.citations.filter(pk=added.pk, place="theirs").exists()


def test_change_of_ties_counts(publisher):
    work = Work.objects.filter(topics__isnull=False).first()
    values = opened(publisher, work) | {"keywords": "mine", "change_reason": "More words."}
    work.topics.clear()

    assert "somebody else" in str(complaints(send(publisher, work, values)))


def test_what_rules_derive_is_no_change(publisher, delhi):
    values = opened(publisher, delhi) | why() | {"note": "Mine."}
    type(delhi).objects.filter(pk=delhi.pk).update(confidence="note")

    assert send(publisher, delhi, values).status_code == 302


@pytest.mark.parametrize("version", ["", "x", "-", "0-99999999999999999999", "é-²", "a" * 5000])
def test_forged_version_is_a_conflict_and_no_fault(version, publisher):
    source = Source.objects.first()
    values = opened(publisher, source) | {"note": "Mine.", "change_reason": "So.", "record_version": version}

    assert "somebody else" in str(complaints(send(publisher, source, values)))


def test_stale_form_brings_nothing_back(publisher):
    work = Work.objects.first()
    stale = opened(publisher, work) | {"keywords": "new"} | {"change_reason": "Found by more words."}
    change(publisher, work, next_status="withdrawn", change_reason="Wrong.")
    told = send(publisher, work, stale)
    send(publisher, work, form_values(told))

    assert "conflict" in told.content.decode()
    assert Work.objects.get(pk=work.pk).status == "withdrawn"
