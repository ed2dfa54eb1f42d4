"""Named queries on careers: what views, search and sitemaps share."""

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When

from careerguide.natural_keys import NaturalKeyQuerySet, any_of
from sources.choices import Trust

# Where a search looks besides the career itself: {relation: fields}.
SEARCHED_PARTS = {
    "alternativetitles": ["title", "note"],
    "career_settings": ["work", "setting__name"],
    "duties": ["title", "text"],
    "qualifications": ["title", "text"],
    "stages": ["title", "does", "learns", "moves"],
    "passages": ["title", "text"],
    "questions": ["question", "answer"],
}


class CareerQuerySet(NaturalKeyQuerySet):
    def search(self, text):
        """Careers on whose profile every word of `text` stands; those that bear it as a title come first."""
        titles = self.model._meta.get_field("alternativetitles").related_model.objects
        bears_it = any_of(["title", "short_title"], text) | Exists(
            titles.filter(career=OuterRef("pk"), title__icontains=text)
        )
        found = self.matching_every_word(text, self._stands_on_profile)
        return found.order_by(Case(When(bears_it, then=Value(0)), default=Value(1)), "position", "title")

    def _stands_on_profile(self, word):
        condition = any_of(["title", "short_title", "summary", "introduction", "differs"], word)
        for relation, fields in SEARCHED_PARTS.items():
            parts = self.model._meta.get_field(relation).related_model.objects
            condition |= Exists(parts.filter(any_of(fields, word), career=OuterRef("pk")))
        return condition

    def next_after(self, stage):
        """Careers that people take up next from a stage of any career."""
        return self.filter(reached_from__stage=stage).distinct()

    def in_setting(self, slug):
        return self.filter(career_settings__setting__slug=slug).distinct()

    def with_whole_profile(self):
        """With the parts that a comparison of careers shows, in a constant number of queries."""
        return self.prefetch_related(
            "duties__settings",
            "duties__country",
            "qualifications__settings",
            "qualifications__country",
            "stages__next_careers",
            "career_settings__setting",
        )

    def open_to_others(self, country=None):
        """Careers for which no physician is required or usually asked, as far as we know."""
        closing = self.model._meta.get_field("qualifications").related_model.objects.closing(country)
        return self.exclude(Exists(closing.filter(career=OuterRef("pk"), necessity__in=["required", "usual"])))


class QualificationQuerySet(NaturalKeyQuerySet):
    def with_places(self):
        return self.select_related("country", "credential").prefetch_related("settings")

    def for_readiness(self):
        """With what the self-check shows beside each: sources, sides of a dispute, reading, courses, credential."""
        return self.with_places().prefetch_related(
            "citations__source",
            "disagreement__sides__citations__source",
            "list_entries__work",
            "list_entries__course",
        )

    def checked(self):
        """Those that rest on a source which says where its facts come from."""
        trusted = self.model._meta.get_field("citations").related_model.objects.exclude(source__trust=Trust.UNVERIFIED)
        return self.filter(Exists(trusted.filter(qualification=OuterRef("pk"), stance="supports")))

    def closing(self, country=None):
        """Those that only a physician can meet, in a country or, without one, anywhere."""
        found = self.filter(physician_only=True)
        return found.filter(Q(country=None) | Q(country=country)) if country else found

    def checked_by_country(self):
        """{country code: how many requirements are checked for it}"""
        counted = self.exclude(country=None).checked().order_by().values_list("country").annotate(Count("pk"))
        return dict(counted)
