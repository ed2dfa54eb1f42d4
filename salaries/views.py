from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from careerguide.carrying import carried_by, with_plan
from careerguide.kept_pages.declaring import as_asked, kept_page
from careerguide.pages import page_context
from editorial.visibility import published_or_404, tells_if_withdrawn
from salaries import export_rows, exports, structured_data
from salaries.choices import ROLE, Shown
from salaries.conversion import Conversion
from salaries.drawings import drawn, on_one_axis, why_not_ranked
from salaries.earlier import earlier_values
from salaries.export_rows import ExportRows
from salaries.filters import SalaryFilter
from salaries.known_issues import KnownIssues
from salaries.models import Area, SalaryFigure
from salaries.populations import explained
from salaries.table_rows import rows
from salaries.tables import columns

PAGE_SIZE = 60
OF_CITY_AT_ONCE = 120
CHOICES = ["city", "kind", "state", "country", "confidence", "career", "population", "basis", "currency", "ordering"]
TRAIL = ("Salaries", reverse_lazy("salaries:figures"))


@require_safe
@kept_page(*CHOICES, "page", free=["q", "min", "max"], fragments=True)
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def figures(request):
    """The table of figures; htmx gets the results alone, on the same address."""
    filterset = SalaryFilter(request.GET)
    page = Paginator(filterset.ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    filterset.mind_page(page)
    request.keep = as_asked(request, page) and not filterset.problems
    conversion, carried = filterset.conversion, carried_by(request)
    axis = drawn(page.object_list, conversion, filterset.ordered.highest_by_currency)
    ranked, unranked = split(page.object_list) if filterset.grouped else (page.object_list, [])
    context = {
        "filterset": filterset,
        "page": page,
        "axis": axis,
        "columns": columns(filterset),
        "drawings": "In its currency" if conversion.is_printed else axis.text if axis else "",
        "groups": [
            (False, rows(ranked, conversion, carried)),
            (True, rows(unranked, conversion, carried, unranked=True)),
        ],
        "sentence": filterset.sentence(page.paginator.count),
    }
    number = f", page {page.number}" if page.number > 1 else ""
    about = page_context(
        f"{filterset.title}{number}", f"Medical director pay by city, estimates included: {context['sentence']}"
    )
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, "salaries/_results.html", context | about | {"fragment": True})
        response.headers["HX-Push-Url"] = request.path + with_plan(request, filterset.query())
        return response
    return render(request, "salaries/figures.html", context | about)


def split(found):
    """(ranked, not ranked), each of the latter with its reasons."""
    unranked = [figure for figure in found if figure.shown_amount is None]
    for figure in unranked:
        figure.why_not = why_not_ranked(figure)
    return [figure for figure in found if figure.shown_amount is not None], unranked


@require_safe
def figures_csv(request):
    exported = ExportRows(SalaryFilter(request.GET))
    response = download(exported, exports.csv_pieces(exported), "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="medical-director-salaries.csv"'
    return response


@require_safe
def figures_json(request):
    filterset = SalaryFilter(request.GET)
    exported = ExportRows(filterset)
    return download(exported, exports.json_pieces(exported, filterset), "application/json")


def download(exported, pieces, content_type):
    """A file that is sent while it is made; a short one whole, so that its length is known."""
    if len(exported) <= export_rows.WHOLE:
        return HttpResponse(b"".join(pieces), content_type=content_type)
    return StreamingHttpResponse(pieces, content_type=content_type)


@require_safe
@kept_page("page")
def city(request, slug):
    """Every figure of one city or area, on one axis with the official statistics around it; a page at a time."""
    area = get_object_or_404(Area.objects.with_details(), slug=slug)
    local = Conversion(Shown.CONVERTED, area.country.currency)
    figures = SalaryFigure.objects.published().of_career(ROLE).about(area)
    page = Paginator(figures.with_joins().shown_in(local).by_population(), OF_CITY_AT_ONCE).get_page(
        request.GET.get("page")
    )
    request.keep = as_asked(request, page)
    found = list(page)
    axis = on_one_axis([figure for figure in found if figure.currency == local.currency], local.currency)
    own = [figure for figure in found if figure.describes_title]
    context = {
        "area": area,
        "figures": found,
        "page": page,
        "query": QueryDict(),
        "own": own,
        "notes": dict.fromkeys(figure.note for figure in found if figure.note),
        "explained": explained(dict.fromkeys(figure.population for figure in found)),
        "mark": next((figure.spread for figure in own if figure.spread), None),
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
@kept_page()
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
@kept_page("rule", "severity", "page", "reports", "texts", free=["report"])
def known_issues(request):
    """What readers reported, doubts about texts, and every open finding about a figure."""
    issues = KnownIssues(request.GET)
    request.keep = issues.as_asked
    context = {"issues": issues, "filterset": issues.filterset, "page": issues.page}
    about = page_context(
        "Known issues", "Errors that readers reported and what came of them, and every open reason for doubt."
    )
    return render(request, "salaries/known_issues.html", context | about)
