"""What a change would do: tried for real inside a transaction that is then undone."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.safestring import mark_safe
from django_htmx.middleware import HtmxDetails

from editorial.states import OWNERS
from editorial.status import Publishable, Status
from salaries import judgement
from salaries.models import Finding, SalaryFigure
from sources.choices import Severity

SAID = ["figure_id", "rule", "severity", "sentence"]
MOST_SHOWN = 20  # findings of a kind; one change of a price level may touch hundreds


@contextmanager
def undone():
    """Everything written inside is gone afterwards, whatever happens."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


@dataclass
class Effect:
    """How the findings about public figures differ after a change."""

    added: list = field(default_factory=list)
    gone: list = field(default_factory=list)

    @property
    def worse(self):
        """New findings that cast doubt: an editor is asked before they are saved."""
        return [finding for finding in self.added if finding.severity != Severity.NOTE]


def findings():
    """{(figure, rule): values} of everything the rules now say; nothing is judged anew."""
    return {row[:2]: row for row in Finding.objects.order_by().values_list(*SAID)}


def effect_since(before):
    """Judge now, and say what differs from the findings of before."""
    judgement.refresh()
    after = findings()
    added = [after[key] for key in after.keys() - before.keys()]
    gone = [before[key] for key in before.keys() - after.keys()]
    figures = SalaryFigure.objects.select_related("area").in_bulk({figure for figure, *_ in added + gone})
    return Effect(*([finding(figures, *row) for row in some if row[0] in figures] for some in (added, gone)))


def finding(figures, figure, rule, severity, sentence):
    return Finding(figure=figures[figure], rule=rule, severity=severity, sentence=sentence)


def pages_of(record):
    """[(name, address)] of the public pages and files that show a record."""
    figure = record if isinstance(record, SalaryFigure) else None
    if figure:
        return [
            ("Its card", figure.get_absolute_url()),
            (str(figure.area), figure.area.get_absolute_url()),
            ("Salaries by city", reverse("salaries:figures")),
            (f"Profile: {figure.career}", figure.career.get_absolute_url()),
            ("CSV", reverse("salaries:csv")),
            ("JSON", reverse("salaries:json")),
        ]
    career = getattr(record, "career", None) if hasattr(record, "career_id") else None
    if career:
        pages = ["careers:career", "careers:settings", "careers:readiness"]
        return [(f"{career}: {name.split(':')[1]}", reverse(name, args=[career.slug])) for name in pages]
    address = public_address(record)
    return [(str(record), address)] if address else []


def public_address(record):
    """The page on which readers find a record or the one it is a part of; None if there is none."""
    shown = getattr(record, "statement", record)
    for candidate in [shown, *(getattr(shown, name, None) for name in OWNERS)]:
        if hasattr(candidate, "get_absolute_url"):
            return candidate.get_absolute_url().partition("#")[0]
    return None


def public_main(record):
    """The main part of a record's public page, rendered as it would be if the record were published.

    Call it inside `undone()`: it publishes the record, and what the record is a part of, for as long as that lasts.
    """
    for one in [record, *(getattr(record, name, None) for name in OWNERS)]:
        if isinstance(one, Publishable) and not one.is_published:
            type(one).objects.filter(pk=one.pk).update(status=Status.PUBLISHED, withdrawn_because="")
    address = public_address(record)
    if address is None:
        return ""
    html = answer(address)
    start = html.find(">", html.find("<main")) + 1
    return mark_safe(html[start : html.rfind("</main>")])  # noqa: S308 -- a page of our own, escaped when it was made


def answer(address):
    """The HTML with which this site answers a reader at one of its own addresses."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", address, address
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "REQUEST_METHOD": "GET"}
    request.user, request.htmx = AnonymousUser(), HtmxDetails(request)
    view = resolve(address)
    request.resolver_match = view
    try:
        response = view.func(request, *view.args, **view.kwargs)
    except ObjectDoesNotExist:
        return ""
    if hasattr(response, "render"):
        response.render()
    return response.content.decode()
