"""The link that adds a record to the reader's plan, or takes it out."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from careerguide.plan import choice_of
from careerguide.plan_address import CARRIED, Carried

NAMED = {"stage", "gap"}  # kinds that a link names, because what it stands beside is called otherwise

register = template.Library()


def carried_in(context):
    """The plan that this page's address carries; an empty one on pages rendered without the middleware."""
    return getattr(getattr(context, "request", None), "carried", None) or Carried("")


@register.inclusion_tag("components/plan_link.html", takes_context=True)
def plan_link(context, record):
    """A link to the plan with or without `record`. The plan so far is what this page's address carries."""
    carried = carried_in(context)
    choice = choice_of(record)
    if not carried:
        query = urlencode([choice.pair])
    elif carried.has(choice):
        query = urlencode({CARRIED: carried.without(choice)})
    else:
        query = urlencode({CARRIED: carried.with_(choice)})
    noun = choice.kind if choice.kind in NAMED else ""
    return {"href": f"{reverse('plan')}?{query}", "in_plan": carried.has(choice), "name": str(record), "noun": noun}


@register.simple_tag(takes_context=True)
def plan_of_all(context, records):
    """The address of the plan with all of `records` added to what this page's address carries."""
    carried = carried_in(context)
    codes = [*carried.codes, *(choice.code for choice in map(choice_of, records) if not carried.has(choice))]
    return f"{reverse('plan')}?{urlencode({CARRIED: '-'.join(codes)})}"
