from django import forms
from django.contrib import admin
from django.utils import timezone

from careerguide.admin import GuideModelAdmin, JoinedInline, ReadOnly
from editorial.saving.admin import EditorialAdmin
from editorial.saving.forms import EditorialForm
from editorial.transfer.admin import FigureTransferMixin
from salaries import models
from salaries.rules import RULES


class CityAliasInline(JoinedInline):
    model = models.CityAlias
    joins = ["source"]
    fields = ["name", "kind", "source"]
    autocomplete_fields = ["source"]


@admin.register(models.Area)
class AreaAdmin(EditorialAdmin):
    added_directly = True
    list_display = ["name", "kind", "country", "within", "population", "timezone"]
    list_filter = ["kind", "country"]
    list_select_related = ["country", "within"]
    search_fields = ["name", "slug", "aliases__name", "country__name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["country", "within", "states", "source"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "country", "states", "source"]}),
        ("A city", {"fields": ["within", "geonames_id", "admin1_code", ("latitude", "longitude"), "population"]}),
        ("", {"fields": ["timezone"]}),
        ("An area of official statistics", {"fields": ["code"]}),
    ]
    inlines = [CityAliasInline]


@admin.register(models.CityAlias)
class CityAliasAdmin(EditorialAdmin):
    added_directly = True
    list_display = ["name", "city", "kind", "source"]
    list_filter = ["kind", "city__country"]
    list_select_related = ["city", "source"]
    search_fields = ["name", "city__name"]
    autocomplete_fields = ["city", "source"]


@admin.register(models.PopulationDescribed)
class PopulationDescribedAdmin(EditorialAdmin):
    list_display = ["code", "name", "kind", "classification", "position"]
    list_filter = ["kind", "classification"]
    search_fields = ["code", "name"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]


@admin.register(models.ExchangeRate)
class ExchangeRateAdmin(EditorialAdmin):
    list_display = ["day", "currency", "units_per_euro", "source"]
    list_filter = ["currency"]
    list_select_related = ["source"]
    search_fields = ["currency"]
    autocomplete_fields = ["source"]
    date_hierarchy = "day"


@admin.register(models.PriceLevel)
class PriceLevelAdmin(EditorialAdmin):
    list_display = ["country", "year", "ppp", "level", "source"]
    list_filter = ["year"]
    list_select_related = ["country", "source"]
    search_fields = ["country__name"]
    autocomplete_fields = ["country", "source"]


class SalaryFigureForm(EditorialForm):
    def clean_as_of(self):
        """Only here, because the files must load whatever the day is."""
        as_of = self.cleaned_data["as_of"]
        if as_of[:1].isdigit() and as_of > timezone.localdate().isoformat()[: len(as_of)]:
            raise forms.ValidationError("This lies in the future: write the time that the figure describes.")
        return as_of


class AcceptanceForm(forms.ModelForm):
    rule = forms.ChoiceField(
        label="Finding",
        choices=[("", "---------"), *((rule.name, rule.title) for rule in RULES.values() if rule.acceptable)],
    )

    class Meta:
        model = models.Acceptance
        fields = ["rule", "reason", "source"]

    def clean(self):
        """Only a finding that the figure has can be accepted, and not on the word of the figure's own source."""
        cleaned = super().clean()
        figure, rule = self.instance.figure, cleaned.get("rule")
        if cleaned.get("source") == figure.source:
            self.add_error("source", "The figure's own source cannot settle a doubt about it. Choose another.")
        if "rule" in self.changed_data and rule and not figure.findings.filter(rule=rule).exists():
            self.add_error("rule", "The figure has no such finding. Look at “Findings” above.")
        return cleaned

    def save(self, commit=True):
        """Keep what the finding said when it was accepted."""
        acceptance = self.instance
        finding = acceptance.figure.findings.filter(rule=acceptance.rule).first()
        if finding and "rule" in self.changed_data:
            acceptance.sentence = finding.sentence
        return super().save(commit)


class AcceptanceInline(JoinedInline):
    """A finding is accepted with a reason and a source; it stays visible to readers, marked as accepted.

    Other rules go on looking at the figure as it is.
    """

    model = models.Acceptance
    form = AcceptanceForm
    template = "admin/edit_inline/stacked.html"  # a table of three wide fields would not fit the page
    joins = ["source"]
    autocomplete_fields = ["source"]
    verbose_name = "accepted finding"
    verbose_name_plural = "accepted findings"


@admin.register(models.SalaryFigure)
class SalaryFigureAdmin(FigureTransferMixin, EditorialAdmin):
    """What was printed is written once, when the figure is added, and can only be read afterwards."""

    form = SalaryFigureForm
    list_display = ["area", "population", "as_printed", "amount", "currency", "period", "as_of", "confidence", "source"]
    list_filter = [
        "confidence",
        "basis",
        "population__kind",
        "currency_certain",
        "currency",
        "period",
        "area__kind",
        "area__country",
        "career",
    ]
    list_select_related = ["area", "population", "career", "source"]
    search_fields = ["area__name", "area__aliases__name", "slug", "as_printed", "population__name", "population__code"]
    autocomplete_fields = ["career", "area", "population", "source"]
    fieldsets = [
        (None, {"fields": ["slug", "career", "area", "population", "findings"]}),
        ("As printed", {"fields": ["as_printed", "city_as_printed", "source", "source_place"]}),
        (
            "As we read it",
            {"fields": ["amount", "currency", "currency_certain", "period", "basis", "covers", "as_of", "note"]},
        ),
        ("Spread", {"fields": [("p10", "p25", "p75", "p90"), "mean", "withheld", "at_least"]}),
        ("How it was measured", {"fields": ["sample_size", "employment", "employment_error", "wage_error"]}),
    ]
    printed = ["as_printed", "city_as_printed"]
    inlines = [AcceptanceInline]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "findings", *(self.printed if obj else [])]

    def get_deleted_objects(self, objs, request):
        """Findings go with their figure: that nobody may delete one by hand does not keep the figure."""
        found, counts, needed, protected = super().get_deleted_objects(objs, request)
        return found, counts, needed - {models.Finding._meta.verbose_name}, protected

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    @admin.display(description="Findings")
    def findings(self, figure):
        """What the rules say about the figure as it was last saved."""
        if figure.pk is None:
            return "Shown once the figure is saved."
        found = figure.findings.all()
        lines = [
            f"{one.get_severity_display()}{', accepted' if one.accepted else ''}: {one.about.title}. {one}"
            for one in found
        ]
        return "\n".join(lines) or "None."


@admin.register(models.Finding)
class FindingAdmin(ReadOnly, GuideModelAdmin):
    """Findings are made by rules; an editor answers them on the page of the figure."""

    list_display = ["sentence", "figure", "rule", "severity", "accepted"]
    list_filter = ["severity", "rule", "accepted"]
    list_select_related = ["figure__area"]
    search_fields = ["sentence", "figure__slug", "figure__area__name"]
