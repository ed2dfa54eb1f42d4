"""Questions on which sources contradict each other, each with its sides; the sides cite the sources that hold them."""

from django.db import models
from django.db.models import Prefetch, Q

from careerguide.natural_keys import NaturalKeyModel, NaturalKeyQuerySet, any_of
from careerguide.paths import path_to
from careerguide.richtext import MARKDOWN_HELP


class DisagreementQuerySet(NaturalKeyQuerySet):
    def with_sides(self):
        """With every side, its citations and their sources, in a constant number of queries."""
        return self.prefetch_related("sides__citations__source")

    def with_places(self):
        """With the statements beside which readers find it, in `places`."""
        return self.prefetch_related(*map(self._published, ["qualifications", "careerstages", "passages", "questions"]))

    def _published(self, relation):
        statements = self.model._meta.get_field(relation).related_model.objects
        return Prefetch(relation, statements.published().select_related("career"))

    def search(self, text):
        """Disagreements in whose question, sides or reading every word of `text` stands."""
        fields = ["question", "why", "reading", "sides__text"]
        return self.matching_every_word(text, lambda word: any_of(fields, word)).distinct()


class Disagreement(NaturalKeyModel):
    """A question to which sources give different answers."""

    slug = models.SlugField(max_length=80, unique=True, help_text='Such as "must-be-physician".')
    question = models.CharField(max_length=200, help_text='Such as "Must the director be a physician?".')
    why = models.CharField("why it matters", max_length=300, help_text="One sentence: what depends on the answer.")
    reading = models.TextField(
        "editors' reading",
        blank=True,
        help_text="What we make of it. Empty if the evidence supports none: then readers are told so. " + MARKDOWN_HELP,
    )
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Shown from the lowest number to the highest. Leave gaps: 10, 20, 30."
    )

    objects = DisagreementQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        constraints = [models.CheckConstraint(condition=~Q(question=""), name="disagreement_has_question")]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return f"{path_to('sources:disagreements')}#{self.anchor}"

    @property
    def anchor(self):
        return f"disagreement-{self.slug}"

    @property
    def teaser(self):
        return self.why

    @property
    def places(self):
        """The statements beside which it is shown."""
        relations = [self.qualifications, self.careerstages, self.passages, self.questions]
        return [part for relation in relations for part in relation.all()]


class Side(NaturalKeyModel):
    """What some of the sources hold."""

    NATURAL_KEY = ("disagreement__slug", "slug")

    disagreement = models.ForeignKey(Disagreement, models.CASCADE, related_name="sides")
    slug = models.SlugField("key", max_length=80, help_text='Stable name within its disagreement, such as "yes".')
    text = models.TextField(help_text="What these sources hold, in our words. " + MARKDOWN_HELP)
    position = models.PositiveSmallIntegerField(default=0, help_text="Shown from the lowest number to the highest.")

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        constraints = [models.UniqueConstraint(fields=["disagreement", "slug"], name="side_once_per_disagreement")]

    def __str__(self):
        return f"{self.disagreement}: {self.slug.replace('-', ' ')}"

    def get_absolute_url(self):
        return self.disagreement.get_absolute_url()

    @property
    def anchor(self):
        """The box of the disagreement; a side has no anchor of its own."""
        return self.disagreement.anchor
