"""Inputs of the admin's forms that Django lacks."""

from itertools import islice

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect

MOST_LISTED = 1000  # of more, only the chosen one is listed: the page would be slow for everybody


class ListedSelect(AutocompleteSelect):
    """Searched by typing where scripts run; without them, a list of everything there is to choose.

    Django's own holds the chosen option alone, and so nothing while none is chosen. In the rows of parts, which may be
    many, only a row without a choice has the list.
    """

    def __init__(self, field, admin_site, placeholder="", in_rows=False, **kwargs):
        super().__init__(field, admin_site, **kwargs)
        self.placeholder, self.in_rows = placeholder, in_rows

    def optgroups(self, name, value, attr=None):
        if not (self.in_rows and (any(value) or "__prefix__" in name)):  # the row from which scripts make new ones
            listed = list(islice(self.choices, MOST_LISTED + 1))
            if len(listed) <= MOST_LISTED:
                return forms.Select(choices=listed).optgroups(name, value, attr)
        return super().optgroups(name, value, attr)

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {"data-placeholder": self.placeholder}
