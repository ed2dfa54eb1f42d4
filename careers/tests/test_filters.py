from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from careers.filters import CareerFilter
from careers.models import Career, Setting

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
        ("q=zzzz", [], "0 careers, matching “zzzz”."),
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
    ("text", "slug"), [("CMO", CHIEF), ("cmo", CHIEF), ("VPMA", VICE), ("chair", CHAIR), ("hospital chief", EXECUTIVE)]
)
def test_career_is_found_first_by_its_name(text, slug):
    """Others follow that speak of it."""
    found = shown(asked(urlencode({"q": text})))

    assert found[0] == slug
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("query", "name", "rest"),
    [
        ("stage=late", "stage", ""),
        ("setting=moon&q=cmo", "setting", "q=cmo"),
        (f"q={'a' * 101}", "q", ""),
        ("q=%00", "q", ""),
    ],
)
def test_wrong_value_is_named_and_ignored(query, name, rest):
    filterset = asked(query)

    assert list(filterset.problems) == [name]
    assert name not in filterset.active
    assert shown(filterset) == shown(asked(rest))


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


@pytest.mark.parametrize(
    ("relation", "field", "extra"),
    [
        ("alternativetitles", "title", {}),
        ("alternativetitles", "note", {"title": "A title"}),
        ("career_settings", "work", {}),
        ("duties", "title", {"area": "quality", "text": "Text."}),
        ("duties", "text", {"area": "quality", "title": "Title"}),
        ("qualifications", "text", {"kind": "skill", "necessity": "usual", "title": "Title"}),
        ("stages", "does", {"stage": "early", "title": "Title"}),
        ("stages", "learns", {"stage": "early", "title": "Title", "does": "Works."}),
        ("stages", "moves", {"stage": "early", "title": "Title", "does": "Works."}),
        ("passages", "text", {"section": "tip", "title": "Title"}),
        ("questions", "question", {"answer": "Answer."}),
        ("questions", "answer", {"question": "Question?"}),
    ],
)
def test_text_of_a_part_finds_its_career(relation, field, extra):
    newcomer = Career.objects.create(slug="coroner", title="Coroner", summary="Finds out why people died.")
    model = Career._meta.get_field(relation).related_model
    if relation == "career_settings":
        extra = {"setting": Setting.objects.first()}
    if hasattr(model, "slug"):
        extra = extra | {"slug": "a-part"}
    assert shown(asked("q=xylophone+coroner")) == []

    model.objects.create(career=newcomer, **extra | {field: "Plays the xylophone."})

    assert shown(asked("q=xylophone+coroner")) == ["coroner"]


@pytest.mark.parametrize(
    ("query", "slugs", "sentence"),
    [
        ("q=xylophone", ["clerk", "coroner"], "2 careers, matching “xylophone”."),
        ("q=inquest+xylophone", ["coroner"], "1 career, matching “inquest xylophone”."),
        ("q=xylophone+INQUEST", ["coroner"], "1 career, matching “xylophone INQUEST”."),
        ("q=xylophone+zzzz", [], "0 careers, matching “xylophone zzzz”."),
    ],
)
def test_every_word_must_stand_on_the_profile(query, slugs, sentence):
    Career.objects.create(slug="clerk", title="Clerk", summary="Tunes the xylophone.", position=1)
    Career.objects.create(slug="coroner", title="Coroner", summary="Plays the xylophone at an inquest.", position=2)
    filterset = asked(query)

    assert shown(filterset) == slugs
    assert filterset.sentence(len(slugs)) == sentence


@pytest.mark.parametrize("field", ["title", "short_title", "other title"])
def test_career_that_bears_the_text_as_a_title_comes_first(field):
    """Its place in the order of careers is the last; only its title brings it to the top."""
    Career.objects.create(slug="clerk", title="Clerk", summary="Helps the xylophone chief.")
    values = {"slug": "coroner", "title": "Coroner", "summary": "Plays as chief xylophone.", "position": 999}
    last = Career.objects.create(**values | ({field: "Chief xylophone"} if field != "other title" else {}))
    if field == "other title":
        last.alternativetitles.create(title="Chief xylophone")

    assert shown(asked("q=chief+xylophone")) == ["coroner", "clerk"]
