import pytest
from django.core.exceptions import ValidationError

from readinglist.choices import AuthorRole, Confidence
from readinglist.models import Course, ListEntry, ReadingList, Topic, Work
from tests.constraints import check_both_sides, check_uniqueness, names, refused_by

pytestmark = pytest.mark.django_db

SIDES = [
    (Work, "work_has_title", {"title": ""}, {"title": "A title"}),
    (Work, "work_year_plausible", {"year": 1799}, {"year": 1800}),
    (Work, "work_year_plausible", {"year": 2101}, {"year": 2100}),
    (Work, "work_year_plausible", {"year": 0}, {"year": None}),
    (Work, "work_kind_known", {"kind": "scroll"}, {"kind": "report"}),
    (Work, "work_confidence_known", {"confidence": "sure"}, {"confidence": "recalled"}),
    (Work, "work_level_known", {"level": ""}, {"level": "all"}),
    (Work, "work_access_known", {"access": ""}, {"access": "paid"}),
    (Work, "work_access_known", {"access": "gratis"}, {"access": "free"}),
    (Work, "work_author_role_known", {"author_role": ""}, {"author_role": "editor"}),
    (Work, "work_match_strength_known", {"match_strength": "strong"}, {"match_strength": ""}),
    (Work, "work_match_strength_known", {"match_strength": "Close"}, {"match_strength": "close"}),
    (Course, "course_has_title", {"title": ""}, {"title": "A title"}),
    (Course, "course_rank_from_one", {"rank": 0}, {"rank": 99}),
    (Course, "course_rank_from_one", {"rank": 0}, {"rank": None}),
    (Course, "course_confidence_known", {"confidence": ""}, {"confidence": "no-match"}),
    (Course, "course_level_known", {"level": "hard"}, {"level": "unstated"}),
    (Course, "course_access_known", {"access": ""}, {"access": "unchecked"}),
    (Course, "course_access_known", {"access": "Free"}, {"access": "free"}),
    (ReadingList, "readinglist_stage_known", {"stage": "late"}, {"stage": ""}),
    (ReadingList, "readinglist_stage_known", {"stage": "Early"}, {"stage": "mid"}),
    (ListEntry, "listentry_has_reason", {"reason": ""}, {"reason": "It is short."}),
    (ListEntry, "listentry_position_from_one", {"position": 0}, {"position": 99}),
]
OTHERS = {"listentry_one_per_place", "listentry_of_work_or_course"}


def test_constraints_are_all_tested():
    assert {name for _, name, _, _ in SIDES} | OTHERS == names(Topic, Work, Course, ReadingList, ListEntry)


@pytest.mark.parametrize(("model", "name", "broken", "valid"), SIDES)
def test_constraint_has_two_sides(model, name, broken, valid):
    check_both_sides(model, name, broken, valid)


def test_list_place_is_taken_once():
    check_uniqueness(ListEntry.objects.first(), "listentry_one_per_place", {}, {"position": 99})


def test_list_entry_is_of_a_work_or_a_course():
    work, course, reading_list = Work.objects.first(), Course.objects.first(), ReadingList.objects.first()
    common = {"reading_list": reading_list, "reason": "It is short."}

    assert ListEntry.objects.create(position=98, work=work, **common).item == work
    assert ListEntry.objects.create(position=99, course=course, **common).item == course
    for wrong in ({}, {"work": work, "course": course}):
        with refused_by(ListEntry, "listentry_of_work_or_course"):
            ListEntry.objects.create(position=100, **wrong, **common)


def test_list_entry_without_item_tells_the_editor():
    entry = ListEntry(reading_list=ReadingList.objects.first(), position=99, reason="It is short.")

    with pytest.raises(ValidationError, match="Choose either a work or a course"):
        entry.full_clean()


def work(**changes):
    values = {
        "slug": "leaflet",
        "title": "A leaflet",
        "kind": "book",
        "confidence": "verified",
        "why_it_fits": "Short.",
    }
    return Work(**values | changes)


