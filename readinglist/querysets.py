"""Named queries on works, courses and lists."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from careerguide.natural_keys import NaturalKeyQuerySet, any_of
from editorial.status import Status


class ReadableQuerySet(NaturalKeyQuerySet):
    """What works and courses have in common."""

    search_fields = ["title", "keywords"]

    def search(self, text):
        """Items in whose searched fields every word of `text` stands."""
        return self.matching_every_word(text, lambda word: any_of(self.search_fields, word))

    def in_list(self, slug):
        return self.filter(self._entry(reading_list__slug=slug))

    def free(self):
        """Items that can be read or taken without paying, as far as that was checked."""
        return self.filter(access="free")

    def with_topics(self):
        return self.prefetch_related("topics")

    def with_citations(self):
        """With topics, sources, and the curated lists that name it."""
        entries = Prefetch("list_entries", self._entries().published())
        return self.prefetch_related("topics", "citations__source", entries, "list_entries__reading_list")

    def for_stage(self, stage):
        """Items that stand in a curated list made for a career stage."""
        return self.filter(self._entry(reading_list__stage=stage))

    def _entry(self, **conditions):
        entries = self._entries().published()
        return Exists(entries.filter(**{self.model._meta.model_name: OuterRef("pk")}, **conditions))

    def _entries(self):
        return self.model._meta.get_field("list_entries").related_model.objects


class WorkQuerySet(ReadableQuerySet):
    search_fields = ["title", "subtitle", "authors", "issuing_body", "keywords", "why_it_fits"]

    def identified(self):
        """Works whose title and author or issuing body were found in a source that we read."""
        return self.filter(confidence="verified")


class CourseQuerySet(ReadableQuerySet):
    search_fields = ["title", "institution", "platform", "instructor", "series", "keywords", "skill_area"]


class ListEntryQuerySet(NaturalKeyQuerySet):
    def published(self):
        """Entries of published lists that name a published work or course."""
        item = Q(work__status=Status.PUBLISHED) | Q(course__status=Status.PUBLISHED)
        return super().published().filter(item)


class ReadingListQuerySet(NaturalKeyQuerySet):
    def search(self, text):
        """Lists in whose title or purpose every word of `text` stands."""
        return self.matching_every_word(text, lambda word: any_of(["title", "purpose"], word))

    def with_entry_count(self):
        """By position, with how many entries readers find in each."""
        entries = self._entries().published().filter(reading_list=OuterRef("pk")).order_by()
        counted = entries.values("reading_list").annotate(n=Count("pk")).values("n")
        return self.annotate(entry_count=Coalesce(Subquery(counted), 0)).order_by("position", "title")

    def with_items(self):
        """With everything that the page of a list shows: entries, their works and courses, what they help with."""
        entries = self._entries()
        helped = entries.model._meta.get_field("qualifications").related_model.objects
        return self.prefetch_related(
            Prefetch("entries", entries.published()),
            "entries__work__topics",
            "entries__course__topics",
            Prefetch("entries__qualifications", helped.published()),
            "entries__qualifications__career",
        )

    def _entries(self):
        return self.model._meta.get_field("entries").related_model.objects
