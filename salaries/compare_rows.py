"""What the comparison is made of: places, and rows of cells that say whether the places differ."""

from dataclasses import dataclass, field

from django.utils.functional import cached_property

from salaries.models import Area

UNSTATED, NOT_RESEARCHED = "unstated", "not researched"
AT_ONCE = 3  # figures in one cell before the others are folded


@dataclass(frozen=True)
class Cell:
    """What is known of one place in one row. `key` is what rows are compared by, None if it is not known."""

    place: "Place"
    key: object = None
    text: str = ""
    about: str = ""
    href: str = ""
    figures: list = field(default_factory=list)
    unknown: str = NOT_RESEARCHED

    @property
    def several(self):
        """Whether each figure has to be told from the others."""
        return len(self.figures) > 1

    @property
    def first(self):
        """The figures that are shown at once."""
        return self.figures[:AT_ONCE]

    @property
    def further(self):
        """The figures that unfold."""
        return self.figures[AT_ONCE:]


@dataclass(frozen=True)
class Row:
    """One attribute of all places. `kind` says how templates/salaries/_compare_cell.html prints it.

    `lone` marks a row of figures that have no like in the other places: it is not compared.
    """

    kind: str
    label: str
    cells: list
    hint: str = ""
    lone: bool = False

    @cached_property
    def known(self):
        return [cell.key for cell in self.cells if cell.key is not None]

    @property
    def differs(self):
        return not self.lone and len(set(self.known)) > 1

    @property
    def same(self):
        return not self.lone and len(self.known) == len(self.cells) and not self.differs

    @property
    def verdict(self):
        """In words, whether the places differ here."""
        if self.lone:
            return "no class in common"
        if self.differs:
            return "differs"
        if self.same:
            return "the same"
        return f"known for {len(self.known) or 'none'} of {len(self.cells)}"


@dataclass(frozen=True)
class Group:
    """Rows under one heading; those of a group with an axis are drawn on it."""

    anchor: str
    heading: str
    rows: list
    axis: object = None


@dataclass(frozen=True)
class Place:
    """One area with every figure of it, and of the area of official statistics around it."""

    area: Area
    figures: list

    @property
    def own(self):
        """The figures that describe the title itself."""
        return [figure for figure in self.figures if figure.describes_title]

    @property
    def official(self):
        return [figure for figure in self.figures if not figure.describes_title]

    def of_class(self, population):
        return [figure for figure in self.official if figure.population == population]

    def uses(self, classification):
        """Whether official figures of this place follow a classification such as SOC 2018."""
        return any(figure.population.classification == classification for figure in self.official)
