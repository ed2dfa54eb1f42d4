"""Pages that belong to no app: home, search, method, the gallery of components, errors and health."""

import sys

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from careerguide import patience, warming
from careerguide.filtering import TextField, listing
from careerguide.gallery import specimens
from careerguide.kept_pages.declaring import kept_page
from careerguide.models import LoadedRow
from careerguide.pages import page_context
from careers.models import Career, Credential, Setting
from editorial import content_rules
from editorial.visibility import Withdrawn
from readinglist.models import Course, ReadingList, Work
from salaries.choices import ROLE
from salaries.models import Area, SalaryFigure
from salaries.open_findings import counted_rules
from sources.models import Disagreement, Source

LISTS_AT_HOME = 4  # the general one and one for each stage; the others stand on the reading page
CREDENTIALS_AT_HOME = 4
READY_WITHIN = 0.8  # seconds: whoever asks waits for one
AWAY = (OperationalError, InterfaceError)  # the database is stopped, locked, full or too busy; no fault of a query
RETRY_AFTER = 30  # seconds
SEARCH_LIMIT = 20  # results of one kind; further words narrow better than further pages


@require_safe
@kept_page()
def home(request):
    abbreviations = Credential.objects.published().values_list("abbreviation", flat=True)
    context = {
        "careers": Career.objects.published(),
        "cities": Area.objects.cities().described_by(SalaryFigure.objects.published().for_role(ROLE)),
        "lists": ReadingList.objects.published().with_entry_count()[:LISTS_AT_HOME],
        "credentials": listing(abbreviations[:CREDENTIALS_AT_HOME]),
        "setting_count": Setting.objects.count(),
        "source_count": Source.objects.count(),
    }
    description = (
        "What a medical director does, what the role asks and what it pays by city, each with its source and doubts."
    )
    return render(request, "home.html", context | page_context("", description))


@require_safe
@kept_page(alone=True)
def search(request):
    """Every kind of record at once; each kind knows how it is searched."""
    field, problem, text = TextField(required=False), "", request.GET.get("q", "")
    try:
        query = field.clean(text)
    except ValidationError as error:
        query, problem = "", " ".join(error.messages)
    kinds = {
        "Careers": Career,
        "Credentials": Credential,
        "Cities and areas": Area,
        "Works": Work,
        "Courses": Course,
        "Reading lists": ReadingList,
        "Where sources disagree": Disagreement,
        "Sources": Source,
    }
    groups = [search_group(label, model, query) for label, model in kinds.items() if query]
    context = {
        "query": query or text[:100].replace("\0", ""),
        "problem": problem,
        "groups": [group for group in groups if group["count"]],
        "total": sum(group["count"] for group in groups),
    }
    return render(
        request, "search.html", context | page_context("Search", "Search careers, cities, reading and sources.")
    )


def search_group(label, model, query):
    """The first results of one kind, and how many there are in all."""
    found = model.objects.published().search(query)
    first = list(found[: SEARCH_LIMIT + 1])
    count = len(first) if len(first) <= SEARCH_LIMIT else found.count()
    return {"label": label, "found": first[:SEARCH_LIMIT], "count": count}


@require_safe
@kept_page()
def method(request):
    context = {
        "figure_count": SalaryFigure.objects.published().for_role(ROLE).count(),
        "rules": counted_rules(),
        "content_rules": content_rules.RULES.values(),
    }
    about = page_context(
        "Method", "How this guide treats figures, statements, reading and doubt: the rules, and what we do not know."
    )
    return render(request, "method.html", context | about)


@require_safe
def gallery(request):
    """One specimen of every component, for those who build pages; not linked and not indexed."""
    return render(request, "gallery.html", specimens() | page_context("Components", "Specimens of the components."))


@require_safe
def favicon(request):
    """Browsers ask for this address unasked; the icon lies with the static files."""
    return redirect(static("img/icon.svg"))


@require_safe
def robots(request):
    """Everything public may be read by anyone; the admin has nothing for a crawler."""
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def healthz(request):
    """The process answers."""
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@require_safe
def readyz(request):
    """The database answers, its tables are up to date, content and templates are loaded; else 503 and the reason."""
    try:
        with patience.at_most(READY_WITHIN):
            problem = what_is_missing()
    except DatabaseError:
        problem = "the database does not answer, or a table is missing"
    except ValueError:
        problem = "static files are missing: run .venv/bin/python manage.py collectstatic"
    body = {"status": "unavailable", "problem": problem} if problem else {"status": "ok"}
    return JsonResponse(body, status=503 if problem else 200, headers={"Cache-Control": "no-store"})


def what_is_missing():
    """The first thing without which pages cannot be made, in words; empty if nothing is."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "migrations are missing: run .venv/bin/python manage.py migrate"
    gone = {*connection.introspection.django_table_names()} - {*connection.introspection.table_names()}
    if gone:
        return f"tables are missing: {', '.join(sorted(gone))}: restore a backup"
    if not (LoadedRow.objects.exists() and Career.objects.exists()):
        return "no content: run .venv/bin/python manage.py load_content"
    static("css/base.css")
    return warming.problem


def error_page(request, status, title, text, ways=()):
    """A plain page that needs no database; `ways` are (text, address) of ways on besides the usual ones."""
    context = {"heading": title, "text": text, "status": status, "ways": ways} | page_context(title, text)
    return render(request, "error.html", context, status=status)


def bad_request(request, exception=None):
    return error_page(
        request, 400, "This request could not be understood", "Check the address, or begin again from the start page."
    )


def forbidden(request, exception=None):
    return error_page(request, 403, "You may not see this page", "If you are an editor, sign in first.")


def forbidden_form(request, reason=""):
    """A form came without the token that proves it is ours; see CSRF_FAILURE_VIEW."""
    return error_page(
        request,
        403,
        "The form had expired",
        "Nothing was saved. Go back: what you typed is still there. Copy it, reload the page, and paste it in. "
        "Cookies must be on for editing.",
    )


def not_found(request, exception=None):
    if isinstance(exception, Withdrawn):
        return withdrawn(request, exception)
    return error_page(
        request,
        404,
        "There is no page at this address",
        "It may have been moved or mistyped. Search, or choose a way on.",
    )


def withdrawn(request, exception):
    """A record that readers could see before: the address answers for ever, and says why it shows nothing."""
    record = exception.record
    return error_page(
        request, 410, f"Withdrawn: {record}", f"Why it was withdrawn: {record.withdrawn_because}", exception.ways
    )


def server_error(request):
    """The page of last resort: should even its template fail, a line of text.

    Where the database does not answer, nothing is broken: whoever comes back later, a crawler too, gets the page.
    """
    away = isinstance(sys.exc_info()[1], AWAY)
    try:
        return unavailable(request) if away else internal_error(request)
    except Exception:
        return HttpResponse(
            "Something failed on our side. Try again in a minute.", status=500, content_type="text/plain"
        )


def unavailable(request):
    text = "The guide cannot read its database right now. Nothing was saved. Try again in a minute."
    response = error_page(request, 503, "This page cannot be shown right now", text)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


def internal_error(request):
    return error_page(
        request, 500, "Something failed on our side", "Nothing you did was lost here. Try again in a minute."
    )
