"""Where facts come from: sources, and the citations that tie statements to them."""

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from careerguide.constraints import one_of
from careerguide.natural_keys import NaturalKeyModel, NaturalKeyQuerySet, any_of
from careerguide.paths import path_to
from careerguide.validators import partial_date, web_address
from editorial.status import Status
from sources.choices import SourceKind, Stance, Trust
from sources.disagreements import Disagreement, Side

__all__ = ["Citation", "Disagreement", "Side", "Source"]

# The kinds of record that may cite a source; each is a nullable foreign key of Citation.
CAREER_PARTS = [
    "alternative_title",
    "career_setting",
    "duty",
    "qualification",
    "stage",
    "passage",
    "question",
    "related_career",
]
STATEMENT_FIELDS = ["career", *CAREER_PARTS, "credential", "credential_fact", "side", "work", "course"]


class SourceQuerySet(NaturalKeyQuerySet):
    def by_kind(self):
        """The most authoritative kinds first, then by title."""
        kinds = Case(*(When(kind=kind, then=Value(rank)) for rank, kind in enumerate(SourceKind.values)))
        return self.order_by(kinds, "title", "slug")

    def counted_by_kind(self):
        """{kind: number of sources}"""
        return dict(self.order_by().values_list("kind").annotate(Count("pk")))

    def with_use_count(self):
        """With the number of statements, figures and cities that rest on each, as `use_count`."""
        return self.annotate(
            use_count=sum(
                (
                    self._count_of(relation)
                    for relation in ("salary_figures", "areas", "city_aliases", "exchange_rates", "price_levels")
                ),
                self._count_of("citations"),
            )
        )

    def _count_of(self, relation):
        """How many records of one relation each source has; joins of several relations would multiply."""
        related = self.model._meta.get_field(relation).related_model.objects.published()
        counted = related.filter(source=OuterRef("pk")).order_by().values("source").annotate(n=Count("pk"))
        return Coalesce(Subquery(counted.values("n")), 0)

    def search(self, text):
        """Sources in whose title, publisher or note every word of `text` stands."""
        fields = ["title", "publisher", "note"]
        return self.matching_every_word(text, lambda word: any_of(fields, word))


class Source(NaturalKeyModel):
    """A document or data release that a statement or figure of this site rests on."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text='Part of the address, such as "opencourser-career-2024".'
    )
    title = models.CharField(max_length=250, help_text='The document\'s own title, such as "Medical Director".')
    publisher = models.CharField(max_length=200, help_text='Who answers for it, such as "OpenCourser".')
    kind = models.CharField(max_length=20, choices=SourceKind)
    published = models.CharField(
        "date published",
        max_length=10,
        blank=True,
        validators=[partial_date],
        help_text='As exactly as it is stated: "2025", "2025-05" or "2025-05-31". Empty if the document bears no date.',
    )
    retrieved_on = models.DateField("date retrieved", null=True, blank=True, help_text="The day on which we read it.")
    licence = models.CharField(max_length=200, help_text='Such as "CC BY 4.0", or "Not stated; facts cited only".')
    url = models.CharField("address", max_length=500, blank=True, validators=[web_address])
    url_dead_on = models.DateField(
        "address found dead on",
        null=True,
        blank=True,
        help_text="The day on which a person found that it no longer leads there. Readers are told.",
    )
    attribution = models.TextField(
        blank=True, help_text="The words the publisher asks re-users to print. Never shorten them."
    )
    trust = models.CharField(max_length=20, choices=Trust)
    note = models.TextField(blank=True, help_text="One or two sentences: what it is, and how far to trust it.")

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["title", "slug"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="source_has_title"),
            models.CheckConstraint(condition=~Q(publisher=""), name="source_has_publisher"),
            models.CheckConstraint(condition=~Q(licence=""), name="source_has_licence"),
            one_of("kind", SourceKind, "source_kind_known"),
            one_of("trust", Trust, "source_trust_known"),
        ]

    def __str__(self):
        return f"{self.title} ({self.publisher})"

    def get_absolute_url(self):
        return path_to("sources:source", self.slug)

    @property
    def teaser(self):
        return self.note


def public_through(field):
    """The condition that a citation ties a source to a statement of this field that readers can see."""
    paths = Citation._meta.get_field(field).related_model.PUBLISHED_THROUGH
    return Q(**{f"{field}__isnull": False}, **{f"{field}__{path}": Status.PUBLISHED for path in paths})


class CitationQuerySet(models.QuerySet):
    def get_by_natural_key(self, source_slug, stance, field, *key):
        """`field` names the kind of statement, as in STATEMENT_FIELDS; `key` is that statement's natural key."""
        statement = Citation._meta.get_field(field).related_model.objects.get_by_natural_key(*key)
        return self.get(**{"source__slug": source_slug, "stance": stance, field: statement})

    def published(self):
        """Citations of statements that readers can see."""
        return self.filter(Q(*(public_through(field) for field in STATEMENT_FIELDS), _connector=Q.OR))

    def of_career(self, career):
        """The citations of a career and of every part of its profile."""
        conditions = [Q(**{f"{part}__career": career}) for part in CAREER_PARTS]
        return self.filter(Q(career=career) | Q(*conditions, _connector=Q.OR))

    def with_statements(self):
        """Joined with what cites, so that each statement can be named and linked without a further query."""
        careers = [f"{part}__career" for part in CAREER_PARTS]
        beyond = [
            "career_setting__setting",
            "related_career__related",
            "credential_fact__credential",
            "side__disagreement",
        ]
        return self.select_related(*STATEMENT_FIELDS, *careers, *beyond)


