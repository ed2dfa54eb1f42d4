"""Addresses of records that readers cannot see: as if there were nothing, or, once they could, word that it is gone."""

from functools import wraps

from django.apps import apps
from django.db.models import Q
from django.http import Http404
from django.urls import get_resolver, reverse

from editorial.status import Publishable, Status

# Where to look for others of the kind: (text of the link, name of the address). Figures have their place instead.
LISTS = {
    "career": ("All careers", "careers:careers"),
    "credential": ("All credentials", "careers:credentials"),
    "work": ("All reading and courses", "readinglist:items"),
    "course": ("All reading and courses", "readinglist:items"),
    "readinglist": ("All reading lists", "readinglist:items"),
}
CHANGES = ("What changed on this site", "changes")


class Withdrawn(Http404):
    """Readers could see this record once: its address says that it was withdrawn, and why."""

    def __init__(self, record):
        super().__init__(f"{record._meta.label_lower} {record.natural_key()} was withdrawn.")
        self.record = record

    @property
    def ways(self):
        """(text, address) of each way on."""
        text, name = LISTS.get(self.record._meta.model_name, CHANGES)
        place = getattr(self.record, "area", None)
        return [*([(f"All figures of {place}", place.get_absolute_url())] if place else []), (text, reverse(name))]


def published_or_404(*querysets, **lookup):
    """The one record of these kinds that `lookup` names, if readers can see it; a single query for the first kind.

    Raises Withdrawn for one that they could see before, Http404 for any other.
    """
    for queryset in querysets:
        try:
            return queryset.published().get(**lookup)
        except queryset.model.DoesNotExist:
            continue
    for queryset in querysets:
        hidden = queryset.filter(**lookup).exclude(withdrawn_because="").first()
        if hidden:
            raise Withdrawn(hidden)
    raise Http404("Readers can see no such record.")


def tells_if_withdrawn(view):
    """Let a view answer for what is withdrawn under DEBUG as well, where Django would explain the 404 instead."""

    @wraps(view)
    def telling(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Withdrawn as withdrawn:
            return get_resolver().resolve_error_handler(404)(request, exception=withdrawn)

    return telling


def withdrawn_addresses():
    """The addresses of all records that readers could see once and now cannot, in order."""
    models = [model for model in apps.get_models() if issubclass(model, Publishable)]
    gone = [record for model in models for record in model.objects.exclude(withdrawn_because="").only("slug")]
    return sorted(record.get_absolute_url() for record in gone)


def through(model, name):
    """The paths to the field `name` of the records through which readers see those of `model`: itself or its owner."""
    return [path.removesuffix("status") + name for path in model.PUBLISHED_THROUGH]


def once_public(queryset):
    """Records that readers can see or could see before: links that they keep may name them."""
    model = queryset.model
    pairs = zip(through(model, "status"), through(model, "withdrawn_because"), strict=True)
    return queryset.filter(*(Q(**{status: Status.PUBLISHED}) | ~Q(**{because: ""}) for status, because in pairs))
