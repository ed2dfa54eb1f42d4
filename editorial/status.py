"""Where a record stands on its way to readers, and what all kinds that go this way share."""

from django.db import models
from django.db.models import Q

from careerguide.constraints import one_of

STATUS_FIELDS = {"status", "withdrawn_because"}


class Status(models.TextChoices):
    DRAFT = "draft", "draft"
    IN_REVIEW = "in-review", "in review"
    PUBLISHED = "published", "published"
    WITHDRAWN = "withdrawn", "withdrawn"


class Publishable(models.Model):
    """A record with a status of its own. Parts of it, such as the duties of a career, are seen where it is seen.

    The default is for the files and the shell, whose records were reviewed elsewhere; what is added in the admin or
    imported from a spreadsheet begins as a draft.
    """

    PUBLISHED_THROUGH = ("status",)
    NEVER_WITHDRAWN = ()  # slugs of records on which the site rests
    KEPT_FOR_EVER = False  # whether it may never be deleted once readers may have seen it

    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED)
    withdrawn_because = models.CharField(
        "why it was withdrawn",
        max_length=300,
        blank=True,
        help_text="Readers of its address are told. It stays until the record is published again.",
    )

    class Meta:
        abstract = True
        constraints = [
            one_of("status", Status, "%(class)s_status_known"),
            models.CheckConstraint(
                condition=(Q(status=Status.WITHDRAWN) & ~Q(withdrawn_because=""))
                | Q(status=Status.IN_REVIEW)
                | Q(status__in=[Status.DRAFT, Status.PUBLISHED], withdrawn_because=""),
                name="%(class)s_withdrawn_with_reason",
                violation_error_message="Say why it is withdrawn, or publish it.",
            ),
        ]

    @property
    def is_published(self):
        return self.status == Status.PUBLISHED

    def obstacle(self):
        """Why it cannot have the status that it has, because of other records; empty if it can."""
        return ""

    @property
    def stays_for_ever(self):
        """Whether it may only be withdrawn, by nobody and no file deleted."""
        return self.KEPT_FOR_EVER and self.was_public
