"""What waits for a publisher, and everything that was ever changed."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html

from careerguide.admin import GuideModelAdmin, ReadOnly
from editorial import rights
from editorial.changes.bringing_back import bring_back, way_back
from editorial.choices import ProposalState
from editorial.models import Change, Proposal
from editorial.proposals import proposals


class AnswerForm(forms.Form):
    answer = forms.CharField(
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why it is declined: who proposed it reads this. Not needed to take back one of your own.",
    )


@admin.register(Proposal)
class ProposalAdmin(ReadOnly, GuideModelAdmin):
    list_display = ["name", "state", "open_form", "reason", "author", "proposed_at", "decided_by", "answer"]
    list_filter = ["state", "label"]
    list_select_related = ["author", "decided_by"]
    search_fields = ["name", "reason"]
    fields = ["name", "state", "open_form", "reason", "author", "proposed_at", "answer", "decided_by", "decided_at"]

    @admin.display(description="form")
    def open_form(self, proposal):
        if proposal.state != ProposalState.WAITING:
            return "decided"
        return format_html(
            '<a href="{}">Open the form</a>, <a href="{}">decline it, or take it back</a>',
            proposal.form_address,
            proposal.decide_address,
        )

    def get_urls(self):
        decide = self.admin_site.admin_view(self.decide_view)
        return [path("<int:number>/decide/", decide, name="editorial_proposal_decide"), *super().get_urls()]

    @transaction.atomic
    def decide_view(self, request, number):
        """Decline a proposal with an answer, or take one's own back; publishing is saving the form that shows it."""
        proposal = get_object_or_404(Proposal.objects.waiting().select_for_update(of=("self",)), pk=number)
        own = proposal.author_id == request.user.pk
        if not own and not rights.publishes(request.user):
            raise PermissionDenied
        form = AnswerForm(request.POST or None)
        if form.is_valid():
            answer = form.cleaned_data["answer"]
            if own or answer:
                proposals.close(
                    proposal, request.user, ProposalState.TAKEN_BACK if own else ProposalState.DECLINED, answer
                )
                self.message_user(request, f"{proposal}: {proposal.get_state_display()}.", messages.SUCCESS)
                return redirect(reverse("admin:index"))
            form.add_error("answer", "Say why, so that the person who proposed it can do better.")
        context = self.admin_site.each_context(request) | {
            "title": "Take your proposal back" if own else "Decline the proposal",
            "proposal": proposal,
            "form": form,
            "opts": self.opts,
        }
        return render(request, "admin/editorial/decide.html", context)


@admin.register(Change)
class ChangeAdmin(ReadOnly, GuideModelAdmin):
    list_display = ["changed_at", "name", "label", "action", "role", "reason", "public"]
    list_filter = ["action", "role", "public", "label"]
    search_fields = ["name", "reason", "key"]
    date_hierarchy = "changed_at"

    def get_list_display(self, request):
        @admin.display(description="way back")
        def ways_back(change):
            address = way_back(change, request)
            return format_html('<a href="{}">Bring it back</a>', address) if address else ""

        return [*super().get_list_display(request), ways_back]

    def get_urls(self):
        view = self.admin_site.admin_view(bring_back)
        return [path("<int:number>/bring-back/", view, name="editorial_change_bring_back"), *super().get_urls()]
