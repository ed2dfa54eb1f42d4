"""The admin of content: every save has a status, a reason and a history, and nothing is overwritten silently."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from reversion.errors import RevertError
from reversion.models import Version

from editorial import conflicts, effects, proposals, rights
from editorial.attempts import Attempt
from editorial.forms import FACTS, EditorialForm
from editorial.models import Change
from editorial.recording import recorded
from editorial.statusadmin import STATUS, StatusAdmin
from salaries import judgement

GONE = "It cannot be brought back as it was: a record that it named is gone. The form shows what is stored now."
BUSY = "Nothing was saved: others are saving at the same time. What you typed is still here; save it again."


def without(data, name):
    """Form data without one of its names."""
    if name not in data:
        return data
    data = data.copy()
    del data[name]
    return data


class EditorialAdmin(StatusAdmin):
    """Base of the admin of every kind of record that readers see."""

    form = EditorialForm
    change_form_template = "admin/editorial/change_form.html"
    object_history_template = "admin/editorial/history.html"
    added_directly = False  # whether an editor's new record stands at once although readers see it
    judged = False  # whether the rules about figures are asked before it is saved

    # The form: fields for status, reason and source stand below those of the record.

    def get_fieldsets(self, request, obj=None):
        apart = {*FACTS, *STATUS}
        sets = [
            (name, options | {"fields": [one for one in options["fields"] if one not in apart]})
            for name, options in super().get_fieldsets(request, obj)
        ]
        if not (self.has_change_permission(request, obj) if obj else self.has_add_permission(request)):
            return sets
        status = [*STATUS[: 1 if obj and not obj.withdrawn_because else 2]] if self.has_status and obj else []
        return [*sets, ("This change", {"fields": [*status, *FACTS]})]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(STATUS if self.has_status else [])]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"attempt": self.attempt_of(request)})

    def attempt_of(self, request):
        if not hasattr(request, "attempt"):
            request.attempt = Attempt(user=request.user)
        return request.attempt

    # Saving: tried inside a transaction, looked at, and then kept, undone or put before somebody else.

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return self.or_message(request, self.edit, object_id, form_url, extra_context)

    def edit(self, request, object_id=None, form_url="", extra_context=None):
        """The form as it stands, or the answer to one that was sent."""
        context = extra_context or {}
        request.POST = without(request.POST, "_saveasnew")  # Django obeys it although no form of ours offers it
        if request.method != "POST":  # outside a transaction, which on SQLite would wait for whoever is saving
            return self.show(request, self.start(request, object_id), object_id, form_url, context)
        try:
            with transaction.atomic():
                judgement.stand_in_line(self.judged)
                attempt = self.start(request, object_id)
                response = None
                if not attempt.conflict:
                    response = self.try_saving(request, attempt, object_id, form_url, context)
        except OperationalError:  # the database would not wait any longer
            attempt = request.attempt = Attempt(user=request.user, version=request.POST.get(conflicts.FIELD, ""))
            attempt.refusals.append(("", BUSY))
            response = None
        if response is None:  # refused after all: the same form once more, with what was found
            response = self.rendered(super().changeform_view(request, object_id, form_url, context))
        return response

    def start(self, request, object_id):
        """What is stored now, held until the transaction ends if the request is going to write."""
        attempt = request.attempt = Attempt(user=request.user)
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is not None:
            if request.method == "POST":
                self.model._default_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
                record.refresh_from_db()
            attempt.version = conflicts.version_of(record, self.parts_of(request, record))
            if request.method == "POST":
                attempt.notice_conflict(record, request.POST.get(conflicts.FIELD, ""))
        attempt.proposal = proposals.asked_for(request, self.model, record)
        attempt.earlier = self.earlier_values(request, record)
        return attempt

    def parts_of(self, request, record):
        """The records that the form edits together with this one."""
        found = []
        for inline in self.get_inline_instances(request, record):
            if inline.has_change_permission(request, record):
                formset = inline.get_formset(request, record)
                found += formset(instance=record, queryset=inline.get_queryset(request)).get_queryset()
        return found

    def try_saving(self, request, attempt, object_id, form_url, context):
        """The answer to a form that was saved, previewed or proposed, or is wrong; None if it is refused after all."""
        before = effects.findings() if self.judged else {}
        with transaction.atomic():
            with judgement.postponed() if self.judged else transaction.atomic():
                with recorded(rights.role_of(request.user), request.user) as recording:
                    attempt.recording, attempt.held = recording, []
                    response = self.rendered(super().changeform_view(request, object_id, form_url, context))
                effect = effects.effect_since(before) if self.judged and attempt.saved else effects.Effect()
            held, attempt.held = attempt.held, None
            if attempt.saved is None:
                self.tell(request, held)
                return response
            changes = recording.changes
            attempt.notice_omissions(changes)
            if "_preview" in request.POST:
                page = self.preview_of(request, attempt.saved, changes, effect, attempt)
                transaction.set_rollback(True)
                return page
            if not attempt.refusals:
                attempt.notice_doubts(changes, effect)
            if attempt.refusals:
                transaction.set_rollback(True)
                attempt.saved = None
                return None
            if not attempt.stands_at_once(changes, self.added_directly):
                transaction.set_rollback(True)
        if not attempt.stands_at_once(changes, self.added_directly):
            return self.propose(request, attempt, object_id, changes)
        if attempt.proposal:
            proposals.close(attempt.proposal, request.user)
        self.tell(request, held)
        return response

    def message_user(self, request, *said, **options):
        """Django says that a record was saved before it is known whether that stands: hold it until then."""
        held = getattr(getattr(request, "attempt", None), "held", None)
        if held is None:
            super().message_user(request, *said, **options)
        else:
            held.append((said, options))

    def tell(self, request, held):
        for said, options in held:
            self.message_user(request, *said, **options)

    def save_model(self, request, obj, form, change):
        attempt, facts = request.attempt, form.cleaned_data
        attempt.reason, attempt.source = facts.get("change_reason", ""), facts.get("change_source")
        attempt.confirmed = facts.get("confirmed", False)
        attempt.recording.reason, attempt.recording.source = attempt.reason, attempt.source
        attempt.take_step(obj, facts.get("next_status"))
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.attempt.saved = form.instance

    def propose(self, request, attempt, object_id, changes):
        """Keep the form as it was sent for somebody who may publish."""
        proposals.keep(request, attempt, self.model, object_id, changes)
        text = "Readers see this record, so a publisher looks at your change first. It waits on the quality desk."
        super().message_user(request, text, messages.SUCCESS)
        return redirect(self.changelist_address)

    @property
    def changelist_address(self):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    # Looking: at proposals, at earlier versions, at the public page as it would be.

    def show(self, request, attempt, object_id, form_url, context):
        """The form, empty, with what is stored, or with the values of a proposal."""
        if attempt.proposal is None:
            return self.rendered(super().changeform_view(request, object_id, form_url, context))
        attempt.showing = True
        attempt.refusals.append(("", "A proposal is shown, not sent."))
        request.method, request.POST = "POST", QueryDict(mutable=True)
        for name, value in attempt.proposal.form_data:
            request.POST.appendlist(name, value)
        with effects.undone():
            return self.rendered(super().changeform_view(request, object_id, form_url, context | {"errors": []}))

    def earlier_values(self, request, record):
        """The values of the version that `?version=` names: of this record or, on the form for a new one, of any."""
        number = request.GET.get("version", "")
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return {}
        versions = Version.objects.get_for_object(record) if record else Version.objects.get_for_model(self.model)
        version = versions.filter(pk=number).first()
        if version is None:
            raise Http404("There is no such version.")
        names = {field.attname: field.name for field in self.opts.concrete_fields}
        try:
            return {names.get(name, name): value for name, value in version.field_dict.items()}
        except RevertError:
            self.message_user(request, GONE, messages.ERROR)
            return {}

    def preview_of(self, request, record, changes, effect, attempt=None):
        """What readers would see, and what the rules would say. Called inside a transaction that is undone."""
        context = {
            "title": f"Preview: {record}",
            "description": "What would be seen once this is published.",
            "record": record,
            "changes": changes,
            "effect": effect,
            "shown_findings": effects.MOST_SHOWN,
            "pages": effects.pages_of(record),
            "omissions": [text for _, text in attempt.refusals] if attempt else [],
            "public_main": effects.public_main(record),
        }
        return render(request, "editorial/preview.html", context)

    def preview_view(self, request, object_id):
        """The public page of a record as it is stored, published or not."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        with effects.undone():
            return self.preview_of(request, record, [], effects.Effect())

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

    def history_view(self, request, object_id, extra_context=None):
        """Every recorded change of the record, each with a way back to what it was before."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        changes = list(Change.objects.of(record).select_related("revision__user"))
        versions = Version.objects.get_for_object(record).select_related("revision__user").order_by("-pk")
        context = {"changes": changes, "versions": list(versions)} | (extra_context or {})
        return super().history_view(request, object_id, context)
