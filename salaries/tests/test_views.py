import re

import pytest
from django.utils.html import escape

from careers.models import Career
from salaries.models import Area, ExchangeRate, PriceLevel, SalaryFigure
from sources.models import Source

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
RESTORE = HTMX | {"HX-History-Restore-Request": "true"}


HIDDEN = '<span class="visually-hidden">Sort by </span>'


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


def rows(response):
    return re.findall(r'<tr role="row" id="([^"]+)"', response.content.decode())


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/salaries/", 10),
        ("/salaries/?city=delhi&q=india&min=1&ordering=-median", 13),
        ("/salaries/?basis=converted", 10),
        ("/salaries/?basis=ppp", 11),
        ("/salaries/?population=11-9111&state=texas-us", 11),
        ("/salaries.csv", 13),
        ("/salaries.json", 13),
        ("/salaries.json?basis=ppp", 14),
        ("/salaries/cities/delhi/", 9),
        ("/salaries/cities/new-york/", 9),
        ("/salaries/cities/texas-us/", 8),
        ("/salaries/figures/medical-director-delhi-opencourser/", 5),
    ],
)
def test_queries_are_few(address, count, client, django_assert_num_queries):
    """Seven of them are the census, which is kept only outside a test's transaction."""
    with django_assert_num_queries(count):
        client.get(address)


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


def test_page_is_whole_and_varies(client):
    response = client.get("/salaries/")

    assert {"HX-Request", "HX-History-Restore-Request"} <= set(response["Vary"].split(", "))
    assert "<html" in response.content.decode()
    assert "HX-Push-Url" not in response


def test_fragment_has_results_only(client):
    response = client.get("/salaries/?city=delhi", headers=HTMX)
    content = response.content.decode()

    assert {"HX-Request", "HX-History-Restore-Request"} <= set(response["Vary"].split(", "))
    assert "<html" not in content
    assert "<h1" not in content
    assert rows(response) == ["medical-director-delhi-opencourser"]


def test_fragment_announces_the_sentence(client):
    content = client.get("/salaries/?city=delhi", headers=HTMX).content.decode()

    assert 'id="announcement" hx-swap-oob="innerHTML">1 figure for medical director in' in content


@pytest.mark.parametrize(
    ("query", "pushed"),
    [
        ("", "/salaries/"),
        ("?q=&min=&max=&ordering=city", "/salaries/"),
        ("?min=abc&city=nowhere&unknown=1&country=IN", "/salaries/?country=IN"),
        ("?q=a%0d%0aSet-Cookie:+b", "/salaries/?q=a%0D%0ASet-Cookie%3A+b"),
    ],
)
def test_fragment_pushes_the_canonical_address(query, pushed, client):
    assert client.get(f"/salaries/{query}", headers=HTMX)["HX-Push-Url"] == pushed


def test_history_restore_gets_the_whole_page(client):
    response = client.get("/salaries/?city=delhi", headers=RESTORE)

    assert "<html" in response.content.decode()


@pytest.mark.parametrize("query", ["", "?city=delhi", "?min=abc&city=nowhere&career=x", "?q=zzzz"])
def test_restored_page_holds_each_id_once(query, client):
    content = client.get(f"/salaries/{query}", headers=RESTORE).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', content)

    assert {"announcement", "results", "min-problem"} <= set(ids)
    assert [one for one in ids if ids.count(one) > 1] == []
    assert "hx-swap-oob" not in content


def test_message_of_the_fragment_has_its_place_on_the_page(client):
    """What htmx is to swap in beside the results must stand on the page, or it reports an error."""
    page = client.get("/salaries/").content.decode()
    fragment = client.get("/salaries/?city=delhi", headers=HTMX).content.decode()
    swapped = re.findall(r'id="([^"]+)" hx-swap-oob', fragment)

    assert "announcement" in swapped
    assert [one for one in swapped if f'id="{one}"' not in page] == []


def test_null_character_is_not_repeated(client):
    content = client.get("/salaries/?q=del%00hi&min=1%002&max=3%004").content.decode()

    assert "\0" not in content
    for value in ("delhi", "12", "34"):
        assert f'value="{value}"' in content


@pytest.mark.parametrize("address", ["/salaries/", "/salaries/?ordering=-median", "/salaries.csv", "/method/"])
def test_page_stands_before_any_content_is_loaded(address, client):
    Career.objects.filter(slug="medical-director").update(slug="not-loaded-yet")

    assert client.get(address).status_code == 200


def test_empty_result_offers_to_drop_a_filter(client):
    content = client.get("/salaries/?country=IN&city=london").content.decode()

    assert "No figure passes all of these filters." in content
    assert 'href="?city=london">Without “Country: India”' in content
    assert 'href="?country=IN">Without “City: London”' in content


