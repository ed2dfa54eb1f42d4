"""A preview always answers: with the page as readers would see it, or with word that there is none."""

import pytest
from django.db import OperationalError
from django.urls import reverse

from careers.models import Career, Credential, Qualification, RelatedCareer
from editorial.saving import effects
from editorial.tests.forms import opened, send
from readinglist.models import Course, ListEntry, ReadingList, Work
from salaries.models import Area, CityAlias, SalaryFigure
from sources.models import Citation, Side, Source

pytestmark = pytest.mark.django_db

STATEMENTS = [
    ("career", Career), ("duty", Career), ("qualification", Career), ("stage", Career), ("passage", Career),
    ("question", Career), ("related_career", Career), ("career_setting", Career), ("alternative_title", Career),
    ("credential", Credential), ("credential_fact", Credential), ("work", Work), ("course", Course),
]  # fmt: skip


def hide(model):
    model.objects.update(status="draft", withdrawn_because="")


def preview(client, record):
    page = client.get(reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_preview", args=[record.pk]))
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize(("field", "owner"), STATEMENTS)
def test_citation_of_a_draft_is_seen_on_its_page(field, owner, editor):
    citation = Citation.objects.filter(**{f"{field}__isnull": False}).first()
    hide(owner)
    text = preview(editor, citation)

    assert 'class="preview__page"' in text
    assert f'href="{citation.source.get_absolute_url()}' in text.partition('class="preview__page"')[2]
    assert not owner.objects.filter(status="published").exists()


def test_part_of_a_draft_is_seen_on_its_page(editor):
    for part in (Qualification.objects.first(), RelatedCareer.objects.first()):
        hide(Career)
        assert 'class="preview__page"' in preview(editor, part)


def test_entry_of_a_draft_list_is_seen_with_its_draft(editor):
    entry = ListEntry.objects.filter(work__isnull=False).first()
    hide(ReadingList)
    hide(Work)

    assert entry.work.title in preview(editor, entry).partition('class="preview__page"')[2].replace("&#39;", "'")


def test_figure_beside_a_draft_career_is_seen(editor):
    figure = SalaryFigure.objects.first()
    hide(Career)

    assert 'class="preview__page"' in preview(editor, figure)


def test_draft_is_previewed_from_its_form_as_well(editor):
    citation = Citation.objects.filter(duty__isnull=False).first()
    hide(Career)
    text = send(editor, citation, opened(editor, citation) | {"stance": "contradicts", "_preview": 1}).content.decode()

    assert "Contradicted by source" in text.partition('class="preview__page"')[2]


@pytest.mark.parametrize("model", [Side, Source, Area, CityAlias])
def test_other_records_have_a_preview(model, editor):
    assert "Nothing was saved." in preview(editor, model.objects.first())


def test_busy_preview_leads_back_to_the_form(editor, monkeypatch):
    def busy(record):
        raise OperationalError("database is locked")

    monkeypatch.setattr(effects, "public_main", busy)
    source = Source.objects.first()
    page = editor.get(reverse("admin:sources_source_preview", args=[source.pk]), follow=True)

    assert page.redirect_chain == [(reverse("admin:sources_source_change", args=[source.pk]), 302)]
    assert "There is no preview yet" in page.content.decode()


def test_what_has_no_page_says_so(editor, monkeypatch):
    monkeypatch.setattr(Source, "get_absolute_url", lambda source: "/sources/no-such-source/")

    assert "Readers have no page that shows this record." in preview(editor, Source.objects.first())
