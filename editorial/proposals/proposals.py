"""Changes of public records that wait for a publisher: the form as it was sent, shown again and then sent by them."""

import json

from django.apps import apps
from django.db.models.signals import pre_delete
from django.http import Http404
from django.utils import timezone

from editorial import rights
from editorial.choices import ProposalState
from editorial.models import Proposal
from editorial.saving.forms import WARNINGS_READ

FIELD = "proposal"  # the parameter of a form that shows one
SEEN = "proposal_seen"  # ... and what it said when the form was opened
BUTTONS = {"_save", "_continue", "_addanother", "_preview", "_popup", "_to_field"}
WARNINGS = {"confirmed", WARNINGS_READ}  # whoever publishes it reads them anew
NOT_KEPT = {"csrfmiddlewaretoken", FIELD, SEEN, *WARNINGS, *BUTTONS}
SUPERSEDED = "Somebody has changed something of it: that is a proposal of its own, and waits instead of this one."
RECORD_DELETED = "The record was deleted while this waited. If that was a mistake, bring it back and propose again."
TOLD = ["label", "name", "action", "before", "after"]  # of each change that the trial would make


def asked_for(request, model, object_id, hold):
    """The proposal that the address or the form names; None if it names none. With `hold`, nobody else decides it.

    Raises Http404 for one that is not there or belongs to another record.
    """
    number = request.POST.get(FIELD) or request.GET.get(FIELD)
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404("There is no such proposal.")
    found = Proposal.objects.filter(pk=number, label=model._meta.label_lower, object_id=object_id)
    proposal = (found.select_for_update(of=("self",)) if hold else found).first()
    if proposal is None:
        raise Http404("There is no such proposal for this record.")
    return proposal


def keep(request, attempt, model, object_id, changes):
    """Store the form; one's own proposal that is sent again takes the place of what it said."""
    mine = attempt.proposal if attempt.proposal and attempt.proposal.author_id == request.user.pk else None
    proposal = mine or Proposal(label=model._meta.label_lower, object_id=str(object_id or ""), author=request.user)
    proposal.name = changes[0].name
    proposal.form_data = [
        [name, value] for name, values in request.POST.lists() if name not in NOT_KEPT for value in values
    ]
    proposal.version = attempt.version
    proposal.changes = told(changes)
    proposal.reason = attempt.reason
    proposal.save()
    if attempt.proposal and not mine and rights.publishes(request.user):
        close(attempt.proposal, request.user, ProposalState.DECLINED, SUPERSEDED)
    return proposal


def told(changes):
    """What a proposal says of the changes that it would make, as it is stored."""
    return [{name: getattr(one, name) for name in TOLD} for one in changes]


def is_what_was_proposed(proposal, changes):
    """Whether the changes are those of the proposal, no less and no more."""
    return in_order(told(changes)) == in_order(proposal.changes)


def in_order(changes):
    return sorted(json.dumps(one, sort_keys=True) for one in changes)


def close(proposal, user, state=ProposalState.PUBLISHED, answer=""):
    """Decide a proposal; who waits for it reads the answer."""
    proposal.state, proposal.answer = state, answer
    proposal.decided_by, proposal.decided_at = user, timezone.now()
    proposal.save()


def close_with_record(sender, instance, **kwargs):
    """Nothing is left to decide about a record that is deleted. Whoever deletes it need not have seen the proposal."""
    for proposal in Proposal.objects.of(instance).waiting():
        close(proposal, None, ProposalState.DECLINED, RECORD_DELETED)


def watch_deletions():
    """Close what waits for a record of content when that is deleted, wherever this happens."""
    from careerguide.content import CONTENT_MODELS

    for label in CONTENT_MODELS:
        pre_delete.connect(close_with_record, sender=apps.get_model(label), dispatch_uid=f"close proposals {label}")
