"""Forms of the admin as a browser without scripts has them: only what stands in the page can be chosen."""

from html.parser import HTMLParser

import pytest

from careerguide import widgets
from careers.models import Duty
from readinglist.models import Course, Work
from salaries.models import SalaryFigure
from salaries.tests.figures import title_figure
from sources.models import Source
from tests.admin.pages import address
from tests.concurrency.browser import FormReader

pytestmark = pytest.mark.django_db


class Choices(HTMLParser):
    """{name of a select: {text of an option: its value}}"""

    def __init__(self, text):
        super().__init__()
        self.found, self.options, self.value = {}, {}, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "select":
            self.options = self.found[given["name"]] = {}
        elif tag == "option":
            self.value = given["value"]

    def handle_data(self, data):
        if self.value is not None:
            self.options[data.strip()] = self.value
            self.value = None


def fill_in(client, path, typed, chosen):
    """Send the form of a page with texts typed, and options chosen by what they say."""
    page = client.get(path).content.decode()
    reader, choices = FormReader(), Choices(page).found
    reader.feed(page)
    return client.post(path, reader.values | typed | {name: choices[name][text] for name, text in chosen.items()})


@pytest.fixture
def source(db):
    return Source.objects.first()


def test_figure_is_added(editor, source):
    known = title_figure("delhi")
    typed = {
        "slug": "new",
        "as_printed": "₹4,000,000",
        "city_as_printed": "Delhi",
        "amount": "4000000",
        "currency": "INR",
    }
    typed |= {"as_of": "2024", "source_place": "Table 3"}
    chosen = {"career": str(known.career), "area": "Paris", "population": str(known.population), "source": str(source)}
    chosen |= {"period": known.get_period_display(), "basis": known.get_basis_display()}
    warned = fill_in(editor, address(SalaryFigure, "add"), typed, chosen)
    reader = FormReader()
    reader.feed(warned.content.decode())
    response = editor.post(address(SalaryFigure, "add"), reader.values | {"confirmed": "on"})

    assert "Before it is saved" in warned.content.decode()
    assert response.status_code == 302, response.context["errors"]
    assert SalaryFigure.objects.get(slug="new").area.slug == "paris"


def test_figure_is_corrected(publisher, source):
    delhi = title_figure("delhi")
    typed = {"note": "Read again.", "change_reason": "Plainer."}
    response = fill_in(publisher, address(SalaryFigure, "change", delhi.pk), typed, {"change_source": str(source)})

    assert response.status_code == 302, response.context["errors"]
    delhi.refresh_from_db()
    assert delhi.note == "Read again."


@pytest.mark.parametrize(("model", "more"), [(Work, {}), (Course, {"rank": "999"})])
def test_work_and_course_are_added_with_a_source(model, more, editor, source):
    known, listed = model.objects.first(), Choices(editor.get(address(model, "add")).content.decode()).found
    fields = [one for one in model._meta.concrete_fields if one.editable and not one.blank]
    typed = {one.name: getattr(known, one.name) for one in fields if not one.choices}
    typed |= {"slug": "new", "title": "New", "citations-0-place": "page 3"} | more
    chosen = {one.name: getattr(known, f"get_{one.name}_display")() for one in fields if one.name in listed}
    response = fill_in(editor, address(model, "add"), typed, chosen | {"citations-0-source": str(source)})

    assert response.status_code == 302, response.context["errors"]
    assert model.objects.get(slug="new").citations.get().source == source


def test_part_of_a_profile_is_added(editor, publisher, source):
    duty = Duty.objects.first()
    typed = {"slug": "new", "title": "New", "text": "What.", "position": "1"}
    chosen = {"career": str(duty.career), "area": duty.get_area_display(), "citations-0-source": str(source)}

    assert fill_in(publisher, address(Duty, "add"), typed, chosen).status_code == 302
    assert Duty.objects.get(slug="new").citations.get().source == source


def test_row_that_has_its_source_does_not_list_all_the_others(editor):
    duty = Duty.objects.filter(citations__isnull=False).first()
    choices = Choices(editor.get(address(Duty, "change", duty.pk)).content.decode()).found

    assert len(choices["citations-0-source"]) < 3
    assert len(choices["citations-__prefix__-source"]) < 3
    assert len(choices["career"]) > 3


def test_list_that_would_be_too_long_is_none(editor, monkeypatch):
    monkeypatch.setattr(widgets, "MOST_LISTED", 50)
    choices = Choices(editor.get(address(SalaryFigure, "add")).content.decode()).found

    assert len(choices["area"]) < 3
    assert len(choices["career"]) > 3


def test_empty_row_without_scripts(publisher):
    work = Work.objects.first()
    page = publisher.get(f"/admin/readinglist/work/{work.pk}/change/")
    rows = publisher.get(f"/admin/readinglist/work/{work.pk}/change/", {"rows": "1"})
    count = work.citations.count()

    assert '<noscript><p class="help"><a href="?rows=1">' in page.content.decode()
    assert f'name="citations-{count}-source"' not in page.content.decode()
    assert f'name="citations-{count}-source"' in rows.content.decode()
