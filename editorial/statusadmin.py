"""Statuses in the lists of the admin, changed for many records at once; and what may be deleted."""

from django.contrib import messages
from django.utils.text import capfirst

from careerguide.admin import GuideModelAdmin
from editorial import rights
from editorial.attempts import Attempt
from editorial.recording import recorded
from editorial.status import Publishable

STATUS = ["status", "withdrawn_because"]
STEPS = ["send_to_review", "publish"]


class StatusAdmin(GuideModelAdmin):
    """The admin of records that may have a status; deleting leaves a history in any case."""

    actions = STEPS

    @property
    def has_status(self):
        return issubclass(self.model, Publishable)

    def get_list_display(self, request):
        return [*super().get_list_display(request), *(["status"] if self.has_status else [])]

    def get_list_filter(self, request):
        return [*(["status"] if self.has_status else []), *super().get_list_filter(request)]

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or rights.may(request.user, "delete", obj))

    def get_deleted_objects(self, objs, request):
        """That something still needs the record says more than that one may not delete what needs it."""
        found, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return found, counts, set() if protected else lacking, protected

    def delete_model(self, request, obj):
        with recorded(rights.role_of(request.user), request.user, "Deleted."):
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """One by one, so that each leaves its history."""
        with recorded(rights.role_of(request.user), request.user, "Deleted."):
            for record in queryset:
                record.delete()

    def get_actions(self, request):
        actions = super().get_actions(request)
        if not self.has_status or not self.has_change_permission(request):
            return {name: action for name, action in actions.items() if name not in STEPS}
        if not rights.publishes(request.user):
            actions.pop("publish", None)
        return actions

    def send_to_review(self, request, queryset):
        self.take_steps(request, queryset, "submit", "in-review", "sent to review")

    send_to_review.short_description = "Send the selected records to review"

    def publish(self, request, queryset):
        self.take_steps(request, queryset, "publish", "published", "published")

    publish.short_description = "Publish the selected records"

    def take_steps(self, request, queryset, action, status, done):
        """Take each record that may go there to a status, all in one revision, and name those that stay."""
        stay, moved = [], 0
        with recorded(rights.role_of(request.user), request.user, f"{capfirst(done)} from the list."):
            for record in queryset.select_for_update(of=("self",)):
                if rights.may(request.user, action, record):
                    Attempt(request.user).take_step(record, status)
                    record.save()
                    moved += 1
                else:
                    stay.append(f"{record} ({record.get_status_display()})")
        if moved:
            self.message_user(request, f"{moved} {done}.", messages.SUCCESS)
        if stay:
            self.message_user(request, f"Not {done}: {', '.join(stay)}.", messages.WARNING)
