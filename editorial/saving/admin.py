"""The admin of content: every save has a status, a reason and a history, and nothing is overwritten silently."""

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from reversion.errors import RevertError
from reversion.models import Version

from editorial import rights
from editorial.changes.bringing_back import with_ways_back
from editorial.changes.filters import by_revision
from editorial.models import Change, Proposal
from editorial.proposals import proposals
from editorial.recording import recorded
from editorial.saving import conflicts, effects, faults, holding, missing
from editorial.saving.attempts import Attempt
from editorial.saving.forms import FACTS, WARNINGS_READ, EditorialForm
from editorial.saving.previewadmin import PreviewAdmin
from editorial.saving.statusadmin import STATUS
from salaries import judgement

GONE = "It cannot be brought back as it was: a record that it named is gone. The form shows what is stored now."
PROPOSED = "Readers would see this at once, so {who} looks at your change first. It waits on the quality desk."


def without(data, *names):
    """Form data without some of its names."""
    if not any(name in data for name in names):
        return data
    data = data.copy()
    for name in names:
        data.pop(name, None)
    return data


class EditorialAdmin(PreviewAdmin):
    """Base of the admin of every kind of record that readers see."""

    form = EditorialForm
    change_form_template = "admin/editorial/change_form.html"
    object_history_template = "admin/editorial/history.html"
    asked = FACTS  # what the form asks besides the record itself
    added_directly = False  # whether an editor's new record stands at once although readers see it

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
        return [*sets, ("This change", {"fields": [*status, *self.asked]})]

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
                attempt = self.start(request, object_id, hold=True)
                response = None
                if not attempt.refusals:
                    response = self.try_saving(request, attempt, object_id, form_url, context)
        except faults.FAULTS as fault:
            refusals = faults.refusals_of(fault, self.attempt_of(request).record, new=object_id is None)
            response, attempt = None, self.start(request, object_id)
            attempt.refusals += refusals
        if response is None:
            return self.show_again(request, attempt, object_id, form_url, context)
        self.tell(request, attempt)
        return response

    def form_page(self, request, object_id, form_url, context):
        """Django's own view without its transaction: one of ours is around it wherever it may save."""
        return self.rendered(self._changeform_view(request, object_id, form_url, context))

    def show_again(self, request, attempt, object_id, form_url, context):
        """The form that was sent, with all that was typed and what was found. It saves nothing and waits for nobody."""
        if attempt.warnings:
            request.POST = without(request.POST, "confirmed")
        if attempt.conflict:  # what was to become of it was chosen for what it was
            request.POST = without(request.POST, "next_status")
        if attempt.deleted:  # the form for a new record
            request.POST = missing.as_new(self, request, unquote(object_id), without(request.POST, "next_status"))
            object_id, form_url = None, reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return self.form_page(request, object_id, form_url, context)

    def start(self, request, object_id, hold=False):
        """What is stored now; with `hold`, nobody else changes it until the transaction ends."""
        attempt = request.attempt = Attempt(user=request.user)
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is not None and hold:
            record = holding.hold(record)
        if record is not None:
            inlines = self.get_inline_instances(request, record)
            kinds = [(inline.model._meta.label_lower, inline.fk_name) for inline in inlines]
            attempt.version = conflicts.version_of(record, self.parts_of(request, record), kinds)
        if request.method == "POST":
            if record is not None:
                attempt.notice_conflict(record, request.POST.get(conflicts.FIELD, ""), kinds)
            elif object_id and self.has_add_permission(request):
                attempt.notice_deletion()
        proposal = proposals.asked_for(request, self.model, unquote(object_id or ""), hold)
        attempt.take_proposal(proposal, request.POST.get(proposals.SEEN) if request.method == "POST" else None)
        if record is not None and request.method == "GET" and not attempt.proposal:
            attempt.waiting = list(Proposal.objects.waiting().of(record))
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

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Rows that others have deleted are left out of what was sent: with them the form could never be saved."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs:
            kwargs["data"], gone = missing.leave_out_rows(request, inline, **kwargs)
            self.attempt_of(request).notice_missing(gone)
        return kwargs

    def try_saving(self, request, attempt, object_id, form_url, context):
        """The answer to a form that was saved, previewed or proposed, or is wrong; None if it is refused after all."""
        before = effects.findings() if self.judged else {}
        with transaction.atomic():
            with judgement.postponed() if self.judged else transaction.atomic():
                with recorded(rights.role_of(request.user), request.user) as recording:
                    attempt.recording, attempt.held = recording, []
                    response = self.form_page(request, object_id, form_url, context)
                effect = self.effect_of(attempt.saved, before) if self.judged and attempt.saved else effects.Effect()
            if attempt.saved is None:
                return response
            changes = recording.changes
            attempt.notice_omissions(changes)
            if "_preview" in request.POST:
                attempt.held = []
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
        if attempt.proposal and changes and rights.publishes(request.user):
            proposals.close(attempt.proposal, request.user)
        return response

    def effect_of(self, record, before):
        return effects.effect_since(before, record.pk if record._meta.label == "salaries.SalaryFigure" else None)

    def message_user(self, request, *said, **options):
        """Django says that a record was saved before it is known whether that stands: hold it until then."""
        held = getattr(getattr(request, "attempt", None), "held", None)
        if held is None:
            super().message_user(request, *said, **options)
        else:
            held.append((said, options))

    def tell(self, request, attempt):
        """Say what was held, now that it is stored."""
        held, attempt.held = attempt.held or [], None
        for said, options in held:
            self.message_user(request, *said, **options)

    def save_model(self, request, obj, form, change):
        attempt, facts = request.attempt, form.cleaned_data
        attempt.record = obj
        attempt.reason, attempt.source = facts.get("change_reason", ""), facts.get("change_source")
        attempt.confirmed = facts.get("confirmed", False)
        attempt.warnings_read = request.POST.get(WARNINGS_READ, "")
        attempt.recording.reason, attempt.recording.source = attempt.reason, attempt.source
        attempt.take_step(obj, facts.get("next_status"))
        attempt.notice_obstacle(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.attempt.saved = form.instance

    def propose(self, request, attempt, object_id, changes):
        """Keep the form as it was sent for somebody who may publish."""
        proposal = proposals.keep(request, attempt, self.model, object_id, changes)
        who = "another person" if rights.publishes(request.user) else "a publisher"
        said = PROPOSED.format(who=who)
        if IS_POPUP_VAR in request.POST:  # the window that opened this one gets nothing: it must be closed by hand
            attempt.held = []
            context = self.admin_site.each_context(request) | {"title": "Proposed", "said": said, "is_popup": True}
            return render(request, "admin/editorial/proposed.html", context | {"proposal": proposal})
        attempt.held = [((said, messages.SUCCESS), {})]
        return redirect(self.changelist_address)

    @property
    def changelist_address(self):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    # Looking: at proposals, at earlier versions.

    def show(self, request, attempt, object_id, form_url, context):
        """The form, empty, with what is stored, or with the values of a proposal."""
        if attempt.unavailable:
            self.message_user(request, attempt.unavailable.why_not_open, messages.WARNING)
            return redirect("admin:editorial_proposal_change", attempt.unavailable.pk)
        if attempt.proposal is None:
            return self.form_page(request, object_id, form_url, context)
        attempt.showing = True
        attempt.refusals.append(("", "A proposal is shown, not sent."))
        request.method, request.POST = "POST", QueryDict(mutable=True)
        for name, value in attempt.proposal.form_data:
            request.POST.appendlist(name, value)
        return self.form_page(request, object_id, form_url, context | {"errors": []})

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

    def history_view(self, request, object_id, extra_context=None):
        """Every recorded change of the record and its parts, and the ways back to what was before."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        changes = with_ways_back(Change.objects.about(record).select_related("revision__user"), request)
        versions = Version.objects.get_for_object(record).select_related("revision__user").order_by("-pk")
        context = {"revisions": by_revision(changes), "versions": list(versions)} | (extra_context or {})
        return super().history_view(request, object_id, context)
