"""Whatever others do meanwhile, and whatever the database refuses: the form comes back with what was typed."""

import pytest
from django.db import DataError, IntegrityError, OperationalError
from django.db.models.signals import post_save, pre_save

from careers.models import Career, Duty
from editorial.models import Change, Proposal
from editorial.saving.faults import BUSY, NOTHING_SAVED, TOO_LARGE
from editorial.tests.forms import change, complaints, opened, send, why
from readinglist.models import Work
from salaries.models import SalaryFigure
from salaries.tests.figures import title_figure
from sources.models import Citation, Source
from tests.admin.pages import address, form_values, inlines

pytestmark = pytest.mark.django_db

WHY = {"change_reason": "Plainer."}


@pytest.fixture
def duty(db):
    """One with two sources."""
    duty = Duty.objects.first()
    others = Source.objects.exclude(citations__duty=duty)
    while duty.citations.count() < 2:
        Citation.objects.create(duty=duty, source=others.first(), place="page 4")
    return duty


@pytest.fixture
def delhi(db):
    return title_figure("delhi")


# Parts of the form that others have deleted


def test_row_deleted_meanwhile_is_named_and_the_rest_can_be_saved(publisher, duty):
    gone, kept = duty.citations.order_by("pk")[:2]
    values = opened(publisher, duty) | WHY | {"text": "Mine."}
    values |= {"citations-0-place": "my page 7", "citations-1-place": "my page 8"}
    Citation.objects.filter(pk=gone.pk).delete()
    refused = send(publisher, duty, values)
    page, again = refused.content.decode(), form_values(refused)

    assert "others have deleted a part" in complaints(refused)["__all__"]
    assert f"Source of this statement: Source: {gone.source}" in page.replace("&#x27;", "'").replace("&amp;", "&")
    assert "Place: my page 7" in page
    assert (again["text"], again["citations-0-place"], again["citations-INITIAL_FORMS"]) == ("Mine.", "my page 8", 1)
    assert send(publisher, duty, again).status_code == 302
    duty.refresh_from_db()
    assert duty.text == "Mine."
    assert [*duty.citations.values_list("pk", "place")] == [(kept.pk, "my page 8")]


def test_new_row_beside_a_deleted_one_is_kept(publisher, duty):
    gone = duty.citations.order_by("pk").first()
    source = Source.objects.exclude(citations__duty=duty).first()
    values = opened(publisher, duty) | WHY
    number = values["citations-TOTAL_FORMS"]
    row = {"source": source.pk, "stance": "supports", "place": "page 3"}
    values |= {f"citations-{number}-{name}": value for name, value in row.items()}
    values["citations-TOTAL_FORMS"] = number + 1
    Citation.objects.filter(pk=gone.pk).delete()

    assert send(publisher, duty, form_values(send(publisher, duty, values))).status_code == 302
    assert duty.citations.filter(source=source, place="page 3").exists()


def test_where_the_only_source_is_gone_a_row_for_another_is_offered(publisher, duty):
    values = opened(publisher, duty) | WHY | {"text": "Mine."}
    duty.citations.all().delete()
    refused = send(publisher, duty, values)

    [row] = inlines(refused)[0].formset.forms
    assert row.errors["source"] == ["This field is required."]
    again = form_values(refused) | {"citations-0-source": Source.objects.first().pk, "citations-0-stance": "supports"}
    assert send(publisher, duty, again).status_code == 302


def test_row_that_never_was_is_told_of_as_well(publisher, duty):
    values = opened(publisher, duty) | WHY | {"citations-0-id": "99999999"}

    assert "others have deleted a part" in complaints(send(publisher, duty, values))["__all__"]


# The record itself


def test_record_deleted_meanwhile_comes_back_as_a_form_for_a_new_one(publisher, duty):
    change(publisher, duty, title="Known to the history", **WHY)
    values = opened(publisher, duty) | WHY | {"text": "What took long to write.", "citations-0-place": "my page 7"}
    key, slug, sources = duty.pk, duty.slug, duty.citations.count()
    Duty.objects.filter(pk=key).delete()
    refused = publisher.post(address(Duty, "change", key), values)
    again = form_values(refused)

    assert "this record was deleted" in complaints(refused)["__all__"]
    assert f'action="{address(Duty, "add")}"' in refused.content.decode()
    assert (again["text"], again["slug"], again["citations-0-place"]) == (values["text"], slug, "my page 7")
    assert publisher.post(address(Duty, "add"), again).status_code == 302
    assert Duty.objects.get(slug=slug, text="What took long to write.").citations.count() == sources


