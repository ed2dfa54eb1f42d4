from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from careerguide.pages import page_context
from careers.filters import CareerFilter
from careers.models import Career
from careers.profiles import Profile
from readinglist.models import ReadingList
from salaries.choices import ROLE
from salaries.models import SalaryFigure

TRAIL = ("Careers", reverse_lazy("careers:careers"))


@require_safe
def careers(request):
    filterset = CareerFilter(request.GET)
    found = list(filterset.qs.prefetch_related("alternativetitles"))
    context = {"filterset": filterset, "careers": found, "sentence": filterset.sentence(len(found))}
    about = page_context(
        "Careers",
        "Medical director and the roles around it: duties, qualifications, stages and settings, each with sources.",
    )
    return render(request, "careers/careers.html", context | about)


@require_safe
def career(request, slug):
    found = get_object_or_404(Career, slug=slug)
    context = {
        "career": found,
        "profile": Profile(found),
        "figures": SalaryFigure.objects.for_role(slug).with_areas().ordered_by("city"),
        "lists": ReadingList.objects.with_entry_count() if slug == ROLE else None,
    }
    about = page_context(found.title, found.summary, TRAIL)
    return render(request, "careers/career.html", context | about)
