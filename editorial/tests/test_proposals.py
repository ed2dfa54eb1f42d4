"""An editor's change of something public waits until somebody who may publish has looked at it."""

import pytest

from careers.models import Career, Duty
from editorial.models import Change, Proposal
from editorial.tests.conftest import account, signed_in
from editorial.tests.forms import change, complaints, opened, send, why
from readinglist.models import Work
from salaries.tests.figures import title_figure
from sources.choices import SourceKind, Trust
from sources.models import Source
from tests.admin.pages import address, form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def delhi(db):
    return title_figure("delhi")


@pytest.fixture
def proposal(editor, delhi):
    change(editor, delhi, note="Read again.", **why())
    return Proposal.objects.get()


def decide(proposal):
    return f"/admin/editorial/proposal/{proposal.pk}/decide/"


def test_nothing_is_public_yet(proposal, delhi, editor_account):
    delhi.refresh_from_db()

    assert delhi.note != "Read again."
    assert not Change.objects.exists()
    assert (proposal.author, proposal.reason, proposal.state) == (editor_account, why()["change_reason"], "waiting")
    assert [one["after"] for one in proposal.changes] == [{"note": "Read again."}]


def test_editor_is_told_that_it_waits(editor, delhi):
    page = editor.post(
        address(type(delhi), "change", delhi.pk), opened(editor, delhi) | {"note": "New."} | why(), follow=True
    )
    text = page.content.decode()

    assert "a publisher looks at your change first" in text
    assert "was changed successfully" not in text


def test_editor_meets_the_same_warnings_first(editor, delhi):
    assert "change_source" in complaints(change(editor, delhi, note="New.", change_reason="So."))
    assert not Proposal.objects.exists()


def test_publisher_sees_what_was_proposed_and_publishes_it(publisher, proposal, delhi, publisher_account):
    page = publisher.get(proposal.form_address)
    values = form_values(page)

    assert page.status_code == 200
    assert values["note"] == "Read again."
    assert "A change that waits for a publisher" in page.content.decode()
    assert "errornote" not in page.content.decode()
    assert send(publisher, delhi, values | {"proposal": proposal.pk}).status_code == 302
    delhi.refresh_from_db()
    proposal.refresh_from_db()
    assert delhi.note == "Read again."
    assert (proposal.state, proposal.decided_by) == ("published", publisher_account)
    assert Change.objects.get().reason == why()["change_reason"]


def test_author_mends_a_proposal_in_place(editor, proposal, delhi):
    values = form_values(editor.get(proposal.form_address)) | {"proposal": proposal.pk, "note": "Read a third time."}
    send(editor, delhi, values)

    assert Proposal.objects.count() == 1
    assert Proposal.objects.get().changes[0]["after"] == {"note": "Read a third time."}


def test_publisher_declines_with_an_answer(publisher, proposal, delhi):
    refused = publisher.post(decide(proposal), {"answer": ""})
    publisher.post(decide(proposal), {"answer": "The table gives total pay."})
    proposal.refresh_from_db()

    assert "Say why" in refused.content.decode()
    assert (proposal.state, proposal.answer) == ("declined", "The table gives total pay.")


def test_decided_proposal_says_so_at_its_old_address(publisher, proposal):
    publisher.post(decide(proposal), {"answer": "The table gives total pay."})
    page = publisher.get(proposal.form_address, follow=True)
    text = page.content.decode()

    assert page.redirect_chain == [(address(Proposal, "change", proposal.pk), 302)]
    assert "does not wait any more: declined. The table gives total pay." in text


def test_what_is_typed_in_a_form_of_a_decided_proposal_is_kept(publisher, proposal, delhi):
    values = form_values(publisher.get(proposal.form_address)) | {"proposal": proposal.pk, "note": "Better."}
    publisher.post(decide(proposal), {"answer": "The table gives total pay."})
    refused = send(publisher, delhi, values)
    again = form_values(refused)

    assert "declined. The table gives total pay." in complaints(refused)["__all__"]
    assert again["note"] == "Better."
    assert 'name="proposal"' not in refused.content.decode()
    assert send(publisher, delhi, again).status_code == 302
    delhi.refresh_from_db()
    assert delhi.note == "Better."


def test_author_takes_a_proposal_back(editor, proposal):
    editor.post(decide(proposal), {"answer": ""})
    proposal.refresh_from_db()

    assert proposal.state == "taken-back"


def test_other_editors_do_not_decide(proposal, db):
    other = signed_in(account("mary", "Editor"))

    assert other.post(decide(proposal), {"answer": "No."}).status_code == 403
    assert other.get("/admin/editorial/proposal/999/decide/").status_code == 404


def test_record_that_changed_meanwhile_is_a_conflict(publisher, proposal, delhi):
    """The proposal's form bears the version that its author saw."""
    change(publisher, delhi, covers="Gross.", **why())
    values = form_values(publisher.get(proposal.form_address)) | {"proposal": proposal.pk}
    response = send(publisher, delhi, values)

    assert "somebody else has changed this record" in str(complaints(response))


