"""Every row of a sheet held against the table, in memory: a question to the database for each row takes too long."""

import copy

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import UniqueConstraint

from editorial.rights import may, publishes
from editorial.status import Status
from editorial.transfer.conditions import broken
from editorial.transfer.plans import Line, Plan
from editorial.transfer.sheets import KEY, Unreadable

ASK_A_PUBLISHER = "Readers know it. Ask a publisher to import this row, or propose the change on the record's own page."
ASK_A_SECOND = "Readers know it, and a second person must agree: propose the change on the record's own page."
UNKNOWN = "No record has this slug: is it mistyped? If it is a new record, leave this empty; it begins as a draft."
PORTION = 500  # rows between two signs of progress


class Check:
    """One look at one sheet. With `lock`, nobody else changes the records it names until the transaction ends."""

    def __init__(self, resource, sheet, user, progress, lock=False):
        self.resource, self.model, self.sheet = resource, resource.model, sheet
        self.user, self.progress = user, progress
        self.columns = self.named_columns()
        self.lines = [Line(number, self.slug_in(cells)) for number, cells in sheet.rows]
        slugs = {line.slug for line in self.lines}
        self.stored = self.stored_records(slugs, lock)
        self.elsewhere = resource.taken_elsewhere(slugs)
        self.missing = [
            (name, "A new record needs this, and the file has no such column.")
            for name, column in resource.columns.items()
            if column not in self.columns and not column.field.blank and not column.field.has_default()
        ]
        self.first = {}  # {slug: number of its first line}

    def named_columns(self):
        """The Column of each name in the header; raises Unreadable if one is unknown or stands twice."""
        names, known = self.sheet.columns, self.resource.columns
        unknown = [name for name in names if name not in known]
        if unknown:
            said = ", ".join(f"“{name[:40]}”" for name in unknown[:5])
            raise Unreadable(f"There is no column {said}. Known are: {', '.join(known)}.")
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise Unreadable(f"The column “{twice[0]}” stands twice in the first line. Remove one.")
        return [known[name] for name in names]

    def slug_in(self, cells):
        position = self.sheet.columns.index(KEY)
        return cells[position].strip()[:200] if position < len(cells) else ""

    def stored_records(self, slugs, lock):
        """{slug: record} of those that the sheet names, with what they refer to."""
        found = self.model.objects.filter(slug__in=slugs).order_by("pk")
        found = list(found.select_for_update() if lock else found)
        for column in self.resource.columns.values():
            if found and hasattr(column, "prepare"):
                column.prepare(found)
        return {record.slug: record for record in found}

    def plan(self):
        total = len(self.lines)
        for done, (line, (_, cells)) in enumerate(zip(self.lines, self.sheet.rows, strict=True)):
            if done % PORTION == 0:
                self.progress("checked", done, total)
            self.check(line, cells)
        self.refuse_repeats()
        self.progress("checked", total, total)
        return Plan(self.lines, needs_source=self.model.KEPT_FOR_EVER)

    def check(self, line, cells):
        if not self.fits(line, cells):
            return
        line.before = self.stored.get(line.slug)
        if line.before:
            line.record = copy.copy(line.before)
        else:
            line.record = self.model(slug=line.slug, status=Status.DRAFT)
            line.problems += self.missing
            if line.slug in self.elsewhere:
                line.problem(KEY, self.elsewhere[line.slug])
        for column, cell in zip(self.columns, cells, strict=False):
            self.take(line, column, cell)
        if line.problems or (line.before and not line.changes):
            return
        if line.before and not self.allowed(line.before):
            line.problem("", ASK_A_SECOND if publishes(self.user) else ASK_A_PUBLISHER)
            return
        self.check_record(line)
        line.warnings = self.resource.warnings(line.before, line.record) if line.before else []

    def fits(self, line, cells):
        """Whether the row has a cell for each column, and a slug that stands nowhere above."""
        wanted = len(self.columns)
        if len(cells) < wanted or any(cells[wanted:]):
            line.problem("", f"It has {len(cells)} cells, the first line {wanted}. Was the row cut, or a comma lost?")
        elif not line.slug:
            line.problem(KEY, "This is needed: it says which record the row is about.")
        elif line.slug in self.first:
            line.problem(KEY, f"“{line.slug[:80]}” stands in line {self.first[line.slug]} already.")
        else:
            self.first[line.slug] = line.number
        return not line.problems

    def take(self, line, column, cell):
        """Put what one cell says into the record, or note why not."""
        name, before = column.name, line.before
        shown = column.show(before) if before else ""
        if name == "status":
            return self.leave_status(line, cell, shown)
        value, why = column.read(cell)
        if before and (cell == shown or column.export(before) == cell):
            return None  # also what a stricter rule would refuse today: the row does not touch it
        if why:
            return line.problem(name, why)
        if not before:
            return column.give(line.record, value)
        old = column.value(before)
        column.give(line.record, value)
        new = column.value(line.record)
        if same(old, new):
            column.give(line.record, column.value(before)) if isinstance(new, str) else None
            return None
        if name in self.resource.WRITTEN_ONCE:
            return line.problem(name, f"It was printed so and stays so: “{shown}”. Leave the cell as it was exported.")
        line.tied = line.tied or column.field.many_to_many
        return line.changes.append((name, shown, column.show(line.record)))

    def leave_status(self, line, cell, shown):
        if line.before and cell.strip() not in ("", shown):
            line.problem("status", f"An import leaves it: write “{shown}”. The record's own page changes it.")
        elif not line.before and cell.strip() not in ("", Status.DRAFT):
            line.problem("status", UNKNOWN)

    def allowed(self, record):
        return self.user is None or may(self.user, "change", record)

    def check_record(self, line):
        """What several columns together must fulfil."""
        try:
            self.resource.clean(line.record)
        except ValidationError as error:
            for name, texts in error.message_dict.items():
                line.problem("" if name == NON_FIELD_ERRORS else name, " ".join(texts))
            return
        if "career" in {name for name, *_ in line.changes} and line.record.obstacle():
            line.problem("career", line.record.obstacle())
        for message in broken(line.record):
            line.problem("", message)

    def refuse_repeats(self):
        """Refuse rows that would be what another row, or a record outside the file, already is."""
        lines = [line for line in self.lines if not line.problems]
        mine = [line.before.pk for line in lines if line.before]
        for names in unique_together(self.model):
            attributes = [self.model._meta.get_field(name).attname for name in names]
            rows = self.model.objects.order_by().values_list("pk", "slug", *attributes)
            own = set(mine)
            taken = {tuple(key): f"record “{slug}”" for pk, slug, *key in rows if pk not in own}
            for line in lines:
                key = tuple(getattr(line.record, name) for name in attributes)
                if None in key:
                    continue
                if key in taken:
                    what = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
                    line.problem("", f"The {taken[key]} has the same {what}. Only one may.")
                taken.setdefault(key, f"row in line {line.number}")


def same(old, new):
    """Whether nothing changes. Spreadsheets write the ends of lines in their own way, and lose spaces at the end."""
    if isinstance(old, str) and isinstance(new, str):
        return old.replace("\r\n", "\n").replace("\r", "\n").strip() == new
    return old == new


def unique_together(model):
    """[names of fields] that only one record may have alike, the slug aside."""
    single = [[field.name] for field in model._meta.concrete_fields if field.unique and field.name not in (KEY, "id")]
    several = [list(one.fields) for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
    return single + several
