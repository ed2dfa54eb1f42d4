import pytest
from django.core.exceptions import ValidationError

from careers import models
from careers.models import Career, Country, RelatedCareer
from tests.constraints import check_both_sides, check_uniqueness, names, refused_by

pytestmark = pytest.mark.django_db

SIDES = [
    (models.Career, "career_has_summary", {"summary": ""}, {"summary": "Leads physicians."}),
    (models.Duty, "duty_area_known", {"area": "Quality"}, {"area": "quality"}),
    (models.Qualification, "qualification_kind_known", {"kind": "luck"}, {"kind": "skill"}),
    (models.Qualification, "qualification_necessity_known", {"necessity": ""}, {"necessity": "usual"}),
    (models.Qualification, "qualification_stage_known", {"stage": "late"}, {"stage": "early"}),
    (models.Qualification, "qualification_stage_known", {"stage": "Mid"}, {"stage": ""}),
    (models.Passage, "passage_section_known", {"section": "other"}, {"section": "tip"}),
    (models.RelatedCareer, "relatedcareer_relation_known", {"relation": "twin"}, {"relation": "peer"}),
]
ONCE = [
    (models.AlternativeTitle, "alternativetitle_once_per_career", {"title": "Another title"}),
    (models.Duty, "duty_key_once_per_career", {"slug": "another"}),
    (models.Qualification, "qualification_key_once_per_career", {"slug": "another"}),
    (models.Passage, "passage_key_once_per_career", {"slug": "another"}),
    (models.Question, "question_key_once_per_career", {"slug": "another"}),
]
OTHERS = {  # these have a test of their own below
    "careersetting_once_per_career",
    "careerstage_once_per_career",
    "careerstage_stage_known",
    "relatedcareer_once_per_pair",
    "relatedcareer_not_to_itself",
}
PARTS = {
    "duty": models.Duty,
    "qualification": models.Qualification,
    "passage": models.Passage,
    "question": models.Question,
    "alternativetitle": models.AlternativeTitle,
    "careersetting": models.CareerSetting,
    "careerstage": models.CareerStage,
    "relatedcareer": models.RelatedCareer,
}


@pytest.fixture
def director():
    return Career.objects.get(slug="medical-director")


@pytest.fixture
def newcomer():
    """A career without any part."""
    return Career.objects.create(slug="coroner", title="Coroner", summary="Finds out why people died.")


def test_constraints_are_all_tested():
    tested = {name for _, name, *_ in SIDES + ONCE} | OTHERS

    assert tested == names(Career, Country, models.Setting, *PARTS.values())


@pytest.mark.parametrize(("model", "name", "broken", "valid"), SIDES)
def test_constraint_has_two_sides(model, name, broken, valid):
    check_both_sides(model, name, broken, valid)


@pytest.mark.parametrize(("model", "name", "apart"), ONCE)
def test_key_stands_once_in_a_career(model, name, apart, newcomer):
    check_uniqueness(model.objects.first(), name, {}, apart)
    check_uniqueness(model.objects.first(), name, {}, {"career": newcomer})


def test_setting_stands_once_in_a_career(newcomer):
    original = models.CareerSetting.objects.first()

    check_uniqueness(original, "careersetting_once_per_career", {}, {"career": newcomer})


def test_stage_stands_once_in_a_career(newcomer):
    check_uniqueness(models.CareerStage.objects.first(), "careerstage_once_per_career", {}, {"career": newcomer})


@pytest.mark.parametrize("stage", ["early", "mid", "senior"])
def test_stage_known_saves(stage, newcomer):
    assert models.CareerStage.objects.create(career=newcomer, stage=stage, title="A stage", does="Works.").pk


@pytest.mark.parametrize("stage", ["", "late", "Early"])
def test_stage_unknown_is_refused(stage, newcomer):
    with refused_by(models.CareerStage, "careerstage_stage_known"):
        models.CareerStage.objects.create(career=newcomer, stage=stage, title="A stage", does="Works.")


def test_relation_stands_once_in_a_pair(newcomer):
    check_uniqueness(RelatedCareer.objects.first(), "relatedcareer_once_per_pair", {}, {"related": newcomer})


def test_relation_to_itself_is_refused(director, newcomer):
    with refused_by(RelatedCareer, "relatedcareer_not_to_itself"):
        RelatedCareer.objects.create(career=newcomer, related=newcomer, relation="peer", text="The same.")
    assert RelatedCareer.objects.create(career=newcomer, related=director, relation="peer", text="Near.").pk


def test_relation_to_itself_tells_the_editor(director):
    relation = RelatedCareer(career=director, related=director, relation="peer", text="The same.")

    with pytest.raises(ValidationError) as caught:
        relation.full_clean()

    assert caught.value.message_dict["related"] == ["Choose another career: this one is the career itself."]


@pytest.mark.parametrize("field", ["code", "currency"])
@pytest.mark.parametrize("value", ["", "in", "I", "1N", "ÎN", "IN\n", "₹"])
def test_country_code_of_wrong_form_is_refused(field, value):
    with pytest.raises(ValidationError) as caught:
        Country(**{"code": "IT", "name": "Italy", "currency": "EUR"} | {field: value}).full_clean()

    assert list(caught.value.message_dict) == [field]


def test_country_of_right_form_is_taken():
    Country(code="IT", name="Italy", currency="EUR").full_clean()


@pytest.mark.parametrize("name", PARTS)
def test_part_leads_to_its_place_on_the_profile(name, client):
    part = PARTS[name].objects.select_related("career").first()
    address, _, anchor = part.get_absolute_url().partition("#")

    assert anchor.startswith(f"{name}-")
    assert f'id="{anchor}"' in client.get(address).content.decode()


@pytest.mark.parametrize("name", PARTS)
def test_part_anchor_leads_to_one_record(name):
    """Titles that differ only in signs that an anchor leaves out would share one."""
    addresses = [part.get_absolute_url() for part in PARTS[name].objects.select_related("career")]

    assert len(addresses) == len(set(addresses))


@pytest.mark.parametrize(
    ("stage", "slugs"),
    [
        ("early", ["medical-director", "department-chair", "service-line-medical-director"]),
        ("senior", ["chief-medical-officer", "vice-president-medical-affairs", "hospital-chief-executive"]),
    ],
)
def test_careers_next_after_a_stage_stand_once(stage, slugs):
    """Two careers lead from their senior stage to the chief executive, who is still listed once."""
    assert [career.slug for career in Career.objects.next_after(stage)] == slugs
