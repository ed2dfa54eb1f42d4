"""One try of an editor to save a form: what it must ask for before it may stand."""

import hashlib
from dataclasses import dataclass, field

from django.apps import apps

from editorial import rights
from editorial.choices import Action
from editorial.models import Change
from editorial.proposals import proposals
from editorial.saving import conflicts
from editorial.saving.effects import MOST_SHOWN, Effect
from editorial.saving.forms import REASON_MISSING
from editorial.status import STATUS_FIELDS, Publishable, Status
from sources.last_sources import ONLY_SOURCE, forsaken, left_without

SOURCE_MISSING = "Name the source of the new value. If it is not in the list yet, add it with the plus sign."
WITHDRAW_ALONE = "Withdraw it without other changes, so that what readers saw stays as it was."
CONFLICT = "Nothing was saved: somebody else has changed this record since you opened it. Compare, then save again."
MENDED = "Nothing was saved: the proposal was sent again meanwhile. Read above what it says now, and compare your form."
HIDES = "Readers know “{}”: it cannot go where they would not see it. Delete it here and add it there."
UNREAD = "Nothing was saved yet. Read the warnings above, then confirm or correct."
DELETED = (
    "Nothing was saved: this record was deleted after you opened it. The form below holds what you typed; saving it "
    "adds the record anew."
)
ROWS_DELETED = (
    "Nothing was saved: others have deleted a part that your form held. Read above what it said, then save again."
)
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
    deleted: bool = False  # the record is gone: the form for a new one shows what was typed
    missing: dict = field(default_factory=dict)  # what rows of the form said whose records are gone
    proposal: object = None
    waiting: list = field(default_factory=list)  # proposals about the record, where the form shows none of them
    unavailable: object = None  # the proposal that was asked for, if there is nothing to decide any more
    showing: bool = False  # the form is shown with a proposal's values, not sent
    earlier: dict = field(default_factory=dict)  # the values of a version that the form goes back to
    recording: object = None
    record: object = None  # what is being saved, stored or not
    held: list | None = None  # what would be said of the save, while it is not known whether it stands
    saved: object = None  # the record, once the form was valid and saved
    reason: str = ""
    source: object = None
    confirmed: bool = False
    warnings_read: str = ""  # the digest of those that the form showed

    @property
    def form_version(self):
        """What the form bears: for a proposal, what its author saw when it was written."""
        return self.proposal.version if self.showing else self.version

    @property
    def may_publish_proposal(self):
        """Whether saving the form publishes the proposal that it shows."""
        own = self.proposal.author_id == self.user.pk
        return rights.publishes(self.user) and not (own and rights.asks_for_two(apps.get_model(self.proposal.label)))

    def notice_conflict(self, record, sent, kinds):
        """Refuse the form once if the record is no longer what it was when the form was opened."""
        if sent != self.version:
            self.conflict = True
            self.others = list(conflicts.changes_since(record, sent, kinds))
            self.refusals.append(("", CONFLICT))

    def notice_deletion(self):
        self.deleted = True
        self.refusals.append(("", DELETED))

    def notice_missing(self, rows):
        """Refuse the form once if rows of it are gone. `rows` says by their keys what they said."""
        if rows and not self.missing:
            self.refusals.append(("", ROWS_DELETED))
        self.missing |= rows

    def take_proposal(self, proposal, seen=None):
        """Show it, or say why it cannot be decided by this form, which bears what it said when it was `seen`."""
        if proposal is None or proposal.is_open:
            self.proposal = proposal
            if seen and seen != proposal.fingerprint:
                self.refusals.append(("", MENDED))
            return
        self.unavailable = proposal
        text = f"Nothing was saved. {proposal.why_not_open} Saving again makes a change of your own."
        self.refusals.append(("", text))

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
        for change in changes:
            if change.hides:
                self.refusals.append(("", HIDES.format(change.name)))
        for statement in left_without(forsaken(changes)):
            kind = statement._meta.verbose_name
            self.refusals.append(("", ONLY_SOURCE.format(f"{kind} “{statement}”")))

    def notice_doubts(self, changes, effect: Effect):
        """Warn, unless the editor has confirmed it, of what a rule or the calendar speaks against."""
        found = []
        for change in changes:
            if change.label == "salaries.salaryfigure" and change.before and change.after:
                found += slips(change.before, change.after)
        found += [f"New finding about {one.figure}: {one.sentence}" for one in effect.worse]
        if found and not (self.confirmed and self.warnings_read == digest_of(found)):
            self.warnings, self.confirmed = found, False
            self.refusals.append(("confirmed", UNREAD))

    @property
    def warnings_shown(self):
        """The first of them: one price level may touch hundreds of figures."""
        more = len(self.warnings) - MOST_SHOWN
        return self.warnings[:MOST_SHOWN] + ([f"… and {more:,} more."] if more > 0 else [])

    @property
    def warnings_digest(self):
        """What the form bears beside its warnings: who confirms them has read these and no others."""
        return digest_of(self.warnings)

    def stands_at_once(self, changes, added_directly):
        """Whether the person may make all these changes without anybody else looking at them."""
        return self.agrees_with_another(changes) or all(self.may_make(change, added_directly) for change in changes)

    def may_make(self, change, added_directly):
        if not change.public:
            return True
        if rights.publishes(self.user):
            return {*change.before, *change.after} <= STATUS_FIELDS or not rights.asks_for_two(self.saved)
        if change.action == Action.ADDED:
            return added_directly
        return change.action == Action.WITHDRAWN and {*change.after} <= STATUS_FIELDS

    def agrees_with_another(self, changes):
        """Whether it makes just what somebody else has proposed: then two people have looked at it."""
        if not self.proposal or self.proposal.author_id == self.user.pk or not rights.publishes(self.user):
            return False
        same = proposals.is_what_was_proposed(self.proposal, changes)
        source = str(self.source.pk) if self.source else ""
        return same and self.reason == self.proposal.reason and source == self.proposal.value_of("change_source")

    def take_step(self, record, chosen):
        """Give the record the status that was chosen, together with the reason if it is withdrawn."""
        if not isinstance(record, Publishable) or not chosen or chosen == record.status:
            return
        record.status = Status(chosen)
        if record.status == Status.WITHDRAWN:
            record.withdrawn_because = self.reason or record.withdrawn_because
        elif record.status in (Status.PUBLISHED, Status.DRAFT):
            record.withdrawn_because = ""

    def notice_obstacle(self, record):
        """Refuse a status that other records do not allow."""
        text = record.obstacle() if isinstance(record, Publishable) else ""
        if text:
            self.refusals.append(("next_status", text))


def lasts(change):
    """Whether readers saw something else before: then they are told why."""
    if change.action == Action.PUBLISHED:
        return bool(change.before.get("withdrawn_because"))
    return change.action != Action.ADDED


def digest_of(sentences):
    return hashlib.sha256("\n".join(sorted(sentences)).encode()).hexdigest()[:16]


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
