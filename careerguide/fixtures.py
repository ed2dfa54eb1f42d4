"""The form of the files in fixtures/: one for each model, fit to be read, edited by hand and compared.

Whoever writes such a file, a command that reads research files or `dump_content`, writes it here: in one order, with
one spelling for each value. fixtures/README.md describes the form.
"""

import json
import os
from contextlib import suppress
from datetime import date
from decimal import Decimal

from django.apps import apps
from django.core.management.base import CommandError
from django.db import models

from careerguide.rows import content_fields, key_text
from salaries.choices import TITLE, AreaKind

# From the widest to the narrowest: cities and metropolitan areas refer to the states around them.
KINDS_OF_AREA = [kind.value for kind in reversed(AreaKind)]


def of_area(fields):
    return (KINDS_OF_AREA.index(fields["kind"]),)


def of_figure(fields):
    """The figures for the title itself stand before those of official statistics."""
    return (fields["population"] != [TITLE],)


def of_rate(fields):
    """By day, so that a further month is one block at the end."""
    return (fields["day"],)


def of_citation(fields):
    """By what cites: a statement's sources stand together."""
    statement = next(name for name in fields if name not in {"source", "stance", "place"})
    return statement, fields[statement], fields["source"]


# What the rows of some models are sorted by before their natural key.
ORDERS = {
    "salaries.area": of_area,
    "salaries.salaryfigure": of_figure,
    "salaries.exchangerate": of_rate,
    "sources.citation": of_citation,
}


def place_of(row):
    """What a tidy row is sorted by: its natural key, and before the last part of it a position, if it has one."""
    fields = row["fields"]
    key = apps.get_model(row["model"]).natural_key_of(fields)
    if row["model"] in ORDERS:
        return (*ORDERS[row["model"]](fields), *key)
    return (*key[:-1], fields.get("position", 0), key[-1])


def tidied(rows):
    """Rows such as {"model": "salaries.area", "fields": {...}} in the order and the form of their file."""
    rows = sorted(map(tidy, rows), key=place_of)
    return referred_first(rows) if rows else rows


def tidy(row):
    """A row with its keys in the order of the model's fields, without those that say nothing.

    Raises KeyError for a field that the model does not have, or that is derived.
    """
    fields = content_fields(apps.get_model(row["model"]))
    unknown = row["fields"].keys() - fields.keys()
    if unknown:
        raise KeyError(f"{row['model']} has no field {', '.join(sorted(unknown))}")
    written = {name: spelled(fields[name], row["fields"][name]) for name in fields if name in row["fields"]}
    return {
        "model": row["model"],
        "fields": {name: value for name, value in written.items() if not says_nothing(fields[name], value)},
    }


def spelled(field, value):
    """The one spelling of a value: 32, 32.0 and 32.00 are the same number."""
    if field.many_to_many:
        return sorted(list(key) for key in value)
    if field.is_relation and value:
        return list(value)
    if isinstance(field, models.DecimalField) and value not in (None, ""):
        return f"{Decimal(value).normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def says_nothing(field, value):
    """Whether the loader takes a row without the field for the same: it is empty, or off, or published as ever.

    What else is at its default is written all the same: that a period is unstated is worth saying.
    """
    if field.many_to_many or field.is_relation:
        return not value
    if value == "" and (field.null or not field.empty_strings_allowed):
        value = None
    ordinary = value in (None, "") or value is False or field.name == "status"
    return ordinary and value == field.get_default()


def referred_first(rows):
    """The rows of one model, each behind those it refers to: the loader reads from the top.

    Raises CommandError if rows refer to each other in a ring, which no order can hold.
    """
    model = apps.get_model(rows[0]["model"])
    own = [name for name, field in content_fields(model).items() if field.related_model is model]
    if not own:
        return rows
    by_key = {model.natural_key_of(row["fields"]): row for row in rows}
    placed, under_way = {}, set()

    def place(key):
        if key in placed or key not in by_key:
            return
        if key in under_way:
            raise CommandError(
                f"{model._meta.verbose_name} {key_text(key)} refers to itself by way of others, so that none of them "
                "can be loaded first. Take one of these ties away in the admin."
            )
        under_way.add(key)
        for name in own:
            value = by_key[key]["fields"].get(name, [])
            for other in value if model._meta.get_field(name).many_to_many else [value]:
                place(tuple(other))
        placed[key] = by_key[key]

    for key in by_key:
        place(key)
    return list(placed.values())


def fixture_bytes(rows):
    return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()


def write_fixtures(folder, files):
    """Write {label: rows} to `folder`, one file each, sorted and tidied here; returns the paths that changed.

    Every file is complete beside its place before the first takes it, so that a full disk or a folder that nobody
    may write to changes nothing. Raises CommandError, with what to do, if files cannot be written.
    """
    wanted = {folder / f"{label}.json": fixture_bytes(tidied(rows)) for label, rows in files.items()}
    waiting = {}
    try:
        for path, text in wanted.items():
            if path.is_dir():
                raise IsADirectoryError(0, f"{path.name} is a folder")
            if not path.exists() or path.read_bytes() != text:
                waiting[path] = path.with_name(f".{path.name}.{os.getpid()}")
                waiting[path].write_bytes(text)
        for path, complete in waiting.items():
            complete.replace(path)
    except OSError as error:
        raise CommandError(
            f"{folder} cannot be written to: {error.strerror}. Name a folder that is there and has room, and in which "
            "you may write; then run the command again."
        ) from error
    finally:
        for complete in waiting.values():
            with suppress(OSError):
                complete.unlink()
    return list(waiting)


def read_fixture(path):
    """The rows of a fixture file; none if there is no such file yet."""
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{path} cannot be read as JSON in UTF-8: {error}") from error
