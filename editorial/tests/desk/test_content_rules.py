"""Every rule on both sides of its line."""

from datetime import timedelta

import pytest
from django.apps import apps

from careerguide.content import CONTENT_MODELS
from editorial.content_rules import RULES, Content, findings_of
from editorial.content_rules.content import PROSE
from editorial.tests.desk import cases_of_content, cases_of_copy, plants
from editorial.tests.desk.plants import TODAY, passage
from readinglist.models import Course
from sources.models import Citation

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
CASES = cases_of_copy.CASES | cases_of_content.CASES


def cases(side):
    return [
        pytest.param(rule, plant, id=f"{rule}-{n}")
        for rule, sides in CASES.items()
        for n, plant in enumerate(sides[side])
    ]


def test_every_rule_has_cases():
    assert set(CASES) == set(RULES)
    assert all(flawed and right for flawed, right in CASES.values())


@pytest.mark.parametrize(("rule", "plant"), cases(0))
def test_rule_finds(rule, plant):
    assert rule in plants.found(plant())


@pytest.mark.parametrize(("rule", "plant"), cases(1))
def test_rule_lets_pass(rule, plant):
    assert rule not in plants.found(plant())


def test_shipped_content_has_no_defect_and_few_doubts():
    found = findings_of(Content(TODAY))

    assert [(one.rule.name, one.name) for one in found if one.severity_label == "defect"] == []
    assert len([one for one in found if one.rule.section == "texts"]) <= 30


def test_every_text_of_the_content_is_looked_at_or_known_not_to_be_ours():
    """A new field of text does not escape the rules unnoticed."""
    not_prose = {
        *(
            "slug",
            "code",
            "other_names",
            "currency",
            "url",
            "url_basis",
            "language",
            "level_note",
            "keywords",
            "doubts",
        ),
        *(
            "evidence",
            "subtitle",
            "authors",
            "issuing_body",
            "edition",
            "publisher",
            "container",
            "isbn13",
            "isbn13_note",
        ),
        *("doi", "doi_note", "alternates", "platform", "institution", "instructor", "series", "issuer", "abbreviation"),
        *("short_title", "withdrawn_because", "published", "licence", "attribution"),
    }
    quoted = {("sources.source", "title"), ("readinglist.work", "title"), ("readinglist.course", "title")}
    for label in CONTENT_MODELS:
        if label.startswith(("salaries.", "editorial.")) or label in (
            "careers.country",
            "readinglist.topic",
            "sources.citation",
        ):
            continue
        for field in apps.get_model(label)._meta.fields:
            if (
                field.get_internal_type() in ("CharField", "TextField")
                and not field.choices
                and field.name not in not_prose
            ):
                assert field.name in PROSE[label] or (label, field.name) in quoted, (label, field.name)


def test_withdrawn_record_and_its_parts_are_not_looked_at():
    made = passage("It helpful start.")()
    career = made.career
    career.status, career.withdrawn_because = "withdrawn", "Merged with another."
    career.save()
    content = Content(TODAY)

    assert made.pk not in [one.obj.pk for one in content.by_label["careers.passage"]]
    assert career.pk not in [one.obj.pk for one in content.by_label["careers.career"]]


def test_findings_are_kept_while_the_content_is_the_same_and_only_then(monkeypatch):
    findings_of.cache_clear()
    first = findings_of(Content(TODAY))
    assert findings_of(Content(TODAY)) is first

    for change in (
        lambda: Course.objects.filter(rank=1).update(skill_area="It helpful start."),
        lambda: Citation.objects.filter(stance="contradicts").delete(),
        lambda: plants.CareerStage.objects.filter(stage="mid").update(disagreement=None),
    ):
        change()
        later = findings_of(Content(TODAY))
        assert later is not first
        first = later
    assert findings_of(Content(TODAY + DAY)) is not first


def test_a_rule_says_its_limits_in_sentences():
    for rule in RULES.values():
        assert rule.says.endswith(".") and rule.limits.endswith("."), rule.name
        assert len(rule.name) <= 40
