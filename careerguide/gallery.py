"""Invented content for the specimens on /gallery/."""

from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator

from careerguide.filtering import Chip
from careers.choices import Stage
from salaries.charts import axis, bar, spread
from sources.choices import Confidence


class SpecimenForm(forms.Form):
    choice = forms.ChoiceField(choices=[("a", "First"), ("b", "Second")])


def citation(stance, trust="primary"):
    source = SimpleNamespace(title="A source", publisher="A publisher", published="2025", trust=trust)
    source.get_absolute_url = lambda: "#g-statement"
    return SimpleNamespace(stance=stance, place="page 3", source=source)


def spreads():
    """A common axis, and figures with and without percentiles on it."""
    line = axis([Decimal(400), Decimal(90)], "AAA")
    amounts = [(150, 80, 110, 220, 400), (90, 60, None, None, 200), (250,)]
    return line, [spread(line, *(one and Decimal(one) for one in some)) for some in amounts]


def specimens():
    line, drawn = spreads()
    kinds = ["", "identified", "likely", "not-identified", "unverified", "disputed"]
    return {
        "tags": [(kind.replace("-", " ") or "plain", kind) for kind in kinds],
        "chips": [Chip("City: Delhi", "?country=IN"), Chip("Country: India", "?city=delhi")],
        "problems": {"min": "Write an amount, such as 300000. It was ignored."},
        "form": SpecimenForm(),
        "bars": [
            bar(Decimal(3), "AAA", Decimal(3), 3),
            bar(Decimal(1), "AAA", Decimal(3), 3),
            bar(Decimal(7), "BBB", Decimal(7), 1),
        ],
        "axis": line,
        "spreads": drawn,
        "confidences": Confidence.choices,
        "cites": [(1, citation("supports")), (2, citation("supports", "unverified")), (3, citation("contradicts"))],
        "citations": [citation("supports"), citation("contradicts", "unverified")],
        "stages": Stage.labels,
        "page": Paginator(range(30), 10).get_page(2),
    }
