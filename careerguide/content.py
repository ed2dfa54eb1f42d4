"""Load the fixtures: all or nothing, every object validated, and no editor's change undone without saying so.

Django's `loaddata` saves whatever it reads. This loader runs `full_clean()` on every object and works in one
transaction. For each object it remembers a digest of its fields as the load left them (models.LoadedRow). An
object that looks otherwise was changed by an editor: it is kept and reported, unless the caller overwrites.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from django.apps import apps
from django.core import serializers
from django.core.exceptions import NON_FIELD_ERRORS, FieldError, ObjectDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, models, transaction

from careerguide.models import LoadedRow

# In the order of loading: a row may refer to rows of its own file above it and of the files before.
CONTENT_MODELS = [
    "sources.source",
    "careers.country",
    "careers.setting",
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
    "salaries.city",
    "salaries.cityalias",
    "salaries.salaryfigure",
    "sources.citation",
]
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
    rows = {label: read_rows(folder / f"{label}.json", label) for label in CONTENT_MODELS}
    report, problems = Report(), []
    try:
        with transaction.atomic():
            loaders = [ModelLoader(label, overwrite, report, problems) for label in CONTENT_MODELS]
            for loader in loaders:
                loader.load(rows[loader.label])
                if problems:  # Later files refer to this one: their rows would only repeat the same complaint.
                    raise ContentError(problems)
            for loader in reversed(loaders):
                loader.remove_dropped()
    except DatabaseError as error:
        raise ContentError([f"The database refused the content: {error}"]) from error
    return report


def read_rows(path, label):
    """Read one fixture file; raises ContentError unless it is a non-empty list of rows of model `label`."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ContentError([f"{path.name} is missing."]) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ContentError([f"{path.name} cannot be read as JSON in UTF-8: {error}"]) from error
    if not isinstance(rows, list) or not rows:
        raise ContentError([f"{path.name} holds no rows: a list with at least one row is needed."])
    for number, row in enumerate(rows, 1):
        if not (isinstance(row, dict) and row.get("model") == label and isinstance(row.get("fields"), dict)):
            raise ContentError([f'{path.name}, row {number}: write {{"model": "{label}", "fields": {{…}}}}.'])
    return rows


def digest(fields):
    return hashlib.sha256(json.dumps(fields, sort_keys=True, default=plain).encode()).hexdigest()


def plain(value):
    """One spelling for equal values: 357000 and 357000.00 are the same amount."""
    return str(value.normalize()) if isinstance(value, Decimal) else str(value)


def key_text(obj):
    return json.dumps(obj.natural_key(), ensure_ascii=False)


