import re

import pytest

from careers.models import Career
from salaries.models import Area, ExchangeRate, PriceLevel, SalaryFigure
from salaries.tests.pages import rows

pytestmark = pytest.mark.django_db

HIDDEN = '<span class="visually-hidden">Sort by </span>'


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
