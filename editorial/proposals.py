"""Changes of public records that wait for a publisher: the form as it was sent, shown again and then sent by them."""

from django.http import Http404
from django.utils import timezone

from editorial.choices import ProposalState
from editorial.models import Proposal

FIELD = "proposal"  # the parameter of a form that shows one
BUTTONS = {"_save", "_continue", "_addanother", "_preview", "_popup", "_to_field"}
NOT_KEPT = {"csrfmiddlewaretoken", FIELD, "confirmed", *BUTTONS}  # whoever publishes it reads the warnings anew
TOLD = ["label", "name", "action", "before", "after"]  # of each change that the trial would make


def asked_for(request, model, record):
    """The waiting proposal that the address or the form names; None if it names none.

    Raises Http404 for one that is not waiting or belongs to another record.
    """
    number = request.POST.get(FIELD) or request.GET.get(FIELD)
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404("There is no such proposal.")
    about = {"label": model._meta.label_lower, "object_id": str(record.pk) if record else ""}
    found = Proposal.objects.waiting().filter(pk=number, **about)
    found = found.select_for_update(of=("self",)) if request.method == "POST" else found
    proposal = found.first()
    if proposal is None:
        raise Http404("This proposal is not waiting any more.")
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
    proposal.changes = [{name: getattr(one, name) for name in TOLD} for one in changes]
    proposal.reason = attempt.reason
    proposal.save()
    return proposal


def close(proposal, user, state=ProposalState.PUBLISHED, answer=""):
    """Decide a proposal; who waits for it reads the answer."""
    proposal.state, proposal.answer = state, answer
    proposal.decided_by, proposal.decided_at = user, timezone.now()
    proposal.save()
