"""Which two to four careers to compare, what was wrong with the question, and the table that answers it."""

from urllib.parse import urlencode

from django import forms
from django.utils.functional import cached_property

from careerguide.filtering import SomeField, listing
from careers.choices import Stage
from careers.models import Career, Setting
from careers.tables import Entry, Group, Row, duty_rows, requirement_rows, strength_rows
from salaries.choices import ROLE
from salaries.models import SalaryFigure
from salaries.money import amount_with_code
from sources.choices import Confidence

FEWEST, MOST = 2, 4


class CareersForm(forms.Form):
    career = SomeField(noun="career", label="Careers", required=False)

    def __init__(self, data, careers):
        super().__init__(data)
        self.fields["career"].choices = [(career.slug, career.title) for career in careers]


class CareerComparison:
    """The careers that a query string names, in its order. `problems` maps a parameter to what was wrong with it."""

    def __init__(self, data):
        self.offered = list(Career.objects.published())
        self.form = CareersForm(data, self.offered)
        self.form.full_clean()
        by_slug = {career.slug: career for career in self.offered}
        found = [by_slug[slug] for slug in self.form.cleaned_data["career"]]
        self.careers, self.left_out = found[:MOST], found[MOST:]

    @property
    def problems(self):
        unknown = self.form.fields["career"]
        texts = [unknown.problem] if unknown.unknown else []
        if self.left_out:
            names = listing(career.title for career in self.left_out)
            texts.append(f"At most four careers fit side by side. Left out: {names}.")
        return {"career": " ".join(texts).replace("\0", "")} if texts else {}

    @property
    def enough(self):
        return len(self.careers) >= FEWEST

    @property
    def names(self):
        return listing(career.title for career in self.careers)

    @property
    def others(self):
        return [] if len(self.careers) == MOST else [one for one in self.offered if one not in self.careers]

    def query(self, without=None):
        pairs = [("career", career.slug) for career in self.careers if career != without]
        return f"?{urlencode(pairs)}" if pairs else "?"

    @property
    def columns(self):
        return [(career.title, career.get_absolute_url()) for career in self.careers]

    @property
    def width(self):
        return len(self.careers) + 1

    @property
    def removals(self):
        """(career, address of the comparison without it)"""
        return [(career, self.query(without=career)) for career in self.careers]

    @cached_property
    def groups(self):
        order = {career.pk: place for place, career in enumerate(self.careers)}
        careers = sorted(Career.objects.filter(pk__in=order).with_whole_profile(), key=lambda one: order[one.pk])
        columns = [(career.title, career, career.get_absolute_url()) for career in careers]
        duties = [(name, career.duties.all(), base) for name, career, base in columns]
        asked = [(name, career.qualifications.all(), base) for name, career, base in columns]
        return [
            Group("The role", "role", [summary_row(columns), difference_row(columns)]),
            Group("Settings", "settings", [setting_row(setting, columns) for setting in Setting.objects.all()]),
            Group("How strongly it asks", "strength", list(strength_rows(asked))),
            Group("What it asks", "requirements", list(requirement_rows(asked))),
            Group("Duties", "duties", list(duty_rows(duties))),
            Group("Career stages", "stages", [stage_row(stage, label, columns) for stage, label in Stage.choices]),
            Group("Pay", "pay", [pay_row(columns, SalaryFigure.objects.published().by_career())]),
        ]


# The rows below take columns as (title, career, address of its profile).


def summary_row(columns):
    return Row("In short", [(name, [Entry(career.summary, base, prose=True)]) for name, career, base in columns])


def difference_row(columns):
    cells = []
    for name, career, _ in columns:
        text = "The one that the others are set against." if career.slug == ROLE else career.differs
        cells.append((name, [Entry(text, prose=True)] if text else []))
    return Row("Against a medical director", cells)


def setting_row(setting, columns):
    """Whether a career is described for a setting: the link leads to what it is there."""
    cells = []
    for name, career, base in columns:
        found = [one for one in career.career_settings.all() if one.setting_id == setting.pk]
        cells.append((name, [Entry("What it is there", f"{base}#{one.anchor}") for one in found]))
    return Row(setting.name, cells)


def stage_row(stage, label, columns):
    cells = []
    for name, career, base in columns:
        found = [one for one in career.stages.all() if one.stage == stage]
        notes = [
            f"leads to {listing(next.title for next in one.next_careers.all())}"
            for one in found
            if one.next_careers.all()
        ]
        cells.append((name, [Entry(one.title, f"{base}#{one.anchor}", " ".join(notes)) for one in found]))
    return Row(label, cells, "not a post of this stage, or not researched")


def pay_row(columns, figures):
    """The medians published for each career, as printed; `figures` has them by its primary key."""
    cells = [(name, [pay_entry(one) for one in figures.get(career.pk, [])]) for name, career, _ in columns]
    return Row("Medians as printed", cells, "no figure published here")


def pay_entry(figure):
    doubted = figure.confidence in (Confidence.DOUBT, Confidence.EXCLUDE)
    text = f"{figure.area.name}: {amount_with_code(figure.amount, figure.currency)}"
    return Entry(text, figure.get_absolute_url(), figure.get_confidence_display() if doubted else "")
