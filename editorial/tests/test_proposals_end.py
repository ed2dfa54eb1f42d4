"""No proposal waits for ever: neither for a record or a source that is gone, nor in a window of its own."""

import pytest

from careers.models import Career, Duty
from editorial.models import Change, Proposal
from editorial.saving.effects import undone
from editorial.tests.conftest import account, signed_in
from editorial.tests.forms import change, complaints, opened, send, why
from salaries.tests.figures import title_figure
from sources.models import Disagreement, Source
from tests.admin.pages import address, form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(db):
    return Duty.objects.first()


@pytest.fixture
def proposal(editor, duty):
    change(editor, duty, text="Proposed.", change_reason="Plainer.")
    return Proposal.objects.get()


def another_source():
    known = Source.objects.first()
    known.pk, known.slug, known._state.adding = None, "gone", True
    known.save()
    return known


def new_duty(editor, career, source):
    """Propose a new duty of a career, with one source."""
    values = {"career": career.pk, "title": "New", "slug": "new", "area": "policy", "text": "What.", "position": 1}
    values |= {"citations-0-source": source.pk, "citations-0-stance": "supports"}
    page = editor.get(address(Duty, "add"))
    assert editor.post(address(Duty, "add"), form_values(page) | values).status_code == 302
    return Proposal.objects.get()


def test_proposal_is_closed_when_its_record_is_deleted(publisher, proposal, duty):
    duty.delete()
    proposal.refresh_from_db()

    assert (proposal.state, proposal.decided_by) == ("declined", None)
    assert "The record was deleted" in proposal.answer
    assert proposal.decide_address not in publisher.get("/admin/").content.decode()


def test_proposal_is_closed_when_its_record_goes_with_its_owner(proposal, duty):
    Career.objects.get(pk=duty.career_id).delete()
    proposal.refresh_from_db()

    assert proposal.state == "declined"


def test_proposals_about_other_records_go_on_waiting(proposal, duty):
    Duty.objects.exclude(pk=duty.pk).first().delete()
    proposal.refresh_from_db()

    assert proposal.state == "waiting"


def test_deletion_that_is_undone_closes_nothing(proposal, duty):
    with undone():
        duty.delete()
    proposal.refresh_from_db()

    assert proposal.state == "waiting"


@pytest.mark.parametrize("who", ["editor", "publisher"])
def test_page_of_such_a_proposal_says_so(who, request, proposal, duty):
    client = request.getfixturevalue(who)
    duty.delete()
    page = client.get(proposal.form_address, follow=True)

    assert page.status_code == 200
    assert page.redirect_chain == [(address(Proposal, "change", proposal.pk), 302)]
    assert page.content.decode().count("The record was deleted while this waited.") == 2  # the message and the page


