"""Careers and the parts of their profiles.

Every part has a key that never changes, so that an address, a plan or an error report can name it. What a
part states rests on the citations tied to it (sources.Citation).
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify

from careerguide.constraints import one_of
from careerguide.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from careerguide.richtext import MARKDOWN_HELP
from careers.choices import DutyArea, Necessity, QualificationKind, Relation, Section, Stage
from careers.contexts import POSITION_HELP, Country, Setting
from careers.credentials import Credential, CredentialFact
from careers.querysets import CareerQuerySet, QualificationQuerySet
from sources.disagreements import Disagreement

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

KEY_HELP = 'Stable name of this record within its career, such as "peer-review". Addresses and reports use it.'
ONLY_THERE = "The one country in which it holds. Empty if it does not depend on the country."


def disagreement_field():
    """The tie of a statement to the disagreement that its page shows beside it."""
    return models.ForeignKey(
        Disagreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        help_text="If sources contradict each other on it: the box “Sources differ” stands beside it.",
    )


class Career(NaturalKeyModel):
    """A role with a profile of its own."""

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
        constraints = [models.CheckConstraint(condition=~Q(summary=""), name="career_has_summary")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("careers:career", args=[self.slug])

    anchor = "main"  # what a citation of the career as a whole leads to on its page

    @property
    def teaser(self):
        return self.summary


class ProfileRecord(NaturalKeyModel):
    """A record that stands on the page of its career, under an anchor of its own."""

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        abstract = True

    def get_absolute_url(self):
        return f"{self.career.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self):
        """The fragment that leads to this record, made of its natural key: "duty-peer-review"."""
        return slugify(f"{self._meta.model_name} {self.natural_key()[1]}")


class CareerPart(ProfileRecord):
    """What most parts of a profile share: their career, a stable key and a place in the order."""

    NATURAL_KEY = ("career__slug", "slug")

    slug = models.SlugField("key", max_length=80, help_text=KEY_HELP)
    position = models.PositiveSmallIntegerField(default=0, help_text=POSITION_HELP)

    class Meta:
        abstract = True
        ordering = ["position", "slug"]
        constraints = [models.UniqueConstraint(fields=["career", "slug"], name="%(class)s_key_once_per_career")]


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


class Duty(CareerPart):
    """Something the role does."""

    career = models.ForeignKey(Career, models.CASCADE, related_name="duties")
    area = models.CharField(max_length=20, choices=DutyArea)
    title = models.CharField(max_length=120, help_text='Begins with a verb: "Chair peer review".')
    text = models.TextField(help_text="One or two sentences. " + MARKDOWN_HELP)
    settings = models.ManyToManyField(
        Setting, blank=True, related_name="duties", help_text="Where it holds. None chosen means everywhere."
    )
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, help_text=ONLY_THERE)

    class Meta(CareerPart.Meta):
        verbose_name_plural = "duties"
        constraints = [*CareerPart.Meta.constraints, one_of("area", DutyArea, "duty_area_known")]

    def __str__(self):
        return self.title


class Qualification(CareerPart):
    """Something the role asks of a person."""

    career = models.ForeignKey(Career, models.CASCADE, related_name="qualifications")
    kind = models.CharField(max_length=20, choices=QualificationKind)
    necessity = models.CharField(
        max_length=10, choices=Necessity, help_text="Disputed: sources contradict each other; cite both sides."
    )
    title = models.CharField(max_length=120, help_text='Such as "License to practice medicine".')
    text = models.TextField(help_text="What is asked, by whom. " + MARKDOWN_HELP)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, help_text=ONLY_THERE)
    settings = models.ManyToManyField(
        Setting, blank=True, related_name="qualifications", help_text="Where it holds. None chosen means everywhere."
    )
    stage = models.CharField(
        max_length=10,
        choices=Stage,
        blank=True,
        help_text="The stage by which people usually have it. Empty if it fits any.",
    )
    physician_only = models.BooleanField(
        default=False, help_text="Only a physician can have it: a medical degree, a license, a residency."
    )
    credential = models.ForeignKey(
        Credential,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="qualifications",
        help_text="The one it asks for.",
    )
    disagreement = disagreement_field()

    objects = QualificationQuerySet.as_manager()

    class Meta(CareerPart.Meta):
        constraints = [
            *CareerPart.Meta.constraints,
            one_of("kind", QualificationKind, "qualification_kind_known"),
            one_of("necessity", Necessity, "qualification_necessity_known"),
            one_of("stage", Stage, "qualification_stage_known", or_empty=True),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """No constraint, because content older than disagreements has disputed rows until it is loaded afresh."""
        if self.necessity == Necessity.DISPUTED and not self.disagreement_id:
            raise ValidationError({"disagreement": "Disputed by whom? Choose the disagreement that names both sides."})


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

    class Meta:
        ordering = ["stage"]  # early, mid, senior: alphabetical order is the order of a life here
        constraints = [
            models.UniqueConstraint(fields=["career", "stage"], name="careerstage_once_per_career"),
            one_of("stage", Stage, "careerstage_stage_known"),
        ]

    def __str__(self):
        return f"{self.career}: {self.get_stage_display()}"


class Passage(CareerPart):
    """A short piece of a profile that is neither duty nor qualification: a challenge, a tip, a project."""

    career = models.ForeignKey(Career, models.CASCADE, related_name="passages")
    section = models.CharField(max_length=20, choices=Section)
    title = models.CharField(max_length=120)
    text = models.TextField(help_text=MARKDOWN_HELP)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, help_text=ONLY_THERE)
    settings = models.ManyToManyField(
        Setting, blank=True, related_name="passages", help_text="Where it holds. None chosen means everywhere."
    )
    disagreement = disagreement_field()

    class Meta(CareerPart.Meta):
        constraints = [*CareerPart.Meta.constraints, one_of("section", Section, "passage_section_known")]

    def __str__(self):
        return self.title


class Question(CareerPart):
    """A question readers ask, with its answer."""

    career = models.ForeignKey(Career, models.CASCADE, related_name="questions")
    question = models.CharField(max_length=200)
    answer = models.TextField(help_text=MARKDOWN_HELP)
    disagreement = disagreement_field()

    def __str__(self):
        return self.question


class RelatedCareer(ProfileRecord):
    """How one career stands to another, seen from the first."""

    NATURAL_KEY = ("career__slug", "related__slug")

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

    def __str__(self):
        return f"{self.career} → {self.related}"

    def clean(self):
        if self.career_id and self.career_id == self.related_id:
            raise ValidationError({"related": "Choose another career: this one is the career itself."})
