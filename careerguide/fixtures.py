"""The form of the files in fixtures/: one for each model, fit to be read, edited by hand and compared."""

import json

from django.apps import apps


def write_fixture(path, rows):
    """Write rows such as {"model": "salaries.area", "fields": {...}} to `path`, in the order given.

    Keys follow the order of the model's fields, and empty fields are left out. Raises KeyError for a field
    that the model does not have.
    """
    text = json.dumps([tidy(row) for row in rows], ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


def read_fixture(path):
    """The rows of a fixture file; none if there is no such file yet."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def tidy(row):
    meta = apps.get_model(row["model"])._meta
    names = [field.name for field in sorted([*meta.fields, *meta.many_to_many])]  # fields sort as declared
    unknown = row["fields"].keys() - set(names)
    if unknown:
        raise KeyError(f"{row['model']} has no field {', '.join(sorted(unknown))}")
    fields = {name: row["fields"][name] for name in names if row["fields"].get(name) not in (None, "", [])}
    return {"model": row["model"], "fields": fields}
