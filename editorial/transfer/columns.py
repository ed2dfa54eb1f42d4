"""The columns of a spreadsheet: each shows a field of a record as text, and reads the text back.

What a cell says is read once however often it stands there; a figure's source stands in hundreds of rows.
"""

import datetime
import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from import_export.fields import Field

from editorial.transfer.cells import PLAIN_NUMBER, guarded, refusal, unguarded

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,30}")
SEPARATOR = ";"  # between the topics in one cell
MOST_SHOWN = 12  # of the words that a message lists


class Column(Field):
    """A column of text; the other kinds differ in how they show a value and how they read one."""

    is_number = False

    def __init__(self, field):
        super().__init__(attribute=field.name, column_name=field.name)
        self.field = field
        self.name = field.name
        self.known = {}  # {text of a cell: (value, why it is refused)}

    @property
    def hint(self):
        """How to write it, for the editor."""
        words = dict(self.field.flatchoices) if self.field.choices else {}
        empty = ", or empty" if self.field.blank else ""
        return f"One of {listed(words)}{empty}." if words else ""

    def __deepcopy__(self, memo):
        """Each import has columns of its own: what one has looked up may be gone when the next begins."""
        return type(self)(self.field)

    def export(self, record, force_native_type=False, **kwargs):
        """A cell of an export. Workbooks hold numbers as numbers."""
        value = getattr(record, self.field.attname)
        return value if force_native_type and self.is_number and value is not None else guarded(self.show(record))

    def show(self, record):
        return self.text(getattr(record, self.field.attname))

    def text(self, value):
        return "" if value is None else str(value)

    def value(self, record):
        """What makes a difference when it changes."""
        return getattr(record, self.field.attname)

    def give(self, record, value):
        setattr(record, self.name, value)

    def read(self, cell):
        """(value, "") or (None, why the cell is refused)."""
        if cell not in self.known:
            try:
                self.known[cell] = (self.checked(cell), "")
            except ValidationError as error:
                self.known[cell] = (None, " ".join(error.messages))
        return self.known[cell]

    def checked(self, cell):
        why = "" if self.is_number and PLAIN_NUMBER.fullmatch(cell) else refusal(cell)
        if why:
            raise ValidationError(why)
        text = re.sub("\r\n?", "\n", unguarded(cell)).strip()
        if not text and not self.field.blank:
            words = f" with one of {listed(dict(self.field.flatchoices))}" if self.field.choices else ""
            raise ValidationError(f"This is needed: fill in the cell{words}.")
        return self.field.clean(self.parsed(text), None)

    def parsed(self, text):
        if self.field.choices and text and text not in dict(self.field.flatchoices):
            raise ValidationError(f"“{text[:60]}” is none of {listed(dict(self.field.flatchoices))}.")
        return text


class NumberColumn(Column):
    is_number = True

    def text(self, value):
        return "" if value is None else f"{value.normalize():f}"

    def parsed(self, text):
        if text and not PLAIN_NUMBER.fullmatch(text):
            raise ValidationError(f"“{text[:60]}” is no plain number. Write it as 39000 or 32.34.")
        return Decimal(text) if text else None

    def checked(self, cell):
        """With as many places as the database keeps: history must not take 390000 and 390000.00 for two values."""
        value = super().checked(cell)
        return None if value is None else value.quantize(Decimal(1).scaleb(-self.field.decimal_places))


class WholeColumn(Column):
    is_number = True

    def parsed(self, text):
        if text and not WHOLE_NUMBER.fullmatch(text):
            raise ValidationError(f"“{text[:60]}” is no plain whole number. Write it as 39000.")
        return int(text) if text else None


class TruthColumn(Column):
    WORDS = {"true": True, "false": False}
    hint = "Write true or false."

    def text(self, value):
        return str(value).lower()

    def parsed(self, text):
        if text.lower() not in self.WORDS:  # Excel writes them in capitals
            raise ValidationError(f"“{text[:60]}” is neither true nor false.")
        return self.WORDS[text.lower()]


