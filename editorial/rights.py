"""Who may do what with a record, by its status. The table of editorial/tests/test_rights.py has every cell.

An editor writes drafts, sends them to review, proposes changes of what readers see or once saw, and withdraws what is
wrong. A publisher also publishes, and makes such changes at once. Nobody, an administrator included, deletes what is
published: it is withdrawn first. A figure that readers may have seen is never deleted: its address goes on answering.
"""

from django.conf import settings

from editorial.choices import Role
from editorial.models import Change
from editorial.status import STATUS_FIELDS, Publishable, Status

PUBLISH = "editorial.publish_content"

# What leads from one status to another, and the action that takes a record there.
STEPS = {
    Status.DRAFT: {Status.IN_REVIEW: "submit", Status.PUBLISHED: "publish"},
    Status.IN_REVIEW: {Status.DRAFT: "take back", Status.PUBLISHED: "publish", Status.WITHDRAWN: "withdraw"},
    Status.PUBLISHED: {Status.WITHDRAWN: "withdraw"},
    Status.WITHDRAWN: {Status.IN_REVIEW: "submit", Status.PUBLISHED: "publish"},
}


def role_of(user):
    if user.is_superuser:
        return Role.ADMINISTRATOR
    return Role.PUBLISHER if user.has_perm(PUBLISH) else Role.EDITOR


def publishes(user):
    return role_of(user) != Role.EDITOR


def steps(user, record):
    """[status] to which this user may take the record, in the order of its life."""
    found = STEPS[Status(record.status)]
    return [status for status in Status if status in found and may(user, found[status], record)]


def may(user, action, record):
    """Whether the user may do it: "change" (at once, not as a proposal), "delete", or one of the actions of STEPS."""
    status = getattr(record, "status", None)
    if action == "change":
        return not record.was_public or (publishes(user) and not asks_for_two(record))
    if action == "submit":
        return status in (Status.DRAFT, Status.WITHDRAWN)
    if action == "take back":
        return status == Status.IN_REVIEW and not record.was_public
    if action == "publish":
        return publishes(user) and status != Status.PUBLISHED and not needs_second_person(user, record)
    if action == "withdraw":
        public = status == Status.PUBLISHED or (status == Status.IN_REVIEW and record.was_public)
        return public and record.slug not in record.NEVER_WITHDRAWN
    if action == "delete":
        return may_delete(user, record, status)
    raise ValueError(f"There is no action {action!r}.")


def may_delete(user, record, status):
    if not isinstance(record, Publishable):
        return not record.was_public or (publishes(user) and not asks_for_two(record))
    if status == Status.DRAFT:
        return True
    if status == Status.PUBLISHED or record.stays_for_ever:
        return False
    return publishes(user)


def asks_for_two(record):
    """Whether the site wants a second person to look at such a record, or at what it is a part of."""
    if not settings.SECOND_PERSON_FOR_FIGURES:
        return False
    owners = [getattr(record, name, None) for name in ("statement", "figure")]
    return any(getattr(one, "KEPT_FOR_EVER", False) for one in [record, *owners])


def needs_second_person(user, record):
    """Nobody alone publishes a record that asks for two: not one that is new, nor one that they changed last."""
    if not asks_for_two(record):
        return False
    if record.pk is None:
        return True
    changes = Change.objects.about(record).select_related("revision")
    last = next((one for one in changes if not {*one.before, *one.after} <= STATUS_FIELDS), None)
    return last is not None and last.revision.user_id == user.pk
