"""Where the links lead that add a record to the reader's plan, or take it out."""

from urllib.parse import urlencode

from careerguide.paths import path_to
from careerguide.plan import choice_of
from careerguide.plan_address import CARRIED

NAMED = {"stage", "gap"}  # kinds that a link names, because what it stands beside is called otherwise


def plan_step(record, carried):
    """What the link beside a record says, for templates/components/plan_link.html.

    `carried` is the plan that this page's address carries.
    """
    choice = choice_of(record)
    in_plan = carried.has(choice)
    if not carried:
        query = urlencode([choice.pair])
    else:
        query = urlencode({CARRIED: carried.without(choice) if in_plan else carried.with_(choice)})
    noun = choice.kind if choice.kind in NAMED else ""
    return {"href": f"{path_to('plan')}?{query}", "in_plan": in_plan, "name": str(record), "noun": noun}


def plan_of_all(records, carried):
    """The address of the plan with all of `records` added to what this page's address carries."""
    codes = [*carried.codes, *(choice.code for choice in map(choice_of, records) if not carried.has(choice))]
    return f"{path_to('plan')}?{urlencode({CARRIED: '-'.join(codes)})}"
