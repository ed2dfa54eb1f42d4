"""What a change would do: tried for real inside a transaction that is then undone."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils.safestring import mark_safe
from django_htmx.middleware import HtmxDetails

from editorial.states import OWNERS, address_of
from editorial.status import Publishable, Status
from salaries import judgement
from salaries.models import Finding, SalaryFigure
from sources.choices import Severity

SEEN_THROUGH = ["statement", *OWNERS, "related", "item"]
SAID = ["figure_id", "rule", "severity", "sentence", "accepted", "figure__status"]
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

    added: list = field(default_factory=list)  # new, no longer accepted, or new to readers
    gone: list = field(default_factory=list)
    reworded: list = field(default_factory=list)  # about the figure that was changed, with other numbers

    @property
    def worse(self):
        """New findings that cast doubt and that nobody has accepted: an editor is asked before they are saved."""
        return [one for one in self.added if one.severity != Severity.NOTE and not one.accepted]


def findings():
    """{(figure, rule): values} of everything the rules now say; nothing is judged anew."""
    return {row[:2]: row for row in Finding.objects.order_by().values_list(*SAID, named=True)}


def effect_since(before, figure=None):
    """Judge now, and say what differs from the findings of before.

    That a finding says it with other numbers is told of the `figure` (its key) that was changed alone: about its
    neighbors they move with every change.
    """
    judgement.refresh()
    after = findings()
    added = news(before, after)
    gone = [before[key] for key in before.keys() - after.keys()]
    kept = [(before[key], after[key]) for key in before.keys() & after.keys() if key[0] == figure]
    reworded = [new for old, new in kept if new.sentence != old.sentence]
    figures = SalaryFigure.objects.select_related("area").in_bulk({row.figure_id for row in added + gone + reworded})
    lists = ([row for row in rows if row.figure_id in figures] for rows in (added, gone, reworded))
    return Effect(*([finding(figures, **row._asdict()) for row in rows] for rows in lists))


def public_doubts_since(before):
    """Judge now, and count the findings that readers had no reason to know of and that cast doubt."""
    judgement.refresh()
    return sum(
        row.severity != Severity.NOTE and not row.accepted and row.figure__status == Status.PUBLISHED
        for row in news(before, findings())
    )


def news(before, after):
    """The findings that are new, no longer accepted, or about a figure that readers did not see before."""
    return [row for key, row in after.items() if key not in before or is_news(before[key], row)]


def is_news(old, new):
    seen = old.figure__status != Status.PUBLISHED == new.figure__status
    return seen or (old.accepted and not new.accepted)


def finding(figures, figure_id, figure__status, **values):
    return Finding(figure=figures[figure_id], **values)


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
    address = address_of(record)
    return [(str(record), address)] if address else []


def seen_through(record):
    """A record and all others whose status decides whether readers see it: its statement, owners, what it ties."""
    found = [record]
    for one in found:  # the list grows while it is gone through
        others = [getattr(one, name, None) for name in SEEN_THROUGH]
        found += [other for other in others if isinstance(other, Model) and other not in found]
    return found


def public_main(record):
    """The main part of a record's public page, rendered as it would be if the record were published.

    Call it inside `undone()`: it publishes the record, and what it is seen through, for as long as that lasts. Empty if
    readers have no page that shows it.
    """
    for one in seen_through(record):
        if isinstance(one, Publishable) and not one.is_published:
            type(one).objects.filter(pk=one.pk).update(status=Status.PUBLISHED, withdrawn_because="")
    address = address_of(record)
    if not address:
        return ""
    html = answer(address.partition("#")[0])
    start = html.find(">", html.find("<main")) + 1
    return mark_safe(html[start : html.rfind("</main>")])  # noqa: S308 -- a page of our own, escaped when it was made


def answer(address):
    """The HTML with which this site answers a reader at one of its own addresses; empty if it shows no page there."""
    path, _, query = address.partition("?")
    request = HttpRequest()
    request.method, request.path, request.path_info, request.GET = "GET", path, path, QueryDict(query)
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "REQUEST_METHOD": "GET"}
    request.user, request.htmx = AnonymousUser(), HtmxDetails(request)
    view = resolve(path)
    request.resolver_match = view
    try:
        response = view.func(request, *view.args, **view.kwargs)
    except (ObjectDoesNotExist, Http404):
        return ""
    if response.status_code != HTTPStatus.OK:
        return ""
    if hasattr(response, "render"):
        response.render()
    return response.content.decode()
