"""Named queries on careers: what views, search and sitemaps share."""

from django.db.models import Case, Exists, OuterRef, Prefetch, Value, When

from careerguide.natural_keys import NaturalKeyQuerySet, any_of
from careers.choices import Necessity
from sources.choices import Stance, Trust

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
        """Careers that people take up next from a stage of any career that readers can see."""
        stages = self.model._meta.get_field("stages").related_model.objects.published()
        return self.filter(Exists(stages.filter(stage=stage, next_careers=OuterRef("pk"))))

    def in_setting(self, slug):
        return self.filter(career_settings__setting__slug=slug).distinct()

    def with_whole_profile(self):
        """With the parts that a comparison of careers shows, in a constant number of queries."""
        return self.prefetch_related(
            "duties__settings",
            "duties__country",
            "qualifications__settings",
            "qualifications__country",
            Prefetch("stages__next_careers", self.model.objects.published()),
            "career_settings__setting",
        )

    def open_to_others(self):
        """Careers of which a source says that the holder need not be a physician, and none that it must or usually is.

        That nothing was found about a career opens it to nobody.
        """
        asks = self.model._meta.get_field("qualifications").related_model.objects.filter(
            physician_only=True, career=OuterRef("pk")
        )
        return self.filter(Exists(asks.left_open())).exclude(Exists(asks.closing()))


class StageQuerySet(NaturalKeyQuerySet):
    def with_next_careers(self):
        """With the roles that come next, as far as readers can see them."""
        careers = self.model._meta.get_field("next_careers").related_model.objects
        return self.prefetch_related(Prefetch("next_careers", careers.published()))


class PlacedQuerySet(NaturalKeyQuerySet):
    """Statements that may hold in one country and in some settings only."""

    def with_places(self):
        return self.select_related("country").prefetch_related("settings")

    def of_section(self, section):
        return self.filter(section=section)


class QualificationQuerySet(PlacedQuerySet):
    def with_places(self):
        return super().with_places().select_related("credential")

    def with_checked(self):
        """With `checked`: whether a source that says where its facts come from supports it."""
        citations = self.model._meta.get_field("citations").related_model.objects
        trusted = citations.filter(stance=Stance.SUPPORTS).exclude(source__trust=Trust.UNVERIFIED)
        return self.annotate(checked=Exists(trusted.filter(qualification=OuterRef("pk"))))

    def for_readiness(self):
        """With what the self-check shows beside each: sources, sides of a dispute, reading, courses, credential."""
        entries = self.model._meta.get_field("list_entries").related_model.objects
        return (
            self.with_places()
            .with_checked()
            .prefetch_related(
                "citations__source",
                "disagreement__sides__citations__source",
                Prefetch("list_entries", entries.published()),
                "list_entries__work",
                "list_entries__course",
            )
        )

    def closing(self):
        """Required or usual."""
        return self.filter(necessity__in=[Necessity.REQUIRED, Necessity.USUAL])

    def left_open(self):
        """Disputed or merely helpful."""
        return self.filter(necessity__in=[Necessity.DISPUTED, Necessity.HELPFUL])
