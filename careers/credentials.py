"""Credentials: who certifies what, and every fact about them with its own source."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.text import slugify

from careerguide.constraints import one_of
from careerguide.natural_keys import NaturalKeyModel, NaturalKeyQuerySet, any_of
from careerguide.paths import path_to
from careerguide.richtext import MARKDOWN_HELP
from careers.choices import CredentialFactKind
from careers.contexts import POSITION_HELP, Country, Setting
from editorial.status import Publishable

DATED = [CredentialFactKind.DEADLINE, CredentialFactKind.LEGAL_FORCE]
RECURS_FROM_A_DATE = "What recurs every year needs a date."
DATED_ONLY = "Only deadlines and legal force have a date."


class CredentialQuerySet(NaturalKeyQuerySet):
    def search(self, text):
        """Credentials in whose name, issuer or facts every word of `text` stands, mistaken names included."""
        fields = ["name", "abbreviation", "issuer", "summary"]
        facts = CredentialFact.objects.filter(credential=OuterRef("pk"))

        def stands_there(word):
            return any_of(fields, word) | Exists(facts.filter(any_of(["title", "text"], word)))

        return self.matching_every_word(text, stands_there).prefetch_related("facts")

    def asked_by(self, career):
        """Those that a qualification of this career asks for."""
        return self.filter(qualifications__career=career).distinct()

    def for_list(self):
        """With what a list of credentials shows: country, settings, facts."""
        return self.select_related("country").prefetch_related("settings", "facts")

    def with_facts(self):
        """With facts, their sources, and the requirements that ask for the credential."""
        asking = self.model._meta.get_field("qualifications").related_model.objects.published()
        return self.for_list().prefetch_related(
            "citations__source",
            "facts__citations__source",
            Prefetch("qualifications", asking),
            "qualifications__career",
        )


class Credential(Publishable, NaturalKeyModel):
    """A certificate that an issuer grants to persons."""

    slug = models.SlugField(unique=True, help_text='Part of the address, such as "cmd".')
    name = models.CharField(max_length=120, help_text='Such as "Certified Medical Director".')
    abbreviation = models.CharField(max_length=20, help_text='Such as "CMD".')
    issuer = models.CharField(max_length=200, help_text="The body that grants it, its name written out.")
    summary = models.CharField(max_length=400, help_text="What it certifies and for whom, in one or two sentences.")
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, help_text="Empty if people of any country can earn it."
    )
    settings = models.ManyToManyField(
        Setting, blank=True, related_name="credentials", help_text="Where it counts. None chosen means everywhere."
    )
    checked_on = models.DateField(
        "checked on", help_text="The day on which an editor last compared it with its sources."
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=POSITION_HELP)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(condition=~Q(issuer=""), name="credential_has_issuer"),
        ]

    def __str__(self):
        return f"{self.name} ({self.abbreviation})"

    def get_absolute_url(self):
        return path_to("careers:credential", self.slug)

    anchor = "main"  # what a citation of the credential as a whole leads to on its page

    @property
    def teaser(self):
        return self.summary

    @property
    def warnings(self):
        """What it is mistaken for and what was wrongly said of it: the facts that search shows at once."""
        kinds = CredentialFactKind.CONFUSED_WITH, CredentialFactKind.REJECTED_CLAIM
        return [fact for fact in self.facts.all() if fact.kind in kinds]


class CredentialFact(NaturalKeyModel):
    """One thing known of a credential, such as who may apply or what it costs."""

    NATURAL_KEY = ("credential__slug", "slug")
    PUBLISHED_THROUGH = ("credential__status",)

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="facts")
    slug = models.SlugField("key", max_length=80, help_text="Stable name of this fact within its credential.")
    kind = models.CharField(max_length=20, choices=CredentialFactKind)
    title = models.CharField(max_length=120, help_text='Such as "Six years".')
    text = models.TextField(help_text=MARKDOWN_HELP)
    date = models.DateField(
        null=True,
        blank=True,
        help_text="Of a deadline or a change in law: the only day, or any one of those that recur. Calendars use it.",
    )
    every_year = models.BooleanField("recurs every year", default=False)
    position = models.PositiveSmallIntegerField(default=0, help_text=POSITION_HELP)

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["credential", "slug"], name="credentialfact_once_per_credential"),
            one_of("kind", CredentialFactKind, "credentialfact_kind_known"),
            models.CheckConstraint(
                condition=Q(every_year=False) | Q(date__isnull=False),
                name="credentialfact_recurs_from_a_date",
                violation_error_message=RECURS_FROM_A_DATE,
            ),
            models.CheckConstraint(
                condition=Q(date__isnull=True) | Q(kind__in=DATED),
                name="credentialfact_date_of_deadline_or_law",
                violation_error_message=DATED_ONLY,
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{self.credential.get_absolute_url()}#{self.anchor}"

    def clean(self):
        """What the constraints say, beside the field."""
        if self.every_year and not self.date:
            raise ValidationError({"date": RECURS_FROM_A_DATE})
        if self.date and self.kind not in DATED:
            raise ValidationError({"date": DATED_ONLY})

    def next_on(self, today):
        """The next day on which it falls, today included; None if there is none."""
        if not self.every_year:
            return self.date if self.date and self.date >= today else None
        days = (self.in_year(today.year + later) for later in range(9))  # eight years hold a February 29
        return next(day for day in days if day and day >= today)

    def in_year(self, year):
        try:
            return self.date.replace(year=year)
        except ValueError:  # February 29
            return None

    @property
    def anchor(self):
        return slugify(f"fact {self.slug}")
