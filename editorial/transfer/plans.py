"""What an import would do, row by row, before anything is done."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum

from import_export.results import Result

MOST_SHOWN = 50


class Kind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass
class Line:
    """One row of the file. `before` is the record as it stands, `record` as the row would leave it."""

    number: int
    slug: str
    before: object = None
    record: object = None
    changes: list = field(default_factory=list)  # (name of the column, old text, new text)
    problems: list = field(default_factory=list)  # (name of the column or "", sentence)
    warnings: list = field(default_factory=list)  # sentences; whoever imports it all the same has read them
    tied: bool = False  # whether its ties to other records change as well

    @property
    def kind(self):
        if self.problems:
            return Kind.REFUSED
        if self.before is None:
            return Kind.ADDED
        return Kind.CHANGED if self.changes else Kind.UNCHANGED

    @property
    def public(self):
        return self.before is not None and self.before.was_public

    @property
    def sentences(self):
        return [f"{name}: {text}" if name else text for name, text in self.problems]

    def problem(self, name, text):
        self.problems.append((name, text))


class Plan(Result):
    """All lines of a file, counted; what would be added, changed, left and refused."""

    def __init__(self, lines, needs_source=False):
        super().__init__()
        self.lines = lines
        self.needs_source = needs_source  # of changes of what is public
        self.imported = False
        self.new_findings = 0  # that cast doubt on public figures, once it is imported
        self.objection = ""  # to the whole file
        self.by_kind = {kind: [] for kind in Kind}
        for line in lines:
            self.by_kind[line.kind].append(line)

    def of(self, kind):
        return self.by_kind[kind]

    @property
    def public_changes(self):
        return sum(line.public for line in self.of(Kind.CHANGED))

    @property
    def digest(self):
        """Differs as soon as the import would do anything else, for instance because somebody edited a record."""
        said = [[line.number, line.slug, line.kind, line.changes] for line in self.lines]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def groups(self):
        """[(kind, number of lines, the first lines)] of what is worth a look; those to look at twice come first."""
        kinds = [(kind, self.of(kind)) for kind in (Kind.REFUSED, Kind.CHANGED, Kind.ADDED) if self.of(kind)]
        return [
            (kind, len(lines), sorted(lines, key=lambda line: not line.warnings)[:MOST_SHOWN]) for kind, lines in kinds
        ]

    def has_errors(self):
        return bool(self.objection or self.of(Kind.REFUSED))

    def has_validation_errors(self):
        return False

    def lacks(self, reason, source):
        """{field: sentence} of what must still be said before readers see other facts than today."""
        count = self.public_changes
        if not count:
            return {}
        what = "1 record that readers know" if count == 1 else f"{count:,} records that readers know"
        missing = {} if reason else {"reason": f"{what} would change: say why. Readers see the reason."}
        if self.needs_source and not source:
            missing["source"] = f"{what} would change: name the source of the new values."
        return missing

    @property
    def summary(self):
        """What would happen, or has happened, in one sentence."""
        counts = {kind: f"{len(self.of(kind)):,}" for kind in Kind}
        would = "" if self.imported else "would be "
        parts = (
            f"{counts['added']} {would}added as drafts, {counts['changed']} changed, {counts['unchanged']} unchanged"
        )
        found = (
            f" New findings about figures: {self.new_findings:,}; see the quality desk." if self.new_findings else ""
        )
        return f"{parts}, {counts['refused']} refused.{found}"