def relations(model):
    """The names of a model's foreign keys and of its many-to-many fields."""
    foreign = [f.name for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
    return foreign, [f.name for f in model._meta.many_to_many]


def stored_objects(model):
    """Yield every object with its key and the digest of its fields, in a constant number of queries."""
    foreign, many = relations(model)
    joins = list(foreign)
    for name in foreign:  # A natural key may look through a further relation, as a duty's does at its career.
        natural_key = getattr(model._meta.get_field(name).related_model, "NATURAL_KEY", ())
        joins += [f"{name}__{path.rpartition('__')[0]}" for path in natural_key if "__" in path]
    objects = list(model.objects.select_related(*joins).prefetch_related(*many))
    rows = serializers.serialize("python", objects, use_natural_foreign_keys=True, use_natural_primary_keys=True)
    for row, obj in zip(rows, objects, strict=True):
        for name in many:
            row["fields"][name] = sorted(row["fields"][name])
        yield key_text(obj), obj, digest(row["fields"])


def digest_of_row(row, obj):
    """The digest that the object built from a fixture row will have once it is saved."""
    foreign, many = relations(type(obj))
    fields = {f.name: f.value_from_object(obj) for f in obj._meta.concrete_fields if not f.primary_key}
    fields |= {name: row["fields"].get(name) for name in foreign}
    fields |= {name: sorted(row["fields"].get(name, [])) for name in many}
    return digest(fields)


class ModelLoader:
    """Loads the rows of one model."""

    def __init__(self, label, overwrite, report, problems):
        self.label, self.model = label, apps.get_model(label)
        self.overwrite, self.report, self.problems = overwrite, report, problems
        self.in_file = set()

    def load(self, rows):
        self.current = {key: state for key, obj, state in stored_objects(self.model)}
        self.loaded = dict(LoadedRow.objects.filter(model=self.label).values_list("key", "digest"))
        records = []
        for number, row in enumerate(rows, 1):
            deserialized = self.build(row, number)
            if deserialized is None:
                continue
            key = key_text(deserialized.object)
            if key in self.in_file:
                self.problem(number, key, {NON_FIELD_ERRORS: ["the same record stands in the file twice."]})
                continue
            self.in_file.add(key)
            target = digest_of_row(row, deserialized.object)
            if self.settle(key, target, lambda: self.save(deserialized, number, key)):  # noqa: B023 (called at once)
                records.append(LoadedRow(model=self.label, key=key, digest=target))
        LoadedRow.objects.bulk_create(
            records, update_conflicts=True, unique_fields=["model", "key"], update_fields=["digest"]
        )

    def settle(self, key, target, save):
        """Save, leave or keep one object, and count it. True if it now is as the fixture says."""
        current, loaded = self.current.get(key), self.loaded.get(key)
        if current == target:
            self.report.counts["unchanged"] += 1
            return True
        if current != loaded and not self.overwrite:
            done = "deleted" if current is None else "changed"
            self.report.kept.append(f"{self.label} {key}: {done} in the admin")
            return False
        self.report.counts["created" if current is None else "updated"] += 1
        return save()

    def build(self, row, number):
        """Turn a row into an unsaved object with its relations found, or note the problem and return None."""
        try:
            return next(iter(serializers.deserialize("python", [row])))
        except (DeserializationError, ValidationError, ObjectDoesNotExist, FieldError, ValueError, TypeError) as error:
            text = json.dumps(row["fields"], ensure_ascii=False)
            self.problem(number, f"{text[:100]}…", {NON_FIELD_ERRORS: [str(error)]})
            return None

    def save(self, deserialized, number, key):
        obj = deserialized.object
        obj._state.adding = key not in self.current  # else a changed object would clash with itself
        try:
            # The database checks uniqueness and constraints as it saves; asking it for each row beforehand takes
            # ten times as long. Only when it refuses do we ask, for a message that names the field.
            obj.full_clean(validate_unique=False, validate_constraints=False)
            with transaction.atomic():
                deserialized.save()
        except ValidationError as error:
            self.problem(number, key, error.message_dict)
        except (DatabaseError, ValueError) as error:
            self.problem(number, key, self.refusal(obj) or {NON_FIELD_ERRORS: [str(error).strip()]})
        else:
            return True
        return False

    def refusal(self, obj):
        """Why the database refused an object, by field, as far as validation can tell."""
        try:
            obj.full_clean()
        except ValidationError as error:
            return error.message_dict
        return {}

    def remove_dropped(self):
        """Delete objects whose row has left the file, unless an editor has changed them since."""
        dropped = {key: state for key, state in self.loaded.items() if key not in self.in_file}
        if not dropped:
            return
        for key, obj, state in stored_objects(self.model):
            if key in dropped and (self.overwrite or state == dropped[key]):
                obj.delete()
                self.report.counts["removed"] += 1
            elif key in dropped:
                self.report.kept.append(f"{self.label} {key}: no longer in the fixtures, but changed in the admin")
        LoadedRow.objects.filter(model=self.label, key__in=dropped).delete()

    def problem(self, number, key, messages):
        for name, texts in messages.items():
            where = "" if name == NON_FIELD_ERRORS else f", field {name}"
            self.problems.append(f"{self.label}.json, row {number} {key}{where}: {' '.join(texts)}")
