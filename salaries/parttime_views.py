"""The page of the part-time and stipend calculator, and the example that it offers."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.shortcuts import render
from django.views.decorators.http import require_safe

from careerguide.kept_pages.declaring import kept_page
from careerguide.pages import page_context
from salaries.money import DOLLAR, number
from salaries.parttime import WEEK
from salaries.parttime_form import PartTimeForm
from salaries.views import TRAIL
from sources.models import Source

SURVEY, REPORT = "md-survey-2011", "beckers-md-compensation"
HOURS_SURVEY = "mgma-directorship-survey-2011"
WAGES = "bls-oews-2025"
ASSUMED = ""  # in the place of a source


@dataclass(frozen=True)
class ExampleInput:
    """One input of the example, and what it is. `source` is the slug of a Source, or ASSUMED."""

    name: str
    value: str
    about: str
    source: str

    @property
    def label(self):
        return PartTimeForm.base_fields[self.name].label

    @property
    def shown(self):
        return number(Decimal(self.value)) if self.value.isdigit() else self.value


EXAMPLE = [
    ExampleInput(
        "salary",
        "265930",
        "Median of “physicians, all other” (29-1229) in the United States, May 2025. Leaves out the self-employed.",
        WAGES,
    ),
    ExampleInput("share", "90", "Assumed: a 40-hour week less the 4 hours below.", ASSUMED),
    ExampleInput(
        "hours",
        "4",
        "The lower end of the four to six hours a week that most directors gave it: report of 2011, data of 2010.",
        HOURS_SURVEY,
    ),
    ExampleInput("hours_per", WEEK, "As that survey counts.", ASSUMED),
    ExampleInput("weeks", "52", "Assumed: a contract without unpaid weeks. Try 48.", ASSUMED),
    ExampleInput(
        "rate",
        "146",
        "For an hour, in 2011: the average of the medians of kinds of post, rounded. Not brought up to date.",
        SURVEY,
    ),
    ExampleInput("currency", DOLLAR, "That of the salary and the rate.", ASSUMED),
]
EXAMPLE_QUERY = "?" + urlencode({one.name: one.value for one in EXAMPLE})
SOURCES = {SURVEY, REPORT, *(one.source for one in EXAMPLE)} - {ASSUMED}


@require_safe
@kept_page(alone=True)
def part_time(request):
    """The calculator: what was typed, each step from it to the total, and what was ignored."""
    form = PartTimeForm(request.GET)
    sources = Source.objects.in_bulk(SOURCES, field_name="slug")
    context = {
        "form": form,
        "pay": form.pay,
        "example": [(one, sources.get(one.source)) for one in EXAMPLE],
        "example_query": EXAMPLE_QUERY,
        "attributions": [source.attribution for source in sources.values() if source.attribution],
        "survey": sources.get(SURVEY),
        "report": sources.get(REPORT),
    }
    about = page_context(
        "Part-time pay calculator",
        "Add up the clinical salary you keep, the paid hours of a directorship and its stipend, every step printed.",
        TRAIL,
    )
    return render(request, "salaries/part_time.html", context | about)
