"""Parts are seen where what they belong to is seen; one queryset method says so, and pages ask nothing else."""

import pytest
from django.apps import apps

from careerguide.content import CONTENT_MODELS
from careers.filters import CareerFilter
from careers.models import Career, Credential, Qualification
from editorial.status import Status
from editorial.tests.hidden import hide_some
from readinglist.models import Course, ListEntry, ReadingList, Work
from sources.models import Citation, Source

pytestmark = pytest.mark.django_db

DIRECTOR = "medical-director"


def hide(model, slug, status=Status.DRAFT):
    assert model.objects.filter(slug=slug).update(status=status) == 1
    return model.objects.get(slug=slug)


def is_shown(model):
    """Whether readers see records of it by their own or another's status: all but ties between records."""
    return model is Citation or getattr(model, "PUBLISHED_THROUGH", ())


def main(client, address):
    return client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("model", [one for one in map(apps.get_model, CONTENT_MODELS) if is_shown(one)])
def test_queryset_and_record_agree_on_what_readers_see(model):
    hide_some()
    seen = set(model.objects.published().values_list("pk", flat=True))

    assert seen or not model.objects.exists()
    assert seen == {one.pk for one in model.objects.all() if one.is_public}


@pytest.mark.parametrize("model", [Citation, ListEntry])
def test_some_are_hidden_and_none_stands_twice(model):
    hide_some()
    seen = list(model.objects.published().values_list("pk", flat=True))

    assert 0 < len(seen) < model.objects.count()
    assert len(seen) == len(set(seen))


def test_statement_stays_without_its_hidden_credential(client):
    asking = Qualification.objects.filter(career__slug=DIRECTOR, credential__isnull=False).first()
    profile, check = f"/careers/{DIRECTOR}/", f"/careers/{DIRECTOR}/readiness/?q-{asking.slug}=no"
    link = f'href="{asking.credential.get_absolute_url()}"'
    assert link in main(client, profile) and link in main(client, check)
    hide(Credential, asking.credential.slug)

    for address in (profile, check):
        content = main(client, address)
        assert f'{asking.anchor}"' in content
        assert asking.title in content
        assert link not in content


def test_hidden_career_leads_nowhere_and_nothing_leads_to_it(client):
    stage = Career.objects.get(slug="department-chair").stages.get(stage="mid")
    only_here = Career.objects.create(slug="curator", title="Curator", summary="Keeps what others made.")
    stage.next_careers.add(only_here)
    query = {"stage": "mid"}
    assert only_here in client.get("/careers/", query).context["careers"]

    hide(Career, "department-chair")
    assert only_here not in client.get("/careers/", query).context["careers"]
    hide(Career, "chief-medical-officer")
    assert "chief-medical-officer" not in main(client, f"/careers/{DIRECTOR}/")
    compared = main(client, f"/careers/compare/?career={DIRECTOR}&career=curator")
    assert "Chief medical officer" not in compared
    assert "career=chief-medical-officer" not in compared


def test_career_asked_for_by_hand_is_no_career_to_compare(client):
    hide(Career, "chief-medical-officer")
    content = main(client, f"/careers/compare/?career={DIRECTOR}&career=chief-medical-officer&career=department-chair")

    assert "“chief-medical-officer”: no career here, so ignored." in content
    assert "Chief medical officer" not in content


def test_career_stands_once_though_several_stages_lead_to_it():
    stages = [career.stages.get(stage="mid") for career in Career.objects.filter(stages__stage="mid")]
    aim = Career.objects.create(slug="curator", title="Curator", summary="Keeps what others made.")
    for stage in stages:
        stage.next_careers.add(aim)

    assert len(stages) > 1
    assert list(CareerFilter({"stage": "mid"}).qs).count(aim) == 1


def entry_of(model):
    return ListEntry.objects.filter(**{f"{model._meta.model_name}__isnull": False}).first()


@pytest.mark.parametrize("model", [Work, Course])
def test_entry_of_a_hidden_item_disappears_and_is_not_counted(model, client):
    entry = entry_of(model)
    address, item = entry.reading_list.get_absolute_url(), entry.item
    before = counted(entry.reading_list)
    assert item.get_absolute_url() in main(client, address)
    hide(model, item.slug)

    assert item.get_absolute_url() not in main(client, address)
    assert counted(entry.reading_list) == before - 1
    assert f"{before - 1} entries" in main(client, "/reading/")


