"""Bytes as servers pack them, and the files that a page makes a browser fetch."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

LINKED = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|script src)="/static/([^"?]+)"')
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")


def packed(data):
    """How many bytes gzip makes of it."""
    return len(gzip.compress(data, 6))


def files_of(page):
    """The names of the files, as they are before a hash is put into them."""
    return [HASH.sub("", name) for name in LINKED.findall(page)]


def static_file(name):
    return Path(finders.find(name)).read_bytes()
