"""What changed, field by field, for the templates of the admin."""

from django import template

from editorial.changes.diffs import field_changes
from editorial.saving.conflicts import differences_of_rows

register = template.Library()


@register.filter
def fields_changed(change):
    """Field by field what a Change changed; see editorial/changes/diffs.py."""
    return field_changes(change)


@register.filter
def differences_of_parts(inline_formsets):
    """Where the stored parts of a record and the rows of its form differ; see editorial/saving/conflicts.py."""
    return [row for one in inline_formsets for row in differences_of_rows(one.formset, one.opts.verbose_name)]
