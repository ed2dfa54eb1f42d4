"""Which requests are answered from copies, and which addresses share one."""

import pytest

from careerguide.kept_pages import asking
from careerguide.kept_pages.asking import MOST_PAIRS

PAGE = "/method/"


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": "sessionid=x"},
        {"HTTP_COOKIE": ""},
        {"HTTP_AUTHORIZATION": "Basic eA=="},
        {"CONTENT_LENGTH": "3"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"SCRIPT_NAME": "/guide"},
        {"HTTP_HOST": "example.org"},
        {"HTTP_HOST": ""},
        {"HTTP_HOST": "127.0.0.1, example.org"},
        {"method": "POST"},
        {"method": "OPTIONS"},
        {"method": "get"},
    ],
)
def test_request_goes_to_django_and_leaves_nothing(headers, reader, site, layered):
    reader.get(PAGE)
    site.text = "Two."

    assert reader.get(PAGE, **headers).text == "Two. /method/"
    assert reader.get(PAGE).text == "One. /method/"


def test_query_of_raw_bytes_is_not_kept(reader, site):
    """WSGI hands bytes over as Latin-1; Django reads them as UTF-8."""
    reader.get("/salaries/?city=é".encode().decode("latin-1"))

    assert site.asked[0]["QUERY_STRING"] == "city=Ã©"


@pytest.mark.parametrize(
    "address", ["/admin/", "/plan/", "/nothing/", "/salaries.csv", "/healthz", "/method/%00", "/methöd/", "/method"]
)
def test_address_is_not_kept(address, reader, site):
    assert [reader.get(address).how, reader.get(address).how] == ["", ""]
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "query", ["utm_source=x", "a=1&b=2", "__proto__=1", "q=x", "plam=1", "%00=%00", "&&;=", "=" * 90]
)
def test_page_without_parameters_is_one_page(query, reader, site):
    reader.get(PAGE)

    assert reader.get(f"{PAGE}?{query}").how == "career-guide; hit"
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("city=delhi&country=IN", "country=IN&city=delhi"),
        ("city=delhi", "city=delhi&utm_source=x&q="),
        ("city=delhi", "city=delhi&city=delhi"),
        ("city=delhi&min=", "&city=delhi"),
    ],
)
def test_same_question_is_one_page(first, second, reader, site):
    reader.get(f"/salaries/?{first}")

    assert reader.get(f"/salaries/?{second}").how == "career-guide; hit"
    assert [asked["QUERY_STRING"] for asked in site.asked][0] in ("city=delhi", "city=delhi&country=IN")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("page=1&page=2&page=1", "page=1&page=2"),
        ("page=2&page=", "page=2"),
        ("city=delhi", "city=london"),
        ("city=a&city=b", "city=b&city=a"),
        ("page=1", "page=2"),
        ("", "ordering=city"),
    ],
)
def test_other_question_is_another_page(first, second, reader, site):
    reader.get(f"/salaries/?{first}")

    assert "hit" not in reader.get(f"/salaries/?{second}").how
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "address",
    [
        "/salaries/?q=delhi",
        "/salaries/?city=delhi&min=3",
        "/salaries/?plan=aaaaa",
        "/search/?q=x",
        "/search/?anything=x",
        "/careers/medical-director/readiness/?q-license=no",
        "/salaries/?" + "&".join(f"city=c{number}" for number in range(MOST_PAIRS + 1)),
        "/salaries/?" + "&".join(f"a{number}=1" for number in range(101)),
        "/salaries/?city=%ff",
        "/salaries/?city=" + "x" * 5000,
    ],
)
def test_address_with_text_or_without_end_goes_to_django_as_it_is(address, reader, site):
    reader.get(address)
    reader.get(address)

    assert [asked["QUERY_STRING"] for asked in site.asked] == [address.partition("?")[2]] * 2


def test_addresses_that_nobody_has_do_not_fill_the_memory(reader):
    for number in range(200):
        reader.get(f"/{number}/{'x' * 8000}/")
        reader.get(f"/salaries/?utm_source={number}{'x' * 8000}")

    assert asking.declared_at.cache_info().currsize <= 1
    assert asking.page_of.cache_info().currsize == 0


def test_part_for_htmx_is_a_copy_of_its_own(reader, site):
    reader.get("/salaries/")
    site.text = "Part."
    part = {"HTTP_HX_REQUEST": "true"}

    assert reader.get("/salaries/", **part).text == "Part. /salaries/"
    assert reader.get("/salaries/", **part).how == "career-guide; hit"
    assert reader.get("/salaries/").text == "One. /salaries/"
    assert reader.get("/salaries/", **part, HTTP_HX_HISTORY_RESTORE_REQUEST="true").text == "One. /salaries/"
    assert site.asked[1]["HTTP_HX_REQUEST"] == "true"


def test_header_of_htmx_means_nothing_where_there_is_one_page_only(reader, site):
    reader.get(PAGE)

    assert reader.get(PAGE, HTTP_HX_REQUEST="true").how == "career-guide; hit"


def test_insecure_request_is_redirected_by_django(reader, site, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    reader.get(PAGE, HTTP_X_FORWARDED_PROTO="https")

    assert site.asked[0]["HTTP_X_FORWARDED_PROTO"] == "https"
    assert reader.get(PAGE).how == ""
    assert reader.get(PAGE, HTTP_X_FORWARDED_PROTO="https").how == "career-guide; hit"
    assert reader.get(PAGE, **{"wsgi.url_scheme": "https"}).how == "career-guide; hit"
