"""What machines ask of the site: robots.txt, whether it runs, and whether it is ready for readers."""

import pytest
from django.conf import settings
from django.db import connection
from django.template import engines
from jinja2 import DictLoader

from careerguide import warming

pytestmark = pytest.mark.django_db


def test_robots_names_the_sitemap(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in response.content.decode()


def test_health_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"status": "ok"}


def test_readiness_is_reported(client):
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"


def test_readiness_without_content_is_refused(client):
    from careerguide.models import LoadedRow

    LoadedRow.objects.all().delete()
    response = client.get("/readyz")

    assert response.status_code == 503
    assert "load_content" in response.json()["problem"]


@pytest.mark.parametrize("table", ["salaries_salaryfigure", "careerguide_contentrevision", "careerguide_loadedrow"])
def test_readiness_without_a_table_is_refused(table, client):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO elsewhere")
    response = client.get("/readyz")

    assert response.status_code == 503
    assert table in response.json()["problem"]


def test_worker_that_still_loads_is_not_ready(client, monkeypatch):
    """So an upgrade restarts the next instance only when this one answers quickly."""
    monkeypatch.setattr(warming, "problem", warming.STARTING)
    response = client.get("/readyz")

    assert response.status_code == 503
    assert "just started" in response.json()["problem"]


def test_worker_loads_what_pages_need_ahead(monkeypatch):
    """A fresh environment of templates holds all of them afterwards."""
    pages = engines["jinja2"].env
    monkeypatch.setattr(pages, "cache", {})
    monkeypatch.setattr(warming, "problem", warming.STARTING)
    warming.warm_up()

    assert len(pages.cache) == len(pages.list_templates(["html"])) > 50
    assert not warming.problem


def test_worker_whose_templates_cannot_be_loaded_is_not_ready(client, monkeypatch, caplog):
    """It answers what it can, and an upgrade stops at it."""
    pages = engines["jinja2"].env
    monkeypatch.setattr(pages, "cache", {})
    monkeypatch.setattr(pages, "loader", DictLoader({"broken.html": "{% if %}"}))
    monkeypatch.setattr(warming, "problem", warming.STARTING)
    warming.warm_up()
    response = client.get("/readyz")

    assert "TemplateSyntaxError" in caplog.text
    assert (response.status_code, response.json()["problem"]) == (503, warming.FAILED)


def test_readiness_without_static_files_is_refused(client, settings):
    """Every page would be a 500: the hashed names are known only after collectstatic."""
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    response = client.get("/readyz")

    assert response.status_code == 503
    assert "collectstatic" in response.json()["problem"]
