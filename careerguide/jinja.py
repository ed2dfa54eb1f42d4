"""The language of the pages for readers: Jinja2, and what its templates may call besides plain variables.

The admin keeps Django's own language; docs/decisions/2026-11-22-two-template-languages.md says why there are two.
"""

import json
import logging

from babel import Locale
from django.conf import settings
from django.template import defaultfilters
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django_htmx.jinja import htmx_script
from jinja2 import ChainableUndefined, Environment, StrictUndefined, make_logging_undefined

from careerguide.paths import path_to

log = logging.getLogger(__name__)

ENGLISH = Locale("en")
SCRIPT_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def querystring(query, **changed):
    """The query string of a QueryDict, with its "?", after some of its values are changed."""
    query = query.copy()
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"


def language_name(code):
    """The English name of an ISO 639 code; "unstated" without one."""
    return ENGLISH.languages.get(code, code) if code else "unstated"


def json_ld(data):
    """Linked data as a script element; the characters that could end it are escaped, as `json_script` does."""
    if not data:
        return ""
    text = json.dumps(data, ensure_ascii=False, indent=None, default=str).translate(SCRIPT_ESCAPES)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


class Nothing(ChainableUndefined):
    """Empty, and so is whatever is asked of it, a call included: `{{ part.mistyped.all() }}` prints nothing."""

    __slots__ = ()

    def __call__(self, *args, **kwargs):
        return self


def missing():
    """What stands for a name that does not exist."""
    return StrictUndefined if settings.STRICT_TEMPLATES else make_logging_undefined(log, Nothing)


def environment(**options):
    """What settings.TEMPLATES asks for.

    A name that does not exist is an error for whoever writes or tests a page. For readers it is empty, and in the log.
    """
    from careerguide import plan_links, richtext  # here, because their models exist only once Django is set up
    from editorial.changes.diffs import public_field_changes
    from editorial.changes.filters import kind_name, record_query
    from editorial.reports.mails import mail_address_of_site, page_of, report_address
    from salaries import money

    options |= {"autoescape": True, "undefined": missing(), "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701 (the line above escapes)
    made.globals.update(
        url=path_to,
        static=static,
        querystring=querystring,
        htmx_script=htmx_script,
        json_ld=json_ld,
        plan_step=plan_links.plan_step,
        plan_of_all=plan_links.plan_of_all,
        report_address=report_address,
        mail_to_editors=mail_address_of_site,
        shown=money.shown,
    )
    made.filters.update(
        date=defaultfilters.date,
        pluralize=defaultfilters.pluralize,
        capfirst=defaultfilters.capfirst,
        slugify=defaultfilters.slugify,
        linebreaks=defaultfilters.linebreaks_filter,
        markdown=richtext.to_html,
        language_name=language_name,
        amount=money.amount,
        in_code=money.in_code,
        in_thousands=money.in_thousands,
        currency_name=money.currency_name,
        thousands=money.separated,
        digits=money.digits,
        address_of=page_of,
        fields_changed_for_readers=public_field_changes,
        changes_query=record_query,
        kind_name=kind_name,
    )
    return made
