"""The admin as an editor meets it: what is saved, and what is refused beside its field."""

import pytest

from careers.models import Career, RelatedCareer
from salaries.models import Area, SalaryFigure
from sources.models import Citation, Source
from tests.admin.pages import OURS, address, errors, form_values

pytestmark = pytest.mark.django_db


def test_edit_reaches_the_page(editor):
    figure = SalaryFigure.objects.get(area__slug="delhi")
    page = editor.get(address(SalaryFigure, "change", figure.pk))
    values = form_values(page) | {"note": "Read again."}

    assert editor.post(address(SalaryFigure, "change", figure.pk), values).status_code == 302
    assert "Read again." in editor.get("/salaries/cities/delhi/").content.decode()


def test_printed_text_is_written_once(editor):
    figure = SalaryFigure.objects.get(area__slug="delhi")
    add = editor.get(address(SalaryFigure, "add")).context["adminform"].form
    change = editor.get(address(SalaryFigure, "change", figure.pk))

    assert {"as_printed", "city_as_printed"} <= set(add.fields)
    assert not {"as_printed", "city_as_printed"} & set(change.context["adminform"].form.fields)
    assert "₹3,900,000" in change.content.decode()


def test_printed_text_sent_by_hand_is_ignored(editor):
    figure = SalaryFigure.objects.get(area__slug="delhi")
    page = editor.get(address(SalaryFigure, "change", figure.pk))
    editor.post(
        address(SalaryFigure, "change", figure.pk), form_values(page) | {"as_printed": "₹1", "note": "Changed."}
    )
    figure.refresh_from_db()

    assert (figure.as_printed, figure.note) == ("₹3,900,000", "Changed.")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("amount", "-1", "greater than or equal to 0.01"),
        ("amount", "1e999999", "digits"),
        ("amount", "1e-999999", ""),
        ("amount", "NaN", "number"),
        ("currency", "12$", "three capital letters"),
        ("currency", "inr", "three capital letters"),
        ("as_of", "May 2025", "2025-05-31"),
        ("population", "a class", "valid choice"),
        ("note", "a\0b", "Null characters"),
    ],
)
def test_wrong_value_gets_a_message_beside_its_field(field, value, message, editor):
    figure = SalaryFigure.objects.get(area__slug="delhi")
    page = editor.get(address(SalaryFigure, "change", figure.pk))
    response = editor.post(address(SalaryFigure, "change", figure.pk), form_values(page) | {field: value})

    assert response.status_code == 200
    assert message in errors(response)[field]


def test_slug_is_written_once(editor):
    figure = SalaryFigure.objects.get(area__slug="delhi")
    page = editor.get(address(SalaryFigure, "change", figure.pk))
    values = form_values(page) | {"slug": "another", "note": "Changed."}
    assert editor.post(address(SalaryFigure, "change", figure.pk), values).status_code == 302
    refused = editor.post(address(SalaryFigure, "add"), values | {"slug": "a b"})
    old = figure.slug
    figure.refresh_from_db()

    assert (figure.slug, figure.note) == (old, "Changed.")
    assert "slug" in errors(refused)["slug"]


@pytest.mark.parametrize(
    ("model", "values", "message"),
    [
        (RelatedCareer, {"relation": "peer", "text": "The same."}, "this one is the career itself"),
        (Citation, {"stance": "supports"}, "exactly one statement"),
    ],
)
def test_broken_rule_gets_its_message(model, values, message, editor):
    career, source = Career.objects.first(), Source.objects.first()
    values |= {"career": career.pk, "related": career.pk} if model is RelatedCareer else {"source": source.pk}
    counts = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    values |= {f"citations-{name}": value for name, value in counts.items()}
    response = editor.post(address(model, "add"), values)

    assert response.status_code == 200
    assert message in " ".join(errors(response).values())


def test_figure_twice_from_one_source_gets_a_message(editor):
    figure = SalaryFigure.objects.get(area__slug="delhi")
    page = editor.get(address(SalaryFigure, "change", figure.pk))
    values = form_values(page) | {"slug": "copy", "as_printed": "₹1", "city_as_printed": "Delhi"}
    response = editor.post(address(SalaryFigure, "add"), values)

    assert response.status_code == 200
    assert "already exists" in errors(response)["__all__"] or "violated" in errors(response)["__all__"]


def test_city_in_use_is_not_deleted(editor):
    delhi = Area.objects.get(slug="delhi")
    response = editor.post(address(Area, "delete", delhi.pk), {"post": "yes"})

    assert response.status_code == 200
    assert "protected" in response.content.decode()
    assert Area.objects.filter(slug="delhi").exists()


def test_citation_added_beside_its_statement(editor):
    duty = next(model for model in OURS if model._meta.model_name == "duty").objects.first()
    source = Source.objects.exclude(citations__duty=duty).first()
    page = editor.get(address(type(duty), "change", duty.pk))
    number = page.context["inline_admin_formsets"][0].formset.initial_form_count()
    row = {"source": source.pk, "stance": "supports", "place": "page 3"}
    values = form_values(page) | {f"citations-{number}-{name}": value for name, value in row.items()}
    values |= {"citations-TOTAL_FORMS": number + 1}

    assert editor.post(address(type(duty), "change", duty.pk), values).status_code == 302
    assert duty.citations.filter(source=source, place="page 3").exists()


def test_statement_needs_a_source(editor):
    """Neither a new duty nor an old one whose sources are all struck out is saved."""
    model = next(model for model in OURS if model._meta.model_name == "duty")
    duty = model.objects.first()
    new = {"career": duty.career_id, "title": "New", "slug": "new", "area": "policy", "text": "What.", "position": 1}
    page = editor.get(address(model, "add"))
    added = editor.post(address(model, "add"), form_values(page) | new)
    page = editor.get(address(model, "change", duty.pk))
    struck = {f"citations-{number}-DELETE": "on" for number in range(duty.citations.count())}
    changed = editor.post(address(model, "change", duty.pk), form_values(page) | struck)

    for response in (added, changed):
        assert response.status_code == 200
        assert "Name at least one source" in response.content.decode()
    assert not model.objects.filter(slug="new").exists()
    assert duty.citations.exists()
