from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from careerguide.pages import page
from careers.filters import CareerFilter
from careers.models import Career
from careers.profiles import Profile
from readinglist.models import ReadingList
from salaries.models import SalaryFigure

TOP = ("Careers", reverse_lazy("careers:careers"))


@require_safe
def careers(request):
    filterset = CareerFilter(request.GET)
    found = list(filterset.qs.prefetch_related("alternativetitles"))
    context = {"filterset": filterset, "careers": found, "sentence": filterset.sentence(len(found))}
    about = page(
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
        "figures": SalaryFigure.objects.for_role(slug).with_joins().ordered_by("city"),
        "lists": ReadingList.objects.with_entry_count(),
    }
    about = page(found.title, found.summary, TOP)
    return render(request, "careers/career.html", context | about)
