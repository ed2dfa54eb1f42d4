"""What changed on this site, for readers."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careerguide.pages import page_context
from editorial.changes import ChangeFilter, by_revision

PAGE_SIZE = 30


@require_safe
def changes(request):
    """Every public change, the newest first; what one action changed stands together."""
    filterset = ChangeFilter(request.GET)
    page = Paginator(filterset.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filterset": filterset,
        "page": page,
        "revisions": by_revision(page.object_list),
        "sentence": filterset.sentence(page.paginator.count),
    }
    about = page_context(
        "Changes", "Every public change of this guide: when, what, in which role, why, and what it said before."
    )
    return render(request, "editorial/changes.html", context | about)
