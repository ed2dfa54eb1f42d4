"""The admin as an editor meets it: what is saved, and what is refused beside its field."""

import pytest

from careers.models import Career, Country, Credential, CredentialFact, Qualification, RelatedCareer
from salaries.models import Area, SalaryFigure
from sources.models import Citation, Disagreement, Side, Source
from tests.admin.pages import OURS, address, errors, form_values, with_reason

pytestmark = pytest.mark.django_db


def test_edit_reaches_the_page(editor):
    figure = SalaryFigure.objects.get(area__slug="delhi")
    page = editor.get(address(SalaryFigure, "change", figure.pk))
    values = with_reason(form_values(page), note="Read again.")

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
        address(SalaryFigure, "change", figure.pk), with_reason(form_values(page), as_printed="₹1", note="Changed.")
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
    values = with_reason(form_values(page), slug="another", note="Changed.")
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


def a_record(model, **values):
    """What an editor would send for a new record of this model, with one source."""
    known = {field.name for field in model._meta.fields}
    usual = {"title": "New", "slug": "new", "text": "What took long to write.", "position": 10}
    citation = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "0-source": Source.objects.first().pk}
    citation |= {"0-stance": "supports", "0-place": "page 3"}
    return (
        {name: value for name, value in usual.items() if name in known}
        | {f"citations-{name}": value for name, value in citation.items()}
        | values
    )


MISTAKES = [  # model, what is wrong, the field that is told, the message, what mends it
    (
        Qualification,
        {"kind": "degree", "necessity": "disputed"},
        "disagreement",
        "Disputed by whom?",
        {"necessity": "usual"},
    ),
    (
        CredentialFact,
        {"kind": "deadline", "every_year": "on"},
        "date",
        "What recurs every year needs a date.",
        {"date": "2027-04-01"},
    ),
    (
        CredentialFact,
        {"kind": "cost", "date": "2027-04-01"},
        "date",
        "Only deadlines and legal force have a date.",
        {"kind": "legal-force"},
    ),
    (CredentialFact, {"kind": "deadline", "date": "April 1"}, "date", "Enter a valid date.", {"date": "2027-04-01"}),
    (CredentialFact, {"kind": "luck"}, "kind", "not one of the available choices", {"kind": "cost"}),
    (Side, {"text": ""}, "text", "This field is required.", {"text": "What they hold."}),
]


@pytest.mark.parametrize(("model", "values", "field", "message", "mended"), MISTAKES)
def test_mistake_gets_a_message_at_its_field_and_loses_nothing(model, values, field, message, mended, editor):
    owners = {Qualification: Career, CredentialFact: Credential, Side: Disagreement}
    owner = owners[model].objects.first()
    values = a_record(model, **{owner._meta.model_name: owner.pk} | values)
    refused = editor.post(address(model, "add"), values)

    assert refused.status_code == 200
    assert list(errors(refused)) == [field]
    assert message in errors(refused)[field]
    assert not model.objects.filter(slug="new").exists()
    kept = form_values(refused)
    assert {name: str(kept.get(name)) for name in values if name not in ("every_year", field)} == {
        name: str(value) for name, value in values.items() if name not in ("every_year", field)
    }
    assert ("every_year" in kept) == ("every_year" in values)

    assert editor.post(address(model, "add"), kept | mended).status_code == 302
    assert model.objects.get(slug="new").citations.count() == 1


PARTS = [
    (Career, "alternativetitles", {"title": "New"}),
    (Career, "related", {"relation": "peer", "text": "New"}),
    (Credential, "facts", {"kind": "cost", "title": "New", "position": 1}),
    (Disagreement, "sides", {"slug": "new", "text": "New", "position": 1}),
]


@pytest.mark.parametrize(("model", "prefix", "row"), PARTS)
def test_part_is_not_added_beside_its_owner_where_no_source_is_asked(model, prefix, row, editor):
    owner = model.objects.filter(**{f"{prefix}__isnull": False}).first()
    parts = getattr(owner, prefix)
    page = editor.get(address(model, "change", owner.pk))
    count = parts.count()
    if prefix == "related":
        row = row | {"related": Career.objects.create(slug="new", title="New", summary="New.").pk}
    values = form_values(page) | {f"{prefix}-{count}-{name}": value for name, value in row.items()}
    response = editor.post(address(model, "change", owner.pk), values | {f"{prefix}-TOTAL_FORMS": count + 1})

    assert count > 0
    assert response.status_code in (200, 302)
    assert parts.count() == count


def test_disputed_requirement_with_its_disagreement_is_saved(editor):
    career, disagreement = Career.objects.first(), Disagreement.objects.first()
    tie = {"career": career.pk, "disagreement": disagreement.pk}
    values = a_record(Qualification, kind="degree", necessity="disputed", **tie)

    assert editor.post(address(Qualification, "add"), values).status_code == 302
    page = editor.get(career.get_absolute_url()).content.decode()
    assert 'id="qualification-new"' in page
    assert disagreement.question in page


def test_disagreement_in_use_is_not_deleted(editor):
    disagreement = Qualification.objects.filter(necessity="disputed").first().disagreement
    response = editor.post(address(Disagreement, "delete", disagreement.pk), {"post": "yes"})

    assert response.status_code == 200
    assert "is still needed" in response.content.decode()
    assert Disagreement.objects.filter(pk=disagreement.pk).exists()


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
    assert "is still needed" in response.content.decode()
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


def test_code_of_a_country_stays(editor):
    """It is the primary key: changed, the form of Australia would overwrite Canada."""
    page = editor.get(address(Country, "change", "AU"))
    editor.post(address(Country, "change", "AU"), with_reason(form_values(page), code="CA", name="Nowhere"))

    assert Country.objects.get(code="CA").name == "Canada"
