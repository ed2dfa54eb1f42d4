"""Named queries on works, courses and lists."""

from django.db.models import Count, Exists, OuterRef, Q

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
        return self.prefetch_related("topics", "citations__source", "list_entries__reading_list")

    def for_stage(self, stage):
        """Items that stand in a curated list made for a career stage."""
        return self.filter(self._entry(reading_list__stage=stage))

    def _entry(self, **conditions):
        entries = self.model._meta.get_field("list_entries").related_model.objects
        return Exists(entries.filter(**{self.model._meta.model_name: OuterRef("pk")}, **conditions))


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
        return self.annotate(entry_count=Count("entries")).order_by("position", "title")

    def with_items(self):
        """Joined with everything that the page of a list shows of its works and courses."""
        return self.prefetch_related(
            "entries__work__topics", "entries__course__topics", "entries__qualifications__career"
        )
