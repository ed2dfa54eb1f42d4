from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from careerguide.carrying import with_plan
from careerguide.pages import page_context
from editorial.visibility import published_or_404, tells_if_withdrawn
from salaries import exports, structured_data
from salaries.choices import ROLE, Shown
from salaries.conversion import Conversion
from salaries.drawings import drawn, on_one_axis, why_not_ranked
from salaries.earlier import earlier_values
from salaries.filters import SalaryFilter
from salaries.known_issues import KnownIssues
from salaries.models import Area, SalaryFigure
from salaries.populations import explained

PAGE_SIZE = 50
TRAIL = ("Salaries", reverse_lazy("salaries:figures"))


@require_safe
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def figures(request):
    """The table of figures; htmx gets the results alone, on the same address."""
    filterset = SalaryFilter(request.GET)
    page = Paginator(filterset.figures, PAGE_SIZE).get_page(request.GET.get("page"))
    axis = drawn(page.object_list, filterset.conversion, filterset.qs.highest_by_currency)
    ranked, unranked = split(page.object_list) if filterset.grouped else (page.object_list, [])
    context = {
        "filterset": filterset,
        "page": page,
        "axis": axis,
        "groups": [(False, ranked), (True, unranked)],
        "sentence": filterset.sentence(page.paginator.count),
    }
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, "salaries/_results.html", context | {"fragment": True})
        response.headers["HX-Push-Url"] = request.path + with_plan(request, filterset.query())
        return response
    about = page_context("Salaries", f"Medical director pay by city, estimates included: {context['sentence']}")
    return render(request, "salaries/figures.html", context | about)


def split(found):
    """(ranked, not ranked), each of the latter with its reasons."""
    unranked = [figure for figure in found if figure.shown_amount is None]
    for figure in unranked:
        figure.why_not = why_not_ranked(figure)
    return [figure for figure in found if figure.shown_amount is not None], unranked


@require_safe
def figures_csv(request):
    response = HttpResponse(exports.as_csv(SalaryFilter(request.GET)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="medical-director-salaries.csv"'
    return response


@require_safe
def figures_json(request):
    return JsonResponse(
        exports.as_data(SalaryFilter(request.GET)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )


@require_safe
def city(request, slug):
    """Every figure of one city or area, on one axis with the official statistics around it."""
    area = get_object_or_404(Area.objects.with_details(), slug=slug)
    local = Conversion(Shown.CONVERTED, area.country.currency)
    figures = SalaryFigure.objects.published().of_career(ROLE).about(area)
    found = list(figures.with_joins().shown_in(local).by_population())
    axis = on_one_axis([figure for figure in found if figure.currency == local.currency], local.currency)
    own = [figure for figure in found if figure.describes_title]
    context = {
        "area": area,
        "figures": found,
        "own": own,
        "notes": dict.fromkeys(figure.note for figure in found if figure.note),
        "explained": explained(dict.fromkeys(figure.population for figure in found)),
        "mark": next((figure.spread for figure in own if hasattr(figure, "spread")), None),
        "axis": axis,
        "structured_data": structured_data.occupations(found),
    }
    about = page_context(
        f"{area.name}: medical director pay" if area.is_city else f"{area.name} ({area.teaser}): pay around the role",
        f"What is known of medical director pay in {area.name}, {area.country}, and how far to trust it.",
        TRAIL,
    )
    return render(request, "salaries/city.html", context | about)


@require_safe
@tells_if_withdrawn
def figure(request, slug):
    """Where one figure comes from, whom it describes, how old it is, and every reason for doubt."""
    found = published_or_404(SalaryFigure.objects.with_joins(), slug=slug)
    accepted = {one.rule: one for one in found.acceptances.select_related("source")}
    for one in found.reasons:
        one.acceptance = accepted.get(one.rule)
    context = {"figure": found, "earlier_figures": found.same_but_earlier(), "earlier_values": earlier_values(found)}
    subject = found.career.title.lower() if found.describes_title else found.population.name
    about = page_context(
        f"{found.area.name}: {subject}",
        f"Where the figure on {subject} pay in {found.area.name} comes from, and every reason to doubt it.",
        TRAIL,
        (found.area.name, found.area.get_absolute_url()),
    )
    return render(request, "salaries/figure.html", context | about)


@require_safe
def known_issues(request):
    """What readers reported, doubts about texts, and every open finding about a figure."""
    issues = KnownIssues(request.GET)
    context = {"issues": issues, "filterset": issues.filterset, "page": issues.page}
    about = page_context(
        "Known issues", "Errors that readers reported and what came of them, and every open reason for doubt."
    )
    return render(request, "salaries/known_issues.html", context | about)
