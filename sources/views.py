from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from careerguide.pages import page_context
from sources.choices import SourceKind
from sources.models import Disagreement, Source

MOST_SHOWN = 30  # of one kind of record; statistics have thousands
TRAIL = ("Sources", reverse_lazy("sources:sources"))


@require_safe
def sources(request):
    """Every source, grouped by kind, the most authoritative kinds first."""
    found = list(Source.objects.with_use_count())
    groups = [(label, [source for source in found if source.kind == kind]) for kind, label in SourceKind.choices]
    context = {"groups": [group for group in groups if group[1]], "total": len(found)}
    about = page_context(
        "Sources",
        "Every document and data release this guide rests on: publisher, date, licence, and how far to trust it.",
    )
    return render(request, "sources/sources.html", context | about)


@require_safe
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
def disagreements(request):
    """Every question on which sources contradict each other, with its sides and where it matters."""
    found = list(Disagreement.objects.with_sides().with_places())
    context = {"disagreements": found, "undecided": sum(not one.reading for one in found)}
    about = page_context(
        "Where sources disagree",
        "Questions on which our sources contradict each other: each side with its sources, and our reading.",
    )
    return render(request, "sources/disagreements.html", context | about)