def test_new_part_of_a_published_profile_waits_as_well(editor, publisher):
    career = Career.objects.get(slug="medical-director")
    values = {
        "career": career.pk,
        "title": "New duty",
        "slug": "new-duty",
        "area": "policy",
        "text": "What.",
        "position": 1,
    }
    citation = {"source": Source.objects.first().pk, "stance": "supports", "place": "page 3"}
    values |= {f"citations-0-{name}": value for name, value in citation.items()}
    page = editor.get(address(Duty, "add"))
    assert editor.post(address(Duty, "add"), form_values(page) | values).status_code == 302
    proposal = Proposal.objects.get()

    assert not Duty.objects.filter(slug="new-duty").exists()
    assert proposal.object_id == ""
    values = form_values(publisher.get(proposal.form_address)) | {"proposal": proposal.pk}
    assert publisher.post(address(Duty, "add"), values).status_code == 302
    assert Duty.objects.get(slug="new-duty").citations.count() == 1
    assert {one.action for one in Change.objects.all()} == {"added"}


def test_editor_adds_sources_at_once(editor):
    values = {
        "slug": "new",
        "title": "New",
        "publisher": "A body",
        "kind": SourceKind.values[0],
        "licence": "All rights",
        "trust": Trust.values[0],
    }
    page = editor.get(address(Source, "add"))
    response = editor.post(address(Source, "add"), form_values(page) | values | {"retrieved_on": "2026-01-02"})

    assert response.status_code == 302, complaints(response)
    assert Source.objects.filter(slug="new").exists()


@pytest.mark.parametrize("number", ["x", "0", "99999999999999999999", "²"])
def test_proposal_that_is_none_is_not_found(number, publisher, delhi):
    assert publisher.get(address(type(delhi), "change", delhi.pk), {"proposal": number}).status_code == 404


def test_proposal_shows_on_the_form_of_its_own_record_alone(publisher, proposal):
    other = title_figure("paris")

    assert publisher.get(address(type(other), "change", other.pk), {"proposal": proposal.pk}).status_code == 404


def test_looking_at_a_proposal_saves_nothing(publisher, proposal, delhi):
    publisher.get(proposal.form_address)
    delhi.refresh_from_db()

    assert delhi.note != "Read again."
    assert not Change.objects.exists()


@pytest.fixture
def two_people(settings):
    settings.SECOND_PERSON_FOR_FIGURES = True


def test_publisher_alone_changes_no_published_figure_where_two_must_look(two_people, publisher, delhi):
    change(publisher, delhi, note="Read again.", **why())
    proposal = Proposal.objects.get()
    own = form_values(publisher.get(proposal.form_address)) | {"proposal": proposal.pk}
    send(publisher, delhi, own)
    delhi.refresh_from_db()
    assert delhi.note != "Read again."

    second = signed_in(account("joan", "Publisher"))
    values = form_values(second.get(proposal.form_address)) | {"proposal": proposal.pk}
    assert send(second, delhi, values).status_code == 302
    delhi.refresh_from_db()
    assert delhi.note == "Read again."


def test_second_person_who_changes_the_proposal_has_made_another(two_people, publisher, delhi):
    change(publisher, delhi, note="Read again.", **why())
    proposal = Proposal.objects.get()
    second = signed_in(account("joan", "Publisher"))
    values = form_values(second.get(proposal.form_address)) | {"proposal": proposal.pk, "note": "Mine."}
    send(second, delhi, values)
    proposal.refresh_from_db()

    assert not Change.objects.exists()
    assert proposal.state == "declined"
    assert Proposal.objects.waiting().get().changes[0]["after"] == {"note": "Mine."}


def test_finding_of_a_published_figure_is_accepted_by_two_as_well(two_people, publisher):
    toronto = title_figure("toronto")
    row = {"rule": "ambiguous-currency", "reason": "The city pays in it.", "source": why()["change_source"]}
    values = {f"acceptances-0-{name}": value for name, value in row.items()} | {"acceptances-TOTAL_FORMS": 1}
    response = change(publisher, toronto, **values, **why())

    assert response.status_code == 302, complaints(response)
    assert not toronto.acceptances.exists()
    assert Proposal.objects.get().changes[0]["label"] == "salaries.acceptance"


def test_form_names_the_proposal_that_waits(editor, publisher):
    work = Work.objects.first()
    change(editor, work, keywords="new", change_reason="Found more.")

    assert (
        "A change of this record waits" in publisher.get(f"/admin/readinglist/work/{work.pk}/change/").content.decode()
    )


@pytest.mark.parametrize("name", ["change_reason", "change_source"])
def test_second_person_agrees_to_reason_and_source_as_well(name, two_people, publisher, delhi):
    change(publisher, delhi, note="Read again.", **why())
    proposal = Proposal.objects.get()
    second = signed_in(account("joan", "Publisher"))
    other = {"change_reason": "Mine.", "change_source": Source.objects.exclude(pk=why()["change_source"]).first().pk}
    values = form_values(second.get(proposal.form_address)) | {"proposal": proposal.pk, name: other[name]}
    response = send(second, delhi, values)

    assert response.status_code == 302, complaints(response)
    assert not Change.objects.exists()
