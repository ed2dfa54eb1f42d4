"""The curated lists that put works and courses in order, each entry with its reason."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from careerguide import richtext
from careerguide.constraints import one_of
from careerguide.natural_keys import NaturalKeyModel
from careerguide.paths import path_to
from careerguide.richtext import MARKDOWN_HELP
from careers.choices import Stage
from careers.contexts import POSITION_HELP
from careers.models import Qualification
from editorial.status import Publishable
from readinglist.querysets import ListEntryQuerySet, ReadingListQuerySet


class ReadingList(Publishable, NaturalKeyModel):
    """An ordered, curated list with a purpose."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    purpose = models.TextField(help_text="For whom the list is and what it is good for. " + MARKDOWN_HELP)
    stage = models.CharField(
        max_length=10, choices=Stage, blank=True, help_text="The career stage it serves. Empty if it serves all."
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=POSITION_HELP)

    objects = ReadingListQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]
        constraints = [
            *Publishable.Meta.constraints,
            one_of("stage", Stage, "readinglist_stage_known", or_empty=True),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return path_to("readinglist:list", self.slug)

    @property
    def teaser(self):
        return richtext.to_text(self.purpose)


class ListEntry(NaturalKeyModel):
    """One work or course in a curated list, with the reason it stands there."""

    NATURAL_KEY = ("reading_list__slug", "position")
    PUBLISHED_THROUGH = ("reading_list__status",)

    reading_list = models.ForeignKey(ReadingList, models.CASCADE, related_name="entries")
    position = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1)], help_text="Place in the list, from 1."
    )
    work = models.ForeignKey("Work", models.PROTECT, null=True, blank=True, related_name="list_entries")
    course = models.ForeignKey("Course", models.PROTECT, null=True, blank=True, related_name="list_entries")
    reason = models.TextField(help_text="One sentence: why it stands here.")
    qualifications = models.ManyToManyField(
        Qualification,
        blank=True,
        related_name="list_entries",
        help_text="The gaps it helps to close; the readiness check and the plan name it beside them.",
    )

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "list entries"
        constraints = [
            models.UniqueConstraint(fields=["reading_list", "position"], name="listentry_one_per_place"),
            models.CheckConstraint(
                condition=Q(work__isnull=True) ^ Q(course__isnull=True),
                name="listentry_of_work_or_course",
                violation_error_message="Choose either a work or a course.",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="listentry_has_reason"),
            models.CheckConstraint(condition=Q(position__gte=1), name="listentry_position_from_one"),
        ]

    def __str__(self):
        return f"{self.position}. {self.item}"

    @property
    def is_public(self):
        return super().is_public and self.item.is_public

    @property
    def item(self):
        return self.work or self.course
