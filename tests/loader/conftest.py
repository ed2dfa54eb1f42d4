import shutil

import pytest
from django.apps import apps
from django.conf import settings

from careerguide import content
from careerguide.models import LoadedRow
from careerguide.rows import key_text
from salaries.models import Area, Finding
from tests.loader.folder import AREA, FIGURE, GUIDANCE, SOME_MODELS, Folder


@pytest.fixture
def all_content(tmp_path):
    return Folder(shutil.copytree(settings.BASE_DIR / "fixtures", tmp_path / "fixtures"))


@pytest.fixture
def folder(all_content, monkeypatch, db):
    """The fixtures of some models, without the official statistics, whose thousands of rows take seconds to load.

    Those of the other models are neither read nor touched.
    """
    monkeypatch.setattr(content, "CONTENT_MODELS", SOME_MODELS)
    figures = [row for row in all_content.rows(FIGURE) if row["fields"]["basis"] != "official"]
    needed = {row["fields"]["within"][0] for row in all_content.rows(AREA) if "within" in row["fields"]}
    areas = [
        {**row, "fields": {name: value for name, value in row["fields"].items() if name != "states"}}
        for row in all_content.rows(AREA)
        if row["fields"]["kind"] == "city" or row["fields"]["slug"] in needed
    ]
    Area.states.through.objects.all().delete()
    Finding.objects.all()._raw_delete(Finding.objects.db)
    for label, rows in ((FIGURE, figures), (AREA, areas)):
        all_content.write(label, rows)
        slugs = [row["fields"]["slug"] for row in rows]
        dropped = apps.get_model(label).objects.exclude(slug__in=slugs)
        dropped._raw_delete(dropped.db)  # three thousand rows, one by one, would take longer than the test
        LoadedRow.objects.filter(model=label).exclude(key__in=[key_text([slug]) for slug in slugs]).delete()
    content.load(all_content.path)  # the areas lie in no state any more
    return all_content


@pytest.fixture
def guidance(all_content, monkeypatch, db):
    """The fixtures of credentials, disagreements and requirements; other models are neither read nor touched."""
    monkeypatch.setattr(content, "CONTENT_MODELS", GUIDANCE)
    return all_content


@pytest.fixture
def empty_tables():
    """The same database before the first load."""
    Finding.objects.all().delete()
    for label in reversed(content.CONTENT_MODELS):  # what is referred to, last
        if label == AREA:
            Area.objects.cities().delete()  # they refer to the areas around them
        apps.get_model(label).objects.all().delete()
    LoadedRow.objects.all().delete()