@pytest.mark.parametrize("column", ["City or area", "Country", "Median", "Source, as of"])
def test_column_says_and_changes_its_order(column, client):
    content = client.get("/salaries/?country=IN").content.decode()
    address = re.search(rf'<a class="sort" href="([^"]+)">{HIDDEN}{column}<', content)[1].replace("&amp;", "&")
    sorted_content = client.get(f"/salaries/{address}").content.decode()
    heading = re.search(rf'<th scope="col"[^>]*>\s*<a class="sort" href="[^"]+">{HIDDEN}{column}<', sorted_content)[0]

    assert address.startswith("?country=IN&ordering=")
    assert 'aria-sort="' in heading


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?min=abc", 'value="abc"'),
        ("?min=abc", 'id="min-problem"'),
        ("?q=bangalore", 'value="bangalore"'),
        ("?city=delhi", 'name="city" value="delhi" checked'),
        ("?country=IN", 'name="country" value="IN" checked'),
        ("?ordering=-median", '<option value="-median" selected>'),
        ("?city=nowhere", 'id="city-problem"'),
        ("?currency=XAU", "<code>currency</code>"),
        ("?currency=EUR", '<option value="EUR" selected>'),
        ("?basis=ppp", '<option value="ppp" selected>'),
        ("?population=11-9111", 'name="population" value="11-9111" checked'),
        ("?state=texas-us", '<option value="texas-us" selected>'),
        ("?confidence=doubt", 'name="confidence" value="doubt" checked'),
        ("?city=abilene-tx", 'name="city" value="abilene-tx" checked'),
    ],
)
def test_form_keeps_what_was_asked_and_names_what_was_wrong(query, shown, client):
    assert shown in client.get(f"/salaries/{query}").content.decode()


def test_city_page_shows_every_fact_of_its_figure(client):
    content = client.get("/salaries/cities/bengaluru/").content.decode()

    for fact in ("printed ₹418,000", "period unstated", "INR", "OpenCourser", "Asia/Kolkata", "Bangalore"):
        assert fact in content


def test_uncertain_currency_is_said(client):
    assert "“$293,000” may mean another currency than CAD" in client.get("/salaries/cities/toronto/").content.decode()
    assert "currency unsure" in client.get("/salaries/?city=toronto").content.decode()


@pytest.mark.parametrize("currency", ["USD", "JPY", "XAU"])
def test_city_page_shows_a_figure_in_a_foreign_currency(currency, client):
    SalaryFigure.objects.filter(slug="medical-director-toronto-opencourser").update(currency=currency)
    response = client.get("/salaries/cities/toronto/")

    assert response.status_code == 200
    assert f"{currency}\N{NO-BREAK SPACE}293,000" in response.content.decode()


@pytest.mark.parametrize("page", ["/salaries/cities/paris/", "/salaries/compare/?city=paris&city=delhi"])
def test_pages_stand_without_rates_and_price_levels(page, client):
    ExchangeRate.objects.all().delete()
    PriceLevel.objects.all().delete()
    response = client.get(page)

    assert response.status_code == 200
    assert ">None<" not in response.content.decode().replace('<option value="">None</option>', "")
    assert " None" not in response.content.decode()


def test_city_stands_in_its_own_state_alone(client):
    """The metropolitan area of New York reaches into New Jersey; the city does not."""
    assert rows(client.get("/salaries/?state=new-jersey-us")) == []
    assert rows(client.get("/salaries/?state=new-york-us")) == ["medical-director-new-york-opencourser"]


def test_many_cities_are_all_looked_up(client):
    slugs = Area.objects.filter(kind="metropolitan").values_list("slug", flat=True)[:40]
    query = "&".join(f"city={slug}" for slug in slugs)

    assert client.get(f"/salaries/?{query}").context["filterset"].problems == {}


def test_city_of_many_figures_is_shown_a_page_at_a_time(client, monkeypatch):
    whole = client.get("/salaries/cities/new-york/").context["figures"]
    monkeypatch.setattr("salaries.views.OF_CITY_AT_ONCE", 5)
    pages = [client.get("/salaries/cities/new-york/", {"page": number}) for number in (1, 2)]

    assert [figure.pk for page in pages for figure in page.context["figures"]] == [one.pk for one in whole][:10]
    assert 'rel="next" href="?page=2"' in pages[0].content.decode()


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Salaries"),
        ("country=IN&basis=converted", "Salaries in India, in USD"),
        ("population=29-1229", "Salaries of physicians, all other (29-1229)"),
        ("q=delhi", "Salaries matching “delhi”"),
        ("population=11-9111&page=3", "Salaries of medical and health services managers (11-9111), page 3"),
    ],
)
def test_window_says_which_salaries(query, title, client):
    """Whom, where, in which money and which page: so open tabs are told from each other."""
    assert f"<title>{title} · " in client.get(f"/salaries/?{query}").content.decode()


def test_window_of_changed_filters_is_named_anew(client):
    """htmx takes the title over from the fragment, as it does the address."""
    whole, fragment = (client.get("/salaries/?country=IN", headers=headers).content.decode() for headers in ({}, HTMX))
    title = re.search("<title>.*</title>", whole)[0]

    assert title in fragment
    assert "in India" in title


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
