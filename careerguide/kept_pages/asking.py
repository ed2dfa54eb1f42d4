"""What a request asks for, read from the WSGI environment before Django sees it."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve

from careerguide.carrying import CARRIED
from careerguide.middleware import QUERY_LIMIT

LONGEST_PATH = 200  # characters; what follows is remembered of each address, and our own are far shorter
MOST_PAIRS = 8  # choices in one kept address; combinations of more have no end
FRAGMENT = "#fragment"  # in a key: the part of the page that htmx asks for


@dataclass(frozen=True)
class Asked:
    """A public page: `path` and the `query` that counts, without what the page does not read."""

    path: str
    query: str = ""
    fragment: bool = False

    @property
    def key(self):
        return f"{self.path}?{self.query}{FRAGMENT if self.fragment else ''}"


def asked(environ):
    """The page that may be answered from a copy, or None: then Django answers, and nothing is kept."""
    if (
        environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        or "HTTP_COOKIE" in environ  # an editor, who sees everything at once
        or "HTTP_AUTHORIZATION" in environ
        or environ.get("SCRIPT_NAME")
        or environ.get("CONTENT_LENGTH", "") not in ("", "0")
        or "HTTP_TRANSFER_ENCODING" in environ
        or not known_host(environ.get("HTTP_HOST", ""))
        or (settings.SECURE_SSL_REDIRECT and not is_secure(environ))
    ):
        return None
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    if len(path) > LONGEST_PATH or len(query) > QUERY_LIMIT:
        return None
    fragment = environ.get("HTTP_HX_REQUEST") == "true" and environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST") != "true"
    return page_of(path, query, fragment)


@lru_cache(maxsize=4096)
def page_of(path, query, fragment):
    declared = declared_at(path)
    if declared is None:
        return None
    if not query.isascii():
        return None  # nobody's browser sends such bytes, and WSGI hands them over as Latin-1
    if not query:
        return Asked(path, "", fragment and declared.fragments)
    try:
        given = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError:
        return None
    pairs = [pair for pair in given if pair[1]]
    if declared.alone or any(name in declared.free or name == CARRIED for name, _ in pairs):
        return None
    # Of several values the last may be the one that counts, so only neighbors that are the same are one.
    pairs = [pair for pair, _ in groupby(sorted((p for p in pairs if p[0] in declared.choices), key=itemgetter(0)))]
    emptied = {name for name, value in given if not value}
    if len(pairs) > MOST_PAIRS or any(name in emptied for name, _ in pairs):
        return None
    return Asked(path, urlencode(pairs), fragment and declared.fragments)


@lru_cache(maxsize=16384)
def declared_at(path):
    """What the view at this path says of its page; None if there is none, or it says nothing."""
    if not path.isascii():
        return None
    try:
        return getattr(resolve(path).func, "declared", None)
    except Resolver404:
        return None


@lru_cache(maxsize=256)
def known_host(host):
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def is_secure(environ):
    header, value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    return environ.get("wsgi.url_scheme") == "https" or bool(header and environ.get(header) == value)