def test_proposal_whose_record_went_unseen_can_be_declined(publisher, proposal, duty):
    """What `_raw_delete` or another program deletes tells nobody."""
    duty.citations.all().delete()
    Duty.objects.filter(pk=duty.pk)._raw_delete("default")
    page = publisher.get(proposal.form_address, follow=True)
    decide = publisher.get(proposal.decide_address)

    assert "The record that this proposal would change is gone: decline it." in page.content.decode()
    assert f'href="{proposal.decide_address}"' in page.content.decode()
    assert "is gone" in decide.content.decode()
    assert publisher.post(proposal.decide_address, {"answer": "Gone."}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "declined"


def test_proposal_leads_to_its_decision_from_the_desk_and_from_the_list(publisher, proposal):
    for page in ("/admin/", address(Proposal, "changelist")):
        assert f'href="{proposal.decide_address}"' in publisher.get(page).content.decode(), page


def test_proposal_of_a_new_part_outlives_its_owner_and_says_what_is_wrong(editor, publisher):
    career = Career.objects.create(slug="curator", title="Curator", summary="Keeps what others made.")
    proposal = new_duty(editor, career, Source.objects.first())
    career.delete()
    page = publisher.get(proposal.form_address)

    assert page.status_code == 200
    assert f'href="{proposal.decide_address}"' in page.content.decode()
    assert "career" in complaints(page)


def test_proposal_that_rests_on_a_deleted_source_can_be_given_another(editor, publisher):
    source = another_source()
    proposal = new_duty(editor, Career.objects.first(), source)
    source.delete()
    page = publisher.get(proposal.form_address)
    values = form_values(page) | {"proposal": proposal.pk, "citations-0-source": Source.objects.first().pk}

    assert page.status_code == 200
    assert "not one of the available choices" in page.content.decode()
    assert publisher.post(address(Duty, "add"), values).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "published"


def test_source_of_the_change_that_is_gone_can_be_replaced(editor, publisher):
    delhi = title_figure("delhi")
    source = another_source()
    change(editor, delhi, note="Read again.", **why(change_source=source.pk))
    proposal = Proposal.objects.get()
    source.delete()
    values = form_values(publisher.get(proposal.form_address)) | {"proposal": proposal.pk}

    assert "change_source" in complaints(send(publisher, delhi, values))
    assert send(publisher, delhi, values | why()).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "published"


def test_proposal_made_in_a_popup_says_so_there_and_is_published_as_any_other(editor, publisher):
    disagreement = Disagreement.objects.first()
    values = opened(editor, disagreement, _popup=1) | {"why": "Mine.", "change_reason": "Plainer.", "_popup": 1}
    page = send(editor, disagreement, values)
    text = page.content.decode()

    assert page.status_code == 200
    assert "a publisher looks at your change first" in text
    assert "Close this window" in text
    assert "dismiss" not in text and "changed successfully" not in text
    assert "waits on the quality desk" not in editor.get("/admin/").content.decode()  # it was said already
    proposal = Proposal.objects.get()
    values = form_values(publisher.get(proposal.form_address)) | {"proposal": proposal.pk}
    assert send(publisher, disagreement, values).status_code == 302
    proposal.refresh_from_db()
    disagreement.refresh_from_db()
    assert (proposal.state, disagreement.why) == ("published", "Mine.")


def test_proposal_published_in_a_popup_is_closed(editor, publisher, proposal, duty):
    values = form_values(publisher.get(f"{proposal.form_address}&_popup=1"))
    page = send(publisher, duty, values | {"proposal": proposal.pk, "_popup": 1})
    proposal.refresh_from_db()

    assert "popup_response" in page.content.decode()
    assert proposal.state == "published"


def test_answer_to_a_closed_proposal_is_read_by_its_author(proposal, duty):
    other = signed_in(account("mary", "Editor"))
    duty.delete()

    assert "The record was deleted" in other.get(address(Proposal, "changelist")).content.decode()


def shown(client, proposal):
    """The values of the form that shows a proposal."""
    values = form_values(client.get(proposal.form_address))
    return values | {"proposal": proposal.pk, "proposal_seen": proposal.fingerprint}


def test_proposal_of_which_nothing_is_left_is_not_published(publisher, duty, proposal):
    send(publisher, duty, shown(publisher, proposal), text=duty.text)

    assert Proposal.objects.get().state == "waiting"


def test_other_editor_closes_no_proposal(duty, proposal):
    other = signed_in(account("mary", "Editor"))
    send(other, duty, shown(other, proposal), text=duty.text)

    assert Proposal.objects.get().state == "waiting"


def test_proposal_that_was_sent_again_is_read_again(editor, publisher, duty, proposal):
    before = shown(publisher, proposal)
    send(editor, duty, shown(editor, proposal), text="Newer.")
    refused = send(publisher, duty, before)

    assert "the proposal was sent again meanwhile" in str(complaints(refused))
    assert "Newer." in refused.content.decode()
    assert Proposal.objects.get().state == "waiting"
    assert not Change.objects.exists()
