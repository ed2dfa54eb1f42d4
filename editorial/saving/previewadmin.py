"""The admin of records whose public page can be looked at before readers see it."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse

from careerguide.pages import page_context
from editorial.saving import effects
from editorial.saving.statusadmin import StatusAdmin

BUSY = "There is no preview yet: others are saving at the same time. Ask for it again."


class PreviewAdmin(StatusAdmin):
    """What readers would see of a record, saved or not; see editorial/saving/effects.py."""

    def preview_of(self, request, record, changes, effect, attempt=None):
        """What readers would see, and what the rules would say. Called inside a transaction that is undone."""
        context = {
            "record": record,
            "changes": render_to_string("admin/editorial/_changes.html", {"changes": changes}) if changes else "",
            "effect": effect,
            "shown_findings": effects.MOST_SHOWN,
            "pages": effects.pages_of(record),
            "omissions": [text for _, text in attempt.refusals] if attempt else [],
            "public_main": effects.public_main(record),
        }
        about = page_context(f"Preview: {record}", "What would be seen once this is published.")
        return render(request, "editorial/preview.html", context | about)

    def preview_view(self, request, object_id):
        """The public page of a record as it is stored, published or not."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        try:
            with effects.undone():
                return self.preview_of(request, record, [], effects.Effect())
        except OperationalError:  # even what is undone has to be written first
            self.message_user(request, BUSY, messages.WARNING)
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", record.pk)

    def view_on_site(self, record):
        if not hasattr(record, "get_absolute_url"):
            return None
        if record.is_public:
            return record.get_absolute_url()
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_preview", args=[record.pk])

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        preview = self.admin_site.admin_view(self.preview_view)
        return [path("<path:object_id>/preview/", preview, name=f"{name}_preview"), *super().get_urls()]
