"""What changed on this site, for readers."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careerguide.kept_pages.declaring import as_asked, kept_page
from careerguide.pages import page_context
from editorial.changes.filters import ChangeFilter, by_revision

PAGE_SIZE = 30


@require_safe
@kept_page("kind", "page", free=["q", "record"])
def changes(request):
    """Every public change, the newest first; what one action changed stands together."""
    filterset = ChangeFilter(request.GET)
    page = Paginator(filterset.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    filterset.mind_page(page)
    request.keep = as_asked(request, page) and not filterset.problems
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
