"""Inputs of the forms of content that Django's admin lacks."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect


class SourceSelect(AutocompleteSelect):
    """Searched by typing where scripts run; without them, a list of every source.

    Django's own holds the chosen option alone and says nothing of what it is for while it is empty.
    """

    def optgroups(self, name, value, attr=None):
        return forms.Select.optgroups(self, name, value, attr)

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {"data-placeholder": "Choose the source for this change"}
