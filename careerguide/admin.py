"""What every admin page shares, the pages of accounts and groups included."""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, DataError, IntegrityError, models
from django.shortcuts import redirect

from careerguide.formfields import LinesField
from careerguide.widgets import ListedSelect

SEARCH_LIMIT = 100  # characters; a longer search costs seconds and finds nothing more


class GuideChangeList(ChangeList):
    """Answers a lookup that the database refuses, such as `?id__in=9223372036854775808`, with Django's own message."""

    def get_results(self, request):
        try:
            super().get_results(request)
        except (IndexError, OverflowError, TypeError, ValueError, DatabaseError) as error:
            if not self.params:  # Without a lookup the fault is not the query's: let it be seen.
                raise
            raise IncorrectLookupParameters(error) from error


class ContentFields:
    """How content is typed and chosen: lines end as they are stored; what is needed is a list where no scripts run."""

    formfield_overrides = {models.TextField: {"form_class": LinesField}}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request) and not db_field.blank:
            in_rows = isinstance(self, admin.options.InlineModelAdmin)
            kwargs.setdefault("widget", ListedSelect(db_field, self.admin_site, in_rows=in_rows))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class GuideModelAdmin(ContentFields, admin.ModelAdmin):
    list_per_page = 50
    save_on_top = True

    def get_changelist(self, request, **kwargs):
        return GuideChangeList

    def changeform_view(self, request, *args, **kwargs):
        return self.or_message(request, super().changeform_view, *args, **kwargs)

    def changelist_view(self, request, *args, **kwargs):
        return self.or_message(request, super().changelist_view, *args, **kwargs)

    def or_message(self, request, view, *args, **kwargs):
        """The view's answer; or, for a value that no column can hold, a message on the page before."""
        try:
            return self.rendered(view(request, *args, **kwargs))
        except (OverflowError, ValueError, DataError):
            if not request.GET and request.method != "POST" and view.__name__ == "changelist_view":
                raise  # No value of the request is to blame, and the page to go back to is this one.
            self.message_user(request, "A value was too large or held a character that no text has.", messages.ERROR)
        except IntegrityError:
            text = "Nothing was saved: somebody saved the same at the same time. Open the record again and compare."
            self.message_user(request, text, messages.ERROR)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    @staticmethod
    def rendered(response):
        """Render now, so that a fault of a widget is caught as well."""
        return response.render() if hasattr(response, "render") else response

    def get_readonly_fields(self, request, obj=None):
        """A slug is part of addresses, plans and reports: once saved, it stays."""
        fixed = ["slug"] if obj and hasattr(obj, "slug") else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("\x00", "")[:SEARCH_LIMIT])

    def get_object(self, request, object_id, from_field=None):
        try:
            return super().get_object(request, object_id, from_field)
        except (OverflowError, ValueError, DataError):
            return None


class ReadOnly:
    """Records that are made elsewhere, by rules or by what editors do: they can be read here."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class DoubtsColumn:
    """A column that shows which records editors still doubt."""

    @admin.display(boolean=True, description="doubts")
    def has_doubts(self, item):
        return bool(item.doubts)


class JoinedInline(ContentFields, admin.TabularInline):
    """An inline whose rows are fetched with the records that `joins` names, in one query."""

    joins = ()

    def get_extra(self, request, obj=None, **kwargs):
        """No empty row: scripts add them. Without scripts, `?rows=1` asks for one."""
        return 1 if "rows" in request.GET else 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.joins)


class StatementInline(JoinedInline):
    """Statements in brief, linked to their own pages. New ones are made there, where their sources are asked for."""

    show_change_link = True

    def has_add_permission(self, request, obj):
        return False


admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(GuideModelAdmin, UserAdmin):
    pass


@admin.register(Group)
class AccountGroupAdmin(GuideModelAdmin, GroupAdmin):
    pass