def course(**changes):
    return Course(**{"slug": "class", "title": "A class", "skill_area": "Charts", "confidence": "verified"} | changes)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("isbn13", "9780306406157"),
        ("isbn13", "978-0-306-40615-7"),
        ("doi", "10.17226/10027"),
        ("doi", "10.1001/jama.2023.1(a)"),
        ("language", "en"),
        ("language", "yue"),
        ("url", "http://example.org/a?b=c#d"),
        ("url", "https://example.org"),
    ],
)
def test_work_takes(field, value):
    work(**{field: value}).full_clean()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("isbn13", "9780306406158", id="wrong check digit"),
        pytest.param("isbn13", "978030640615", id="digit missing"),
        pytest.param("isbn13", "0306406152", id="ISBN-10"),
        pytest.param("isbn13", "an ISBN", id="no ISBN"),
        pytest.param("doi", "https://doi.org/10.17226/10027", id="DOI as address"),
        pytest.param("doi", "10.1722610027", id="DOI without slash"),
        pytest.param("doi", "10.17226/", id="DOI without suffix"),
        pytest.param("doi", "10.17226/10 027", id="DOI with space"),
        pytest.param("doi", "10.17226/10027\n", id="DOI with line break"),
        pytest.param("language", "EN", id="language in capitals"),
        pytest.param("language", "e", id="language too short"),
        pytest.param("language", "en\n", id="language with line break"),
        pytest.param("url", "javascript:alert(1)", id="script"),
        pytest.param("url", "ftp://example.org/a", id="ftp"),
        pytest.param("url", "data:text/html,a", id="data"),
        pytest.param("url", "//example.org/a", id="no scheme"),
        pytest.param("year", 1799, id="too early"),
        pytest.param("year", 2101, id="too late"),
    ],
)
def test_work_refuses(field, value):
    with pytest.raises(ValidationError) as caught:
        work(**{field: value}).full_clean()

    assert field in caught.value.message_dict


def test_work_and_course_share_no_address():
    taken_by_course, taken_by_work = Course.objects.first().slug, Work.objects.first().slug

    with pytest.raises(ValidationError) as caught:
        work(slug=taken_by_course).full_clean()
    assert caught.value.message_dict["slug"] == ["A course already has this address. Choose another."]
    with pytest.raises(ValidationError) as caught:
        course(slug=taken_by_work).full_clean()
    assert caught.value.message_dict["slug"] == ["A work already has this address. Choose another."]


def test_work_and_course_with_addresses_of_their_own_are_taken():
    work().full_clean()
    course().full_clean()


@pytest.mark.parametrize(
    ("authors", "role", "body", "byline"),
    [
        ("", AuthorRole.AUTHOR, "", ""),
        ("", AuthorRole.AUTHOR, "WHO", "WHO"),
        ("", AuthorRole.EDITOR, "WHO", "WHO"),
        ("Ann Bee", AuthorRole.AUTHOR, "WHO", "Ann Bee"),
        ("Ann Bee", AuthorRole.EDITOR, "", "Ann Bee (ed.)"),
        ("Ann Bee\nCy Dee", AuthorRole.AUTHOR, "", "Ann Bee and Cy Dee"),
        ("Ann Bee\r\nCy Dee\r\nEd Eff", AuthorRole.AUTHOR, "", "Ann Bee and others"),
        ("Ann Bee\nCy Dee\nEd Eff", AuthorRole.EDITOR, "", "Ann Bee and others (ed.)"),
    ],
)
def test_byline(authors, role, body, byline):
    assert work(authors=authors, author_role=role, issuing_body=body).byline == byline


@pytest.mark.parametrize(
    ("confidence", "told"),
    [
        (Confidence.VERIFIED, "identified"),
        (Confidence.RECALLED, "likely"),
        (Confidence.WEAK_MATCH, "likely"),
        (Confidence.NO_MATCH, "not identified"),
    ],
)
def test_identification(confidence, told):
    assert work(confidence=confidence).identification == told


@pytest.mark.parametrize(
    ("confidence", "institution", "platform", "provider"),
    [
        (Confidence.VERIFIED, "UC Davis", "Coursera", "UC Davis, Coursera"),
        (Confidence.VERIFIED, "", "Coursera", "Coursera"),
        (Confidence.VERIFIED, "UC Davis", "", "UC Davis"),
        (Confidence.VERIFIED, "", "", ""),
        (Confidence.WEAK_MATCH, "UC Davis", "Coursera", ""),
        (Confidence.NO_MATCH, "UC Davis", "", ""),
    ],
)
def test_provider_is_shown_only_if_verified(confidence, institution, platform, provider):
    assert course(confidence=confidence, institution=institution, platform=platform).provider == provider


def test_addresses():
    assert work().get_absolute_url() == "/reading/leaflet/"
    assert course().get_absolute_url() == "/reading/class/"
    assert ReadingList(slug="short").get_absolute_url() == "/reading/lists/short/"


def test_item_in_a_list_cannot_be_deleted():
    entry = ListEntry.objects.exclude(work=None).first()

    with pytest.raises(Exception, match="protected foreign keys"):
        entry.work.delete()
