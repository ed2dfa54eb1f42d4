"""Statuses in the lists of the admin, changed for many records at once."""

from contextlib import nullcontext

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from editorial import rights
from editorial.deleting.admin import DeletingAdmin
from editorial.recording import recorded
from editorial.saving import effects
from editorial.saving.attempts import Attempt
from editorial.saving.forms import WARNINGS_READ
from editorial.status import Publishable, Status
from salaries import judgement

STATUS = ["status", "withdrawn_because"]
STEP_ACTIONS = ["send_to_review", "publish"]
SENT_BY_LIST = {"action", "index", "select_across", ACTION_CHECKBOX_NAME}


class StatusAdmin(DeletingAdmin):
    """The admin of records that may have a status."""

    actions = STEP_ACTIONS

    @property
    def has_status(self):
        return issubclass(self.model, Publishable)

    def get_list_display(self, request):
        return [*super().get_list_display(request), *(["status"] if self.has_status else [])]

    def get_list_filter(self, request):
        return [*(["status"] if self.has_status else []), *super().get_list_filter(request)]

    def get_actions(self, request):
        actions = super().get_actions(request)
        if not self.has_status or not self.has_change_permission(request):
            return {name: action for name, action in actions.items() if name not in STEP_ACTIONS}
        if not rights.publishes(request.user):
            actions.pop("publish", None)
        return actions

    def send_to_review(self, request, queryset):
        return self.take_steps(request, queryset, "submit", Status.IN_REVIEW, "sent to review")

    send_to_review.short_description = "Send the selected records to review"

    def publish(self, request, queryset):
        return self.take_steps(request, queryset, "publish", Status.PUBLISHED, "published")

    publish.short_description = "Publish the selected records"

    @transaction.atomic
    def take_steps(self, request, queryset, action, status, done):
        """Take each record that may go there to a status, all in one revision, and name those that stay.

        What the rules say against it is shown first, on a page that asks for a second press of the button.
        """
        judgement.stand_in_line(self.judged)
        attempt = Attempt(request.user, confirmed=True, warnings_read=request.POST.get(WARNINGS_READ, ""))
        before = effects.findings() if self.judged else {}
        stay, moved = [], 0
        with (
            judgement.postponed() if self.judged else nullcontext(),
            recorded(rights.role_of(request.user), request.user, f"{capfirst(done)} from the list."),
        ):
            for record in queryset.order_by("pk").select_for_update(of=("self",)):
                why_not = self.take_step(request.user, action, record, status)
                if why_not:
                    stay.append(f"{record} ({why_not})")
                else:
                    record.save()
                    moved += 1
        if self.judged and moved:
            attempt.notice_doubts([], effects.effect_since(before))
        if attempt.warnings:
            transaction.set_rollback(True)
            return self.ask_again(request, attempt)
        if moved:
            self.message_user(request, f"{moved} {done}.", messages.SUCCESS)
        if stay:
            self.message_user(request, f"Not {done}: {', '.join(stay)}.", messages.WARNING)
        return None

    def take_step(self, user, action, record, status):
        """Give the record the status, not saved yet, and return an empty text; or return why it keeps its own."""
        if not rights.may(user, action, record):
            return record.get_status_display()
        if status == Status.PUBLISHED and record.was_public:
            return "withdrawn before: publish it on its own page, with a reason"
        Attempt(user).take_step(record, status)
        return record.obstacle()

    def ask_again(self, request, attempt):
        """The page that shows the warnings; its button sends what the list has sent."""
        sent = [(name, value) for name, values in request.POST.lists() if name in SENT_BY_LIST for value in values]
        context = self.admin_site.each_context(request) | {
            "title": "Before they are published",
            "opts": self.opts,
            "attempt": attempt,
            "sent": sent,
        }
        return TemplateResponse(request, "admin/editorial/warned.html", context)
