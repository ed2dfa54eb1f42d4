"""Every component has a specimen, and every block of the components' style sheets is used by some template."""

import re

import pytest
from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"
ALL = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
GALLERY = "".join(path.read_text(encoding="utf-8") for path in (TEMPLATES / "gallery").glob("*.html"))
# Shown on the gallery by other components, or by the frame of every page.
WITHIN_OTHERS = {"breadcrumbs", "field_problem"}
SHEETS = ["components.css", "forms.css", "tables.css", "charts.css", "profile.css", "guidance.css"]
CSS = "".join((settings.BASE_DIR / "static" / "css" / name).read_text(encoding="utf-8") for name in SHEETS)


@pytest.mark.parametrize("name", sorted(path.stem for path in (TEMPLATES / "components").glob("*.html")))
def test_component_has_a_specimen(name):
    assert name in WITHIN_OTHERS or f'"components/{name}.html"' in GALLERY


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\.([a-z]+(?:__[a-z]+)?)\b", CSS)) - {"rem", "em", "tag__"}))
def test_class_is_used_by_a_template(name):
    assert re.search(rf"\b{re.escape(name)}\b", ALL)
