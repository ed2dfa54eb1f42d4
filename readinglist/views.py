from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from careerguide.kept_pages.declaring import kept_page
from careerguide.pages import page_context
from editorial.visibility import published_or_404, tells_if_withdrawn
from readinglist.citations import FORMATS
from readinglist.filters import ReadingFilter
from readinglist.models import Course, ReadingList, Work

TRAIL = ("Reading", reverse_lazy("readinglist:items"))


@require_safe
@kept_page("kind", "topic", "level", "stage", "free", "list", free=["q"])
def items(request):
    filterset = ReadingFilter(request.GET)
    request.keep = not filterset.problems
    works, courses = list(filterset.qs.with_topics()), list(filterset.courses.with_topics())
    context = {
        "filterset": filterset,
        "works": works,
        "identified": [work for work in works if work.identification == "identified"],
        "described": [work for work in works if work.identification != "identified"],
        "courses": courses,
        "sentence": filterset.sentence(len(works), len(courses)),
        "lists": ReadingList.objects.published().with_entry_count(),
    }
    about = page_context(
        "Reading and courses", "Books, reports, articles and courses for physician leaders, and how sure each is."
    )
    return render(request, "readinglist/items.html", context | about)


@require_safe
def citations(request, suffix):
    """The identified works of the same query string, for reference managers."""
    filterset = ReadingFilter(request.GET)
    return reference_file(filterset.qs.identified(), filterset.active.get("list", "reading"), suffix)


@require_safe
@tells_if_withdrawn
def citation(request, slug, suffix):
    """One identified work, for reference managers."""
    return reference_file([published_or_404(Work.objects.identified(), slug=slug)], slug, suffix)


def reference_file(works, name, suffix):
    write, media_type = FORMATS[suffix]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{suffix}"'}
    return HttpResponse(write(works), content_type=f"{media_type}; charset=utf-8", headers=headers)


@require_safe
@tells_if_withdrawn
@kept_page()
def item(request, slug):
    """One work or one course: they share one set of addresses."""
    found = published_or_404(Work.objects.with_citations(), Course.objects.with_citations(), slug=slug)
    about = page_context(found.title, found.teaser, TRAIL)
    return render(request, f"readinglist/{found._meta.model_name}.html", {"item": found} | about)


@require_safe
@tells_if_withdrawn
@kept_page()
def reading_list(request, slug):
    found = published_or_404(ReadingList.objects.with_items(), slug=slug)
    works = [entry.work for entry in found.entries.all() if entry.work]
    context = {
        "reading_list": found,
        "exported": sum(work.identification == "identified" for work in works),
        "export_query": f"?{urlencode({'list': slug})}",
    }
    about = page_context(found.title, found.teaser, TRAIL)
    return render(request, "readinglist/list.html", context | about)
