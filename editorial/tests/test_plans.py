"""A plan names what was withdrawn since it was made, and knows nothing of what readers never could see."""

import pytest
from django.http import QueryDict

from careerguide.plan import Plan
from careerguide.plan_address import Choice
from careers.models import Career
from editorial.status import Status
from editorial.tests.hidden import BECAUSE, GONE, WAYS, hide
from readinglist.models import Work
from salaries.models import SalaryFigure
from tests.plans import page

pytestmark = pytest.mark.django_db

WORK = Choice("work", "kotter-leading-change")
STAGE = Choice("stage", "department-chair.mid")
TOLD = f"withdrawn. Why: {BECAUSE}"


def plan(query):
    return Plan(QueryDict(query))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("model", "slug", "choice"), [(Work, "kotter-leading-change", WORK), (Career, "department-chair", STAGE)]
)
@pytest.mark.parametrize("spelled", ["named", "short"])
def test_what_was_withdrawn_is_told_with_the_reason(way, model, slug, choice, spelled, client):
    one = hide(model, way, slug)
    content = page(client, f"{choice.kind}={choice.key}" if spelled == "named" else f"plan={choice.code}")

    assert (TOLD in content) is (way in GONE)
    assert ("withdrawn, renamed or mistyped." in content) is (way not in GONE)
    assert (f"<code>{choice.key}</code>" in content) is (way in GONE or spelled == "named")
    assert one.text not in content and one.name not in content


def test_reason_is_asked_for_only_where_something_is_missing(django_assert_num_queries):
    found = "&".join(f"work={slug}" for slug in Work.objects.values_list("slug", flat=True)[:20])
    with django_assert_num_queries(1):
        assert len(plan(found).items) == 20
    with django_assert_num_queries(2):
        assert [item.because for item in plan(f"{found}&work=nothing&work=nowhere").items].count("") == 22


def test_what_was_withdrawn_leaves_the_plan_when_the_reader_has_seen_it(client):
    hide(Work, "withdrawn", "kotter-leading-change")
    found = plan("work=kotter-leading-change&work=berwick-escape-fire")

    assert "kotter-leading-change" in found.query
    assert found.renewed_query.startswith("work=berwick-escape-fire~")
    assert "kotter" not in found.renewed_query


def test_withdrawn_figure_changes_the_city_that_the_plan_holds(client):
    kept = plan("city=delhi").renewed_query
    assert not plan(kept).changed
    SalaryFigure.objects.filter(area__slug="delhi", population="title").update(
        status=Status.WITHDRAWN, withdrawn_because=BECAUSE
    )

    assert [item.record.slug for item in plan(kept).changed] == ["delhi"]
    assert "no figure for this title" in page(client, kept)


def test_stage_leads_to_careers_that_readers_see(client):
    assert "Leads to" in page(client, "stage=medical-director.senior")
    Career.objects.exclude(slug="medical-director").update(status=Status.DRAFT)

    assert "Leads to" not in page(client, "stage=medical-director.senior")
