"""Every kind of page of every model answers, in few queries, and saves what it was given."""

import re

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerguide.admin import GuideModelAdmin
from careerguide.content import CONTENT_MODELS
from careers.models import Career, Credential, RelatedCareer
from editorial.status import Publishable
from readinglist.models import ListEntry, ReadingList
from salaries.models import Area, CityAlias
from sources.models import Citation, Disagreement
from tests.admin.pages import IDS, OURS, address, changelist, first, form_values, inlines

pytestmark = pytest.mark.django_db

WITH_SITE = [model for model in OURS if hasattr(model, "get_absolute_url")]


def test_every_content_model_is_registered():
    elsewhere = {"salaries.acceptance", "editorial.decision"}  # edited beside their figure, and on the desk
    assert sorted([*({*CONTENT_MODELS} - elsewhere), "auth.user", "auth.group"]) == sorted(IDS)


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

    assert editor.get(address(model, "add")).status_code == 200
    assert editor.get(address(model, "history", key)).status_code == 200
    deleting = 403 if issubclass(model, Publishable) else 200  # what is published is withdrawn
    assert editor.get(address(model, "delete", key)).status_code == deleting


@pytest.mark.parametrize(
    ("model", "slug", "fixed", "asking"),
    [
        # session, account, record, proposals that wait, and rows, these once more for the version that tells two
        # editors apart; then the autocomplete field asks once for what each row has chosen
        (ReadingList, "described-works", 9, {ListEntry}),
        (ReadingList, "ranked-courses", 9, {ListEntry}),
        (Career, "medical-director", 15, {RelatedCareer, Citation}),
        (Career, "department-chair", 15, {RelatedCareer, Citation}),
        (Credential, "cmd", 15, {Citation}),
        (Disagreement, "must-be-physician", 9, set()),
        (Area, "bengaluru", 13, {CityAlias}),
        (Area, "delhi", 13, {CityAlias}),
    ],
)
def test_record_with_many_rows_asks_once_for_each_at_most(
    model, slug, fixed, asking, editor, django_assert_num_queries
):
    page = address(model, "change", model.objects.get(slug=slug).pk)
    ContentType.objects.get_for_models(*OURS)  # else whichever test comes first pays for them
    rows = {one.formset.model: one.formset.initial_form_count() for one in inlines(editor.get(page))}
    assert sum(rows.values()) > 1

    with django_assert_num_queries(fixed + sum(rows[one] for one in asking)):
        editor.get(page)


@pytest.mark.parametrize("model", WITH_SITE, ids=lambda model: model._meta.label_lower)
def test_view_on_site_leads_to_the_page(model, editor):
    content = editor.get(address(model, "change", first(model).pk)).content.decode()
    link = re.search(r'href="([^"]+)" class="viewsitelink"', content)[1]

    assert link == first(model).get_absolute_url()


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_record_saved_without_change_stays_as_it_is(model, editor):
    record = first(model)
    before = model.objects.filter(pk=record.pk).values().get()
    page = editor.get(address(model, "change", record.pk))
    response = editor.post(address(model, "change", record.pk), form_values(page))

    assert response.status_code == 302, [response.context["errors"]]
    assert model.objects.filter(pk=record.pk).values().get() == before
