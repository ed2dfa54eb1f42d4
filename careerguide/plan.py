"""My plan: what a reader has chosen, kept as ids in the address and nowhere else.

Two spellings of one plan: `/plan/?gap=medical-director.license~x7k&work=kotter~m2p` names every item and is what
a reader keeps; `/plan/?plan=7k2qa3fp-9ab2c` is short enough for paper and for other pages to carry along. The three
letters after an id are a fingerprint of what the item said: if it says something else today, the plan tells so.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Model

from careers.models import CareerStage, Credential, Qualification
from readinglist.models import Course, Work
from salaries.choices import ROLE
from salaries.models import Area

CARRIED = "plan"  # the parameter that holds a whole plan in short
MOST = 60  # items; more fit on no two sheets
KEY_LENGTH = 200
CODE, FINGERPRINT = 5, 3  # letters
CODES = re.compile(
    rf"[0-9a-z]{{{CODE}}}([0-9a-z]{{{FINGERPRINT}}})?(-[0-9a-z]{{{CODE}}}([0-9a-z]{{{FINGERPRINT}}})?)*\Z"
)


@dataclass(frozen=True)
class Kind:
    """A kind of item: the parameter that names it, its records with all that the plan shows, and what they say."""

    name: str
    label: str
    plural: str
    model: type[Model]
    records: Callable
    said: Callable

    @property
    def all_keys(self):
        return [joined(key) for key in self.model.objects.order_by().values_list(*self.model.NATURAL_KEY)]


def joined(natural_key):
    """A natural key as one word: no slug holds a full stop."""
    return ".".join(natural_key)


KINDS = {
    kind.name: kind
    for kind in [
        Kind(
            "stage",
            "Career stage",
            "Career stages",
            CareerStage,
            lambda: CareerStage.objects.select_related("career").prefetch_related("next_careers"),
            lambda one: [one.title, one.does, one.learns, one.moves],
        ),
        Kind(
            "gap",
            "Gap to close",
            "Gaps to close",
            Qualification,
            lambda: Qualification.objects.with_places().select_related("career"),
            lambda one: [one.title, one.text, one.necessity],
        ),
        Kind("work", "Work", "Reading", Work, Work.objects.all, lambda one: [one.title, one.byline, one.year, one.url]),
        Kind(
            "course",
            "Course",
            "Courses",
            Course,
            Course.objects.all,
            lambda one: [one.title, one.provider, one.url, one.access],
        ),
        Kind(
            "credential",
            "Credential",
            "Credentials",
            Credential,
            Credential.objects.with_facts,
            lambda one: [one.name, one.issuer, *((fact.title, fact.text, fact.date) for fact in one.facts.all())],
        ),
        Kind(
            "city",
            "City",
            "Cities",
            Area,
            lambda: Area.objects.select_related("country").with_figures_for(ROLE),
            lambda one: [(figure.amount, figure.currency, figure.as_of, figure.confidence) for figure in one.for_role],
        ),
    ]
}
BY_MODEL = {kind.model: kind for kind in KINDS.values()}


def letters(text, count):
    """The first letters of a hash, in the 32 digits and lower-case letters of RFC 4648 base32hex."""
    return base64.b32hexencode(hashlib.sha256(text.encode()).digest()).decode().lower()[:count]


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


def choice_of(record):
    """The choice that names a record; KeyError if a plan holds no such records."""
    return Choice(BY_MODEL[type(record)].name, joined(record.natural_key()))


@dataclass(frozen=True)
class Item:
    """A choice with its record; None if there is none by that id."""

    choice: Choice
    record: Model | None

    @cached_property
    def fingerprint(self):
        return letters(repr(KINDS[self.choice.kind].said(self.record)), FINGERPRINT) if self.record else ""

    @property
    def changed(self):
        """Whether the record says something else than when the link was made."""
        return bool(self.record and self.choice.fingerprint not in ("", self.fingerprint))

    @property
    def label(self):
        return KINDS[self.choice.kind].label

    @property
    def renewed(self):
        return Choice(self.choice.kind, self.choice.key, self.fingerprint or self.choice.fingerprint)

    @property
    def kept(self):
        """The choice as a link keeps it: its own fingerprint until the reader takes note of a change."""
        return self.choice if self.choice.fingerprint else self.renewed


def choices_of(data):
    """Every choice that the parameters of the kinds name, each once, in the order of the kinds."""
    named = [Choice(kind, *split(value)) for kind in KINDS for value in data.getlist(kind) if value.strip("\0~ ")]
    return list({(one.kind, one.key): one for one in named}.values())


def split(value):
    key, _, fingerprint = value.replace("\0", "").partition("~")
    return key[:KEY_LENGTH], fingerprint if re.fullmatch(f"[0-9a-z]{{{FINGERPRINT}}}", fingerprint) else ""


class Carried:
    """The short plan that another page's address carries along: known by its codes, without asking the database."""

    def __init__(self, text):
        self.codes = text.split("-")[:MOST] if CODES.match(text) else []

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


class Plan:
    """The plan that an address holds, item by item."""

    def __init__(self, data):
        named = choices_of(data)
        carried = Carried(data.get(CARRIED, ""))
        known = {(one.kind, one.key) for one in named}
        resolved, self.unknown_codes = resolve(carried)
        named += [one for one in resolved if (one.kind, one.key) not in known]
        self.malformed = bool(data.get(CARRIED)) and not carried
        self.choices, self.left_out = named[:MOST], named[MOST:]

    @cached_property
    def items(self):
        """Every choice with its record, in a number of queries that does not grow."""
        found = {}
        for name, kind in KINDS.items():
            keys = [one.key.split(".") for one in self.choices if one.kind == name]
            if keys:
                records = kind.records().with_natural_keys(keys)
                found |= {(name, joined(record.natural_key())): record for record in records}
        return [Item(one, found.get((one.kind, one.key))) for one in self.choices]

    def of_kind(self, name):
        return [item for item in self.items if item.choice.kind == name and item.record]

    @property
    def missing(self):
        """Ids without a record: never used, or withdrawn since."""
        return [item for item in self.items if not item.record]

    @property
    def changed(self):
        return [item for item in self.items if item.changed]

    @staticmethod
    def spelled(choices):
        return urlencode([one.pair for one in choices], safe="~")

    @property
    def query(self):
        """The canonical query string: ids that exist carry their fingerprint, codes are spelled out."""
        return self.spelled([item.kept for item in self.items])

    @property
    def renewed_query(self):
        """The same plan with every change taken note of and every missing id dropped."""
        return self.spelled([item.renewed for item in self.items if item.record])

    def query_without(self, item):
        return self.spelled([one.kept for one in self.items if one is not item])

    @property
    def sections(self):
        """(kind, [(item, the query string of the plan without it)]) of every kind that the plan has."""
        for kind in KINDS.values():
            if items := self.of_kind(kind.name):
                yield kind, [(item, self.query_without(item)) for item in items]

    @property
    def short(self):
        return "-".join(item.kept.short for item in self.items)


def resolve(carried):
    """(choices, codes that stand for nothing) of a short plan."""
    if not carried:
        return [], []
    keys = {Choice(name, key).code: (name, key) for name, kind in KINDS.items() for key in kind.all_keys}
    pairs = [(keys.get(code[:CODE]), code[CODE:]) for code in carried.codes]
    return [Choice(*key, print_) for key, print_ in pairs if key], [
        code for code in carried.codes if code[:CODE] not in keys
    ]
