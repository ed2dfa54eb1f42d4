"""How a plan is spelled in an address: choices by name, or in short.

`gap=medical-director.license~x7k` names an item; `plan=7k2qa3fp-9ab2c` holds a whole plan in five letters for each
item, each with or without the three letters of its fingerprint.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlencode

CARRIED = "plan"  # the parameter that holds a whole plan in short
MOST = 60  # items of a plan
MOST_CODES = 2 * MOST  # that are read at all
KEY_LENGTH = 200
LONGEST = 3000  # characters of a query string that names its items; a longer plan is spelled in short
CODE, FINGERPRINT = 5, 3  # letters
ONE = rf"[0-9a-z]{{{CODE}}}([0-9a-z]{{{FINGERPRINT}}})?"
CROCKFORD = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUV", "0123456789abcdefghjkmnpqrstvwxyz")
MISTAKEN = str.maketrans("oil", "011")
CODES = re.compile(rf"{ONE}(-{ONE})*\Z")


def letters(text, count):
    """The first letters of a hash, in digits and letters that nobody mistakes for each other (Crockford's base 32)."""
    return base64.b32hexencode(hashlib.sha256(text.encode()).digest()).decode().translate(CROCKFORD)[:count]


def as_typed(text):
    """A short plan as somebody copied it from paper: capitals, and o, i or l for 0 and 1."""
    return text.strip().lower().translate(MISTAKEN)


@dataclass(frozen=True)
class Choice:
    """One id as the address names it."""

    kind: str
    key: str
    fingerprint: str = ""

    @property
    def code(self):
        return letters(f"{self.kind}:{self.key}", CODE)

    @property
    def short(self):
        return self.code + self.fingerprint

    @property
    def pair(self):
        return (self.kind, f"{self.key}~{self.fingerprint}" if self.fingerprint else self.key)


def split(value):
    key, _, fingerprint = value.replace("\0", "").partition("~")
    return key[:KEY_LENGTH], fingerprint if re.fullmatch(f"[0-9a-z]{{{FINGERPRINT}}}", fingerprint) else ""


def spelled(choices, unknown_codes=()):
    """A query string of choices; codes that stand for nothing stay in it, so that the reader is told again."""
    unknown = [(CARRIED, "-".join(unknown_codes))] if unknown_codes else []
    text = urlencode([*(one.pair for one in choices), *unknown], safe="~")
    if len(text) <= LONGEST:
        return text
    return urlencode({CARRIED: "-".join([*(one.short for one in choices), *unknown_codes])})


class Carried:
    """The short plan that another page's address carries along: known by its codes, without asking the database."""

    def __init__(self, text):
        codes = as_typed(text).split("-") if CODES.match(as_typed(text)) else []
        longest = {}  # of one item: the code with a fingerprint, if there is one
        for code in codes:
            longest[code[:CODE]] = max(longest.get(code[:CODE], ""), code, key=len)
        self.codes = list(longest.values())
        if len(self.codes) > MOST_CODES:  # each link of a page would carry them
            self.codes = []

    def __bool__(self):
        return bool(self.codes)

    def __len__(self):
        return len(self.codes)

    @property
    def text(self):
        return "-".join(self.codes)

    def has(self, choice):
        return any(code.startswith(choice.code) for code in self.codes)

    def with_(self, choice):
        return "-".join([*self.codes, choice.code])

    def without(self, choice):
        return "-".join(code for code in self.codes if not code.startswith(choice.code))
