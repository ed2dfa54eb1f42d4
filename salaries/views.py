from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from careerguide.pages import page_context
from salaries import exports
from salaries.charts import bar
from salaries.filters import SalaryFilter
from salaries.models import City

PAGE_SIZE = 50
TRAIL = ("Salaries", reverse_lazy("salaries:figures"))


@require_safe
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def figures(request):
    """The table of figures; htmx gets the results alone, on the same address."""
    filterset = SalaryFilter(request.GET)
    page = Paginator(filterset.figures, PAGE_SIZE).get_page(request.GET.get("page"))
    highest = filterset.qs.highest_by_currency()
    for figure in page:
        figure.bar = bar(figure.amount, figure.currency, *highest[figure.currency])
    context = {
        "filterset": filterset,
        "page": page,
        "sentence": filterset.sentence(page.paginator.count),
        "columns": filterset.columns,
    }
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, "salaries/_results.html", context | {"fragment": True})
        response.headers["HX-Push-Url"] = request.path + filterset.query()
        return response
    about = page_context("Salaries", f"Medical director pay by city: {context['sentence']}")
    return render(request, "salaries/figures.html", context | about)


@require_safe
def figures_csv(request):
    response = HttpResponse(exports.as_csv(SalaryFilter(request.GET).figures), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="medical-director-salaries.csv"'
    return response


@require_safe
def figures_json(request):
    filterset = SalaryFilter(request.GET)
    return JsonResponse(
        exports.as_data(filterset, list(filterset.figures)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )


@require_safe
def city(request, slug):
    """Every figure of one city, with what is known of the city."""
    found = get_object_or_404(City.objects.with_details(), slug=slug)
    context = {"city": found, "figures": found.salary_figures.with_joins().by_population()}
    about = page_context(
        f"{found.name}: medical director pay",
        f"What is known of medical director pay in {found.name}, {found.country}, and how far to trust it.",
        TRAIL,
    )
    return render(request, "salaries/city.html", context | about)
