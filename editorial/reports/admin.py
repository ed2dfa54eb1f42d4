"""Reported errors in the admin."""

from django.contrib import admin
from django.utils import timezone

from editorial import rights
from editorial.models import Report
from editorial.reports.forms import ReportForm
from editorial.saving.admin import EditorialAdmin


@admin.register(Report)
class ReportAdmin(EditorialAdmin):
    """An error that somebody reported by mail, from its arrival to the answer that readers see.

    Readers see it at once, so an editor may answer it, but only a publisher may delete it, and says why.
    """

    form = ReportForm
    asked = ["change_reason"]
    deleted_with_reason = True
    list_display = ["name", "state", "reported_on", "closed_on", "about"]
    list_filter = ["state", "reported_on"]
    search_fields = ["name", "slug", "about", "said", "answer"]
    date_hierarchy = "reported_on"
    prepopulated_fields = {"slug": ["reported_on", "name"]}
    fieldsets = [
        (
            "What was reported",
            {
                "fields": ["about", "name", "said", "reported_on", "slug"],
                "description": "Everything here is published under “Known issues”. Never write down who reported it.",
            },
        ),
        ("What came of it", {"fields": ["state", "answer", "closed_on"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and rights.publishes(request.user)

    def view_on_site(self, report):
        return report.get_absolute_url()

    def get_changeform_initial_data(self, request):
        return {"reported_on": timezone.localdate()} | super().get_changeform_initial_data(request)
