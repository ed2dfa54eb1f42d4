"""The few tags that templates of every app use."""

from babel import Locale
from django import template

from careerguide import richtext
from salaries import money

register = template.Library()
ENGLISH = Locale("en")


@register.filter
def markdown(text):
    return richtext.to_html(text)


@register.filter
def language_name(code):
    """The English name of an ISO 639 code; "unstated" without one."""
    return ENGLISH.languages.get(code, code) if code else "unstated"


@register.filter
def amount(figure):
    """A figure's amount after its currency code: USD 357,000."""
    return money.amount_with_code(figure.amount, figure.currency)


@register.simple_tag(takes_context=True)
def current_section(context, prefix):
    """The attribute that marks the main menu's entry of this page, or nothing."""
    from django.utils.safestring import SafeString

    request = context.get("request")
    return SafeString(' aria-current="true"') if request and request.path.startswith(prefix) else ""
