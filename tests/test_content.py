"""The content that we publish, held against the checklist of what it must be."""

import json
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Q

from careerguide.content import CONTENT_MODELS, OPTIONAL_MODELS
from careers.models import Career, CareerSetting, CareerStage, Passage, Qualification, Question, Setting
from readinglist.models import Course, ReadingList, Work
from salaries.models import Area, CityAlias, ExchangeRate, PopulationDescribed, PriceLevel, SalaryFigure
from sources.models import STATEMENT_FIELDS, Citation, Source

pytestmark = pytest.mark.django_db

FIXTURES = sorted((settings.BASE_DIR / "fixtures").glob("*.json"))
PRINTED = [
    ("New York", "$357,000"),
    ("San Francisco", "$350,000"),
    ("Seattle", "$428,000"),
    ("Austin", "$397,000"),
    ("Toronto", "$293,000"),
    ("London", "£300,000"),
    ("Paris", "€150,000"),
    ("Berlin", "€176,000"),
    ("Tel Aviv", "₪86,000"),
    ("Singapore", "S$666,000"),
    ("Beijing", "¥858,000"),
    ("Shanghai", "¥141,000"),
    ("Shenzhen", "¥373,000"),
    ("Bengalaru", "₹418,000"),
    ("Delhi", "₹3,900,000"),
]


def texts():
    """(object, field, text) of every text in the database."""
    for label in CONTENT_MODELS:
        model = apps.get_model(label)
        fields = [field.name for field in model._meta.fields if field.get_internal_type() in ("CharField", "TextField")]
        for record in model.objects.all():
            for name in fields:
                yield record, name, getattr(record, name)


@pytest.mark.parametrize(
    ("model", "count"),
    [
        (Career, 6),
        (Setting, 5),
        (Question, 12),
        (Work, 40),
        (Course, 16),
        (ReadingList, 6),
        (Area, 650),
        (SalaryFigure, 3357),
        (PopulationDescribed, 24),
        (ExchangeRate, 168),
        (PriceLevel, 9),
    ],
)
def test_count(model, count):
    assert model.objects.count() == count


def test_director_has_three_stages_and_five_settings():
    director = Career.objects.get(slug="medical-director")

    assert [stage.stage for stage in director.stages.all()] == ["early", "mid", "senior"]
    assert all(stage.does and stage.learns and stage.moves for stage in director.stages.all())
    assert director.career_settings.count() == 5


@pytest.mark.parametrize(
    "section",
    ["day", "impact", "challenge", "reason-not", "project", "worked-example", "growth", "benefit"]
    + ["self-guided", "tip", "interview", "trend"],
)
def test_director_has_every_section(section):
    assert Passage.objects.filter(career__slug="medical-director", section=section).exists()


@pytest.mark.parametrize("kind", ["degree", "license", "training", "board-certification", "credential", "experience"])
def test_director_has_every_kind_of_requirement(kind):
    assert Qualification.objects.filter(career__slug="medical-director", kind=kind).exists()


def test_every_career_has_summary_duties_and_difference():
    for career in Career.objects.all():
        assert career.summary
        assert career.duties.count() >= 3, career
        assert bool(career.differs) == (career.slug != "medical-director"), career


def test_related_careers_of_the_director_are_all_the_others():
    director = Career.objects.get(slug="medical-director")

    assert {one.related_id for one in director.related.all()} == {
        one.pk for one in Career.objects.exclude(pk=director.pk)
    }


@pytest.mark.parametrize("field", STATEMENT_FIELDS)
def test_every_statement_is_cited(field):
    model = Citation._meta.get_field(field).related_model

    assert list(model.objects.filter(citations=None)) == []


def test_every_disputed_requirement_cites_a_source_against_it():
    disputed = Qualification.objects.filter(necessity="disputed")

    assert disputed.exists()
    assert all(entry.citations.filter(stance="contradicts").exists() for entry in disputed)
    assert all(entry.citations.filter(stance="supports").exists() for entry in disputed)


def test_every_source_names_publisher_and_licence_and_is_used():
    unused = [source.slug for source in Source.objects.with_use_count() if source.use_count == 0]

    assert not Source.objects.filter(Q(publisher="") | Q(licence="")).exists()
    assert unused == []


def test_every_alias_has_a_source_and_another_name_than_its_city():
    for alias in CityAlias.objects.select_related("city", "source"):
        assert alias.source.pk
        assert alias.name != alias.city.name


