from django.contrib import admin

from careerguide.admin import DoubtsColumn, JoinedInline
from editorial.saving.admin import EditorialAdmin
from editorial.transfer.admin import CourseTransferMixin, WorkTransferMixin
from readinglist import models
from sources.admin import CitationInline


@admin.register(models.Work)
class WorkAdmin(WorkTransferMixin, DoubtsColumn, EditorialAdmin):
    """Doubts stand next to the facts they concern, so that an editor sees them before correcting."""

    list_display = ["title", "byline", "year", "kind", "confidence", "match_strength", "has_doubts"]
    list_filter = ["confidence", "match_strength", "kind", "level", "topics"]
    search_fields = ["title", "subtitle", "authors", "issuing_body", "isbn13", "doi"]
    prepopulated_fields = {"slug": ["title"]}
    filter_horizontal = ["topics"]
    inlines = [CitationInline]
    fieldsets = [
        (None, {"fields": ["title", "subtitle", "slug", "kind", "why_it_fits"]}),
        ("How sure we are", {"fields": ["confidence", "match_strength", "doubts", "evidence", "alternates"]}),
        ("Who", {"fields": ["authors", "author_role", "issuing_body"]}),
        ("Publication", {"fields": ["year", "edition", "publisher", "container", "language"]}),
        ("Identifiers", {"fields": ["isbn13", "isbn13_note", "doi", "doi_note"]}),
        ("Address", {"fields": ["url", "url_basis", ("url_checked_on", "url_dead_on")]}),
        ("Finding it", {"fields": ["level", "level_note", "topics", "keywords"]}),
    ]


@admin.register(models.Course)
class CourseAdmin(CourseTransferMixin, DoubtsColumn, EditorialAdmin):
    list_display = ["title", "rank", "institution", "platform", "language", "confidence", "has_doubts"]
    list_filter = ["confidence", "level", "language", "topics"]
    search_fields = ["title", "institution", "platform", "instructor", "series"]
    prepopulated_fields = {"slug": ["title"]}
    filter_horizontal = ["topics"]
    inlines = [CitationInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "skill_area", "rank"]}),
        ("How sure we are", {"fields": ["confidence", "doubts", "evidence"]}),
        ("Provider", {"fields": ["institution", "platform", "instructor", "series"]}),
        ("Address", {"fields": ["url", "url_basis", ("url_checked_on", "url_dead_on")]}),
        ("Finding it", {"fields": ["language", "level", "level_note", "topics", "keywords"]}),
    ]


class ListEntryInline(JoinedInline):
    model = models.ListEntry
    joins = ["work", "course"]
    fields = ["position", "work", "course", "reason"]
    autocomplete_fields = ["work", "course"]


@admin.register(models.ReadingList)
class ReadingListAdmin(EditorialAdmin):
    list_display = ["title", "stage", "position"]
    list_filter = ["stage"]
    search_fields = ["title", "purpose"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [ListEntryInline]


@admin.register(models.ListEntry)
class ListEntryAdmin(EditorialAdmin):
    list_display = ["item", "reading_list", "position"]
    list_filter = ["reading_list"]
    list_select_related = ["reading_list", "work", "course"]
    search_fields = ["reason", "work__title", "course__title"]
    autocomplete_fields = ["reading_list", "work", "course", "qualifications"]


@admin.register(models.Topic)
class TopicAdmin(EditorialAdmin):
    added_directly = True
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
