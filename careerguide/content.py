"""Load the fixtures: all or nothing, every object validated, and no editor's change undone without saying so.

Django's `loaddata` saves whatever it reads. This loader runs `full_clean()` on every object and works in one
transaction. For each object it remembers a digest of its fields as the load left them (models.LoadedRow). An
object that looks otherwise was changed by an editor: it is kept and reported, unless the caller overwrites.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction

from careerguide.models import LoadedRow
from careerguide.rows import Row, RowError, read_file, stored_objects
from salaries import judgement

# In the order of loading: a row may refer to rows of its own file above it and of the files before.
CONTENT_MODELS = [
    "sources.source",
    "sources.disagreement",
    "sources.side",
    "careers.country",
    "careers.setting",
    "careers.credential",
    "careers.credentialfact",
    "careers.career",
    "careers.alternativetitle",
    "careers.careersetting",
    "careers.duty",
    "careers.qualification",
    "careers.careerstage",
    "careers.passage",
    "careers.question",
    "careers.relatedcareer",
    "readinglist.topic",
    "readinglist.work",
    "readinglist.course",
    "readinglist.readinglist",
    "readinglist.listentry",
    "salaries.area",
    "salaries.cityalias",
    "salaries.populationdescribed",
    "salaries.exchangerate",
    "salaries.pricelevel",
    "salaries.salaryfigure",
    "sources.citation",
]
DERIVED_MODELS = ["salaries.finding"]  # made again after every load; they never hold a record back
MOST_PROBLEMS_SHOWN = 50


class ContentError(Exception):
    """The fixtures cannot be loaded; `problems` says where and why, one sentence each. Nothing was changed."""

    def __init__(self, problems):
        self.problems = problems
        super().__init__("\n".join(problems[:MOST_PROBLEMS_SHOWN]))


@dataclass
class Report:
    """What a load did, as counts, and what it left alone because an editor had changed it."""

    counts: Counter = field(default_factory=Counter)
    kept: list = field(default_factory=list)


def load(folder, overwrite=False):
    """Bring the database to what the fixtures in `folder` say and return a Report.

    Raises ContentError, with the database unchanged, if a file is missing or not readable, if a row is wrong,
    or if there is nothing to load.
    """
    try:
        rows = {label: read_file(folder / f"{label}.json", label) for label in CONTENT_MODELS}
    except RowError as error:
        raise ContentError([str(error)]) from error
    report, problems = Report(), []
    with transaction.atomic(), judgement.postponed():
        lock_content()
        loaders = [ModelLoader(label, overwrite, report, problems) for label in CONTENT_MODELS]
        for loader in loaders:
            loader.load(rows[loader.label])
            if problems:  # Later files refer to this one: their rows would only repeat the same complaint.
                raise ContentError(problems)
        for loader in reversed(loaders):
            loader.remove_dropped()
        if problems:
            raise ContentError(problems)
        judgement.refresh()
    return report


def lock_content():
    """Let nobody else write content until this transaction ends, and wait for a load that is under way.

    Otherwise an edit saved between our reading and our writing would be lost. SQLite needs no lock: its
    transactions are IMMEDIATE (settings.DATABASES), so one writer waits for the other from the start.
    """
    judgement.lock()
    if connection.vendor != "postgresql":
        return
    tables = [apps.get_model(label)._meta.db_table for label in ["careerguide.loadedrow", *CONTENT_MODELS]]
    names = ", ".join(connection.ops.quote_name(table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = '60s'")
        cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def needed_by(obj, count_ties):
    """Which other records refer to an object, in words; empty if none does.

    `count_ties` says whether a many-to-many tie counts: deleting it changes the record at its other end.
    """
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect([obj])
    others = [*collector.protected]
    for model, objects in collector.data.items():
        if model._meta.label_lower not in DERIVED_MODELS and (count_ties or not model._meta.auto_created):
            others += [other for other in objects if other != obj]
    names = sorted(f"{other._meta.verbose_name} “{other}”" for other in others)
    return f"needed by {', '.join(names[:5])}" if names else ""


class ModelLoader:
    """Loads the rows of one model."""

    def __init__(self, label, overwrite, report, problems):
        self.label, self.model = label, apps.get_model(label)
        self.overwrite, self.report, self.problems = overwrite, report, problems
        self.in_file = set()
        self.found = {}

    def load(self, rows):
        self.current = {key: (obj.pk, digest) for key, obj, digest in stored_objects(self.model)}
        self.loaded = dict(LoadedRow.objects.filter(model=self.label).values_list("key", "digest"))
        read = list(self.read(rows))
        self.remove_dropped(last_chance=False)  # now, so that a renamed record does not clash with its old self
        records = [
            LoadedRow(model=self.label, key=row.key, digest=row.digest)
            for number, row in read
            if self.settle(number, row)
        ]
        LoadedRow.objects.bulk_create(
            records, update_conflicts=True, unique_fields=["model", "key"], update_fields=["digest"]
        )

    def read(self, rows):
        """Yield (number, Row) of every row that can be read; the others are noted as problems."""
        for number, fields in enumerate((row["fields"] for row in rows), 1):
            try:
                row = Row(self.model, fields)
            except RowError as error:
                self.problem(number, fields.get("slug", ""), {error.field: [str(error)]})
                continue
            if row.key in self.in_file:
                self.problem(number, row.key, {"": ["the same record stands in the file twice."]})
                continue
            self.in_file.add(row.key)
            yield number, row

    def settle(self, number, row):
        """Save, leave or keep one object, and count it. True if it now is as the fixture says."""
        pk, current = self.current.get(row.key, (None, None))
        if current == row.digest:
            self.report.counts["unchanged"] += 1
            return True
        if current != self.loaded.get(row.key) and not self.overwrite:
            done = "deleted" if current is None else "changed"
            self.report.kept.append(f"{self.label} {row.key}: {done} in the admin")
            return False
        self.report.counts["created" if current is None else "updated"] += 1
        return self.save(number, row, pk)

    def save(self, number, row, pk):
        """Save one object; False, with its problems noted, if it is refused."""
        try:
            obj, many = row.build(self.find)
        except RowError as error:
            self.problem(number, row.key, {error.field: [str(error)]})
            return False
        obj.pk, obj._state.adding = (pk, False) if pk else (obj.pk, True)
        try:
            # The database checks uniqueness and constraints as it saves; asking it for each row beforehand takes
            # ten times as long. Only when it refuses do we ask, for a message that names the field.
            # Related records need no look either: their keys were just resolved.
            obj.full_clean(exclude=row.resolved, validate_unique=False, validate_constraints=False)
            with transaction.atomic():
                obj.save()
                for name, keys in many.items():
                    getattr(obj, name).set(keys)
        except ValidationError as error:
            self.problem(number, row.key, error.message_dict)
        except (DatabaseError, ValueError) as error:
            self.problem(number, row.key, self.refusal(obj) or {"": [str(error).strip()]})
        else:
            return True
        return False

    def find(self, model, key):
        """The primary key of a related object, asked for once."""
        known = (model, tuple(key))
        if known not in self.found:
            self.found[known] = model.objects.get_by_natural_key(*key).pk
        return self.found[known]

    @staticmethod
    def refusal(obj):
        """Why the database refused an object, by field, as far as validation can tell."""
        try:
            obj.full_clean()
        except ValidationError as error:
            return error.message_dict
        return {}

    def dropped(self):
        """(key, object, whether an editor changed it) of every object whose row has left the file."""
        gone = {key: digest for key, digest in self.loaded.items() if key not in self.in_file}
        if gone:
            for key, obj, digest in stored_objects(self.model):
                if key in gone:
                    yield key, obj, digest != gone[key] and not self.overwrite

    def remove_dropped(self, last_chance=True):
        """Delete objects whose row has left the file, unless an editor has changed them or others need them.

        Only the last chance, when every other file has been loaded, settles and reports what is kept.
        """
        for key, obj, edited in self.dropped():
            reason = "changed in the admin" if edited else needed_by(obj, count_ties=not last_chance)
            if not reason:
                obj.delete()
                LoadedRow.objects.filter(model=self.label, key=key).delete()
                del self.loaded[key]
                self.report.counts["removed"] += 1
            elif last_chance:
                self.report.kept.append(f"{self.label} {key}: no longer in the fixtures, but {reason}")

    def problem(self, number, key, messages):
        for name, texts in messages.items():
            where = f", field {name}" if name not in ("", NON_FIELD_ERRORS) else ""
            self.problems.append(f"{self.label}.json, row {number} {key}{where}: {' '.join(texts)}")
