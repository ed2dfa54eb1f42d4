"""What a reader gets from a kept page: the same as from Django, whatever the client can take."""

import pytest

PAGE = "/method/"


def test_second_reader_gets_the_copy(reader, site):
    first, second = reader.get(PAGE), reader.get(PAGE)

    assert (first.status, first.text) == (second.status, second.text) == ("200 OK", "One. /method/")
    assert len(site.asked) == 1
    assert (first.how, second.how) == ("career-guide; fwd=miss; stored", "career-guide; hit")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0.0, br;q=0", None),
        ("br;q=0.001", "br"),
        ("*", "br"),
        ("*;q=0", None),
        ("identity", None),
        ("BR", "br"),
        ("gzip;q=0;;,", None),
        ("\x00", None),
    ],
)
def test_body_is_packed_as_the_client_accepts(accepted, encoding, reader):
    for _ in range(2):
        seen = reader.get(PAGE, HTTP_ACCEPT_ENCODING=accepted)

        assert seen.headers.get("Content-Encoding") == encoding
        assert seen.headers["Content-Length"] == str(len(seen.body))
        assert seen.headers["Vary"] == "Accept-Encoding"
        assert seen.text == "One. /method/"


def test_head_has_the_headers_and_no_body(reader):
    whole = reader.get(PAGE)
    for address in (PAGE, "/credentials/"):  # kept already, and made for this request
        head = reader.get(address, method="HEAD")

        assert (head.status, head.body) == ("200 OK", b"")
        assert head.headers.keys() == whole.headers.keys()
    assert reader.get(PAGE, method="HEAD").headers["Content-Length"] == whole.headers["Content-Length"]


@pytest.mark.parametrize("form", ["{}", '"other", {}', "{0}, {0}", "*", " {} "])
def test_known_copy_is_not_sent_again(form, reader):
    etag = reader.get(PAGE).headers["ETag"]
    seen = reader.get(PAGE, HTTP_IF_NONE_MATCH=form.format(etag), HTTP_ACCEPT_ENCODING="br")

    assert (seen.status, seen.body) == ("304 Not Modified", b"")
    assert seen.headers["ETag"] == etag
    assert "Content-Length" not in seen.headers
    assert "Content-Type" not in seen.headers


def test_strong_form_of_the_validator_matches_as_well(reader):
    etag = reader.get(PAGE).headers["ETag"]

    assert reader.get(PAGE, HTTP_IF_NONE_MATCH=etag.removeprefix("W/")).status == "304 Not Modified"


@pytest.mark.parametrize("rubbish", ["", '"', 'W/"', "other", '"' * 5000, "\xff", ",,,"])
def test_other_validators_get_the_page(rubbish, reader):
    reader.get(PAGE)

    assert reader.get(PAGE, HTTP_IF_NONE_MATCH=rubbish).text == "One. /method/"


def test_validator_follows_the_text_alone(reader, site, revision):
    etag = reader.get(PAGE).headers["ETag"]
    revision.number += 1
    assert reader.get(PAGE, HTTP_IF_NONE_MATCH=etag).status == "304 Not Modified"

    revision.number, site.text = revision.number + 1, "Two."
    assert reader.get(PAGE, HTTP_IF_NONE_MATCH=etag).text == "Two. /method/"


def test_range_and_dates_are_not_asked_for(reader):
    reader.get(PAGE)
    seen = reader.get(PAGE, HTTP_RANGE="bytes=0-1,2-3", HTTP_IF_MODIFIED_SINCE="Sat, 01 Jan 2050 00:00:00 GMT")

    assert (seen.status, seen.text) == ("200 OK", "One. /method/")


def test_headers_of_one_answer_are_not_kept(reader, site):
    site.headers = [("X-Request-ID", "abc"), ("Date", "then"), ("X-Frame-Options", "DENY"), ("Vary", "Accept-Encoding")]
    seen = [reader.get(PAGE), reader.get(PAGE)][1]

    assert not {"X-Request-ID", "Date", "X-Keep"} & seen.headers.keys()
    assert seen.headers["X-Frame-Options"] == "DENY"
    assert seen.headers["Vary"] == "Accept-Encoding"


def test_nothing_of_a_client_reaches_the_page_that_others_get(reader, site):
    reader.get(PAGE, HTTP_USER_AGENT="me", HTTP_ACCEPT_LANGUAGE="xx", HTTP_REFERER="/x", REMOTE_ADDR="9.9.9.9", X="1")
    (asked,) = site.asked

    assert not {"HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "X", "HTTP_ACCEPT_ENCODING"} & asked.keys()
    assert asked["REMOTE_ADDR"] == "127.0.0.1"


def test_log_of_a_page_that_is_made_has_the_id_of_the_request_that_it_is_made_for(reader, site):
    reader.get(PAGE, HTTP_X_REQUEST_ID="0123456789abcdef")

    assert site.asked[0]["HTTP_X_REQUEST_ID"] == "0123456789abcdef"


def test_plain_answer_never_shows_the_layers_own_header(reader, site):
    site.status = "404 Not Found"

    assert "X-Keep" not in reader.get(PAGE).headers
    assert "X-Keep" not in reader.get(PAGE, HTTP_COOKIE="a=b").headers
