"""The words of editorial work."""

from django.db import models


class Action(models.TextChoices):
    ADDED = "added", "added"
    CHANGED = "changed", "changed"
    PUBLISHED = "published", "published"
    WITHDRAWN = "withdrawn", "withdrawn"
    REMOVED = "removed", "removed"


class Role(models.TextChoices):
    EDITOR = "editor", "editor"
    PUBLISHER = "publisher", "publisher"
    ADMINISTRATOR = "administrator", "administrator"
    FILES = "files", "content files"


class ProposalState(models.TextChoices):
    WAITING = "waiting", "waiting"
    PUBLISHED = "published", "published"
    DECLINED = "declined", "declined"
    TAKEN_BACK = "taken-back", "taken back"


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", "accepted"
    POSTPONED = "postponed", "put off"


class ReportState(models.TextChoices):
    REPORTED = "reported", "reported"
    CHECKED = "checked", "checked"
    CHANGED = "changed", "changed"
    UNCHANGED = "unchanged", "not changed"
