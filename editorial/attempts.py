"""One try of an editor to save a form: what it must ask for before it may stand."""

from dataclasses import dataclass, field

from django.apps import apps

from editorial import conflicts, rights
from editorial.choices import Action
from editorial.effects import Effect
from editorial.forms import REASON_MISSING
from editorial.models import Change
from editorial.status import Publishable, Status

SOURCE_MISSING = "Name the source of the new value. If it is not in the list yet, add it with the plus sign."
WITHDRAW_ALONE = "Withdraw it without other changes, so that what readers saw stays as it was."
CONFLICT = "Nothing was saved: somebody else has changed this record since you opened it. Compare, then save again."
STATUS_FIELDS = {"status", "withdrawn_because"}
SLIP = "The new amount is {ratio:.0f} times {which} the present one: is a digit missing or doubled?"
SLIP_RATIO = 5  # a correction beyond it is more often a slip of the hand than news


@dataclass
class Attempt:
    """Made for each request to a form; the form and its page read it."""

    user: object
    version: str = ""  # of the record as it is stored now
    refusals: list = field(default_factory=list)  # [(field, text)]; a field of "" is the form as a whole
    warnings: list = field(default_factory=list)  # sentences; the editor may confirm them
    conflict: bool = False
    others: list = field(default_factory=list)  # the changes made since the form was opened
    proposal: object = None
    showing: bool = False  # the form is shown with a proposal's values, not sent
    earlier: dict = field(default_factory=dict)  # the values of a version that the form goes back to
    recording: object = None
    held: list | None = None  # what would be said of the save, while it is not known whether it stands
    saved: object = None  # the record, once the form was valid and saved
    reason: str = ""
    source: object = None
    confirmed: bool = False

    @property
    def form_version(self):
        """What the form bears: for a proposal, what its author saw when it was written."""
        return self.proposal.version if self.showing else self.version

    @property
    def may_publish_proposal(self):
        """Whether saving the form publishes the proposal that it shows."""
        own = self.proposal.author_id == self.user.pk
        return rights.publishes(self.user) and not (own and rights.asks_for_two(apps.get_model(self.proposal.label)))

    def notice_conflict(self, record, sent):
        """Refuse the form once if the record is no longer what it was when the form was opened."""
        if sent != self.version:
            self.conflict = True
            self.others = list(conflicts.changes_since(record, sent))
            self.refusals.append(("", CONFLICT))

    def notice_omissions(self, changes: list[Change]):
        """Refuse what lacks its reason or its source. `changes` are those that the try would leave."""
        public = [change for change in changes if change.public]
        lasting = [change for change in public if lasts(change)]
        if lasting and not self.reason:
            self.refusals.append(("change_reason", REASON_MISSING))
        for change in lasting:
            fields = {*change.before, *change.after} - STATUS_FIELDS
            if change.label == "salaries.salaryfigure" and fields and not self.source:
                self.refusals.append(("change_source", SOURCE_MISSING))
            if change.action == Action.WITHDRAWN and (fields or len(changes) > 1):
                self.refusals.append(("next_status", WITHDRAW_ALONE))

    def notice_doubts(self, changes, effect: Effect):
        """Warn, unless the editor has confirmed it, of what a rule or the calendar speaks against."""
        if self.confirmed:
            return
        for change in changes:
            if change.label == "salaries.salaryfigure" and change.before and change.after:
                self.warnings += slips(change.before, change.after)
        self.warnings += [f"New finding about {one.figure}: {one.sentence}" for one in effect.worse]
        if self.warnings:
            self.refusals.append(
                ("confirmed", "Nothing was saved yet. Read the warnings above, then confirm or correct.")
            )

    def stands_at_once(self, changes, added_directly):
        """Whether the person may make all these changes without anybody else looking at them."""
        return all(self.may_make(change, added_directly) for change in changes)

    def may_make(self, change, added_directly):
        if not change.public:
            return True
        if rights.publishes(self.user):
            return not self.waits_for_second(change)
        if change.action == Action.ADDED:
            return added_directly
        return change.action == Action.WITHDRAWN and {*change.after} <= STATUS_FIELDS

    def waits_for_second(self, change):
        """Where two people must look at a figure, one of them alone may only withdraw it."""
        if self.proposal and self.proposal.author_id != self.user.pk:
            return False
        about_it = (change.label, change.object_id) == (self.saved._meta.label_lower, str(self.saved.pk))
        alone = {*change.before, *change.after} <= STATUS_FIELDS
        return about_it and not alone and rights.asks_for_two(self.saved)

    def take_step(self, record, chosen):
        """Give the record the status that was chosen, together with the reason if it is withdrawn."""
        if not isinstance(record, Publishable) or not chosen or chosen == record.status:
            return
        record.status = Status(chosen)
        if record.status == Status.WITHDRAWN:
            record.withdrawn_because = self.reason or record.withdrawn_because
        elif record.status in (Status.PUBLISHED, Status.DRAFT):
            record.withdrawn_because = ""


def lasts(change):
    """Whether readers saw something else before: then they are told why."""
    if change.action == Action.PUBLISHED:
        return bool(change.before.get("withdrawn_because"))
    return change.action != Action.ADDED


def slips(before, after):
    """Sentences about a figure whose date goes backwards or whose amount leaps."""
    found = []
    if before.get("as_of") and after.get("as_of", before["as_of"]) < before["as_of"]:
        new = after["as_of"] or "no date"
        found.append(f"The date goes backwards, from {before['as_of']} to {new}: is the newer figure wrong?")
    old, new = before.get("amount"), after.get("amount")
    if old and new:
        ratio = float(new) / float(old)
        if ratio >= SLIP_RATIO:
            found.append(SLIP.format(ratio=ratio, which="as much as"))
        elif ratio <= 1 / SLIP_RATIO:
            found.append(SLIP.format(ratio=1 / ratio, which="less than"))
    return found
