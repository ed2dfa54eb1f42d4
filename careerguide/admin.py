"""What every admin page of ours shares, and the record of what the loader loaded."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db import DatabaseError, DataError

SEARCH_LIMIT = 100  # characters; a longer search costs seconds and finds nothing more

admin.site.site_header = "Medical Director Career Guide"
admin.site.site_title = "Career Guide"
admin.site.index_title = "Content"


class GuideChangeList(ChangeList):
    """Answers a lookup that the database refuses, such as `?id__in=9223372036854775808`, with Django's own message."""

    def get_results(self, request):
        try:
            super().get_results(request)
        except (OverflowError, ValueError, DatabaseError) as error:
            if not self.params:  # Without a lookup the fault is not the query's: let it be seen.
                raise
            raise IncorrectLookupParameters(error) from error


class GuideModelAdmin(admin.ModelAdmin):
    list_per_page = 50
    save_on_top = True

    def get_changelist(self, request, **kwargs):
        return GuideChangeList

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("\x00", "")[:SEARCH_LIMIT])

    def get_object(self, request, object_id, from_field=None):
        try:
            return super().get_object(request, object_id, from_field)
        except (OverflowError, ValueError, DataError):
            return None