def test_parts_that_are_written_elsewhere_are_told_of_but_not_made_anew(publisher):
    career = Career.objects.create(slug="curator", title="Curator", summary="Keeps what others made.", status="draft")
    career.alternativetitles.create(title="Keeper")
    career.citations.create(source=Source.objects.first())
    values = opened(publisher, career) | {"summary": "Mine.", "alternativetitles-0-note": "In museums."}
    key = career.pk
    career.delete()
    refused = publisher.post(address(Career, "change", key), values)
    again = form_values(refused) | {"slug": "curator"}

    assert "In museums." in refused.content.decode()
    assert publisher.post(address(Career, "add"), again).status_code == 302
    made = Career.objects.get(slug="curator")
    assert (made.summary, made.alternativetitles.count(), made.citations.count()) == ("Mine.", 0, 1)


# What the database refuses


def test_part_moved_to_where_its_key_is_taken_is_told_so(publisher, duty):
    other = Career.objects.exclude(pk=duty.career_id).first()
    other.duties.create(slug=duty.slug, title="Taken", area=duty.area, text="There already.", position=1)
    refused = change(publisher, duty, career=other.pk, text="Mine.", **WHY)

    assert "already exists" in complaints(refused)["__all__"]
    assert NOTHING_SAVED in complaints(refused)["__all__"]
    assert (form_values(refused)["text"], int(form_values(refused)["career"])) == ("Mine.", other.pk)
    assert not Change.objects.exists()
    assert change(publisher, duty, text="Mine.", **WHY).status_code == 302


@pytest.fixture
def at_saving():
    """Let something happen in the moment in which a record is saved: fault(signal, model, what)."""
    connected = []

    def connect(signal, model, what):
        signal.connect(what, sender=model, weak=False)
        connected.append((signal, model, what))

    yield connect
    for signal, model, what in connected:
        signal.disconnect(what, sender=model)


def test_new_record_that_somebody_adds_in_the_same_moment_is_told_so(publisher, at_saving):
    theirs = Source.objects.values().first() | {"id": None}

    def somebody_else(instance, **kwargs):
        if instance.pk is None:
            Source.objects.bulk_create([Source(**theirs | {"slug": instance.slug})])

    page = publisher.get(address(Source, "add"))
    known = Source.objects.first()
    values = {"slug": "new", "title": "Mine", "publisher": "A body", "licence": "All rights"}
    values |= {"kind": known.kind, "trust": known.trust, "retrieved_on": "2026-01-02"}
    values = form_values(page) | values
    at_saving(pre_save, Source, somebody_else)
    refused = publisher.post(address(Source, "add"), values)

    assert refused.status_code == 200
    assert form_values(refused)["title"] == "Mine"
    assert NOTHING_SAVED in complaints(refused)["__all__"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (IntegrityError("CHECK constraint failed: citation_of_exactly_one_statement"), "exactly one statement"),
        (IntegrityError("FOREIGN KEY constraint failed"), "changed or deleted at the same time"),
        (DataError("numeric field overflow"), TOO_LARGE),
        (OverflowError("Python int too large to convert to SQLite INTEGER"), TOO_LARGE),
        (ValueError("A string literal cannot contain NUL (0x00) characters."), TOO_LARGE),
        (OperationalError("database is locked"), BUSY),
    ],
)
@pytest.mark.parametrize("model", [SalaryFigure, Citation])
def test_whatever_the_database_refuses_nothing_typed_is_lost(fault, said, model, publisher, at_saving):
    def refuse(**kwargs):
        raise fault

    record = title_figure("delhi") if model is SalaryFigure else Work.objects.filter(citations__isnull=False).first()
    typed = {"note": "Mine."} if model is SalaryFigure else {"keywords": "mine", "citations-0-place": "my page 7"}
    values = opened(publisher, record) | why() | typed
    at_saving(post_save, model, refuse)
    refused = send(publisher, record, values)

    assert said in complaints(refused)["__all__"]
    assert typed.items() <= form_values(refused).items()
    assert "was changed successfully" not in refused.content.decode()
    assert not Change.objects.exists()


def test_busy_form_still_shows_the_proposal_that_it_publishes(editor, publisher, delhi, at_saving):
    def refuse(**kwargs):
        raise OperationalError("database is locked")

    change(editor, delhi, note="Read again.", **why())
    proposal = Proposal.objects.get()
    form = publisher.get(f"{address(SalaryFigure, 'change', delhi.pk)}?proposal={proposal.pk}")
    at_saving(post_save, SalaryFigure, refuse)
    refused = send(publisher, delhi, form_values(form) | {"proposal": proposal.pk})

    assert BUSY in complaints(refused)["__all__"]
    assert f'name="proposal" value="{proposal.pk}"' in refused.content.decode()
