"""The way back: from the database to the files of fixtures/, byte for byte the same if nothing was edited.

Only the models of `content.CONTENT_MODELS` are written, by natural keys: no accounts, no sessions, no history.

A dump remembers nothing. What an editor changed counts as changed until the files that hold it have been loaded into
the same database; should those files be thrown away instead, the change is still kept.
"""

from django.apps import apps
from django.db import transaction

from careerguide import content
from careerguide.fixtures import fixture_bytes, tidied
from careerguide.rows import Row, RowError, read_file, stored_rows


def stored_content():
    """{label: rows in the form of the files} of all content, as it stands at one moment."""
    with transaction.atomic():
        content.lock_content()  # else an edit between two files could leave one that refers to nothing
        return {label: tidied(rows_of(label)) for label in content.CONTENT_MODELS}


def rows_of(label):
    return [{"model": label, "fields": fields} for _, fields in stored_rows(apps.get_model(label))]


def differences(folder, files):
    """A sentence for each file in `folder` that does not hold the rows of `files`, {label: rows}."""
    return [
        f"{label}.json: {difference(folder / f'{label}.json', label, rows)}"
        for label, rows in files.items()
        if not is_written(folder / f"{label}.json", rows)
    ]


def is_written(path, rows):
    try:
        return path.read_bytes() == fixture_bytes(rows)
    except OSError:
        return False


def difference(path, label, rows):
    """How far a file is from the rows it should hold, counted in records."""
    if not path.exists():
        return "not there yet"
    try:
        written = read_file(path, label, optional=True)
    except RowError as error:
        return f"it cannot be compared. {error}"
    old, wrong = digests(label, written)
    new, _ = digests(label, rows)
    number = wrong + sum(old.get(key) != new.get(key) for key in old.keys() | new.keys())
    if number:
        return f"{number} record{'s differ' if number > 1 else ' differs'}"
    return "the same records in another order or form"


def digests(label, rows):
    """({key: digest} of the rows that can be read, number of the others)."""
    found, wrong = {}, 0
    for row in rows:
        try:
            read = Row(apps.get_model(label), row["fields"])
        except RowError:
            wrong += 1
        else:
            found[read.key] = read.digest
    return found, wrong
