"""Copies of the fixtures for tests to change, and how a refusal is checked."""

import json

import pytest
from django.apps import apps

from careerguide import content

SOURCE, CITATION = "sources.source", "sources.citation"
COUNTRY, CAREER, DUTY = "careers.country", "careers.career", "careers.duty"
DISAGREEMENT, SIDE = "sources.disagreement", "sources.side"
CREDENTIAL, FACT, QUALIFICATION = "careers.credential", "careers.credentialfact", "careers.qualification"
TOPIC, WORK, COURSE = "readinglist.topic", "readinglist.work", "readinglist.course"
AREA, ALIAS, FIGURE = "salaries.area", "salaries.cityalias", "salaries.salaryfigure"
POPULATION = "salaries.populationdescribed"

SOME_MODELS = [
    SOURCE,
    COUNTRY,
    CAREER,
    TOPIC,
    WORK,
    AREA,
    ALIAS,
    POPULATION,
    FIGURE,
]  # one of each sort; all would take a second a load
GUIDANCE = [SOURCE, DISAGREEMENT, SIDE, COUNTRY, "careers.setting", CREDENTIAL, FACT, CAREER, QUALIFICATION]


class Folder:
    """A copy of the fixtures, to be changed."""

    def __init__(self, path):
        self.path = path

    def file(self, label):
        return self.path / f"{label}.json"

    def rows(self, label):
        return json.loads(self.file(label).read_text(encoding="utf-8"))

    def write(self, label, rows):
        self.file(label).write_text(json.dumps(rows), encoding="utf-8")

    def change(self, label, number=1, **fields):
        """Change fields of the row with this number, counted from 1 as in the messages."""
        rows = self.rows(label)
        rows[number - 1]["fields"] |= fields
        self.write(label, rows)

    def load(self, **options):
        return content.load(self.path, **options)


def everything():
    """All content and all that the loader remembers, to be compared."""
    labels = [*content.CONTENT_MODELS, "careerguide.loadedrow"]
    return {label: list(apps.get_model(label).objects.order_by("pk").values()) for label in labels}


def refuse(folder):
    """Load, expect a refusal that changes nothing, and return what it says."""
    before = everything()
    with pytest.raises(content.ContentError) as refusal:
        folder.load()
    assert everything() == before
    assert refusal.value.problems
    return str(refusal.value)


def number_of(folder, label, **fields):
    """The number, from 1, of the row that holds these values."""
    rows = enumerate(folder.rows(label), 1)
    return next(number for number, row in rows if fields.items() <= row["fields"].items())


def drop(folder, label, **fields):
    rows = folder.rows(label)
    del rows[number_of(folder, label, **fields) - 1]
    folder.write(label, rows)
