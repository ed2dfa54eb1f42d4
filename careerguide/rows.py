"""Fixture rows: read from files, turned into values field by field, and compared with what is stored.

Django's own deserializer stops at the first fault of a row and does not always say in which field it lies.
"""

import hashlib
import json
import re
from decimal import Decimal
from functools import cache

from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models


class RowError(Exception):
    """A row is wrong in its form: `field` says where (empty for the whole row), the text says what."""

    def __init__(self, text, field=""):
        self.field = field
        super().__init__(text)


def read_file(path, label, optional=False):
    """The rows of a fixture file; raises RowError unless it is a list of rows of model `label`.

    Unless the file is `optional`, it has to be there and to hold a row: an empty file would delete all records.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if optional:
            return []
        raise RowError(f"{path.name} is missing.") from error
    except OSError as error:
        raise RowError(f"{path.name} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise RowError(f"{path.name} cannot be read as JSON in UTF-8: {error}") from error
    if not isinstance(rows, list) or not (rows or optional):
        raise RowError(f"{path.name} holds no rows: a list with at least one row is needed.")
    for number, row in enumerate(rows, 1):
        if not (isinstance(row, dict) and row.get("model") == label and isinstance(row.get("fields"), dict)):
            raise RowError(f'{path.name}, row {number}: write {{"model": "{label}", "fields": {{…}}}}.')
    return rows


def key_text(natural_key):
    return json.dumps(natural_key, ensure_ascii=False, default=str)


@cache
def content_fields(model):
    """{name: field} of what rows hold, in the order in which the model declares it.

    A field that no form shows (`editable=False`) is derived and no content, unless the model says otherwise in
    CONTENT_FIELDS. Numbers that a database gives out are none either.
    """
    hidden = getattr(model, "CONTENT_FIELDS", ())
    fields = sorted([*model._meta.concrete_fields, *model._meta.many_to_many])  # fields sort as declared
    written = (one for one in fields if one.editable or one.primary_key or one.name in hidden)
    return {one.name: one for one in written if not isinstance(one, models.AutoField)}


def digest(model, fields):
    """A field at its default counts as absent: a field new to the model makes no object look edited.

    A derived field never counts: nobody wrote it.
    """
    known = content_fields(model)
    fields = {
        name: value
        for name, value in fields.items()
        if name in known and not known[name].primary_key and value not in ([], known[name].get_default())
    }
    return hashlib.sha256(json.dumps(fields, sort_keys=True, default=plain).encode()).hexdigest()


def plain(value):
    """One spelling for equal values: 357000 and 357000.00 are the same amount."""
    return str(value.normalize()) if isinstance(value, Decimal) else str(value)


def further_relations(model, names):
    """What natural keys of related records look through, as that of a qualification does at its career."""
    keys = ((name, model._meta.get_field(name).related_model.NATURAL_KEY) for name in names)
    return [f"{name}__{path.rpartition('__')[0]}" for name, paths in keys for path in paths if "__" in path]


def stored_rows(model):
    """Yield (object, {name: value} of its content) for every object, in a constant number of queries."""
    foreign = [f.name for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
    many = [f.name for f in model._meta.many_to_many]
    joins = foreign + further_relations(model, foreign)
    objects = list(model.objects.select_related(*joins).prefetch_related(*many, *further_relations(model, many)))
    rows = serializers.serialize("python", objects, use_natural_foreign_keys=True, use_natural_primary_keys=True)
    for row, obj in zip(rows, objects, strict=True):
        fields = {model._meta.pk.name: obj.pk, **row["fields"]}
        fields |= {name: sorted(fields[name]) for name in many}
        yield obj, {name: fields[name] for name in content_fields(model)}


def stored_objects(model):
    """Yield (key, object, digest of its fields) for every object, in a constant number of queries."""
    for obj, fields in stored_rows(model):
        yield key_text(obj.natural_key()), obj, digest(model, fields)


NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?\Z")


def fault_of(field, value):
    """What is wrong with a JSON value before Django converts it, which takes more than a file should hold."""
    if isinstance(value, list | dict):
        return "one value is needed, not a list."
    if isinstance(value, bool) != isinstance(field, models.BooleanField) and value is not None:
        return "true and false are for yes-or-no fields, and they take nothing else."
    if isinstance(value, str) and not is_text(value):
        return "it contains a null character or half a character, which no text has."
    if isinstance(field, models.IntegerField | models.DecimalField) and value is not None:
        whole = isinstance(field, models.IntegerField)
        if not NUMBER.match(str(value)) or (whole and not isinstance(value, int)):
            return f"“{str(value)[:40]}” is no plain {'whole ' if whole else ''}number."
    return ""


def left_empty(field, value):
    """Whether a field that no form shows, and that validation therefore passes over, lacks a value it needs."""
    may_be_empty = field.blank and field.empty_strings_allowed
    return (value is None and not field.null) or (value == "" and not may_be_empty)


def is_text(value):
    return "\0" not in value and not any("\ud800" <= character <= "\udfff" for character in value)


class Row:
    """The fields of one row, read for a model. Raises RowError, with the field, for what cannot be read."""

    def __init__(self, model, fields):
        self.model = model
        by_name = content_fields(model)
        for name in fields:
            if name not in by_name:
                raise RowError("there is no such field.", name)
        self.values, self.keys, self.key_lists = {}, {}, {}
        for name, field in by_name.items():
            if field.many_to_many:
                keys = self.listed(field, fields.get(name, []))
                self.key_lists[name] = [self.related_key(field, key) for key in keys]
            elif isinstance(field, models.ForeignKey):
                value = fields.get(name)
                self.keys[name] = None if value is None else self.related_key(field, value)
            elif name in fields:
                self.values[name] = self.python_value(field, fields[name])
            elif not field.primary_key:
                self.values[name] = field.get_default()
        for name, field in by_name.items():
            if not field.editable and left_empty(field, self.values.get(name)):
                raise RowError("a value is needed: no form shows this field, so nothing else fills it.", name)
        self.key = key_text(self.natural_key(fields))
        lists = {name: sorted(keys) for name, keys in self.key_lists.items()}
        self.digest = digest(model, self.values | self.keys | lists)

    def natural_key(self, fields):
        try:
            return self.model.natural_key_of(fields)
        except (LookupError, TypeError, StopIteration) as error:
            raise RowError("it does not say which record it is: a field of its natural key is missing.") from error

    @staticmethod
    def python_value(field, value):
        fault = fault_of(field, value)
        if fault:
            raise RowError(fault, field.name)
        try:
            return field.to_python(value)
        except (ValidationError, ArithmeticError, TypeError, ValueError) as error:
            raise RowError(" ".join(getattr(error, "messages", [str(error)])), field.name) from error

    @staticmethod
    def listed(field, value):
        if not isinstance(value, list):
            raise RowError("a list of natural keys is needed.", field.name)
        return value

    @staticmethod
    def related_key(field, value):
        parts = len(field.related_model.NATURAL_KEY)
        if not (
            isinstance(value, list)
            and len(value) == parts
            and all(isinstance(part, str) and is_text(part) for part in value)
        ):
            raise RowError(f"a natural key is a list of {parts}, not {json.dumps(value)}.", field.name)
        return value

    @property
    def resolved(self):
        """The relations that need no further validation once `build` has found their records."""
        relations = {name: self.model._meta.get_field(name) for name, key in self.keys.items() if key is not None}
        return {name for name, field in relations.items() if not field.get_limit_choices_to()}

    def build(self, find):
        """An unsaved object, and {name: [primary keys]} of its many-to-many fields.

        `find(model, natural key)` returns a primary key or raises ObjectDoesNotExist.
        """
        obj = self.model(**self.values)
        for name, key in self.keys.items():
            if key is not None:
                setattr(obj, self.model._meta.get_field(name).attname, self.found(find, name, key))
        many = {name: [self.found(find, name, key) for key in keys] for name, keys in self.key_lists.items()}
        return obj, many

    def found(self, find, name, key):
        related = self.model._meta.get_field(name).related_model
        try:
            return find(related, key)
        except ObjectDoesNotExist as error:
            raise RowError(f"there is no {related._meta.verbose_name} {key_text(key)}.", name) from error
