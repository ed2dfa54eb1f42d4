"""The few tags that templates of every app use."""

import json

from babel import Locale
from django import template
from django.utils.safestring import SafeString

from careerguide import richtext

register = template.Library()
ENGLISH = Locale("en")
SCRIPT_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


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


@register.simple_tag
def json_ld(data):
    """Linked data as a script element; the characters that could end it are escaped, as `json_script` does."""
    if not data:
        return ""
    text = json.dumps(data, ensure_ascii=False, indent=None, default=str).translate(SCRIPT_ESCAPES)
    return SafeString(f'<script type="application/ld+json">{text}</script>')
