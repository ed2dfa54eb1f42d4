"""What the example configuration promises, asked of a real nginx in front of stand-ins for the site."""

import gzip
import http.client
import ssl
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from careerguide.kept_pages.declaring import LIFE
from tests.deploy import proxy as nginx_of_a_test

READER_WAITS = 7.5  # seconds at most: what the proxy allows two instances, and a little


def test_configuration_is_accepted(nginx, place):
    nginx_of_a_test.configured(place, [8001, 8002])
    done = subprocess.run(nginx_of_a_test.command(place, "-t"), capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def seen(instances):
    return [request for instance in instances for request in instance.seen]


def test_site_is_told_who_asks_and_how(proxy, instances):
    proxy.ask("/x", X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="http", X_Request_ID="forged")
    [(_, path, headers)] = seen(instances)

    assert path == "/x"
    assert headers["Host"] == "guide.example.org"
    assert (headers["X-Forwarded-For"], headers["X-Forwarded-Proto"]) == ("127.0.0.1", "https")
    assert len(headers["X-Request-ID"]) == 32


def test_answer_carries_the_id_that_the_site_was_told(proxy, instances):
    """A copy carries an id of its own: that of its first reader stands in nobody else's line of the log."""
    for instance in instances:
        instance.headers = {"X-Request-ID": "of the site"}
    first, second = (proxy.ask("/page")[1]["x-request-id"] for _ in range(2))

    assert first == seen(instances)[0][2]["X-Request-ID"]
    assert first != second
    assert proxy.ask("/admin/")[1]["x-request-id"] == seen(instances)[-1][2]["X-Request-ID"]


@pytest.mark.parametrize(
    ("said", "told"),
    [("gzip, deflate, br, zstd", "br, gzip"), ("gzip;q=1.0, *;q=0", "gzip"), ("identity", None), ("brx", None)],
)
def test_site_is_asked_for_one_of_three_packings(said, told, proxy, instances):
    proxy.ask("/page", Accept_Encoding=said)

    assert seen(instances)[0][2].get("Accept-Encoding") == told


def test_other_name_gets_no_answer(proxy, instances):
    with pytest.raises(http.client.RemoteDisconnected):
        proxy.ask(host="other.example.org", tls=False)
    with pytest.raises(ssl.SSLError):
        proxy.ask(host="other.example.org")
    assert not seen(instances)


def test_plain_http_leads_to_https(proxy, instances):
    status, headers, _ = proxy.ask("/salaries/?country=IN", tls=False)

    assert (status, headers["location"]) == (301, "https://guide.example.org/salaries/?country=IN")
    assert not seen(instances)


# Copies


def test_page_is_asked_for_once_a_second(proxy, instances):
    start = time.monotonic()
    answers = {proxy.ask("/page")[2] for _ in range(20)}

    assert len(answers) == len(seen(instances)) <= 2 + time.monotonic() - start


def test_edit_shows_within_two_seconds(proxy, instances):
    for instance in instances:
        instance.body = "old"
    proxy.ask("/page")
    for instance in instances:
        instance.body = "new"
    time.sleep(2)

    assert proxy.ask("/page")[2] == b"new"


def test_whole_page_and_fragment_are_kept_apart(proxy, instances):
    for instance in instances:
        instance.headers = {"Vary": "HX-Request"}
    whole, fragment = proxy.ask("/page")[2], proxy.ask("/page", HX_Request="true")[2]

    assert whole != fragment
    assert len(seen(instances)) == 2


@pytest.mark.parametrize(
    "headers", [{"Cache-Control": "no-store"}, {"Cache-Control": "private"}, {"Set-Cookie": "a=b"}]
)
def test_what_is_not_for_everyone_is_not_kept(headers, proxy, instances):
    for instance in instances:
        instance.headers = headers
    proxy.ask("/page")
    proxy.ask("/page")

    assert len(seen(instances)) == 2


def test_reader_with_a_cookie_is_answered_anew_and_leaves_no_copy(proxy, instances):
    proxy.ask("/page", Cookie="__Host-sessionid=x")
    proxy.ask("/page", Cookie="__Host-sessionid=x")
    proxy.ask("/page")

    assert len(seen(instances)) == 3


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/healthz", "/readyz"])
def test_admin_and_health_are_not_kept(path, proxy, instances):
    proxy.ask(path)
    proxy.ask(path)

    assert len(seen(instances)) == 2


# When something fails


def test_killed_instance_is_not_noticed(proxy, instances):
    def ask(number):
        if number == 20:
            instances[0].stop()
        return proxy.ask(f"/page/{number}")[0]

    with ThreadPoolExecutor(4) as readers:
        assert set(readers.map(ask, range(120))) == {200}


def test_instance_that_hangs_costs_a_wait_and_no_page(proxy, instances):
    """As one does that is asked in the moment of its start, on a machine that is busy."""
    instances[0].going.clear()

    with ThreadPoolExecutor(4) as readers:
        assert set(readers.map(lambda number: proxy.ask(f"/page/{number}")[0], range(40))) == {200}


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_kept_page_is_shown_when_the_site_fails(status, proxy, instances):
    kept = proxy.ask("/page")[2]
    for instance in instances:
        instance.status = status
    time.sleep(1.2)

    assert proxy.ask("/page")[::2] == (200, kept)
    assert proxy.ask("/page/never-seen")[0] in {status, 503}


def test_withdrawn_page_replaces_the_copy(proxy, instances):
    """As the site says it by itself while its database is silent."""
    for instance in instances:
        instance.headers = {"Vary": "Accept-Encoding"}
    proxy.ask("/page", Accept_Encoding="gzip")
    for instance in instances:
        instance.status, instance.headers["Cache-Control"] = 410, LIFE
    time.sleep(2.1)
    first = proxy.ask("/page", Accept_Encoding="gzip")[0]
    for instance in instances:
        instance.status = 503
    time.sleep(2.1)

    assert [first, proxy.ask("/page", Accept_Encoding="gzip")[0]] == [410, 410]


def test_kept_page_is_shown_when_no_instance_runs(proxy, instances):
    kept = proxy.ask("/page")[2]
    for instance in instances:
        instance.stop()
    time.sleep(1.2)

    assert proxy.ask("/page")[::2] == (200, kept)
    status, headers, text = proxy.ask("/page/never-seen")
    assert (status, headers["retry-after"], headers["cache-control"]) == (503, "10", "no-store")
    assert b"Try again" in text


def test_frozen_site_holds_few_readers(proxy, instances):
    """A database that hangs raises no error: only time tells. Whoever renews the page waits, the others do not."""
    kept = proxy.ask("/page")[2]
    for instance in instances:
        instance.going.clear()
    time.sleep(1.2)

    def ask(_):
        start = time.monotonic()
        status, _, body = proxy.ask("/page")
        return time.monotonic() - start, status, body

    with ThreadPoolExecutor(8) as readers:
        answers = [*readers.map(ask, range(200))]

    assert {answer[1:] for answer in answers} == {(200, kept)}
    waits = sorted(answer[0] for answer in answers)
    assert waits[-1] < READER_WAITS
    assert sum(wait > 2 for wait in waits) <= 4


def test_form_is_sent_once(proxy, instances):
    """A save that may have arrived is not sent to the other instance as well."""
    for instance in instances:
        instance.going.clear()
    with ThreadPoolExecutor(1) as editor:
        answer = editor.submit(proxy.ask, "/admin/login/", method="POST", body="x=1")
        assert answer.result()[0] == 503

    assert len(seen(instances)) == 1


# Limits


def test_ten_passwords_a_minute(proxy, instances):
    statuses = [proxy.ask("/admin/login/", method="POST", body="x=1")[0] for _ in range(8)]

    assert statuses == [200] * 5 + [429] * 3
    assert proxy.ask("/admin/login/")[0] == 200  # the page itself may be seen


def test_readers_are_slowed_only_far_beyond_reading(proxy, instances):
    assert set(proxy.statuses("/page", 150)) == {200}
    assert 429 in proxy.statuses("/page", 800)


@pytest.mark.parametrize(("size", "status"), [(2_097_152, 200), (2_097_153, 413)])
def test_body_is_limited_as_in_the_settings(size, status, proxy, settings):
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 2_097_152
    assert proxy.ask("/admin/", method="POST", body=b"x" * size)[0] == status


# Static files


@pytest.fixture
def static(place):
    folder = place / "static" / "css"
    folder.mkdir(parents=True)
    for name in ("base.0123456789ab.css", "base.css"):
        (folder / name).write_text("body { color: black }")
        (folder / f"{name}.gz").write_bytes(gzip.compress(b"packed"))
    (place / "db.sqlite3").write_text("secret")


def test_static_file_comes_packed_from_the_disk(static, proxy, instances):
    status, headers, body = proxy.ask("/static/css/base.0123456789ab.css", Accept_Encoding="gzip, br")

    assert (status, headers["content-encoding"], gzip.decompress(body)) == (200, "gzip", b"packed")
    assert headers["content-type"] == "text/css"
    assert proxy.ask("/static/css/base.css")[2] == b"body { color: black }"
    assert not seen(instances)


@pytest.mark.parametrize(
    ("name", "age"),
    [("base.0123456789ab.css", "public, max-age=31536000, immutable"), ("base.css", "public, max-age=60")],
)
def test_static_file_is_kept_by_browsers_as_its_name_says(name, age, static, proxy):
    headers = proxy.ask(f"/static/css/{name}")[1]

    assert headers["cache-control"] == age
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    "path", ["/static/../db.sqlite3", "/static/%2e%2e/db.sqlite3", "/static..%2fdb.sqlite3", "/static/"]
)
def test_nothing_else_comes_from_the_disk(path, static, proxy):
    assert b"secret" not in proxy.ask(path)[2]
