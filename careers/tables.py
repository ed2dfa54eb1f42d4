"""Tables that set settings or careers side by side: what stands in a cell, and how far the columns differ."""

from dataclasses import dataclass, field

from careerguide.filtering import listing
from careers.choices import DutyArea, Necessity
from careers.profiles import PERSONAL

NOT_RESEARCHED = "not researched"
SKILLS = "Skills and traits"


@dataclass(frozen=True)
class Entry:
    """One line of a cell: a statement by its title, or a text, with what limits it."""

    text: str
    href: str = ""
    note: str = ""
    prose: bool = False  # whether `text` is a passage that `href` has the sources of, rather than a title


@dataclass(frozen=True)
class Row:
    """One row. `cells` holds (name of the column, entries); an empty cell reads `unknown`."""

    label: str
    cells: list
    unknown: str = NOT_RESEARCHED

    @property
    def compared(self):
        """The cells that are set against each other: all but that of what holds everywhere."""
        return [(name, entries) for name, entries in self.cells if name]

    @property
    def filled(self):
        return [name for name, entries in self.compared if entries]

    @property
    def verdict(self):
        """How many columns have anything here, in words."""
        filled, count = self.filled, len(self.compared)
        if len(filled) == count:
            return "In all"
        if not filled:
            return "In none"
        return f"Only {listing(filled)}" if len(filled) <= count / 2 else f"In {len(filled)} of {count}"

    @property
    def differs(self):
        return 0 < len(self.filled) < len(self.compared)


@dataclass(frozen=True)
class Group:
    heading: str
    anchor: str
    rows: list = field(default_factory=list)


def entry_of(part, base=""):
    """A duty, a requirement or a passage by its title, linked to its place on the profile at `base`."""
    notes = [part.get_kind_display()] if hasattr(part, "kind") else []
    if part.country:
        notes.append(f"{part.country} only")
    return Entry(part.title, f"{base}#{part.anchor}", ", ".join(notes))


def duty_rows(columns):
    """One row for each area of duties that any column has. `columns` holds (name, duties, address of the profile)."""
    for area, label in DutyArea.choices:
        cells = [(name, [entry_of(one, base) for one in duties if one.area == area]) for name, duties, base in columns]
        if any(entries for _, entries in cells):
            yield Row(label, cells)


def requirement_rows(columns):
    """One row for each necessity, then one for skills and traits. `columns` as for `duty_rows`."""
    for necessity, label in Necessity.choices:
        yield Row(
            label,
            [
                (
                    name,
                    [entry_of(one, base) for one in asked if one.necessity == necessity and one.kind not in PERSONAL],
                )
                for name, asked, base in columns
            ],
        )
    yield Row(
        SKILLS,
        [(name, [entry_of(one, base) for one in asked if one.kind in PERSONAL]) for name, asked, base in columns],
    )
