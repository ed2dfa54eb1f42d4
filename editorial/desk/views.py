"""The pages of the quality desk inside the admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from editorial.choices import Verdict
from editorial.desk.forms import DecisionForm
from editorial.desk.sections import Desk
from editorial.models import Decision
from editorial.recording import recorded
from editorial.rights import role_of
from salaries import judgement

FIRST = 10  # lines of each section on the first page
AT_ONCE = 50
MOST_DECISIONS = 50
ALREADY = "Nothing was saved: somebody has just decided on"


def urls(site):
    """The addresses of the desk, below that of the admin site."""
    view = site.admin_view
    return [
        path("desk/decide/", view(decide), {"site": site}, name="desk_decide"),
        path("desk/decisions/", view(decisions), {"site": site}, name="desk_decisions"),
        path("desk/decisions/<int:pk>/reopen/", view(reopen), name="desk_reopen"),
        path("desk/<slug:slug>/", view(section), {"site": site}, name="desk_section"),
    ]


def first_page(request):
    """What the first page of the admin shows above the list of models."""
    sections = [(one, one.lines[:FIRST]) for one in Desk(request.user).sections]
    return {"desk_sections": sections, "may_decide": may_decide(request.user)}


def may_decide(user):
    return user.has_perm("editorial.add_decision")


@require_GET
def section(request, slug, site):
    """All lines of one section."""
    found = Desk(request.user).section(slug)
    if found is None:
        raise Http404("The desk has no such section.")
    page = Paginator(found.lines, AT_ONCE).get_page(request.GET.get("page"))
    context = {"title": found.title, "section": found, "page": page, "may_decide": may_decide(request.user)}
    return TemplateResponse(request, "admin/desk/section.html", site.each_context(request) | context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def decide(request, site):
    """Accept a finding or put it off, with a reason; a finding that is not open any more leads back to the desk."""
    if not may_decide(request.user):
        raise PermissionDenied
    name = {part: request.GET.get(part, "").replace("\0", "") for part in ("rule", "label", "key")}
    item = Desk(request.user).item(**name)
    if item is None:
        messages.info(request, "This finding is not open: it was mended, decided, or says something else by now.")
        return redirect("admin:index")
    form = DecisionForm(request.POST or None, item=item)
    if form.is_valid():
        if keep(name, item, form.cleaned_data, request.user):
            messages.success(request, f"{item.name}: {Verdict(form.cleaned_data['verdict']).label}.")
        else:
            messages.warning(request, f"{ALREADY} {item.name}: look at “Decisions on findings”.")
        return redirect("admin:index")
    context = {"title": "Accept or put off" if item.acceptable else "Put off", "item": item, "form": form}
    return TemplateResponse(request, "admin/desk/decide.html", site.each_context(request) | context)


def keep(name, item, said, user):
    """Store a decision; False if somebody else has just decided the same. One that has lapsed makes room."""
    judgement.stand_in_line(judging=False)
    same = Decision.objects.select_for_update().filter(**name)
    today = timezone.localdate()
    if same.in_force(today).filter(sentence=item.sentence).exists():
        return False
    decision = same.first() or Decision(**name)
    decision.sentence, decision.decided_on = item.sentence, today
    decision.verdict, decision.reason, decision.until = said["verdict"], said["reason"], said["until"]
    try:
        with recorded(role_of(user), user, said["reason"]):
            decision.save()
    except IntegrityError:  # both were the first; the database let one of them through
        return False
    return True


@require_GET
def decisions(request, site):
    """Every decision, the newest first, each with a way to open the finding again."""
    if not request.user.has_perm("editorial.view_decision"):
        raise PermissionDenied
    page = Paginator(Decision.objects.order_by("-decided_on", "-pk"), MOST_DECISIONS).get_page(request.GET.get("page"))
    context = {
        "title": "Decisions on findings",
        "page": page,
        "may_reopen": request.user.has_perm("editorial.delete_decision"),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "admin/desk/decisions.html", site.each_context(request) | context)


@require_POST
def reopen(request, pk):
    """Take a decision back. The finding stands on the desk again if it still holds."""
    if not request.user.has_perm("editorial.delete_decision"):
        raise PermissionDenied
    decision = get_object_or_404(Decision, pk=pk)
    with recorded(role_of(request.user), request.user, "The finding was opened again."):
        decision.delete()
    messages.success(request, f"Open again: {decision.sentence}")
    return redirect("admin:desk_decisions")
