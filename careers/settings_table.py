"""One career across its settings: what holds everywhere, and what each setting adds."""

from django import forms
from django.utils.functional import cached_property

from careerguide.filtering import SomeField
from careers.choices import Section
from careers.credentials import Credential
from careers.models import Setting
from careers.tables import Entry, Group, Row, duty_rows, requirement_rows, strength_rows

EVERYWHERE = ""  # the name of the column that is not compared


class SettingsForm(forms.Form):
    setting = SomeField(noun="setting", label="Settings", required=False)

    def __init__(self, data, settings):
        super().__init__(data)
        self.fields["setting"].choices = [(setting.slug, setting.name) for setting in settings]


class SettingsTable:
    """The settings that `data` asks for, or all, side by side. `problems` says what was wrong with the query."""

    def __init__(self, career, data):
        self.career, self.offered = career, list(Setting.objects.all())
        self.form = SettingsForm(data, self.offered)
        self.form.full_clean()
        asked = self.form.cleaned_data["setting"]
        self.settings = [one for one in self.offered if one.slug in asked] or self.offered
        unknown = self.form.fields["setting"]
        self.problems = {"setting": unknown.problem.replace("\0", "")} if unknown.unknown else {}

    @property
    def columns(self):
        return [(setting.name, "") for setting in self.settings]

    @property
    def width(self):
        return len(self.settings) + 2

    def split(self, parts, general=False):
        """(name of the column, parts, address of the profile) for what holds everywhere and for each setting shown.

        With `general` a setting's column has what holds everywhere as well.
        """
        parts = [(part, {one.pk for one in part.settings.all()}) for part in parts]
        base = self.career.get_absolute_url()
        return [
            (EVERYWHERE, [part for part, where in parts if not where], base),
            *((one.name, self.holding(parts, one, general), base) for one in self.settings),
        ]

    @staticmethod
    def holding(parts, setting, general):
        return [part for part, where in parts if setting.pk in where or (general and not where)]

    @cached_property
    def groups(self):
        base = self.career.get_absolute_url()
        works = {one.setting_id: one for one in self.career.career_settings.select_related("setting")}
        work = [(EVERYWHERE, [Entry(self.career.summary, prose=True)])]
        work += [
            (
                one.name,
                [Entry(works[one.pk].work, f"{base}#{works[one.pk].anchor}", prose=True)] if one.pk in works else [],
            )
            for one in self.settings
        ]
        duties, qualifications = self.career.duties.with_places(), list(self.career.qualifications.with_places())
        pay = self.career.passages.of_section(Section.PAY).with_places()
        credentials = Credential.objects.published().asked_by(self.career).prefetch_related("settings")
        return [
            Group("The work", "work", [Row("What it is there", work)]),
            Group("How strongly it asks", "strength", list(strength_rows(self.split(qualifications, general=True)))),
            Group("What it asks", "requirements", list(requirement_rows(self.split(qualifications)))),
            Group("Duties", "duties", list(duty_rows(self.split(duties)))),
            Group("Credentials", "credentials", [self.credential_row(credentials)]),
            Group("Pay", "pay", [self.passage_row("How it is paid", pay)]),
        ]

    def credential_row(self, credentials):
        cells = [
            (name, [Entry(str(one), one.get_absolute_url(), one.issuer) for one in found])
            for name, found, _ in self.split(credentials)
        ]
        return Row("Certificates", cells)

    def passage_row(self, label, passages):
        cells = [
            (
                name,
                [
                    Entry(one.title, f"{base}#{one.anchor}", f"{one.country} only" if one.country else "")
                    for one in found
                ],
            )
            for name, found, base in self.split(passages)
        ]
        return Row(label, cells)

    @property
    def cell_count(self):
        return sum(len(row.cells) for group in self.groups for row in group.rows)

    @property
    def empty_count(self):
        return sum(not entries for group in self.groups for row in group.rows for _, entries in row.cells)
