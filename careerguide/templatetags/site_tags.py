"""The few tags that templates of every app use."""

from babel import Locale
from django import template
from django.utils.safestring import SafeString

from careerguide import richtext

register = template.Library()
ENGLISH = Locale("en")


@register.filter
def markdown(text):
    return richtext.to_html(text)


@register.filter
def language_name(code):
    """The English name of an ISO 639 code; "unstated" without one."""
    return ENGLISH.languages.get(code, code) if code else "unstated"


@register.simple_tag(takes_context=True)
def current_section(context, prefix):
    """The attribute that marks the main menu's entry of this page, or nothing."""
    request = context.get("request")
    return SafeString(' aria-current="true"') if request and request.path.startswith(prefix) else ""