def counted(reading_list):
    return ReadingList.objects.with_entry_count().get(pk=reading_list.pk).entry_count


def test_list_whose_items_are_all_hidden_says_that_it_is_empty(client):
    found = ReadingList.objects.get(slug="first-three")
    Work.objects.filter(list_entries__reading_list=found).update(status=Status.DRAFT)
    Course.objects.filter(list_entries__reading_list=found).update(status=Status.DRAFT)

    assert counted(found) == 0
    assert "This list has no entries yet." in main(client, found.get_absolute_url())


def test_hidden_list_names_nothing_and_filters_nothing(client):
    found = ReadingList.objects.get(slug="early-career")
    item = found.entries.filter(work__isnull=False).first().work
    assert found.get_absolute_url() in main(client, item.get_absolute_url())
    assert "early-career" in main(client, "/reading/")
    before = set(Work.objects.for_stage(found.stage))
    hide(ReadingList, found.slug)

    assert found.get_absolute_url() not in main(client, item.get_absolute_url())
    assert "early-career" not in main(client, "/reading/")
    assert not Work.objects.in_list(found.slug).exists()
    assert set(Work.objects.for_stage(found.stage)) < before
    assert client.get("/reading/?list=early-career").context["filterset"].problems.keys() == {"list"}


def test_gap_is_helped_by_what_readers_can_see(client):
    entry = ListEntry.objects.filter(qualifications__career__slug=DIRECTOR).first()
    gap = entry.qualifications.filter(career__slug=DIRECTOR).first()
    address, link = f"/careers/{DIRECTOR}/readiness/?q-{gap.slug}=no", f'href="{entry.item.get_absolute_url()}"'
    assert link in main(client, address)
    hide(type(entry.item), entry.item.slug)

    assert link not in main(client, address)


def test_list_helps_with_nothing_of_a_hidden_career(client):
    entry = ListEntry.objects.filter(qualifications__isnull=False, work__isnull=False).first()
    career = Career.objects.create(slug="curator", title="Curator", summary="Keeps what others made.")
    asked = career.qualifications.create(slug="gloves", kind="skill", necessity="usual", title="Gloves", text="Two.")
    entry.qualifications.add(asked)
    assert asked.get_absolute_url() in main(client, entry.reading_list.get_absolute_url())
    hide(Career, "curator")

    assert asked.get_absolute_url() not in main(client, entry.reading_list.get_absolute_url())


def test_statements_that_cite_a_source_are_listed_and_counted_as_readers_see_them(client):
    duty = Career.objects.get(slug="chief-medical-officer").duties.first()
    source = duty.citations.first().source
    before = Source.objects.with_use_count().get(pk=source.pk).use_count
    assert duty.get_absolute_url() in main(client, source.get_absolute_url())
    hidden_uses = Citation.objects.filter(source=source).count()
    hide(Career, "chief-medical-officer")
    hidden_uses -= Citation.objects.filter(source=source).published().count()

    assert duty.get_absolute_url() not in main(client, source.get_absolute_url())
    assert Source.objects.with_use_count().get(pk=source.pk).use_count == before - hidden_uses < before


def test_disagreement_is_shown_beside_what_readers_see(client):
    asked = Qualification.objects.filter(disagreement__isnull=False).exclude(career__slug=DIRECTOR).first()
    assert asked.get_absolute_url() in main(client, "/disagreements/")
    hide(Career, asked.career.slug)

    assert asked.get_absolute_url() not in main(client, "/disagreements/")
    assert asked.disagreement.question in main(client, "/disagreements/").replace("&#39;", "'")


def test_credential_names_only_those_that_ask_for_it_and_are_seen(client):
    asking = Qualification.objects.filter(credential__isnull=False).exclude(career__slug=DIRECTOR).first()
    address = asking.credential.get_absolute_url()
    assert asking.get_absolute_url() in main(client, address)
    hide(Career, asking.career.slug)

    assert asking.get_absolute_url() not in main(client, address)


def test_deadlines_are_those_of_credentials_that_readers_see(client):
    query = "/plan.ics?credential=cmd"
    assert client.get(query).status_code == 200
    hide(Credential, "cmd")

    assert client.get(query).status_code == 404
