"""Pages for readers are Jinja2, the admin's are Django templates; neither engine finds the other's."""

import pytest
from django.conf import settings
from django.template import TemplateDoesNotExist, engines
from jinja2 import UndefinedError

from careerguide.jinja import environment

PAGES = settings.BASE_DIR / "templates"
ADMIN = settings.BASE_DIR / "editorial" / "templates"
jinja, django = (engines[name] for name in ("jinja2", "django"))


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


@pytest.mark.parametrize("name", names(PAGES))
def test_page_compiles_and_only_jinja_finds_it(name):
    assert jinja.get_template(name)
    with pytest.raises(TemplateDoesNotExist):
        django.get_template(name)


@pytest.mark.parametrize("name", names(ADMIN))
def test_admin_template_compiles_and_only_django_finds_it(name):
    assert django.get_template(name).origin.name.startswith(str(ADMIN))
    with pytest.raises(TemplateDoesNotExist):
        jinja.get_template(name)


@pytest.mark.parametrize("text", ["{{ mistyped }}", "{% if figure.mistyped %}x{% endif %}"])
def test_unknown_name_is_an_error(text):
    with pytest.raises(UndefinedError):
        jinja.from_string(text).render({"figure": object()})


def test_text_is_escaped():
    assert jinja.from_string("{{ text }}").render({"text": "<b>'"}) == "&lt;b&gt;&#39;"


def test_unknown_name_is_empty_for_readers_and_in_the_log(settings, caplog):
    settings.STRICT_TEMPLATES = False
    page = environment().from_string(
        "{{ mistyped.name }}{% if figure.mistyped %}x{% endif %}{% for one in none_such %}x{% endfor %}"
        "{{ figure.mistyped.name.upper() }}{% for one in figure.mistyped.all() %}x{% endfor %}."
    )

    assert page.render({"figure": object()}) == "."
    assert len(caplog.messages) == 5
