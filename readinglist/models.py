"""Works and courses. Bibliographic facts keep how sure we are of them."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from stdnum import isbn

from careerguide.constraints import one_of
from careerguide.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from careerguide.paths import path_to
from careerguide.validators import web_address
from editorial.status import Publishable
from readinglist.choices import Access, AuthorRole, Confidence, Level, Match, WorkKind
from readinglist.lists import ListEntry, ReadingList
from readinglist.querysets import CourseQuerySet, WorkQuerySet

__all__ = ["Course", "ListEntry", "ReadingList", "Topic", "Work"]


def isbn13(value):
    """Accept an ISBN of 13 digits, with or without hyphens, whose check digit is right (ISO 2108)."""
    if not isbn.is_valid(value) or isbn.isbn_type(value) != "ISBN13":
        raise ValidationError("This is no valid ISBN-13: a digit is missing or mistyped. Compare it with the book.")


class Topic(NaturalKeyModel):
    slug = models.SlugField(unique=True, help_text='Part of addresses, such as "patient-safety".')
    name = models.CharField(max_length=80, unique=True, help_text='Such as "Patient safety".')

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class ReadingItem(Publishable, NaturalKeyModel):
    """What works and courses share: identity, how sure it is, and what editors still doubt."""

    EDITORS_ONLY = ("doubts", "alternates")

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Part of the address. Works and courses share one set."
    )
    title = models.CharField(max_length=250)
    language = models.CharField(
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[a-z]{2,3}\Z", "Write the ISO 639 code, such as en or fr.")],
        help_text='ISO 639 code, such as "en". Empty if unknown.',
    )
    level = models.CharField(max_length=20, choices=Level, default=Level.UNSTATED)
    level_note = models.CharField(max_length=200, blank=True, help_text="The level in the words of its source.")
    topics = models.ManyToManyField(Topic, blank=True, related_name="%(class)ss")
    keywords = models.TextField(blank=True, help_text="Finer subjects, separated by semicolons; search looks at them.")
    url = models.CharField("address", max_length=500, blank=True, validators=[web_address])
    url_basis = models.CharField(
        "address seen where", max_length=250, blank=True, help_text='Such as "seen in a stored source" or "recalled".'
    )
    url_checked_on = models.DateField(
        "address opened on", null=True, blank=True, help_text="The day on which a person last opened the link."
    )
    url_dead_on = models.DateField(
        "address found dead on",
        null=True,
        blank=True,
        help_text="The day on which a person found that it no longer leads there. Readers are told.",
    )
    access = models.CharField(
        max_length=10,
        choices=Access,
        default=Access.UNCHECKED,
        help_text="Free only if the whole text or course is known to be open at this address.",
    )
    confidence = models.CharField(max_length=20, choices=Confidence)
    doubts = models.TextField(
        blank=True, help_text="What is still uncertain. For editors; readers see the level of confidence."
    )
    evidence = models.TextField(blank=True, help_text="Where the facts were seen, one source a line.")

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return path_to("readinglist:item", self.slug)

    @property
    def identification(self):
        """What a reader is told: identified, likely or not identified."""
        return {Confidence.VERIFIED: "identified", Confidence.NO_MATCH: "not identified"}.get(self.confidence, "likely")

    @property
    def evidence_lines(self):
        return self.evidence.splitlines()


class Work(ReadingItem):
    """A book, report or article."""

    kind = models.CharField(max_length=10, choices=WorkKind)
    subtitle = models.CharField(max_length=250, blank=True)
    authors = models.TextField(
        blank=True, help_text="One a line, given name first. Empty for a body without named authors."
    )
    author_role = models.CharField(max_length=10, choices=AuthorRole, default=AuthorRole.AUTHOR)
    issuing_body = models.CharField(max_length=250, blank=True, help_text="The organization that stands behind it.")
    year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(2100)],
        help_text="Of this edition. Empty if unknown.",
    )
    edition = models.CharField(max_length=120, blank=True, help_text='Such as "3rd".')
    publisher = models.CharField(max_length=200, blank=True)
    container = models.CharField(
        "published in", max_length=250, blank=True, help_text="Journal, volume and pages, or the larger report."
    )
    isbn13 = models.CharField("ISBN-13", max_length=17, blank=True, validators=[isbn13], help_text="Never from memory.")
    isbn13_note = models.CharField(
        "ISBN-13 of what, seen where", max_length=250, blank=True, help_text='Such as "print; publisher\'s page".'
    )
    doi = models.CharField(
        "DOI",
        max_length=100,
        blank=True,
        validators=[RegexValidator(r"^10\.\d{4,9}/\S+\Z", "A DOI begins with 10., such as 10.17226/10027.")],
        help_text="Without https://doi.org/. Never from memory.",
    )
    doi_note = models.CharField("DOI seen where", max_length=250, blank=True)
    why_it_fits = models.TextField("why read it", help_text="One sentence: what a medical director gets from it.")
    match_strength = models.CharField(
        "match with the description",
        max_length=10,
        choices=Match,
        blank=True,
        help_text="How well it fits a description that bore no title. Empty for a work that we added.",
    )
    alternates = models.TextField("other candidates", blank=True, help_text="Leads for editors, one a line; not shown.")

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["title", "slug"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(condition=~Q(title=""), name="work_has_title"),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1800, 2100)), name="work_year_plausible"
            ),
            one_of("kind", WorkKind, "work_kind_known"),
            one_of("access", Access, "work_access_known"),
            one_of("author_role", AuthorRole, "work_author_role_known"),
            one_of("match_strength", Match, "work_match_strength_known", or_empty=True),
            one_of("confidence", Confidence, "work_confidence_known"),
            one_of("level", Level, "work_level_known"),
        ]

    def clean(self):
        refuse_slug_of(Course, self.slug)

    @property
    def teaser(self):
        return self.why_it_fits

    @property
    def author_list(self):
        return self.authors.splitlines()

    @property
    def byline(self):
        """Authors or, without any, the issuing body; two by name, more as "and others"."""
        names = self.author_list
        if not names:
            return self.issuing_body
        role = " (ed.)" if self.author_role == AuthorRole.EDITOR else ""
        return (" and ".join(names) if len(names) < 3 else f"{names[0]} and others") + role


class Course(ReadingItem):
    """A course; what is not known of it, the provider included, is left empty and shown as unknown."""

    platform = models.CharField(max_length=150, blank=True, help_text='Such as "Coursera". Empty if unknown.')
    institution = models.CharField(max_length=200, blank=True, help_text="Who teaches it. Empty if unknown.")
    instructor = models.CharField(max_length=150, blank=True)
    series = models.CharField(max_length=200, blank=True, help_text="The series it belongs to, and its place there.")
    skill_area = models.CharField("what it trains", max_length=200)
    rank = models.PositiveSmallIntegerField(
        null=True, blank=True, unique=True, help_text="Place by relevance in the first list, from 1."
    )

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "title"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(condition=~Q(title=""), name="course_has_title"),
            models.CheckConstraint(condition=Q(rank__isnull=True) | Q(rank__gte=1), name="course_rank_from_one"),
            one_of("access", Access, "course_access_known"),
            one_of("confidence", Confidence, "course_confidence_known"),
            one_of("level", Level, "course_level_known"),
        ]

    def clean(self):
        refuse_slug_of(Work, self.slug)

    @property
    def teaser(self):
        return self.skill_area

    @property
    def provider(self):
        """Institution and platform once they are verified, otherwise empty: a guess is not shown to readers."""
        if self.confidence != Confidence.VERIFIED:
            return ""
        return ", ".join(part for part in (self.institution, self.platform) if part)


def refuse_slug_of(model, slug):
    """Works and courses answer at the same addresses, so one slug may not stand for both."""
    if model.objects.filter(slug=slug).exists():
        raise ValidationError({"slug": f"A {model._meta.verbose_name} already has this address. Choose another."})
