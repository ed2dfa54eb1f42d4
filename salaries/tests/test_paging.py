"""Lists of many figures, page by page."""

import pytest
from django.utils.html import escape

from careers.models import Career
from salaries.models import Area, SalaryFigure
from salaries.tests.pages import rows
from sources.models import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def hundred_figures():
    """Beside the fifteen, a hundred more figures in a hundred cities."""
    delhi = Area.objects.get(slug="delhi")
    career, source = Career.objects.get(slug="medical-director"), Source.objects.get(slug="geonames")
    names = [f"City {number:03}" for number in range(100)]
    cities = [
        Area(
            slug=name.replace(" ", "-").lower(),
            name=name,
            country=delhi.country,
            kind="city",
            geonames_id=number,
            latitude=0,
            longitude=0,
            population=1,
            timezone="Asia/Kolkata",
            source=source,
        )
        for number, name in enumerate(names)
    ]
    Area.objects.bulk_create(cities)
    SalaryFigure.objects.bulk_create(
        SalaryFigure(
            slug=f"figure-{city.slug}",
            career=career,
            area=city,
            amount=1000 + city.geonames_id,
            currency="INR",
            basis="survey",
            as_printed="1",
            city_as_printed=city.name,
            source=source,
        )
        for city in cities
    )


@pytest.mark.parametrize(
    ("address", "count"), [("/salaries/", 10), ("/salaries/?page=2", 10), ("/salaries.csv", 13), ("/salaries.json", 13)]
)
def test_queries_do_not_grow_with_content(address, count, hundred_figures, client, django_assert_num_queries):
    with django_assert_num_queries(count):
        client.get(address)


@pytest.mark.parametrize(
    ("page", "number", "count"),
    [("1", 1, 60), ("2", 2, 55), ("last", 1, 60), ("0", 2, 55), ("-1", 2, 55), ("1.5", 1, 60), ("3", 2, 55)]
    + [("999999999", 2, 55), ("9" * 4000, 2, 55), ("", 1, 60), ("abc", 1, 60), ("2%00", 1, 60), ("٢", 2, 55)],
)
def test_page_out_of_range_is_the_first_or_last(page, number, count, hundred_figures, client):
    response = client.get(f"/salaries/?page={page}")

    assert response.status_code == 200
    assert response.context["page"].number == number
    assert len(rows(response)) == count


def test_pages_repeat_no_row_and_lose_none(hundred_figures, client):
    found = [row for page in (1, 2) for row in rows(client.get(f"/salaries/?ordering=country&page={page}"))]

    assert len(found) == len(set(found)) == 115


def test_pages_keep_the_filters(hundred_figures, client):
    first, second = (
        client.get(f"/salaries/?country=IN&ordering=-median&page={page}").content.decode() for page in (1, 2)
    )

    assert 'href="?country=IN&amp;ordering=-median&amp;page=2#results"' in first
    assert 'href="?country=IN&amp;ordering=-median&amp;page=1#results"' in second


def test_exports_hold_all_pages(hundred_figures, client):
    assert client.get("/salaries.json").json()["meta"]["total"] == 115


@pytest.mark.parametrize("asked", ["02", "٢", " 2"])
def test_page_in_other_digits_is_there_but_not_kept(asked, client):
    response = client.get("/salaries/", {"page": asked, "population": "11-9111"})

    assert (response.context["page"].number, response.context["filterset"].problems) == (2, {})
    assert not response.wsgi_request.keep


@pytest.mark.parametrize("asked", ["999", "0", "x", "<b>"])
def test_page_that_is_not_there_is_named(asked, client):
    response = client.get("/salaries/", {"page": asked, "population": "11-9111"})
    number, last = response.context["page"].number, response.context["page"].paginator.num_pages

    assert response.context["filterset"].problems == {
        "page": f"There is no page “{asked}”; this is page {number} of {last}."
    }
    assert f"<code>page</code>: There is no page “{escape(asked)}”" in response.content.decode()


def test_next_page_leads_to_its_figures(client):
    """On a phone the filters stand above them."""
    content = client.get("/salaries/?population=11-9111").content.decode()

    assert 'rel="next" href="?population=11-9111&amp;page=2#results"' in content
    assert 'id="results"' in content


def test_city_of_many_figures_is_shown_a_page_at_a_time(client, monkeypatch):
    whole = client.get("/salaries/cities/new-york/").context["figures"]
    monkeypatch.setattr("salaries.views.OF_CITY_AT_ONCE", 5)
    pages = [client.get("/salaries/cities/new-york/", {"page": number}) for number in (1, 2)]

    assert [figure.pk for page in pages for figure in page.context["figures"]] == [one.pk for one in whole][:10]
    assert 'rel="next" href="?page=2"' in pages[0].content.decode()
