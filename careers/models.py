"""Careers: their names, settings and stages, and how they stand to each other."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from careerguide.constraints import one_of
from careerguide.natural_keys import NaturalKeyModel
from careerguide.paths import path_to
from careerguide.richtext import MARKDOWN_HELP
from careers.choices import Relation, Stage
from careers.contexts import POSITION_HELP, Country, Setting
from careers.credentials import Credential, CredentialFact
from careers.querysets import CareerQuerySet, StageQuerySet
from careers.statements import Duty, Passage, ProfileRecord, Qualification, Question, disagreement_field
from editorial.status import Publishable

__all__ = [
    "AlternativeTitle",
    "Career",
    "CareerSetting",
    "CareerStage",
    "Country",
    "Credential",
    "CredentialFact",
    "Duty",
    "Passage",
    "Qualification",
    "Question",
    "RelatedCareer",
    "Setting",
]


class Career(Publishable, NaturalKeyModel):
    """A role with a profile of its own."""

    NEVER_WITHDRAWN = ("medical-director",)  # whom this guide is for: home, plan and salaries lead there

    slug = models.SlugField(unique=True, help_text='Part of the address, such as "chief-medical-officer".')
    title = models.CharField(max_length=100, help_text='Such as "Chief medical officer".')
    short_title = models.CharField(
        "abbreviation", max_length=20, blank=True, help_text='Such as "CMO". Empty if there is none in use.'
    )
    summary = models.CharField(
        max_length=400, help_text="The role in at most two sentences, for lists and search results."
    )
    introduction = models.TextField(blank=True, help_text=MARKDOWN_HELP)
    differs = models.TextField(
        "how it differs", blank=True, help_text="From the medical director, in two or three sentences."
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=POSITION_HELP)
    reviewed_on = models.DateField(
        "reviewed on", null=True, blank=True, help_text="The day on which an editor last checked the whole profile."
    )

    objects = CareerQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(condition=~Q(summary=""), name="career_has_summary"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return path_to("careers:career", self.slug)

    def obstacle(self):
        count = 0 if self.is_published or self.pk is None else self.salary_figures.published().count()
        return f"Published salary figures are about it: {count:,}. Withdraw them first." if count else ""

    anchor = "main"  # what a citation of the career as a whole leads to on its page

    @property
    def teaser(self):
        return self.summary


class AlternativeTitle(ProfileRecord):
    """Another name under which people look for a career."""

    NATURAL_KEY = ("career__slug", "title")

    career = models.ForeignKey(Career, models.CASCADE, related_name="alternativetitles")
    title = models.CharField(max_length=100, help_text='Such as "CMO" or "Clinical director".')
    note = models.CharField(max_length=250, blank=True, help_text="Where or when this name is used, if that matters.")

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["career", "title"], name="alternativetitle_once_per_career")]

    def __str__(self):
        return self.title


class CareerSetting(ProfileRecord):
    """What a career is in one setting."""

    NATURAL_KEY = ("career__slug", "setting__slug")

    career = models.ForeignKey(Career, models.CASCADE, related_name="career_settings")
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="career_settings")
    work = models.TextField(help_text="What the role is there, in two to four sentences. " + MARKDOWN_HELP)

    class Meta:
        ordering = ["setting__position"]
        verbose_name = "setting of a career"
        verbose_name_plural = "settings of careers"
        constraints = [models.UniqueConstraint(fields=["career", "setting"], name="careersetting_once_per_career")]

    def __str__(self):
        return f"{self.career}: {self.setting}"


class CareerStage(ProfileRecord):
    """What people do, learn and move to next in one stage on the way through a career."""

    NATURAL_KEY = ("career__slug", "stage")

    career = models.ForeignKey(Career, models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=10, choices=Stage)
    title = models.CharField(max_length=120, help_text='What marks the stage, such as "Build a clinical base".')
    does = models.TextField("what they do", help_text=MARKDOWN_HELP)
    learns = models.TextField("what they learn", blank=True, help_text=MARKDOWN_HELP)
    moves = models.TextField("how they move on", blank=True, help_text=MARKDOWN_HELP)
    next_careers = models.ManyToManyField(
        Career, blank=True, related_name="reached_from", help_text="Roles that people take up next."
    )
    disagreement = disagreement_field()

    objects = StageQuerySet.as_manager()

    class Meta:
        ordering = ["stage"]  # early, mid, senior: alphabetical order is the order of a life here
        constraints = [
            models.UniqueConstraint(fields=["career", "stage"], name="careerstage_once_per_career"),
            one_of("stage", Stage, "careerstage_stage_known"),
        ]

    def __str__(self):
        return f"{self.career}: {self.get_stage_display()}"


class RelatedCareer(ProfileRecord):
    """How one career stands to another, seen from the first."""

    NATURAL_KEY = ("career__slug", "related__slug")
    PUBLISHED_THROUGH = ("career__status", "related__status")

    career = models.ForeignKey(Career, models.CASCADE, related_name="related")
    related = models.ForeignKey(Career, models.CASCADE, related_name="related_from")
    relation = models.CharField(max_length=20, choices=Relation)
    text = models.TextField(help_text="How the two differ, or how people move between them. " + MARKDOWN_HELP)

    class Meta:
        ordering = ["related__position"]
        constraints = [
            models.UniqueConstraint(fields=["career", "related"], name="relatedcareer_once_per_pair"),
            models.CheckConstraint(
                condition=~Q(career=F("related")),
                name="relatedcareer_not_to_itself",
                violation_error_message="A career cannot be related to itself.",
            ),
            one_of("relation", Relation, "relatedcareer_relation_known"),
        ]

    @property
    def was_public(self):
        """It belongs to the first career, on whose page it shows as soon as the other one is published."""
        return self.career.was_public

    def __str__(self):
        return f"{self.career} → {self.related}"

    def clean(self):
        if self.career_id and self.career_id == self.related_id:
            raise ValidationError({"related": "Choose another career: this one is the career itself."})
