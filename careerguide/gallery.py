"""Invented content for the specimens on /gallery/."""

from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator

from careerguide.filtering import Chip
from careers.choices import Stage
from salaries.charts import bar


class SpecimenForm(forms.Form):
    choice = forms.ChoiceField(choices=[("a", "First"), ("b", "Second")])


def citation(stance, trust="primary"):
    return SimpleNamespace(stance=stance, place="page 3", source=SimpleNamespace(title="A source", trust=trust))


def specimens():
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
        "cites": [(1, citation("supports")), (2, citation("supports", "unverified")), (3, citation("contradicts"))],
        "stages": Stage.labels,
        "page": Paginator(range(30), 10).get_page(2),
    }
