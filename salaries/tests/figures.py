"""The figures that tests speak of: those for the title by their city, and what becomes of them."""

from datetime import date

from salaries import judgement
from salaries.choices import ROLE, Shown
from salaries.conversion import Conversion
from salaries.models import Acceptance, SalaryFigure
from sources.choices import Confidence
from sources.models import Source

DAY = date(2026, 11, 22)  # on which they are judged
SHARED = {"no-origin", "period-unstated", "sample-unstated", "single-source", "undated"}  # by all fifteen
NOT_RANKED = {"bengaluru", "shanghai", "tel-aviv", "toronto"}  # the cities of those that are kept out of rankings


def title_figures(city):
    """The one figure for the title in a city, as a queryset, which can be changed without being judged anew."""
    return SalaryFigure.objects.for_role(ROLE).filter(area__slug=city)


def title_figure(city):
    return title_figures(city).get()


def said(city):
    """{rule: sentence} of all findings of a city's figure, accepted ones included."""
    return {one.rule: one.sentence.replace("\N{NO-BREAK SPACE}", " ") for one in title_figure(city).findings.all()}


def accept(city, rule, **values):
    """An editor's answer to a finding. It counts once the figures are judged."""
    values = {"reason": "The publisher confirmed it.", "source": Source.objects.get(slug="geonames")} | values
    return Acceptance.objects.create(figure=title_figure(city), rule=rule, **values)


def accept_and_judge(city, rule, **values):
    acceptance = accept(city, rule, **values)
    judgement.refresh()
    return acceptance


def shown_amount(city="paris", asked_for="USD", basis=Shown.CONVERTED, **changes):
    """What a city's figure is shown as, once it is changed as told and nothing keeps it out of rankings."""
    title_figures(city).update(confidence=Confidence.NOTE, **changes)
    return title_figures(city).shown_in(Conversion(basis, asked_for)).get().shown_amount
