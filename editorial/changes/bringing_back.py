"""The way back of a record that was removed: the form for a new one, filled with what it last said."""

import json

from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from reversion.errors import RevertError
from reversion.models import Version

from editorial.changes.diffs import model_of
from editorial.choices import Action
from editorial.models import Change

AGAIN = "It is there again: this is how it stands now."
FIRST = "It names a record that is gone as well, such as what it belonged to: bring that back first."
LOST = "Nothing is left of it to bring back but what the change itself shows."


def way_back(change, request):
    """The address that brings a removed record back; empty for other changes and for who may not add such records."""
    if change.action != Action.REMOVED or not may_add(change, request):
        return ""
    return reverse("admin:editorial_change_bring_back", args=[change.pk])


def with_ways_back(changes, request):
    """The same changes, each with the address that brings it back as `way_back`."""
    for change in changes:
        change.way_back = way_back(change, request)
    return changes


def may_add(change, request):
    model = model_of(change.label)
    return admin.site.is_registered(model) and admin.site.get_model_admin(model).has_add_permission(request)


def bring_back(request, number):
    """Lead to the form for a new record with the last version of the removed one in it, or to what took its place."""
    change = get_object_or_404(Change.objects.removed(), pk=number)
    if not may_add(change, request):
        raise PermissionDenied
    model, pages = model_of(change.label), f"admin:{change.label.replace('.', '_')}"
    present = stored(model, json.loads(change.key))
    if present:
        messages.info(request, AGAIN)
        return redirect(f"{pages}_change", present.pk)
    version = Version.objects.get_for_object_reference(model, change.object_id).order_by("-pk").first()
    hindrance = what_hinders(version)
    if hindrance:
        messages.error(request, hindrance)
        return redirect("admin:editorial_change_changelist")
    return redirect(f"{reverse(f'{pages}_add')}?version={version.pk}")


def what_hinders(version):
    """Why a version fills no form; empty if it does."""
    if version is None:
        return LOST
    try:
        version.field_dict  # noqa: B018 -- looks up every record that the version names
    except RevertError:
        return FIRST
    return ""


def stored(model, key):
    try:
        return model._default_manager.get_by_natural_key(*key)
    except (ObjectDoesNotExist, TypeError, ValueError):  # gone, or its kind is now named otherwise
        return None
