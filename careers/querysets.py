"""Named queries on careers: what views, search and sitemaps share."""

from django.db.models import Case, Exists, OuterRef, Value, When

from careerguide.natural_keys import NaturalKeyQuerySet, any_of

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
