"""Deleting in the admin: asked why, refused where something public needs the record, and kept in the history."""

from contextlib import nullcontext

from django.contrib import messages
from django.db import OperationalError, transaction
from django.http import QueryDict
from django.shortcuts import redirect

from careerguide.admin import GuideModelAdmin
from editorial import rights
from editorial.deleting.deletion import Deletion
from editorial.recording import recorded
from editorial.saving import holding
from salaries import judgement

BUSY = "Nothing was deleted: others are saving at the same time. Try again."


class DeletingAdmin(GuideModelAdmin):
    """Base of the admin of content, as far as its deletion goes."""

    delete_confirmation_template = "admin/editorial/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/editorial/delete_selected_confirmation.html"
    deleted_with_reason = False  # whether a reason is needed even though readers do not see them as content

    @property
    def judged(self):
        """Whether the rules about figures look at these records, so that figures are judged when one is saved."""
        return self.model._meta.label in judgement.LOOKS_AT

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or rights.may(request.user, "delete", obj))

    def delete_view(self, request, object_id, extra_context=None):
        return self.while_held(request, super().delete_view, object_id, extra_context)

    def response_action(self, request, queryset):
        return self.while_held(request, super().response_action, queryset)

    def while_held(self, request, view, *args):
        """A confirmed deletion looks and deletes in one transaction, in line with whoever is saving."""
        confirmed = is_confirmed(request)
        try:
            with transaction.atomic() if confirmed else nullcontext():
                if confirmed:
                    judgement.stand_in_line(self.judged)
                return view(request, *args)
        except OperationalError:  # the database would not wait any longer
            if not confirmed:
                raise
            self.message_user(request, BUSY, messages.ERROR)
            return redirect(request.get_full_path())

    def get_deleted_objects(self, objs, request):
        """Both ways of deleting ask here what would go. Without the reason it needs, nothing counts as confirmed.

        That something still needs the record says more than that one may not delete what needs it.
        """
        confirmed = is_confirmed(request)
        if confirmed:  # as they are now, and as they stay until they are gone
            held = [holding.hold(one) for one in sorted(objs, key=lambda one: one.pk)]
            objs = [one for one in held if one is not None]
        found, counts, lacking, protected = super().get_deleted_objects(objs, request)
        deletion = request.deletion = Deletion(objs, request.POST if confirmed else None, self.deleted_with_reason)
        if not deletion.form.is_valid():
            request.POST = QueryDict()
        protected = [*protected, *deletion.obstacles]
        return found, counts, set() if protected else lacking, protected

    def delete_model(self, request, obj):
        with self.recorded_deletion(request):
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """One by one, so that each leaves its history."""
        with self.recorded_deletion(request):
            for record in queryset:
                record.delete()

    @staticmethod
    def recorded_deletion(request):
        return recorded(rights.role_of(request.user), request.user, request.deletion.reason)


def is_confirmed(request):
    return bool(request.POST.get("post"))
