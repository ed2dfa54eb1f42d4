import pytest
from django.http import QueryDict

from careers.filters import CareerFilter

pytestmark = pytest.mark.django_db

DIRECTOR, CHIEF, VICE = "medical-director", "chief-medical-officer", "vice-president-medical-affairs"
CHAIR, SERVICE, EXECUTIVE = "department-chair", "service-line-medical-director", "hospital-chief-executive"
ALL = [DIRECTOR, CHIEF, VICE, CHAIR, SERVICE, EXECUTIVE]


def asked(query):
    return CareerFilter(QueryDict(query))


def shown(filterset):
    return [career.slug for career in filterset.qs]


@pytest.mark.parametrize(
    ("query", "slugs", "sentence"),
    [
        ("", ALL, "6 careers."),
        ("q=CMO", [CHIEF], "1 career, matching “CMO”."),
        ("q=cmo", [CHIEF], "1 career, matching “cmo”."),
        ("q=chair", [CHAIR], "1 career, matching “chair”."),
        ("q=affairs+VPMA", [VICE], "1 career, matching “affairs VPMA”."),
        ("q=nowhere", [], "0 careers, matching “nowhere”."),
        ("q=%25_%25", [], "0 careers, matching “%_%”."),
        ("stage=early", [DIRECTOR, CHAIR, SERVICE], "3 careers to take up next from early career."),
        ("setting=insurer", [DIRECTOR, CHIEF], "2 careers, described for the setting insurer or health plan."),
        ("stage=early&setting=insurer", [DIRECTOR], "1 career to take up next from early career, described for"),
        ("unknown=1&page=2", ALL, "6 careers."),
    ],
)
def test_query_shows(query, slugs, sentence):
    filterset = asked(query)

    assert filterset.problems == {}
    assert shown(filterset) == slugs
    assert filterset.sentence(len(shown(filterset))).startswith(sentence)


@pytest.mark.parametrize(
    ("query", "name", "slugs"),
    [
        ("stage=late", "stage", ALL),
        ("setting=moon&q=cmo", "setting", [CHIEF]),
        (f"q={'a' * 101}", "q", ALL),
        ("q=%00", "q", ALL),
    ],
)
def test_wrong_value_is_named_and_ignored(query, name, slugs):
    filterset = asked(query)

    assert list(filterset.problems) == [name]
    assert name not in filterset.active
    assert shown(filterset) == slugs


@pytest.mark.parametrize(
    ("query", "chips"),
    [
        ("", []),
        (
            "stage=mid&setting=hospital",
            [("Next from: Mid-career", "?setting=hospital"), ("Setting: Hospital", "?stage=mid")],
        ),
        ("stage=late&q=a", [("Search: a", "?")]),
    ],
)
def test_chips(query, chips):
    assert [(chip.label, chip.href) for chip in asked(query).chips] == chips
