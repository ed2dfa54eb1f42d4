"""Named queries on works, courses and lists."""

from django.db.models import Count, Exists, OuterRef, Q

from careerguide.natural_keys import NaturalKeyQuerySet


class ReadableQuerySet(NaturalKeyQuerySet):
    """What works and courses have in common."""

    search_fields = ["title", "keywords"]

    def search(self, text):
        """Items in whose searched fields every word of `text` stands."""
        found = self
        for word in text.split():
            found = found.filter(Q(*((f"{field}__icontains", word) for field in self.search_fields), _connector=Q.OR))
        return found

    def in_list(self, slug):
        return self.filter(self._entry(reading_list__slug=slug))

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

    def free(self):
        """Works with an address at which they, or their issuing body, can be read without paying."""
        return self.exclude(url="")


class CourseQuerySet(ReadableQuerySet):
    search_fields = ["title", "institution", "platform", "instructor", "series", "keywords", "skill_area"]

    def free(self):
        """None: no course's price has been checked."""
        return self.none()


class ReadingListQuerySet(NaturalKeyQuerySet):
    def with_entry_count(self):
        return self.annotate(entry_count=Count("entries")).order_by("position", "title")

    def with_items(self):
        """Joined with everything that the page of a list shows of its works and courses."""
        return self.prefetch_related("entries__work__topics", "entries__course__topics")
