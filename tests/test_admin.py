"""The admin as an editor and as a prankster with an account meet it: every model, every kind of page."""

import re
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit, urlunsplit

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.forms import MultiWidget
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerguide.admin import GuideModelAdmin
from careerguide.content import CONTENT_MODELS, DERIVED_MODELS
from careers.models import Career, RelatedCareer
from readinglist.models import ReadingList
from salaries.models import Area, SalaryFigure
from sources.models import Citation, Source

pytestmark = pytest.mark.django_db

OURS = [  # accounts and groups included; derived records can only be looked at
    model for model in admin.site._registry if model._meta.label_lower not in DERIVED_MODELS
]
IDS = [model._meta.label_lower for model in OURS]
WITH_SITE = [model for model in OURS if hasattr(model, "get_absolute_url")]
LOOKUPS = [
    "id__in=9223372036854775808",
    "pk__in=1,9223372036854775808",
    "pk=abc",
    "pk=9223372036854775808",
    "pk__gte=1e999999",
    "pk=%00",
    "nonsense=1",
    "nonsense__exact=1",
    "pk__regex=(",
    "p=abc",
    "p=99999999",
    "o=99.-99.abc",
    "_facets=x",
    "e=1",
    "all=",
]


@pytest.fixture
def accounts():
    """Two accounts and two groups, so that their pages have something to show."""
    for name in ("one", "two"):
        joined = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)  # without the fractions that no form field holds
        User.objects.create_user(name, is_staff=True, date_joined=joined).groups.add(Group.objects.create(name=name))


@pytest.fixture
def editor(client, accounts, admin_user):
    """A client signed in without the cost of a password."""
    client.force_login(admin_user)
    return client


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def changelist(model):
    return address(model, "changelist")


def first(model):
    return model.objects.order_by("pk").first()


