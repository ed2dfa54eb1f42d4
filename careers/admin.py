from django.contrib import admin

from careerguide.admin import StatementInline
from careers import models
from editorial.saving.admin import EditorialAdmin
from sources.admin import CitationInline


class AlternativeTitleInline(StatementInline):
    model = models.AlternativeTitle
    fields = ["title", "note"]


class StageInline(StatementInline):
    model = models.CareerStage
    joins = ["career"]
    fields = ["stage", "title"]


class RelatedCareerInline(StatementInline):
    model = models.RelatedCareer
    joins = ["career", "related"]
    fk_name = "career"
    fields = ["related", "relation", "text"]


@admin.register(models.Career)
class CareerAdmin(EditorialAdmin):
    list_display = ["title", "short_title", "position", "reviewed_on"]
    list_filter = ["reviewed_on"]
    search_fields = ["title", "short_title", "summary", "alternativetitles__title"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [AlternativeTitleInline, StageInline, RelatedCareerInline, CitationInline]


class PartAdmin(EditorialAdmin):
    """A part of a profile: found by its career, edited together with its sources."""

    list_select_related = ["career"]
    autocomplete_fields = ["career"]
    inlines = [CitationInline]


@admin.register(models.Duty)
class DutyAdmin(PartAdmin):
    fields = ["career", "title", "area", "text", "country", "settings", "slug", "position"]
    list_display = ["title", "career", "area", "country", "position"]
    list_filter = ["career", "area", "country", "settings"]
    list_select_related = ["career", "country"]
    search_fields = ["title", "text"]
    prepopulated_fields = {"slug": ["title"]}
    filter_horizontal = ["settings"]


@admin.register(models.Qualification)
class QualificationAdmin(PartAdmin):
    fieldsets = [
        (None, {"fields": ["career", "title", "text", "slug", "position"]}),
        ("How hard it is asked", {"fields": ["kind", "necessity", "disagreement", "physician_only"]}),
        ("Where it holds", {"fields": ["country", "settings"]}),
        ("For the self-check", {"fields": ["stage", "credential"]}),
    ]
    autocomplete_fields = ["career", "credential", "disagreement"]
    list_display = ["title", "career", "kind", "necessity", "country", "stage", "position"]
    list_filter = ["career", "necessity", "kind", "stage", "country", "settings"]
    list_select_related = ["career", "country"]
    search_fields = ["title", "text", "career__title"]
    prepopulated_fields = {"slug": ["title"]}
    filter_horizontal = ["settings"]


@admin.register(models.Passage)
class PassageAdmin(PartAdmin):
    fields = ["career", "section", "title", "text", "country", "settings", "disagreement", "slug", "position"]
    autocomplete_fields = ["career", "disagreement"]
    filter_horizontal = ["settings"]
    list_display = ["title", "career", "section", "country", "position"]
    list_filter = ["career", "section", "country", "settings"]
    list_select_related = ["career", "country"]
    search_fields = ["title", "text"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(models.Question)
class QuestionAdmin(PartAdmin):
    fields = ["career", "question", "answer", "disagreement", "slug", "position"]
    autocomplete_fields = ["career", "disagreement"]
    list_display = ["question", "career", "position"]
    list_filter = ["career"]
    search_fields = ["question", "answer"]
    prepopulated_fields = {"slug": ["question"]}


@admin.register(models.CareerStage)
class CareerStageAdmin(PartAdmin):
    list_display = ["title", "career", "stage"]
    list_filter = ["career", "stage"]
    search_fields = ["title", "does", "learns", "moves"]
    autocomplete_fields = ["career", "disagreement"]
    filter_horizontal = ["next_careers"]


@admin.register(models.CareerSetting)
class CareerSettingAdmin(PartAdmin):
    list_display = ["career", "setting"]
    list_filter = ["career", "setting"]
    list_select_related = ["career", "setting"]
    search_fields = ["work", "career__title", "setting__name"]


@admin.register(models.AlternativeTitle)
class AlternativeTitleAdmin(PartAdmin):
    list_display = ["title", "career", "note"]
    list_filter = ["career"]
    search_fields = ["title"]


@admin.register(models.RelatedCareer)
class RelatedCareerAdmin(PartAdmin):
    list_display = ["career", "related", "relation"]
    list_filter = ["career", "relation"]
    list_select_related = ["career", "related"]
    search_fields = ["text", "career__title", "related__title"]
    autocomplete_fields = ["career", "related"]


class CredentialFactInline(StatementInline):
    model = models.CredentialFact
    joins = ["credential"]
    fields = ["kind", "title", "date", "every_year", "position"]


@admin.register(models.Credential)
class CredentialAdmin(EditorialAdmin):
    list_display = ["name", "abbreviation", "issuer", "country", "checked_on", "position"]
    list_filter = ["country", "settings", "checked_on"]
    list_select_related = ["country"]
    search_fields = ["name", "abbreviation", "issuer", "summary"]
    prepopulated_fields = {"slug": ["abbreviation"]}
    filter_horizontal = ["settings"]
    inlines = [CredentialFactInline, CitationInline]


@admin.register(models.CredentialFact)
class CredentialFactAdmin(EditorialAdmin):
    fields = ["credential", "kind", "title", "text", "date", "every_year", "slug", "position"]
    list_display = ["title", "credential", "kind", "date", "every_year", "position"]
    list_filter = ["credential", "kind"]
    list_select_related = ["credential"]
    search_fields = ["title", "text", "credential__name", "credential__abbreviation"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["credential"]
    inlines = [CitationInline]


@admin.register(models.Setting)
class SettingAdmin(EditorialAdmin):
    list_display = ["name", "slug", "position"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(models.Country)
class CountryAdmin(EditorialAdmin):
    list_display = ["name", "code", "currency"]
    search_fields = ["name", "code"]

    def get_readonly_fields(self, request, obj=None):
        """The code is the primary key: changed, it would be another country, or overwrite one."""
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]
