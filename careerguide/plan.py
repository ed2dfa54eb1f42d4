"""My plan: what a reader has chosen, kept as ids in the address and nowhere else.

An item's fingerprint, three letters after its id, stands for what it said when the link was made: if it says
something else today, the plan tells so. See plan_address.py for the two spellings of a plan.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import cached_property

from careerguide.plan_address import CARRIED, CODE, FINGERPRINT, MOST, Carried, Choice, letters, spelled, split
from careers.models import CareerStage, Credential, Qualification
from editorial.visibility import once_public, through
from readinglist.models import Course, Work
from salaries.choices import ROLE
from salaries.models import Area


@dataclass(frozen=True)
class Kind:
    """A kind of item: the parameter that names it, its records with all that the plan shows, and what they say.

    `all_keys` are of what readers can see or could see before: a link made then is still understood.
    """

    name: str
    label: str
    plural: str
    model: type[Model]
    records: Callable
    said: Callable

    @property
    def all_keys(self):
        records = once_public(self.model.objects.order_by())
        return [joined(key) for key in records.values_list(*self.model.NATURAL_KEY)]

    def withdrawn(self, keys):
        """{id: why} of those of `keys` that name what readers could see before."""
        found, parts = once_public(self.model.objects.with_natural_keys(keys)), len(self.model.NATURAL_KEY)
        rows = found.values_list(*self.model.NATURAL_KEY, *through(self.model, "withdrawn_because"))
        return {joined(row[:parts]): next(filter(None, row[parts:]), "") for row in rows}


def joined(natural_key):
    """A natural key as one word: no slug holds a full stop."""
    return ".".join(natural_key)


def said_of_credential(credential):
    facts = ((fact.title, fact.text, fact.date) for fact in credential.facts.all())
    return [credential.name, credential.issuer, credential.checked_on, *(text for fact in facts for text in fact)]


def said_of_city(city):
    fields = ("amount", "currency", "period", "as_printed", "as_of", "confidence")
    return [city.name, *(getattr(figure, field) for figure in city.for_role for field in fields)]


KINDS = {
    kind.name: kind
    for kind in [
        Kind(
            "stage",
            "Career stage",
            "Career stages",
            CareerStage,
            lambda: CareerStage.objects.published().select_related("career").with_next_careers(),
            lambda one: [one.title, one.does, one.learns, one.moves, *one.next_careers.all()],
        ),
        Kind(
            "gap",
            "Gap to close",
            "Gaps to close",
            Qualification,
            lambda: Qualification.objects.published().with_places().select_related("career"),
            lambda one: [one.title, one.text, one.necessity, one.stage, one.country_id, *one.settings.all()],
        ),
        Kind(
            "work",
            "Work",
            "Reading",
            Work,
            Work.objects.published,
            lambda one: [one.title, one.byline, one.year, one.isbn13, one.doi, one.identification],
        ),
        Kind(
            "course",
            "Course",
            "Courses",
            Course,
            Course.objects.published,
            lambda one: [one.title, one.provider, one.access, one.identification],
        ),
        Kind(
            "credential",
            "Credential",
            "Credentials",
            Credential,
            lambda: Credential.objects.published().with_facts(),
            said_of_credential,
        ),
        Kind(
            "city",
            "City",
            "Cities",
            Area,
            lambda: Area.objects.cities().select_related("country").with_figures_for(ROLE),
            said_of_city,
        ),
    ]
}
BY_MODEL = {kind.model: kind for kind in KINDS.values()}


def choice_of(record):
    """The choice that names a record; KeyError if a plan holds no such records."""
    return Choice(BY_MODEL[type(record)].name, joined(record.natural_key()))


@dataclass(frozen=True)
class Item:
    """A choice with its record; None if readers find none by that id. `because` says why it was withdrawn, if so."""

    choice: Choice
    record: Model | None
    because: str = ""

    @cached_property
    def fingerprint(self):
        if not self.record:
            return ""
        said = KINDS[self.choice.kind].said(self.record)
        return letters("\x1f".join(str(one) for one in said), FINGERPRINT)

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
    """Every choice that the parameters of the kinds name, in the order of the kinds."""
    return [Choice(kind, *split(value)) for kind in KINDS for value in data.getlist(kind) if value.strip("\0~ ")]


def unique(choices):
    """Each choice once; one with a fingerprint rather than one without, or a change would go untold."""
    found = {}
    for one in choices:
        known = found.get((one.kind, one.key))
        if not known or (one.fingerprint and not known.fingerprint):
            found[one.kind, one.key] = one
    return list(found.values())


class Plan:
    """The plan that an address holds, item by item."""

    def __init__(self, data):
        carried = Carried(data.get(CARRIED, ""))
        self.malformed = bool(data.get(CARRIED)) and not carried
        resolved, self.unknown_codes = resolve(carried)
        # What was in the plan already comes first, so that nothing new can push it out; a name is as good as a code.
        choices = unique([*resolved, *choices_of(data)])
        self.left_out = choices[MOST:]
        self.choices = sorted(choices[:MOST], key=lambda one: list(KINDS).index(one.kind))

    @cached_property
    def items(self):
        """Every choice with its record, in a number of queries that does not grow."""
        found, reasons = {}, {}
        for name, kind in KINDS.items():
            keys = [one.key.split(".") for one in self.choices if one.kind == name]
            if keys:
                records = kind.records().with_natural_keys(keys)
                found |= {(name, joined(record.natural_key())): record for record in records}
                lost = [key for key in keys if (name, joined(key)) not in found]
                reasons |= {(name, key): why for key, why in kind.withdrawn(lost).items()} if lost else {}
        pairs = [(one, (one.kind, one.key)) for one in self.choices]
        return [Item(one, found.get(key), reasons.get(key, "")) for one, key in pairs]

    @property
    def found(self):
        return [item for item in self.items if item.record]

    def of_kind(self, name):
        return [item for item in self.found if item.choice.kind == name]

    @property
    def missing(self):
        """Ids without a record: never used, or withdrawn since."""
        return [item for item in self.items if not item.record]

    @property
    def changed(self):
        return [item for item in self.items if item.changed]

    @property
    def query(self):
        """The canonical query string: ids that exist carry their fingerprint, codes are spelled out."""
        return spelled([item.kept for item in self.items], self.unknown_codes)

    @property
    def renewed_query(self):
        """The same plan with every change taken note of and every missing id dropped."""
        return spelled([item.renewed for item in self.found])

    def query_without(self, item):
        return spelled([one.kept for one in self.items if one is not item], self.unknown_codes)

    @property
    def sections(self):
        """(kind, [(item, the query string of the plan without it)]) of every kind that the plan has."""
        for kind in KINDS.values():
            if items := self.of_kind(kind.name):
                yield kind, [(item, self.query_without(item)) for item in items]

    @property
    def short(self):
        return "-".join([*(item.kept.short for item in self.items), *self.unknown_codes])


def resolve(carried):
    """(choices, codes that stand for nothing) of a short plan."""
    if not carried:
        return [], []
    keys = {Choice(name, key).code: (name, key) for name, kind in KINDS.items() for key in kind.all_keys}
    pairs = [(keys.get(code[:CODE]), code[CODE:]) for code in carried.codes]
    unknown = [code for code in carried.codes if code[:CODE] not in keys]
    return [Choice(*key, print_) for key, print_ in pairs if key], unknown
