"""A small site behind the layer, whose pages, revision and faults a test decides."""

import gzip
import io
from dataclasses import dataclass, field
from threading import Event

import brotli
import pytest

from careerguide.kept_pages import asking, layer
from careerguide.kept_pages.declaring import KEEP
from careerguide.kept_pages.layer import KeptPages
from careerguide.kept_pages.renewing import Watch


@dataclass
class Site:
    """A WSGI application that counts what it is asked for. Its pages are those of the real site's addresses."""

    text: str = "One."
    status: str = "200 OK"
    headers: list = field(default_factory=list)
    keep: bool = True
    error: Exception | None = None
    asked: list = field(default_factory=list)
    frozen: Event | None = None

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        text = f"{self.text} {environ['PATH_INFO']} {environ['QUERY_STRING']}".strip()
        if self.frozen:
            assert self.frozen.wait(20)
        if self.error:
            raise self.error
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(text))), *self.headers]
        start_response(self.status, [*headers, (KEEP, "1")] if self.keep else headers)
        return [text.encode()]


@dataclass
class Revision:
    number: int = 1
    error: Exception | None = None
    frozen: Event | None = None

    def __call__(self):
        number = self.number  # what a database answers was so when it was asked
        if self.frozen:
            assert self.frozen.wait(20)
        if self.error:
            raise self.error
        return number


@dataclass
class Seen:
    status: str
    headers: dict
    body: bytes

    @property
    def text(self):
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.headers.get("Content-Encoding"), bytes)
        return unpack(self.body).decode()

    @property
    def how(self):
        return self.headers.get("Cache-Status", "")


class Reader:
    def __init__(self, application):
        self.application = application

    def get(self, address, method="GET", **headers):
        path, _, query = address.partition("?")
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.url_scheme": "http"}
        environ |= {"HTTP_HOST": "127.0.0.1", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SCRIPT_NAME": ""}
        environ |= {"wsgi.input": io.BytesIO(), "SERVER_PROTOCOL": "HTTP/1.1"} | headers
        told = []
        parts = self.application(environ, lambda status, headers, exc_info=None: told.extend([status, headers]))
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        status, pairs = told
        assert len({name.lower() for name, _ in pairs}) == len(pairs), "a header stands twice"
        return Seen(status, dict(pairs), body)


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def revision():
    return Revision()


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """The revision is asked for with each request; nobody gets what is older."""
    monkeypatch.setattr(Watch, "INTERVAL", 0)
    monkeypatch.setattr(layer, "GRACE", 0)
    for remembered in (asking.page_of, asking.declared_at, asking.known_host):
        remembered.cache_clear()


@pytest.fixture
def make(site, revision, tmp_path):
    """A worker's layer; several share one folder, as on one machine."""

    def make(application=site, threads=4):
        return KeptPages(application, tmp_path / "kept", threads, Watch(revision))

    return make


@pytest.fixture
def layered(make):
    return make()


@pytest.fixture
def reader(layered):
    return Reader(layered)
