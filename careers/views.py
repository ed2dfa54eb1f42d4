from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from careerguide.kept_pages.declaring import kept_page
from careerguide.pages import page_context
from careers.comparison import CareerComparison
from careers.filters import CareerFilter
from careers.models import Career
from careers.profiles import profile_of
from careers.readiness import Readiness
from careers.settings_table import SettingsTable
from careers.where import AskedWhere
from editorial.visibility import published_or_404, tells_if_withdrawn
from readinglist.models import ReadingList
from salaries.choices import ROLE
from salaries.models import SalaryFigure

FIGURES_AT_ONCE = 60  # the table has all
TRAIL = ("Careers", reverse_lazy("careers:careers"))


@require_safe
@kept_page("stage", "setting", free=["q"])
def careers(request):
    filterset = CareerFilter(request.GET)
    found = list(filterset.qs.prefetch_related("alternativetitles"))
    request.keep = not filterset.problems
    context = {"filterset": filterset, "careers": found, "sentence": filterset.sentence(len(found))}
    about = page_context(
        "Careers",
        "Medical director and the roles around it: duties, qualifications, stages and settings, each with sources.",
    )
    return render(request, "careers/careers.html", context | about)


@require_safe
@tells_if_withdrawn
@kept_page("setting", "country")
def career(request, slug):
    found, asked = published_or_404(Career.objects, slug=slug), AskedWhere(request.GET)
    request.keep = not asked.problems
    profile = profile_of(found, asked.where)
    figures = SalaryFigure.objects.published().for_role(slug).with_areas().ordered_by("city")
    if asked.where.country:
        figures = figures.in_country(asked.where.country)
    context = {
        "career": profile.career,
        "asked": asked,
        "profile": profile,
        "figures": figures[:FIGURES_AT_ONCE],
        "lists": ReadingList.objects.published().with_entry_count() if slug == ROLE else None,
    }
    about = page_context(found.title, found.summary, TRAIL)
    return render(request, "careers/career.html", context | about)


@require_safe
@tells_if_withdrawn
@kept_page("setting")
def settings(request, slug):
    """One career across its settings, side by side."""
    found = published_or_404(Career.objects, slug=slug)
    about = page_context(
        f"{found.title} by setting",
        f"{found.title} across settings, side by side: the work, duties, requirements, credentials and pay.",
        TRAIL,
        (found.title, found.get_absolute_url()),
    )
    table = SettingsTable(found, request.GET)
    request.keep = not table.problems
    context = {"career": found, "table": table}
    return render(request, "careers/settings.html", context | about)


@require_safe
@tells_if_withdrawn
@kept_page(alone=True)
def readiness(request, slug):
    """The self-check of one career: a form, and below it what the answers mean."""
    found = published_or_404(Career.objects, slug=slug)
    about = page_context(
        f"Am I ready? {found.title}",
        f"Set what you have against what the post of {found.title.lower()} asks, in your setting and country.",
        TRAIL,
        (found.title, found.get_absolute_url()),
    )
    context = {"career": found, "readiness": Readiness(found, request.GET)}
    return render(request, "careers/readiness.html", context | about)


@require_safe
@kept_page("career")
def compare(request):
    """Two to four careers side by side; with fewer, a choice of careers."""
    comparison = CareerComparison(request.GET)
    request.keep = not comparison.problems
    title = f"Compare {comparison.names}" if comparison.enough else "Compare careers"
    about = page_context(
        title, "Two to four careers side by side: duties, requirements, stages, settings and pay.", TRAIL
    )
    return render(request, "careers/compare.html", {"comparison": comparison} | about)
