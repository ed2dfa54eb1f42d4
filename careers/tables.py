"""Tables that set settings or careers side by side: what stands in a cell, and how far the columns differ."""

from dataclasses import dataclass, field

from careerguide.filtering import listing
from careers.choices import DutyArea, Necessity, QualificationKind
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
    """One row. `cells` holds (name of the column, entries); an empty cell reads `unknown`.

    `comparable` says that equal words mean equal things, so that a difference can be told by the words.
    """

    label: str
    cells: list
    unknown: str = NOT_RESEARCHED
    comparable: bool = False

    @property
    def compared(self):
        """The cells that are set against each other: all but that of what holds everywhere."""
        return [(name, entries) for name, entries in self.cells if name]

    @property
    def filled(self):
        return [name for name, entries in self.compared if entries]

    @property
    def differs(self):
        """Whether the columns say different things, as far as they are researched: only then is it marked."""
        said = {tuple(entry.text for entry in entries) for _, entries in self.compared if entries}
        return self.comparable and len(said) > 1

    @property
    def verdict(self):
        """What a reader may conclude: whether comparable columns differ, and for how many anything is known."""
        filled, count = self.filled, len(self.compared)
        if not filled:
            return "Not researched for any" if self.unknown == NOT_RESEARCHED else ""
        if len(filled) == count:
            known = ""
        else:
            known = f"known for {listing(filled)} only" if len(filled) == 1 else f"known for {len(filled)} of {count}"
        told = ("differs" if self.differs else "the same") if self.comparable and len(filled) > 1 else ""
        text = ", ".join(filter(None, [told, known]))
        return text[:1].upper() + text[1:]


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


def strength_rows(columns):
    """One row for each formal kind of qualification: how strongly each column asks for it, at its strongest.

    `columns` as for `duty_rows`; a kind that no column asks for has no row.
    """
    order = {value: place for place, value in enumerate(Necessity.values)}
    for kind, label in QualificationKind.choices:
        if kind in PERSONAL:
            continue
        cells = []
        for name, asked, base in columns:
            strongest = min(
                (one for one in asked if one.kind == kind), key=lambda one: order[one.necessity], default=None
            )
            cells.append((name, [strength_entry(strongest, base)] if strongest else []))
        if any(entries for _, entries in cells):
            yield Row(label, cells, comparable=True)


def strength_entry(qualification, base):
    note = f"{qualification.title}, {qualification.country} only" if qualification.country else qualification.title
    return Entry(qualification.get_necessity_display(), f"{base}#{qualification.anchor}", note)


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
