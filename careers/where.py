"""In which setting and country a reader asks: what holds there, what does not, and how much has been checked."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.functional import cached_property

from careerguide.filtering import OneField
from careers.contexts import Country, Setting


class WhereForm(forms.Form):
    setting = OneField(noun="setting", label="Setting", required=False)
    country = OneField(noun="country", label="Country", required=False)

    def __init__(self, data, settings, countries):
        super().__init__(data)
        self.fields["setting"].choices = [(setting.slug, setting.name) for setting in settings]
        self.fields["country"].choices = [(country.code, country.name) for country in countries]


@dataclass(frozen=True)
class Where:
    """A setting and a country, or None where the reader chose none; then everything holds."""

    setting: Setting | None = None
    country: Country | None = None

    @property
    def in_words(self):
        """The place, such as "Hospital, Germany" or "any setting, Germany"."""
        setting = self.setting.name if self.setting else "any setting"
        return f"{setting}, {self.country.name if self.country else 'any country'}"

    def holds(self, part):
        return self.in_country(part) and self.in_setting(part)

    def in_country(self, part):
        """Whether a statement is general or belongs to the chosen country."""
        code = getattr(part, "country_id", None)
        return not (self.country and code) or code == self.country.pk

    def in_setting(self, part):
        """Whether a statement holds everywhere or names the chosen setting. Expects settings prefetched."""
        if not self.setting:
            return True
        if hasattr(part, "setting_id"):
            return part.setting_id == self.setting.pk
        settings = part.settings.all() if hasattr(part, "settings") else []
        return not settings or self.setting in settings


class AskedWhere:
    """The `setting` and `country` of a query string. `problems` maps a parameter to what was wrong with it."""

    def __init__(self, data):
        self.settings, self.countries = list(Setting.objects.all()), list(Country.objects.all())
        self.form = WhereForm(
            {name: data.get(name, "") for name in WhereForm.base_fields}, self.settings, self.countries
        )
        self.form.full_clean()
        chosen = self.form.cleaned_data
        self.where = Where(
            next((one for one in self.settings if one.slug == chosen.get("setting")), None),
            next((one for one in self.countries if one.code == chosen.get("country")), None),
        )

    @property
    def problems(self):
        return {name: " ".join(errors).replace("\0", "") for name, errors in self.form.errors.items()}

    @cached_property
    def active(self):
        """The parameters that count."""
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def query(self):
        return urlencode(self.active)


@dataclass(frozen=True)
class Coverage:
    """How many of the requirements shown belong to the chosen country, how many are general, and which are checked.

    Checked means: a source that says where its facts come from supports it.
    """

    country: Country
    checked: int
    general: int
    general_checked: int

    @classmethod
    def of(cls, where, qualifications):
        """Of the qualifications that hold at `where`; None without a country. Expects them `with_checked`."""
        if not where.country:
            return None
        own = [one for one in qualifications if one.country_id]
        general = [one for one in qualifications if not one.country_id]
        return cls(where.country, sum(one.checked for one in own), len(general), sum(one.checked for one in general))

    @property
    def sentence(self):
        plural = "" if self.checked == 1 else "s"
        own = f"{self.checked} checked requirement{plural}" if self.checked else "no checked requirement yet"
        general = f"{self.general} general one{'' if self.general == 1 else 's'}"
        ask = "" if self.checked else " Ask the regulator there."
        return f"{self.country}: {own}; {general}, {self.general_checked} of them checked.{ask}"
