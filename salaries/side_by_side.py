"""Places side by side: the table of the comparison, one column a place, and the figures that it is made from."""

from django.utils.functional import cached_property

from salaries.choices import ROLE, ClassKind, Period
from salaries.compare_rows import NOT_RESEARCHED, UNSTATED, Cell, Group, Place, Row
from salaries.drawings import on_one_axis, why_not_ranked
from salaries.models import SalaryFigure
from salaries.money import currency_name, number, thousands, whole
from salaries.populations import explained


class SideBySide:
    """The table of some areas: `conversion` is that of the one currency, `ppp` that of purchasing power."""

    def __init__(self, areas, conversion, ppp):
        self.areas = areas
        self.conversion = conversion
        self.ppp = ppp

    @cached_property
    def figures(self):
        """Every figure of the places, each with its amount in both kinds of money and its place on the one axis."""
        power = self.ppp.annotations()["shown_amount"]
        figures = SalaryFigure.objects.published().of_career(ROLE).in_places([area.slug for area in self.areas])
        found = list(figures.with_joins().shown_in(self.conversion).annotate(power=power).by_population())
        for figure in found:
            figure.why_not = why_not_ranked(figure)
            figure.notes = [one for one in figure.reasons if one.is_note]
            figure.against = [one for one in figure.reasons if not one.is_note]
        return found

    @cached_property
    def axis(self):
        """The one axis of all places; None if no figure can be drawn."""
        drawn = [figure for figure in self.figures if figure.shown_amount is not None]
        return on_one_axis(drawn, self.conversion.units)

    @cached_property
    def places(self):
        return [
            Place(area, [figure for figure in self.figures if figure.area_id in (area.pk, area.within_id)])
            for area in self.areas
        ]

    @property
    def explained(self):
        return explained(dict.fromkeys(figure.population for figure in self.figures))

    @property
    def width(self):
        """The number of columns."""
        return len(self.areas) + 1

    @cached_property
    def groups(self):
        units, day, year = self.conversion.units, self.conversion.day, self.ppp.years
        rate = f"at the rates of {day}" if day else "no rates are on record"
        prices = f"at the prices of {year}, national" if year else "no price levels are on record"
        of_title = [
            self.of_figures("printed", "As printed", lambda one: (one.currency, one.amount, one.period)),
            self.of_figures("period", "Pay period", lambda one: None if one.period == Period.UNSTATED else one.period),
            self.of_figures("as_of", "As of", lambda one: one.as_of or None),
            self.of_figures("reasons", "Confidence and reasons", doubts),
            self.of_figures("converted", f"In {units} a year", lambda one: rounded(one.shown_amount), rate),
            self.of_figures("power", "In international dollars a year", lambda one: rounded(one.power), prices),
        ]
        return [
            Group("pay", "This title: medical director", of_title),
            Group("official", "This title and official statistics around it", self.drawn_rows, self.axis),
            Group("places", "The places", self.place_rows),
        ]

    @property
    def drawn_rows(self):
        """The title, then per kind the classes that several places share, and those that one place has alone."""
        title = self.of_figures("bands", "This title", lambda one: rounded(one.shown_amount))
        classes = dict.fromkeys(figure.population for figure in self.figures if not figure.describes_title)
        shared = [one for one in classes if sum(bool(place.of_class(one)) for place in self.places) > 1]
        rows = [title]
        for kind in (ClassKind.MANAGERS, ClassKind.PHYSICIANS):
            common = [one for one in shared if one.kind == kind]
            alone = [one for one in classes if one.kind == kind and one not in shared]
            rows += map(self.of_class, common)
            if alone or not common:
                rows.append(self.of_kind(f"{'Other ' if common else ''}{kind.label}".capitalize(), alone))
        return rows

    @property
    def place_rows(self):
        year = f"{self.ppp.years}, " if self.ppp.years else ""
        prices = f"{year}United States = 100; of the country, not the city"
        return [
            self.of_area("Country", lambda area: {"text": area.country.name}),
            self.of_area("Local currency", local_currency),
            self.of_area("National price level", self.price_level, prices),
            self.of_area("Time zone", lambda area: {"text": area.timezone}),
            self.of_area("Population of the city", population, "the city proper; census years differ"),
            self.of_area("Official area", official_area),
        ]

    def price_level(self, area):
        level = self.ppp.levels.get(area.country_id)
        return {"text": number(whole(level.level)) if level else ""}

    def of_figures(self, kind, label, key, hint=""):
        """A row about the figures for the title."""
        keys = {place.area: [key(figure) for figure in place.own] for place in self.places}
        cells = [
            Cell(place, tuple(keys[place.area]) if any(keys[place.area]) else None, figures=place.own)
            for place in self.places
        ]
        return Row(kind, label, cells, hint)

    def of_class(self, population):
        cells = []
        for place in self.places:
            figures = place.of_class(population)
            band = tuple(rounded(one.shown(getattr(one, name))) for one in figures for name in ("p10", "amount", "p90"))
            unknown = UNSTATED if place.uses(population.classification) else NOT_RESEARCHED
            cells.append(Cell(place, band if any(band) else None, figures=figures, unknown=unknown))
        return Row("bands", population.name, cells, f"class {population.code}")

    def of_kind(self, label, classes):
        """One row for the classes that only one of the places has: there is nothing to hold them against."""
        systems = {one.classification for one in classes}
        cells = [
            Cell(
                place,
                figures=[figure for figure in place.official if figure.population in classes],
                unknown=UNSTATED if any(map(place.uses, systems)) else NOT_RESEARCHED,
            )
            for place in self.places
        ]
        hint = "classes that only one of these places has" if classes else ""
        return Row("bands", label, cells, hint, lone=bool(classes))

    def of_area(self, label, fact, hint=""):
        """A row about the places themselves; an empty text is one that nobody looked for."""
        said = [(place, fact(place.area)) for place in self.places]
        return Row("fact", label, [Cell(place, what["text"] or None, **what) for place, what in said], hint)

    @property
    def counts(self):
        """How many rows there are, how many differ and how many are the same."""
        rows = [row for group in self.groups for row in group.rows]
        return len(rows), sum(row.differs for row in rows), sum(row.same for row in rows)


def doubts(figure):
    return (figure.confidence, *(one.rule for one in figure.reasons))


def rounded(amount):
    """As it is printed, so that what reads alike counts as alike."""
    return None if amount is None else thousands(amount)


def local_currency(area):
    return {"text": area.country.currency, "about": currency_name(area.country.currency)}


def population(area):
    return {"text": "" if area.population is None else area.population_text}


def official_area(area):
    """The area whose official figures stand for a place: the one around a city, else the place itself."""
    official = area.within if area.is_city else area
    if official is None:
        return {"text": "", "about": "or not free to reuse"}
    kind = official.get_kind_display().lower()
    about = f"{kind}, larger than the city" if area.is_city else kind
    return {"text": official.name, "about": about, "href": official.get_absolute_url()}