def test_figures_are_those_printed():
    figures = SalaryFigure.objects.for_role("medical-director").values_list("city_as_printed", "as_printed")

    assert sorted(figures) == sorted(PRINTED)


def test_amounts_are_the_digits_that_were_printed():
    for figure in SalaryFigure.objects.for_role("medical-director"):
        assert str(int(figure.amount)) == re.sub(r"\D", "", figure.as_printed)
        assert (figure.period, figure.as_of, figure.basis) == ("unstated", "", "estimate")


def test_currency_is_sure_but_for_the_bare_dollar_outside_its_country():
    assert [figure.area.slug for figure in SalaryFigure.objects.filter(currency_certain=False)] == ["toronto"]


def test_courses_are_ranked_without_gap():
    assert list(Course.objects.values_list("rank", flat=True)) == list(range(1, 17))
    entries = ReadingList.objects.get(slug="ranked-courses").entries.select_related("course")
    assert [entry.course.rank for entry in entries] == list(range(1, 17))


@pytest.mark.parametrize(("slug", "count"), [("described-works", 24), ("first-three", 3), ("ranked-courses", 16)])
def test_list_has_its_entries_in_order(slug, count):
    entries = ReadingList.objects.get(slug=slug).entries.all()

    assert [entry.position for entry in entries] == list(range(1, count + 1))


def test_described_works_are_the_matched_ones():
    described = Work.objects.in_list("described-works")

    assert described.count() == Work.objects.exclude(match_strength="").count() == 24


@pytest.mark.parametrize("stage", ["early", "mid", "senior"])
def test_every_stage_has_one_list(stage):
    assert ReadingList.objects.get(stage=stage).entries.count() >= 3


def test_every_entry_says_why():
    reasons = [entry.reason for one in ReadingList.objects.all() for entry in one.entries.all()]

    assert all(len(reason.split()) >= 5 for reason in reasons)
    assert len(set(reasons)) == len(reasons)


@pytest.mark.parametrize("label", CONTENT_MODELS)
def test_natural_key_leads_back_to_its_record(label):
    model = apps.get_model(label)
    records = list(model.objects.all())[:150]  # citations are many, and each asks twice

    assert records or label in OPTIONAL_MODELS
    assert all(model.objects.get_by_natural_key(*record.natural_key()) == record for record in records)


@pytest.mark.parametrize("label", CONTENT_MODELS)
def test_stored_record_passes_validation(label):
    for record in apps.get_model(label).objects.all():
        record.clean_fields()
        if label != "sources.citation":
            record.clean()


def test_fixtures_are_one_a_model_without_accounts_or_sessions():
    assert sorted(path.stem for path in FIXTURES) == sorted(CONTENT_MODELS)
    for path in FIXTURES:
        assert {row["model"] for row in json.loads(path.read_text())} in ({path.stem}, set())  # see OPTIONAL_MODELS


@pytest.mark.parametrize(
    "flaw",
    ["It valuable", "It must-read", "Read more", "We may earn an affiliate", "Share This Post"],
)
def test_flaw_of_the_seeds_is_not_repeated(flaw):
    assert [(record, name) for record, name, text in texts() if flaw.lower() in str(text).lower()] == []


def test_no_text_is_unfinished_or_torn():
    pattern = re.compile(r"\bTODO\b|\bTBD\b|lorem ipsum|\ufffd|â€|[ \t]\n|  |^\s|\s$|<[a-z]+[ >]", re.IGNORECASE)

    assert [(record, name) for record, name, text in texts() if text and pattern.search(str(text))] == []


def test_credential_is_of_its_true_issuer():
    credential = Qualification.objects.get(career__slug="medical-director", slug="cmd")
    stances = {citation.source.slug: citation.stance for citation in credential.citations.select_related("source")}

    assert "Post-Acute" in credential.text
    assert stances["opencourser-career-2024"] == "contradicts"
    assert "supports" in stances.values()


def test_markdown_links_lead_somewhere(client):
    links = {link for _, _, text in texts() for link in re.findall(r"\]\(([^)\s]+)\)", str(text or ""))}
    inside = {link.partition("#")[0] for link in links if link.startswith("/")}

    assert {link for link in links if not link.startswith(("/", "https://", "http://"))} == set()
    assert [link for link in inside if client.head(link).status_code != 200] == []


def test_settings_of_careers_are_told_apart():
    works = list(CareerSetting.objects.values_list("work", flat=True))

    assert len(set(works)) == len(works)
    assert CareerStage.objects.exclude(does="").count() == CareerStage.objects.count()