class Citation(models.Model):
    """The tie between one statement and one source."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    stance = models.CharField(max_length=20, choices=Stance, default=Stance.SUPPORTS)
    place = models.CharField(
        max_length=250,
        blank=True,
        help_text='Where in the source, or its words: "§483.70(g)(2)", "Certifications, first sentence".',
    )

    career = models.ForeignKey("careers.Career", models.CASCADE, null=True, blank=True, related_name="citations")
    alternative_title = models.ForeignKey(
        "careers.AlternativeTitle", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    career_setting = models.ForeignKey(
        "careers.CareerSetting", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    duty = models.ForeignKey("careers.Duty", models.CASCADE, null=True, blank=True, related_name="citations")
    qualification = models.ForeignKey(
        "careers.Qualification", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    stage = models.ForeignKey("careers.CareerStage", models.CASCADE, null=True, blank=True, related_name="citations")
    passage = models.ForeignKey("careers.Passage", models.CASCADE, null=True, blank=True, related_name="citations")
    question = models.ForeignKey("careers.Question", models.CASCADE, null=True, blank=True, related_name="citations")
    related_career = models.ForeignKey(
        "careers.RelatedCareer", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    credential = models.ForeignKey(
        "careers.Credential", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    credential_fact = models.ForeignKey(
        "careers.CredentialFact", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    side = models.ForeignKey(Side, models.CASCADE, null=True, blank=True, related_name="citations")
    work = models.ForeignKey("readinglist.Work", models.CASCADE, null=True, blank=True, related_name="citations")
    course = models.ForeignKey("readinglist.Course", models.CASCADE, null=True, blank=True, related_name="citations")

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("stance", Stance, "citation_stance_known"),
            models.CheckConstraint(
                condition=Q(
                    *(
                        Q(**{f"{other}__isnull": other != field for other in STATEMENT_FIELDS})
                        for field in STATEMENT_FIELDS
                    ),
                    _connector=Q.OR,
                ),
                name="citation_of_exactly_one_statement",
                violation_error_message="A citation belongs to exactly one statement.",
            ),
            *(
                models.UniqueConstraint(
                    fields=["source", "stance", field], name=f"citation_once_per_source_and_{field}"
                )
                for field in STATEMENT_FIELDS
            ),
        ]

    def __str__(self):
        return f"{self.source}, {self.place}" if self.place else str(self.source)

    @property
    def is_public(self):
        """A citation is seen where its statement is."""
        return self.statement.is_public

    @property
    def was_public(self):
        return self.statement.was_public

    @property
    def statement_field(self):
        return next(field for field in STATEMENT_FIELDS if getattr(self, f"{field}_id") is not None)

    @property
    def statement(self):
        """The record that cites the source."""
        return getattr(self, self.statement_field)

    def natural_key(self):
        return (self.source.slug, self.stance, self.statement_field, *self.statement.natural_key())

    @staticmethod
    def natural_key_of(fields):
        """See NaturalKeyModel.natural_key_of."""
        statement = next(field for field in STATEMENT_FIELDS if field in fields)
        return (*fields["source"], fields.get("stance", Stance.SUPPORTS), statement, *fields[statement])
