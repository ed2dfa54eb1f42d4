"""A copy of a page: what it says, packed for every client, and the answers made of it."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache

import brotli

# Of one answer only, or said anew for each encoding.
NOT_KEPT = {"content-length", "content-encoding", "etag", "vary", "date", "server", "x-keep", "x-request-id"}
NOT_MODIFIED = {"cache-control", "content-location", "expires", "vary"}  # what a 304 repeats (RFC 9110, 15.4.5)
ENCODINGS = ["br", "gzip"]  # the better one first
REFUSED = re.compile(r"\s*q=0(\.0*)?\s*(;|\Z)")


@dataclass(frozen=True)
class Copy:
    """`token` says what it was made of (see layer.py); `packed` holds the body once for each of ENCODINGS."""

    path: str
    token: str
    headers: tuple
    vary: str
    etag: str
    packed: dict

    @classmethod
    def of(cls, path, token, headers, body):
        return cls(
            path=path,
            token=token,
            headers=tuple((name, value) for name, value in headers if name.lower() not in NOT_KEPT),
            vary=vary_of(headers),
            etag=f'W/"{hashlib.sha256(body).hexdigest()[:24]}"',
            packed={"br": brotli.compress(body, quality=5), "gzip": gzip.compress(body, 6, mtime=0)},
        )

    @property
    def size(self):
        return sum(map(len, self.packed.values()))

    def answer(self, environ, status):
        """(status line, headers, body) for this client. `status` is what Cache-Status says (RFC 9211)."""
        always = [("ETag", self.etag), ("Vary", self.vary), ("Cache-Status", status)]
        if matches(environ.get("HTTP_IF_NONE_MATCH"), self.etag):
            told = [(name, value) for name, value in self.headers if name.lower() in NOT_MODIFIED]
            return "304 Not Modified", [*told, *always], b""
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding:
            body = self.packed[encoding]
            always.append(("Content-Encoding", encoding))
        else:
            body = gzip.decompress(self.packed["gzip"])
        always.append(("Content-Length", str(len(body))))
        return "200 OK", [*self.headers, *always], b"" if environ["REQUEST_METHOD"] == "HEAD" else body

    def to_bytes(self):
        """One line of JSON, then the packed bodies: nothing that could do more than be read."""
        lengths = [len(self.packed[encoding]) for encoding in ENCODINGS]
        about = {"path": self.path, "token": self.token, "headers": self.headers}
        about |= {"vary": self.vary, "etag": self.etag, "lengths": lengths}
        return b"\n".join([json.dumps(about).encode(), b"".join(self.packed[encoding] for encoding in ENCODINGS)])

    @classmethod
    def from_bytes(cls, content):
        """Raises ValueError for anything that `to_bytes` did not write, or not to its end."""
        try:
            line, _, bodies = content.partition(b"\n")
            about = json.loads(line)
            first, second = about["lengths"]
            if len(bodies) != first + second:
                raise ValueError("cut short")
            headers = tuple((name, value) for name, value in about["headers"])
            packed = {"br": bodies[:first], "gzip": bodies[first:]}
            return cls(about["path"], about["token"], headers, about["vary"], about["etag"], packed)
        except (KeyError, TypeError) as error:
            raise ValueError("no copy of a page") from error


def vary_of(headers):
    """What Vary says of an answer that exists in several encodings."""
    vary = next((value for name, value in headers if name.lower() == "vary"), "")
    return vary if "Accept-Encoding" in vary else ", ".join(filter(None, [vary, "Accept-Encoding"]))


def matches(asked, etag):
    """Whether If-None-Match names the copy; validators are compared weakly, as the header asks (RFC 9110, 13.1.2)."""
    if not asked:
        return False
    opaque = etag.removeprefix("W/")
    return asked.strip() == "*" or opaque in {one.strip().removeprefix("W/") for one in asked.split(",")}


@lru_cache(maxsize=256)
def encoding_for(accepted):
    """The best of ENCODINGS that an Accept-Encoding allows; empty if none is."""
    wanted = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.partition(";")
        wanted[name.strip()] = not REFUSED.match(quality)
    return next((one for one in ENCODINGS if wanted.get(one, wanted.get("*", False))), "")
