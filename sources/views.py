from itertools import groupby

from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from careerguide.kept_pages.declaring import as_asked, kept_page
from careerguide.pages import page_context
from sources.choices import SourceKind
from sources.models import Disagreement, Source

PAGE_SIZE = 250  # whatever is better than a web page stands on the first
MOST_SHOWN = 30  # of one kind of record; statistics have thousands
TRAIL = ("Sources", reverse_lazy("sources:sources"))


@require_safe
@kept_page("page")
def sources(request):
    """Every source, grouped by kind, the most authoritative kinds first; a page at a time."""
    found = Source.objects.by_kind()
    page = Paginator(found.with_use_count(), PAGE_SIZE).get_page(request.GET.get("page"))
    request.keep = as_asked(request, page)
    counts = found.counted_by_kind()
    groups = [(SourceKind(kind), counts[kind], list(some)) for kind, some in groupby(page, lambda one: one.kind)]
    context = {"groups": groups, "page": page, "query": QueryDict(), "total": page.paginator.count}
    about = page_context(
        "Sources",
        "Every document and data release this guide rests on: publisher, date, licence, and how far to trust it.",
    )
    return render(request, "sources/sources.html", context | about)


@require_safe
@kept_page()
def source(request, slug):
    """One source, and everything on this site that rests on it."""
    found = get_object_or_404(Source, slug=slug)
    figures = found.salary_figures.published()
    context = {
        "source": found,
        "citations": found.citations.published().with_statements(),
        "figures": figures.with_areas().ordered_by("city")[:MOST_SHOWN],
        "figure_count": figures.count(),
        "areas": found.areas.all()[:MOST_SHOWN],
        "area_count": found.areas.count(),
    }
    about = page_context(f"{found.title} ({found.publisher})", found.note or found.title, TRAIL)
    return render(request, "sources/source.html", context | about)


@require_safe
@kept_page()
def disagreements(request):
    """Every question on which sources contradict each other, with its sides and where it matters."""
    found = list(Disagreement.objects.with_sides().with_places())
    context = {"disagreements": found, "undecided": sum(not one.reading for one in found)}
    about = page_context(
        "Where sources disagree",
        "Questions on which our sources contradict each other: each side with its sources, and our reading.",
    )
    return render(request, "sources/disagreements.html", context | about)