def form_values(response):
    """What a browser would send if Save were pressed without a change, inlines included."""
    forms = [response.context["adminform"].form, *(one.formset.management_form for one in inlines(response))]
    forms += [form for one in inlines(response) for form in one.formset.forms]
    values = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(field.field.widget, MultiWidget):  # one value, several inputs
                parts = field.field.widget.decompress(value)
                values |= {f"{field.html_name}_{n}": part for n, part in enumerate(parts) if part is not None}
            elif value is not None and value is not False:
                values[field.html_name] = (
                    [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
                )
    return values


def inlines(response):
    return response.context["inline_admin_formsets"]


def errors(response):
    form = response.context["adminform"].form
    return {name: " ".join(texts) for name, texts in form.errors.items()}


def test_every_content_model_is_registered():
    assert sorted([*CONTENT_MODELS, "auth.user", "auth.group"]) == sorted(IDS)


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_every_model_is_registered_with_what_every_page_shares(model):
    assert isinstance(admin.site._registry[model], GuideModelAdmin)


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_changelist_answers_in_few_queries(model, editor, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        response = editor.get(changelist(model))

    assert response.status_code == 200
    assert response.context["cl"].result_count == model.objects.count() > 0


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_changelist_asks_no_more_for_more_rows(model, editor, monkeypatch):
    """One row a page costs as much as fifty: all that rows show is joined or fetched together."""
    counts = []
    for size in (1, 50):
        monkeypatch.setattr(admin.site._registry[model], "list_per_page", size)
        with CaptureQueriesContext(connection) as captured:
            editor.get(changelist(model))
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_pages_of_one_record_answer(model, editor, django_assert_max_num_queries):
    key = first(model).pk
    with django_assert_max_num_queries(60):  # not one for each choice of each inline
        assert editor.get(address(model, "change", key)).status_code == 200

    for page, args in (("add", []), ("delete", [key]), ("history", [key])):
        assert editor.get(address(model, page, *args)).status_code == 200, page


@pytest.mark.parametrize(
    ("model", "slug", "rows", "count"),
    [
        # session, account, record and rows; then the autocomplete field asks once for what each row has chosen
        (ReadingList, "described-works", 24, 4 + 24),
        (ReadingList, "ranked-courses", 16, 4 + 16),
        (Career, "medical-director", 20, 19),
        (Area, "bengaluru", 3, 10),
        (Area, "delhi", 6, 13),
    ],
)
def test_record_with_many_rows_asks_once_for_each_at_most(model, slug, rows, count, editor, django_assert_num_queries):
    record = model.objects.get(slug=slug)
    ContentType.objects.get_for_models(*OURS)  # else whichever test comes first pays for them
    with django_assert_num_queries(count):
        response = editor.get(address(model, "change", record.pk))

    assert sum(one.formset.initial_form_count() for one in inlines(response)) == rows


@pytest.mark.parametrize("key", ["9" * 30, "9223372036854775808", "abc", "_00"])
def test_password_of_an_account_that_cannot_be_is_missed_politely(key, editor):
    assert editor.get(reverse("admin:auth_user_password_change", args=[key])).status_code in (302, 404)


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_search_takes_any_text(model, editor):
    for text in ("a" * 300, "a\0b", "word " * 300, "'\"%_\\", "ﬁ🩺"):
        assert editor.get(changelist(model), {"q": text}).status_code == 200, text


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_odd_lookup_is_answered_with_a_message(model, editor):
    amounts = ["amount__gte=1e999999", "amount=1e-999999", "amount__lt=NaN"] if model is SalaryFigure else []
    for lookup in LOOKUPS + amounts:
        savepoint = transaction.savepoint()  # PostgreSQL goes on after an error only from here, as tests share one
        response = editor.get(f"{changelist(model)}?{lookup}")
        transaction.savepoint_rollback(savepoint)
        assert response.status_code in (200, 302, 400), lookup
        if response.status_code == 302:
            assert response["Location"].startswith(changelist(model)) or "e=1" in response["Location"], lookup


@pytest.mark.parametrize("selected", ["abc", "1e5", "²"])
def test_action_on_a_record_that_cannot_be_gets_a_message(selected, editor):
    values = {"action": "delete_selected", "_selected_action": selected, "index": "0"}
    response = editor.post(changelist(Area), values, follow=True)

    assert response.redirect_chain == [(changelist(Area), 302)]
    assert "A value was too large or held a character that no text has." in response.content.decode()
    assert Area.objects.count() == 650


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_record_that_cannot_be_is_missed_politely(model, editor):
    for key in ("9" * 30, "9223372036854775808", "-9223372036854775809", "abc", "1e999999", "_00"):
        assert editor.get(address(model, "change", key)).status_code in (302, 404), key
    for page in ("delete", "history"):
        assert editor.get(address(model, page, "9223372036854775808")).status_code in (302, 404), page


@pytest.mark.parametrize("model", WITH_SITE, ids=lambda model: model._meta.label_lower)
def test_view_on_site_leads_to_the_page(model, editor):
    content = editor.get(address(model, "change", first(model).pk)).content.decode()
    link = re.search(r'href="([^"]+)" class="viewsitelink"', content)[1]
    target = urlsplit(editor.get(link)["Location"])

    assert urlunsplit(("", "", *target[2:])) == first(model).get_absolute_url()


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_record_saved_without_change_stays_as_it_is(model, editor):
    record = first(model)
    before = model.objects.filter(pk=record.pk).values().get()
    page = editor.get(address(model, "change", record.pk))
    response = editor.post(address(model, "change", record.pk), form_values(page))

    assert response.status_code == 302, [response.context["errors"]]
    assert model.objects.filter(pk=record.pk).values().get() == before


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


@pytest.mark.parametrize("term", ["new", "a" * 300, "a\0b", ""])
def test_autocomplete_answers(term, editor):
    query = {"app_label": "salaries", "model_name": "salaryfigure", "field_name": "area", "term": term}
    response = editor.get(f"{reverse('admin:autocomplete')}?{urlencode(query)}")

    assert response.status_code == 200
    assert "results" in response.json()


def test_account_without_rights_sees_nothing(client):
    client.force_login(User.objects.create_user("helper", is_staff=True))

    assert {client.get(changelist(model)).status_code for model in OURS} == {403}
