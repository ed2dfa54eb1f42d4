from datetime import date

import pytest
from django.utils.html import escape

from readinglist.models import Course, ReadingList, Topic, Work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/reading/", 7),
        ("/reading/?q=care&stage=mid&level=all&free=1&list=mid-career&kind=book", 3),
        ("/reading/donabedian-evaluating-quality/", 6),
        ("/reading/analytical-solutions-healthcare-problems/", 7),
        ("/reading/lists/described-works/", 6),
        ("/reading/lists/ranked-courses/", 6),
    ],
)
def test_queries_are_few(address, count, client, django_assert_num_queries):
    with django_assert_num_queries(count):
        assert client.get(address).status_code == 200


def test_list_takes_as_many_queries_for_many_works(client, django_assert_num_queries):
    works = [
        Work(slug=f"w-{n}", title=f"W {n}", kind="book", confidence="recalled", why_it_fits="Short.") for n in range(60)
    ]
    topic = Topic.objects.first()
    for work in Work.objects.bulk_create(works):
        work.topics.add(topic)
    Course.objects.bulk_create(
        Course(slug=f"c-{n}", title=f"C {n}", skill_area="Charts", confidence="recalled") for n in range(60)
    )

    with django_assert_num_queries(7):
        context = client.get("/reading/").context
    assert (len(context["works"]), len(context["courses"])) == (100, 76)


def test_list_without_result_offers_to_drop_a_filter(client):
    content = client.get("/reading/?q=zzzz&kind=book").content.decode()

    assert "Nothing passes all of these filters." in content
    assert 'href="?kind=book">Without “Search: zzzz”' in content


def test_doubts_are_for_editors(client):
    work = Work.objects.exclude(doubts="").first()

    assert work.doubts[:60] not in client.get(work.get_absolute_url()).content.decode()


def test_provider_unknown_is_said(client):
    course = Course.objects.filter(confidence="no-match").first()
    content = client.get(course.get_absolute_url()).content.decode()

    assert "<dt>Provider</dt><dd>unknown</dd>" in content
    assert "Not identified." in content


def test_language_of_a_title_is_declared(client):
    course = Course.objects.exclude(language__in=["", "en"]).first()

    assert f'<h1 lang="{course.language}">' in client.get(course.get_absolute_url()).content.decode()


def test_list_stands_in_its_order_with_reasons(client):
    entries = ReadingList.objects.get(slug="first-three").entries.select_related("work", "course")
    content = client.get("/reading/lists/first-three/").content.decode()
    places = [content.index(entry.item.get_absolute_url()) for entry in entries]

    assert len(places) == 3
    assert places == sorted(places)


def test_empty_list_says_so(client):
    ReadingList.objects.create(slug="new", title="New", purpose="Nothing yet.")

    assert "This list has no entries yet." in client.get("/reading/lists/new/").content.decode()


def test_address_found_dead_is_told_and_not_linked(client):
    work = Work.objects.exclude(url="").first()
    Work.objects.filter(pk=work.pk).update(url_dead_on=date(2026, 11, 20))
    content = client.get(work.get_absolute_url()).content.decode()

    assert "(no longer there on November 20, 2026)" in content
    assert f'href="{escape(work.url)}"' not in content
