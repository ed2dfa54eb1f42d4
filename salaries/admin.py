from django.contrib import admin

from careerguide.admin import GuideModelAdmin, JoinedInline
from salaries import models


class CityAliasInline(JoinedInline):
    model = models.CityAlias
    joins = ["source"]
    fields = ["name", "kind", "source"]
    autocomplete_fields = ["source"]


@admin.register(models.City)
class CityAdmin(GuideModelAdmin):
    list_display = ["name", "country", "population", "timezone", "geonames_id"]
    list_filter = ["country"]
    list_select_related = ["country"]
    search_fields = ["name", "aliases__name", "country__name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["country", "source"]
    inlines = [CityAliasInline]


@admin.register(models.CityAlias)
class CityAliasAdmin(GuideModelAdmin):
    list_display = ["name", "city", "kind", "source"]
    list_filter = ["kind", "city__country"]
    list_select_related = ["city", "source"]
    search_fields = ["name", "city__name"]
    autocomplete_fields = ["city", "source"]


@admin.register(models.SalaryFigure)
class SalaryFigureAdmin(GuideModelAdmin):
    """What was printed is written once, when the figure is added, and can only be read afterwards."""

    list_display = ["city", "as_printed", "amount", "currency", "currency_certain", "period", "as_of", "source"]
    list_filter = ["career", "currency_certain", "currency", "period", "basis", "city__country", "population"]
    list_select_related = ["city", "career", "source"]
    search_fields = ["city__name", "city__aliases__name", "slug", "as_printed"]
    autocomplete_fields = ["career", "city", "source"]
    fieldsets = [
        (None, {"fields": ["slug", "career", "city", "population"]}),
        ("As printed", {"fields": ["as_printed", "city_as_printed", "source", "source_place"]}),
        ("As we read it", {"fields": ["amount", "currency", "currency_certain", "period", "basis", "as_of", "note"]}),
    ]
    printed = ["as_printed", "city_as_printed"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(self.printed if obj else [])]
