from django.contrib import admin
from django.forms.models import BaseInlineFormSet

from careerguide.admin import JoinedInline, StatementInline
from editorial.saving.admin import EditorialAdmin
from sources.models import Citation, Disagreement, Side, Source


class CitationFormSet(BaseInlineFormSet):
    default_error_messages = {"too_few_forms": "Name at least one source: a statement without one is not published."}


class CitationInline(JoinedInline):
    """The sources of one statement; every admin of a statement shows it."""

    model = Citation
    joins = ["source"]
    fields = ["source", "stance", "place"]
    autocomplete_fields = ["source"]
    formset = CitationFormSet
    min_num = 1
    verbose_name = "source of this statement"
    verbose_name_plural = "sources of this statement"

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, validate_min=True, **kwargs)


@admin.register(Source)
class SourceAdmin(EditorialAdmin):
    added_directly = True
    list_display = ["title", "publisher", "kind", "trust", "published", "retrieved_on", "licence"]
    list_filter = ["kind", "trust"]
    search_fields = ["title", "publisher", "slug", "note"]
    prepopulated_fields = {"slug": ["title"]}


class SideInline(StatementInline):
    model = Side
    joins = ["disagreement"]
    fields = ["text", "position"]


@admin.register(Disagreement)
class DisagreementAdmin(EditorialAdmin):
    list_display = ["question", "has_reading", "position"]
    search_fields = ["question", "why", "reading"]
    prepopulated_fields = {"slug": ["question"]}
    inlines = [SideInline]

    @admin.display(boolean=True, description="editors' reading")
    def has_reading(self, disagreement):
        return bool(disagreement.reading)


@admin.register(Side)
class SideAdmin(EditorialAdmin):
    fields = ["disagreement", "text", "slug", "position"]
    list_display = ["__str__", "disagreement", "position"]
    list_filter = ["disagreement"]
    list_select_related = ["disagreement"]
    search_fields = ["text", "disagreement__question"]
    autocomplete_fields = ["disagreement"]
    inlines = [CitationInline]


@admin.register(Citation)
class CitationAdmin(EditorialAdmin):
    list_display = ["statement", "kind_of_statement", "source", "stance", "place"]
    list_filter = ["stance", "source__kind", "source__trust"]
    search_fields = ["source__title", "source__publisher", "place"]
    autocomplete_fields = [
        "source",
        "career",
        "alternative_title",
        "career_setting",
        "duty",
        "qualification",
        "stage",
        "passage",
        "question",
        "related_career",
        "credential",
        "credential_fact",
        "side",
        "work",
        "course",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source").with_statements()

    @admin.display(description="kind")
    def kind_of_statement(self, citation):
        return citation.statement_field.replace("_", " ")