class DayColumn(Column):
    hint = "Write it as 2025-05-31."

    def parsed(self, text):
        if not text:
            return None
        try:
            return datetime.date.fromisoformat(text if DAY.fullmatch(text) else "")
        except ValueError as error:
            raise ValidationError(f"“{text[:60]}” is no day of the calendar. Write it as 2025-05-31.") from error


class RelationColumn(Column):
    """Names a record by its natural key; all that can be named are fetched at once, when the first is looked for."""

    def __init__(self, field):
        super().__init__(field)
        (self.key,) = field.related_model.NATURAL_KEY

    @property
    def hint(self):
        return f"The {self.key} of the {self.field.related_model._meta.verbose_name}."

    @property
    def records(self):
        """{natural key: record}"""
        if not hasattr(self, "_records"):
            found = self.field.related_model.objects.all()
            self._records = {getattr(record, self.key): record for record in found}
        return self._records

    def prepare(self, records):
        """Give records the related ones that are already at hand, instead of asking for each."""
        by_pk = {record.pk: record for record in self.records.values()}
        for record in records:
            setattr(record, self.name, by_pk.get(getattr(record, self.field.attname)))

    def show(self, record):
        related = getattr(record, self.name, None)
        return getattr(related, self.key) if related else ""

    def checked(self, cell):
        why = refusal(cell)
        if why:
            raise ValidationError(why)
        return self.parsed(unguarded(cell).strip())

    def parsed(self, text):
        if not text and self.field.null:
            return None
        if text not in self.records:
            kind = self.field.related_model._meta.verbose_name
            raise ValidationError(f"There is no {kind} “{text[:80]}”. Known are {listed(self.records)}.")
        return self.records[text]


class AtHand(list):
    """Records in place of a query for them: a serializer asks the database again even for what was fetched before."""

    def iterator(self, chunk_size=None):
        return iter(self)


class TiesColumn(RelationColumn):
    """Names several records, separated by semicolons. The ties are stored beside the record, not in it."""

    @property
    def hint(self):
        return f"The {self.key} of each, separated by semicolons."

    def prepare(self, records):
        models.prefetch_related_objects(records, self.name)
        for record in records:
            self.give(record, getattr(record, self.name).all())

    def export(self, record, **kwargs):
        return guarded(self.show(record))

    def show(self, record):
        return SEPARATOR.join(sorted(getattr(one, self.key) for one in self.tied(record)))

    def value(self, record):
        return {one.pk for one in self.tied(record)}

    def tied(self, record):
        """The records themselves; a record that is not yet stored has those that `give` gave it."""
        prepared = getattr(record, "_prefetched_objects_cache", {})
        if self.name in prepared:
            return prepared[self.name]
        return [] if record._state.adding else getattr(record, self.name).all()

    def give(self, record, value):
        """Only beside the record in memory; editorial/transfer/saving.py stores it."""
        at_hand = getattr(record, "_prefetched_objects_cache", {})
        record._prefetched_objects_cache = at_hand | {self.name: AtHand(value)}

    def parsed(self, text):
        names = [name.strip() for name in text.split(SEPARATOR)]
        return [super(TiesColumn, self).parsed(name) for name in dict.fromkeys(names) if name]


KINDS = {
    models.ManyToManyField: TiesColumn,
    models.ForeignKey: RelationColumn,
    models.DecimalField: NumberColumn,
    models.IntegerField: WholeColumn,
    models.BooleanField: TruthColumn,
    models.DateField: DayColumn,
}


def column_of(field):
    return next((kind for type_, kind in KINDS.items() if isinstance(field, type_)), Column)(field)


def listed(words):
    """A few words in quotation marks, and how many more there are."""
    words = sorted(words)
    more = f" and {len(words) - MOST_SHOWN:,} more" if len(words) > MOST_SHOWN else ""
    return ", ".join(f"“{word}”" for word in words[:MOST_SHOWN]) + more
