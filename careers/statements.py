"""What a profile states: duties, qualifications, passages and questions, and what all parts of a profile share.

Every part has a key that never changes, so that an address, a plan or an error report can name it. What a
part states rests on the citations tied to it (sources.Citation).
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from careerguide.constraints import one_of
from careerguide.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from careerguide.richtext import MARKDOWN_HELP
from careers.choices import DutyArea, Necessity, QualificationKind, Section, Stage
from careers.contexts import POSITION_HELP, Country, Setting
from careers.credentials import Credential
from careers.querysets import PlacedQuerySet, QualificationQuerySet
from sources.disagreements import Disagreement

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


class ProfileRecord(NaturalKeyModel):
    """A record that stands on the page of its career, under an anchor of its own."""

    PUBLISHED_THROUGH = ("career__status",)

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


class Duty(CareerPart):
    """Something the role does."""

    career = models.ForeignKey("Career", models.CASCADE, related_name="duties")
    area = models.CharField(max_length=20, choices=DutyArea)
    title = models.CharField(max_length=120, help_text='Begins with a verb: "Chair peer review".')
    text = models.TextField(help_text="One or two sentences. " + MARKDOWN_HELP)
    settings = models.ManyToManyField(
        Setting, blank=True, related_name="duties", help_text="Where it holds. None chosen means everywhere."
    )
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, help_text=ONLY_THERE)

    objects = PlacedQuerySet.as_manager()

    class Meta(CareerPart.Meta):
        verbose_name_plural = "duties"
        constraints = [*CareerPart.Meta.constraints, one_of("area", DutyArea, "duty_area_known")]

    def __str__(self):
        return self.title


class Qualification(CareerPart):
    """Something the role asks of a person."""

    career = models.ForeignKey("Career", models.CASCADE, related_name="qualifications")
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
        default=False,
        help_text="Whoever lacks it is no physician there: a medical degree, a license, a registration. "
        "In the self-check, a “no” to one that is required closes the role.",
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

    def as_readers_see_it(self):
        """Itself, without a credential that readers cannot see; never save it afterwards."""
        if self.credential and not self.credential.is_public:
            self.credential = None
        return self

    def clean(self):
        """No constraint, because content older than disagreements has disputed rows until it is loaded afresh."""
        if self.necessity == Necessity.DISPUTED and not self.disagreement_id:
            raise ValidationError({"disagreement": "Disputed by whom? Choose the disagreement that names both sides."})


class Passage(CareerPart):
    """A short piece of a profile that is neither duty nor qualification: a challenge, a tip, a project."""

    career = models.ForeignKey("Career", models.CASCADE, related_name="passages")
    section = models.CharField(max_length=20, choices=Section)
    title = models.CharField(max_length=120)
    text = models.TextField(help_text=MARKDOWN_HELP)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, help_text=ONLY_THERE)
    settings = models.ManyToManyField(
        Setting, blank=True, related_name="passages", help_text="Where it holds. None chosen means everywhere."
    )
    disagreement = disagreement_field()

    objects = PlacedQuerySet.as_manager()

    class Meta(CareerPart.Meta):
        constraints = [*CareerPart.Meta.constraints, one_of("section", Section, "passage_section_known")]

    def __str__(self):
        return self.title


class Question(CareerPart):
    """A question readers ask, with its answer."""

    career = models.ForeignKey("Career", models.CASCADE, related_name="questions")
    question = models.CharField(max_length=200)
    answer = models.TextField(help_text=MARKDOWN_HELP)
    disagreement = disagreement_field()

    def __str__(self):
        return self.question
