"""The link for reporting an error, and what a change changed."""

from django import template

from careerguide.context_processors import SITE_NAME
from editorial.changes import record_query, sentence_case
from editorial.diffs import field_changes, kind_of
from editorial.reporting import mail_address, page_of, report_address

register = template.Library()


@register.inclusion_tag("components/report_link.html")
def report_link(record, says=""):
    """A link that opens a mail about `record`; `says` is what it said when the page was made."""
    return {"href": report_address(record, says), "name": str(record)}


@register.simple_tag
def mail_to_editors():
    """The address of a mail about anything."""
    return mail_address(f"{SITE_NAME}: error")


@register.filter
def address_of(about):
    """The address of what a report is about; empty if it names nothing of this site."""
    return page_of(about)


@register.filter
def fields_changed(change):
    """Field by field what a Change changed; see editorial/diffs.py."""
    return field_changes(change)


@register.filter
def changes_query(record):
    """The query string of the page of changes for one record."""
    return record_query(record)


@register.filter
def kind_name(label):
    """What the records of a kind are called: "salary figure"."""
    return sentence_case(kind_of(label))
