import pytest
from django.http import QueryDict

from readinglist.filters import ReadingFilter
from readinglist.models import Course, ListEntry, ReadingList, Topic, Work

pytestmark = pytest.mark.django_db


def asked(query):
    return ReadingFilter(QueryDict(query))


def shown(query):
    """The slugs of works, then of courses."""
    filterset = asked(query)
    assert filterset.problems == {}
    return [work.slug for work in filterset.qs], [course.slug for course in filterset.courses]


def slugs(queryset):
    return list(queryset.values_list("slug", flat=True))


@pytest.mark.parametrize(
    ("query", "works", "courses"),
    [
        ("", 40, 16),
        ("kind=course", 0, 16),
        ("free=1", 14, 2),
        ("kind=course&free=1", 0, 2),
        ("kind=book&free=1", 0, 0),
        ("q=donabedian&kind=course", 0, 0),
        ("q=nowhere", 0, 0),
        ("q=%25%25%25", 0, 0),
        ("list=first-three", 3, 0),
        ("list=described-works", 24, 0),
        ("list=ranked-courses", 0, 16),
        ("unknown=1&page=2&sort=x", 40, 16),
    ],
)
def test_query_shows_so_many(query, works, courses):
    found = shown(query)

    assert (len(found[0]), len(found[1])) == (works, courses)


@pytest.mark.parametrize("kind", ["book", "report", "article"])
def test_kind_of_work(kind):
    works, courses = shown(f"kind={kind}")

    assert works == slugs(Work.objects.filter(kind=kind)) != []
    assert courses == []


@pytest.mark.parametrize("topic", ["quality-measurement", "data-and-technology"])
def test_topic(topic):
    works, courses = shown(f"topic={topic}")
    chosen = Topic.objects.get(slug=topic)

    assert set(works) == set(slugs(chosen.works.all()))
    assert set(courses) == set(slugs(chosen.courses.all()))
    assert works
    assert 0 < len(works) + len(courses) < 56


@pytest.mark.parametrize("level", ["introductory", "intermediate", "advanced", "reference", "all", "unstated"])
def test_level(level):
    works, courses = shown(f"level={level}")

    assert works == slugs(Work.objects.filter(level=level))
    assert courses == slugs(Course.objects.filter(level=level))


@pytest.mark.parametrize("stage", ["early", "mid", "senior"])
def test_stage_shows_what_stands_in_a_list_for_it(stage):
    entries = ListEntry.objects.filter(reading_list__stage=stage).select_related("work", "course")
    works, courses = shown(f"stage={stage}")

    assert set(works) | set(courses) == {entry.item.slug for entry in entries} != set()
    assert len(works) == len(set(works))


def test_free_shows_what_is_known_to_be_free():
    works, courses = shown("free=1")

    assert (len(works), len(courses)) == (14, 2)
    assert works == slugs(Work.objects.filter(access="free"))
    assert courses == slugs(Course.objects.filter(access="free"))


@pytest.mark.parametrize("model", [Work, Course])
@pytest.mark.parametrize("access", ["paid", "unchecked"])
def test_free_leaves_out_what_costs_or_was_not_checked(access, model):
    item = model.objects.filter(access="free").first()
    model.objects.filter(pk=item.pk).update(access=access, url="https://example.org/")
    works, courses = shown("free=1")

    assert item.slug not in works + courses


@pytest.mark.parametrize("slug", ["first-three", "early-career", "mid-career", "senior-career"])
def test_list_shows_its_entries(slug):
    entries = ReadingList.objects.get(slug=slug).entries.select_related("work", "course")
    works, courses = shown(f"list={slug}")

    assert set(works) | set(courses) == {entry.item.slug for entry in entries}


@pytest.mark.parametrize("query", ["q=donabedian", "q=DONABEDIAN", "q=avedis+donabedian"])
def test_text_finds_authors(query):
    works, _ = shown(query)

    assert works
    assert all("Donabedian" in Work.objects.get(slug=slug).authors for slug in works)


def test_parameters_narrow_each_other():
    books, reports = set(shown("kind=book")[0]), set(shown("level=introductory")[0])

    assert set(shown("kind=book&level=introductory")[0]) == books & reports


@pytest.mark.parametrize(
    "query",
    ["kind=scroll", "topic=moon", "level=hard", "stage=late", "free=yes", "list=mine", f"q={'a' * 101}", "q=%00"],
)
def test_wrong_value_is_named_and_ignored(query):
    filterset = asked(query)

    assert list(filterset.problems) == [query.partition("=")[0]]
    assert filterset.active == {}
    assert (filterset.qs.count(), filterset.courses.count()) == (40, 16)


@pytest.mark.parametrize(
    ("works", "courses", "text"),
    [(0, 0, "0 works and 0 courses."), (1, 1, "1 work and 1 course."), (2, 16, "2 works and 16 courses.")],
)
def test_sentence(works, courses, text):
    assert asked("").sentence(works, courses) == text


@pytest.mark.parametrize(
    ("query", "details"),
    [
        ("q=charts", "matching “charts”"),
        ("kind=course", "kind Course"),
        ("topic=quality-measurement", "topic Quality and its measurement"),
        ("level=advanced", "level Advanced"),
        ("stage=mid", "career stage Mid-career"),
        ("free=1", "price free to read"),
        ("list=first-three", "list If you read only three"),
        ("level=hard&free=1", "price free to read"),
        (
            "list=first-three&free=1&stage=mid&level=all&topic=quality-measurement&kind=book&q=care",
            "matching “care”, kind Book, topic Quality and its measurement, level For every level, career stage "
            "Mid-career, price free to read, list If you read only three",
        ),
    ],
)
def test_sentence_names_every_active_filter(query, details):
    assert asked(query).sentence(1, 0) == f"1 work and 0 courses: {details}."


def test_chips():
    chips = asked("kind=book&free=1&level=hard&list=first-three").chips

    assert [(chip.label, chip.href) for chip in chips] == [
        ("Kind: Book", "?free=1&list=first-three"),
        ("Price: free to read", "?kind=book&list=first-three"),
        ("List: If you read only three", "?kind=book&free=1"),
    ]
