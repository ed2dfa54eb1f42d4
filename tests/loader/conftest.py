import shutil

import pytest
from django.apps import apps
from django.conf import settings

from careerguide import content
from careerguide.models import LoadedRow
from tests.loader.folder import SOME_MODELS, Folder


@pytest.fixture
def all_content(tmp_path):
    return Folder(shutil.copytree(settings.BASE_DIR / "fixtures", tmp_path / "fixtures"))


@pytest.fixture
def folder(all_content, monkeypatch):
    """The fixtures of some models; those of the others are neither read nor touched."""
    monkeypatch.setattr(content, "CONTENT_MODELS", SOME_MODELS)
    return all_content


@pytest.fixture
def empty_tables():
    """The same database before the first load."""
    for label in reversed(content.CONTENT_MODELS):  # what is referred to, last
        apps.get_model(label).objects.all().delete()
    LoadedRow.objects.all().delete()
