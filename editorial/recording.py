"""Everything saved in one action becomes one revision: what it was before and after, in which role, why, by whom.

django-reversion keeps the whole records, from which an editor can go back to an earlier state; a Change keeps what
differs, in a form for readers. Both are made from the signals of models, so forms, inlines, actions, commands and the
loader are alike. What `bulk_create` or `QuerySet.update` write sends no signal and is not recorded.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import reversion
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.utils import timezone
from reversion.models import Revision, Version
from reversion.signals import post_revision_commit

from editorial.choices import Action, Role
from editorial.models import Change
from editorial.parts import tied_to
from editorial.states import rows_of, state_of, text_of
from editorial.status import Status

FIRST_KNOWN = "As it was before the first recorded change."
WHOLE = {"use_natural_foreign_keys": True}


@dataclass
class Recording:
    """What happens until the action ends. Reason and source may still be set inside."""

    role: Role
    user: object = None
    reason: str = ""
    source: object = None
    additions: bool = True  # whether new records are recorded as well
    passed_over: set = field(default_factory=set)  # (model, pk): records that are new, where those are not recorded
    before: dict = field(default_factory=dict)  # (model, pk): State, or None for a record that is new
    whole: dict = field(default_factory=dict)  # (model, pk): the record as it was, as django-reversion stores it
    revision: Revision | None = None
    changes: list = field(default_factory=list)

    def touch(self, model, pk):
        """Note what a record is before it changes, once."""
        if (model, pk) in self.before or (model, pk) in self.passed_over:
            return
        record = model._default_manager.filter(pk=pk).first()
        if record is None:
            self.add(model, pk)
            return
        (row,) = rows_of([record])
        self.before[model, pk] = state_of(record, row)
        self.whole[model, pk] = text_of(row)

    def add(self, model, pk):
        """Note that a record is new."""
        if self.additions:
            self.before.setdefault((model, pk), None)
        else:
            self.passed_over.add((model, pk))

    def finish(self):
        """Make the revision, and a Change for every record that is not as it was."""
        changed = []
        for (model, pk), before in self.before.items():
            record = model._default_manager.filter(pk=pk).first()
            after = state_of(record) if record else None
            if after != before:
                changed.append((model, pk, before, after, record))
        if not changed:
            return
        self.keep_first_known(changed)
        self.make_revision([record for *_, record in changed if record])
        self.changes = Change.objects.bulk_create([self.change(before, after) for _, _, before, after, _ in changed])

    def make_revision(self, records):
        """The revision, with every record whole; of nothing but deletions django-reversion makes none."""
        with reversion.create_revision(manage_manually=True, atomic=False):
            reversion.set_user(self.user)
            reversion.set_comment(self.reason)
            for record in records:
                reversion.add_to_revision(record)
        if not records:
            self.revision = Revision.objects.create(date_created=timezone.now(), user=self.user, comment=self.reason)

    def keep_first_known(self, changed):
        """Keep the record as it was, too, if nobody has changed it before: otherwise no way leads back to it."""
        first = Revision(date_created=timezone.now(), comment=FIRST_KNOWN)
        versions = [
            version(first, model, pk, before.name, self.whole[model, pk])
            for model, pk, before, *_ in changed
            if before and not Version.objects.get_for_object_reference(model, pk).exists()
        ]
        if versions:
            first.save()
            Version.objects.bulk_create(versions)

    def change(self, before, after):
        state = after or before
        old, new = differing(before.fields if before else {}, after.fields if after else {})
        change = Change(
            revision=self.revision,
            changed_at=self.revision.date_created,
            action=action_of(before, after),
            role=self.role,
            reason=self.reason,
            source=self.source,
            label=state.label,
            key=state.key,
            object_id=state.object_id,
            name=state.name,
            address=state.address,
            before=old,
            after=new,
            public=is_readers_business(before, after, {*old, *new} - {*editors_only(state.label)}),
        )
        change.hides = bool(before and after) and before.known and not after.known
        return change


def version(revision, model, pk, name, text):
    """A record whole, as django-reversion keeps it in a revision; `text` as `states.text_of` writes it."""
    return Version(
        revision=revision,
        object_id=str(pk),
        content_type=ContentType.objects.get_for_model(model),
        db="default",
        format="json",
        serialized_data=text,
        object_repr=name,
    )


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recorded(role, user=None, reason="", source=None, additions=True):
    """One transaction whose saves and deletions become one revision; yields the Recording.

    Inside another recording it is part of that one.
    """
    outer = _current.get()
    if outer:
        yield outer
        return
    recording = Recording(role, user, reason, source, additions)
    token = _current.set(recording)
    try:
        with transaction.atomic():
            yield recording
            recording.finish()
    finally:
        _current.reset(token)


def differing(before, after):
    """The fields of each side that differ on the other; of a record that is new or gone, those that say something."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    sides = (before, after)
    return tuple(
        {name: side[name] for name in names if name in side and (all(sides) or side[name] not in (None, "", [], False))}
        for side in sides
    )


def editors_only(label):
    return getattr(apps.get_model(label), "EDITORS_ONLY", ())


def is_readers_business(before, after, fields):
    """Whether a change stands on the public page of changes.

    What readers once saw is changed in their sight while it is withdrawn, too: otherwise it could come back as
    something else. Only its way through the statuses is the editors' own until readers see it again.
    """
    if not fields:  # nothing but what editors alone see
        return False
    states = [state for state in (before, after) if state]
    known = any(state.known for state in states) and not fields <= {"status"}
    return known or any(state.public for state in states)


def action_of(before, after):
    if after is None:
        return Action.REMOVED
    if before is None:
        return Action.ADDED
    moved = {Status.PUBLISHED: Action.PUBLISHED, Status.WITHDRAWN: Action.WITHDRAWN}
    return moved.get(after.status, Action.CHANGED) if after.status != before.status else Action.CHANGED


def register_content():
    """Keep a history of every kind of record that the files hold."""
    from careerguide.content import CONTENT_MODELS

    for label in CONTENT_MODELS:
        model = apps.get_model(label)
        reversion.register(model, **WHOLE)
        pre_save.connect(note_before_save, sender=model)
        post_save.connect(note_new, sender=model)
        pre_delete.connect(note_before_deletion, sender=model)
        for many in model._meta.many_to_many:
            m2m_changed.connect(note_before_ties_change, sender=many.remote_field.through)
    post_revision_commit.connect(note_revision)


def note_before_save(sender, instance, **kwargs):
    recording = _current.get()
    if recording and instance.pk is not None:
        recording.touch(sender, instance.pk)


def note_before_deletion(sender, instance, **kwargs):
    """What names the record in a many-to-many field changes as well."""
    recording = _current.get()
    if recording:
        recording.touch(sender, instance.pk)
        for owner in tied_to(sender, [instance.pk]):
            recording.touch(type(owner), owner.pk)


def note_new(sender, instance, created, **kwargs):
    recording = _current.get()
    if recording and created:
        recording.add(sender, instance.pk)


def note_before_ties_change(sender, instance, action, reverse, model, pk_set, **kwargs):
    """The ties of a record are part of it; changed from their other end, they change several records."""
    recording = _current.get()
    if recording and action.startswith("pre_"):
        for owner, pk in [(model, pk) for pk in pk_set or ()] if reverse else [(type(instance), instance.pk)]:
            recording.touch(owner, pk)


def note_revision(revision, **kwargs):
    recording = _current.get()
    if recording:
        recording.revision = revision
