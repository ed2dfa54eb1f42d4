"""Which two to four places to compare, and in which money: what was asked for, and what was wrong with it."""

from urllib.parse import urlencode

from django import forms
from django.core.validators import slug_re
from django.http import QueryDict
from django.utils.functional import cached_property

from careerguide.filtering import OneField, SomeField, listing
from salaries.choices import Shown
from salaries.conversion import Conversion, currency_choices
from salaries.models import Area
from salaries.money import DOLLAR
from salaries.side_by_side import SideBySide

FEWEST, MOST = 2, 4
MOST_ASKED = 20  # values of `city` that are looked at; further ones only cost time


class CompareForm(forms.Form):
    """Which places, in the order in which they were asked for, and in which money."""

    city = SomeField(noun="city or area", label="Places", required=False)
    currency = OneField(noun="currency with an exchange rate", label="Currency", required=False)

    def __init__(self, data, areas, rates):
        super().__init__(data)
        self.fields["city"].choices = [(area.slug, area.name) for area in areas]
        self.fields["currency"].choices = currency_choices(rates)


class Comparison:
    """What a query string asks to have compared. `problems` maps a parameter to what was wrong with it."""

    def __init__(self, data):
        asked = [slug for slug in dict.fromkeys(data.getlist("city")) if slug][:MOST_ASKED]
        slugs = [slug for slug in asked if slug_re.match(slug)]
        self.offered = list(Area.objects.cities_and(slugs).select_related("country", "within"))
        self.conversion = Conversion(Shown.CONVERTED)
        self.ppp = Conversion(Shown.PPP)
        given = QueryDict(mutable=True)
        given.setlist("city", asked)
        given["currency"] = data.get("currency", "")
        self.form = CompareForm(given, self.offered, self.conversion.rates)
        self.form.full_clean()
        self.conversion.currency = self.form.cleaned_data.get("currency") or DOLLAR
        areas = {area.slug: area for area in self.offered}
        found = [areas[slug] for slug in self.form.cleaned_data["city"]]
        self.areas, self.left_out = found[:MOST], found[MOST:]

    @property
    def problems(self):
        unknown = self.form.fields["city"]
        city = [unknown.problem] if unknown.unknown else []
        if self.left_out:
            names = listing(area.name for area in self.left_out)
            city.append(f"At most four places fit side by side. Left out: {names}.")
        problems = {"city": " ".join(city), "currency": " ".join(self.form.errors.get("currency", []))}
        return {name: text.replace("\0", "") for name, text in problems.items() if text}

    @property
    def enough(self):
        return len(self.areas) >= FEWEST

    @property
    def full(self):
        return len(self.areas) == MOST

    @property
    def others(self):
        """The places on offer that are not in the comparison yet."""
        return [area for area in self.offered if area not in self.areas]

    @property
    def names(self):
        return listing(area.name for area in self.areas)

    @property
    def currency(self):
        """The currency if it is not the one shown anyway: what forms and links have to carry on."""
        return "" if self.conversion.currency == DOLLAR else self.conversion.currency

    def query(self, without=None):
        """The canonical query string, places in the order asked for, optionally without one of them."""
        pairs = [("city", area.slug) for area in self.areas if area != without]
        pairs += [("currency", self.currency)] if self.currency else []
        return f"?{urlencode(pairs)}" if pairs else "?"

    @property
    def removals(self):
        """(area, address of the comparison without it)"""
        return [(area, self.query(without=area)) for area in self.areas]

    @cached_property
    def table(self):
        return SideBySide(self.areas, self.conversion, self.ppp)

    @property
    def sentence(self):
        """How many rows differ, in words."""
        count, differing, same = self.table.counts
        return (
            f"{self.names}: of {count} rows, {differing} differ, {same} {'is' if same == 1 else 'are'} the same and "
            f"{count - differing - same} cannot be compared."
        )
