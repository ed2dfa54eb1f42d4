"""Loading the rows of one model: what is saved, kept, refused or removed; see careerguide/content.py."""

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction

from careerguide.models import LoadedRow
from careerguide.rows import Row, RowError, key_text, stored_objects
from editorial.status import Status

LEFT_THE_FILES = "It is no longer among the figures that this site collects."  # readers of its address are told
DERIVED_MODELS = ["salaries.finding"]  # made again after every load; they never hold a record back


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
        self.allowed = set()

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
            for name, keys in many.items():
                self.check_choices(name, dict(zip(keys, row.key_lists[name], strict=True)))
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

    def check_choices(self, name, keys):
        """Hold the targets of a many-to-many field against its `limit_choices_to`, which `full_clean()` does not.

        `keys` are natural keys by primary key; what has passed is not asked for again.
        """
        field = self.model._meta.get_field(name)
        limit = field.get_limit_choices_to()
        unknown = {pk for pk in keys if (name, pk) not in self.allowed} if limit else set()
        if unknown:
            allowed = field.related_model.objects.complex_filter(limit).filter(pk__in=unknown)
            self.allowed |= {(name, pk) for pk in allowed.values_list("pk", flat=True)}
        for pk in unknown:
            if (name, pk) not in self.allowed:
                what = field.related_model._meta.verbose_name
                raise RowError(f"{what} {key_text(keys[pk])} is no choice here.", name)

    @staticmethod
    def refusal(obj):
        """Why the database refused an object, by field, as far as validation can tell."""
        try:
            obj.full_clean()
        except ValidationError as error:
            return error.message_dict
        return {}

    def remove_dropped(self, last_chance=True):
        """Delete objects whose row has left the file, unless an editor has changed them or others need them.

        What must never be deleted because readers may have seen it is withdrawn; its address says so.

        Only the last chance, when every other file has been loaded, settles and reports what is kept. Objects of
        one file may need each other: what is kept is looked at again for as long as others go.
        """
        kept = self.remove_once(last_chance)
        while last_chance and kept and self.removed:
            kept = self.remove_once(last_chance)
        if last_chance:
            self.report.kept += kept

    def remove_once(self, last_chance):
        """Delete what can go, note in `removed` whether anything did, and return what is kept, a sentence each."""
        self.removed, kept, forgotten, withdrawn = False, [], set(), set()
        gone = self.loaded.keys() - self.in_file
        stored = stored_objects(self.model) if gone else []
        left = {key: (obj, digest) for key, obj, digest in stored if key in gone}
        for key, (obj, digest) in left.items():
            edited = digest != self.loaded[key] and not self.overwrite
            if getattr(obj, "stays_for_ever", False) and not (edited and obj.is_published):
                withdrawn |= self.withdraw(key, obj)
                continue
            reason = "changed in the admin" if edited else needed_by(obj, count_ties=not last_chance)
            if reason:
                kept.append(f"{self.label} {key}: no longer in the fixtures, but {reason}")
            else:
                obj.delete()
                forgotten.add(key)
                self.removed = True
                self.report.counts["removed"] += 1
        if withdrawn:
            self.remember(withdrawn)
        if last_chance:  # an editor deleted it, and its row has gone too: nothing is left to disagree about
            forgotten |= gone - left.keys()
        for key in forgotten:
            LoadedRow.objects.filter(model=self.label, key=key).delete()
            del self.loaded[key]
        return kept

    def withdraw(self, key, obj):
        """Take an object from readers, unless it is: the keys of what was withdrawn, one or none."""
        if not obj.is_published:
            return set()
        obj.status, obj.withdrawn_because = Status.WITHDRAWN, LEFT_THE_FILES
        obj.save()
        self.report.counts["withdrawn"] += 1
        return {key}

    def remember(self, keys):
        """Keep what these objects now are as their last load: a row that returns to the file brings them back."""
        for key, _, digest in stored_objects(self.model):
            if key in keys:
                self.loaded[key] = digest
                LoadedRow.objects.filter(model=self.label, key=key).update(digest=digest)

    def problem(self, number, key, messages):
        for name, texts in messages.items():
            where = f", field {name}" if name not in ("", NON_FIELD_ERRORS) else ""
            self.problems.append(f"{self.label}.json, row {number} {key}{where}: {' '.join(texts)}")
