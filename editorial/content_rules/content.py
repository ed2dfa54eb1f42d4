"""All records whose texts readers see, fetched at once: what rules over content look at."""

from collections import defaultdict

from django.apps import apps
from django.utils import timezone
from django.utils.functional import cached_property

from careers.models import Country
from editorial.content_rules.issuers import issued
from editorial.content_rules.texts import normal, pairs, sentences, stems, unlinked
from editorial.status import Status
from salaries.choices import AliasKind, AreaKind
from salaries.models import Area, CityAlias
from sources.models import STATEMENT_FIELDS, Citation

# The texts that we wrote. Titles of sources, works and courses are quoted, and not ours to mend.
PROSE = {
    "careers.setting": ["name"],
    "careers.career": ["title", "summary", "introduction", "differs"],
    "careers.alternativetitle": ["title", "note"],
    "careers.careersetting": ["work"],
    "careers.duty": ["title", "text"],
    "careers.qualification": ["title", "text"],
    "careers.careerstage": ["title", "does", "learns", "moves"],
    "careers.passage": ["title", "text"],
    "careers.question": ["question", "answer"],
    "careers.relatedcareer": ["text"],
    "careers.credential": ["name", "summary"],
    "careers.credentialfact": ["title", "text"],
    "readinglist.work": ["why_it_fits"],
    "readinglist.course": ["skill_area"],
    "readinglist.readinglist": ["title", "purpose"],
    "readinglist.listentry": ["reason"],
    "sources.source": ["note"],
    "sources.disagreement": ["question", "why", "reading"],
    "sources.side": ["text"],
}
READING = ["readinglist.work", "readinglist.listentry"]
HEADINGS = ["title", "question", "name"]
JOINS = {  # what names and addresses of parts are made of
    **dict.fromkeys(
        [
            f"careers.{part}"
            for part in ("alternativetitle", "duty", "qualification", "careerstage", "passage", "question")
        ],
        ["career"],
    ),
    "careers.careersetting": ["career", "setting"],
    "careers.relatedcareer": ["career", "related"],
    "careers.credentialfact": ["credential"],
    "readinglist.listentry": ["reading_list", "work", "course"],
    "sources.side": ["disagreement"],
}


class Record:
    """One record with its texts by field."""

    def __init__(self, label, obj):
        self.label, self.obj = label, obj
        self.texts = {name: getattr(obj, name) for name in PROSE[label] if getattr(obj, name)}
        self.heading = next((self.texts[name] for name in HEADINGS if name in self.texts), "")
        self.body = unlinked("\n".join(text for name, text in self.texts.items() if name not in HEADINGS))
        self.whole = f"{self.heading}\n{self.body}" if self.heading else self.body
        self.lower = self.whole.lower()

    @property
    def values(self):
        """What its columns hold."""
        return tuple(getattr(self.obj, field.attname) for field in self.obj._meta.concrete_fields)

    @property
    def career(self):
        """The primary key of the career whose profile it is part of; None for other records."""
        return self.obj.pk if self.label == "careers.career" else getattr(self.obj, "career_id", None)

    @property
    def country(self):
        """The code of the one country in which it holds; that of a fact of a credential is the credential's."""
        return getattr(self.obj.credential if self.label == "careers.credentialfact" else self.obj, "country_id", None)

    @property
    def title(self):
        """Its heading, or the quoted title of a work or course."""
        return self.heading or getattr(self.obj, "title", "")

    @property
    def page(self):
        """Within what its heading should stand once: its career, its credential, or all records of its kind."""
        if self.label == "careers.career" or not self.label.startswith("careers."):
            return None
        return self.career or getattr(self.obj, "credential_id", None)

    @cached_property
    def sentences(self):
        return sentences(self.body)


class Content:
    """Every record but those withdrawn, drafts included: one query for each kind, and a few for what rules ask."""

    def __init__(self, today=None):
        self.today = today or timezone.localdate()
        self.by_label = {label: self.fetched(label) for label in PROSE}

    @staticmethod
    def fetched(label):
        model = apps.get_model(label)
        objects = model.objects.select_related(*JOINS[label]) if label in JOINS else model.objects.all()
        return [Record(label, obj) for obj in objects if not is_withdrawn(obj)]

    @cached_property
    def records(self):
        return [record for records in self.by_label.values() for record in records]

    @cached_property
    def evidence(self):
        """All that any rule looks at: two Contents with the same evidence are equal, and have the same findings."""
        records = tuple((record.label, *record.values) for record in self.records)
        cited = frozenset((key, frozenset(found)) for key, found in self.trusts.items())
        places = tuple((code, *names) for code, names in self.places.items())
        return self.today, records, cited, places, tuple(self.misprints.items()), self.city_count

    def __eq__(self, other):
        return isinstance(other, Content) and self.evidence == other.evidence

    def __hash__(self):
        return hash(self.evidence)

    @cached_property
    def saying(self):
        """{sentence in plain words: the records in which it stands}"""
        found = defaultdict(list)
        for record in self.records:
            if record.label != "sources.source":
                for sentence in record.sentences:
                    found[normal(sentence)].append(record)
        return found

    @cached_property
    def headings(self):
        """{(kind, page, heading in plain words): the records that have it}"""
        found = defaultdict(list)
        for record in self.records:
            found[record.label, record.page, normal(record.title)].append(record)
        return found

    @cached_property
    def questions(self):
        """{career: [(question, its words that carry meaning)]}"""
        found = defaultdict(list)
        for question in self.by_label["careers.question"]:
            found[question.career].append((question, stems(question.heading)))
        return found

    @cached_property
    def reading_pairs(self):
        """{record about reading: every two neighboring words of its text}"""
        return {one: pairs(one.body) for label in READING for one in self.by_label[label]}

    @cached_property
    def duty_stems(self):
        """{career: [(duty, the words of its heading, the words of its text)]}"""
        found = defaultdict(list)
        for duty in self.by_label["careers.duty"]:
            found[duty.career].append((duty, stems(duty.heading), stems(duty.body)))
        return found

    @cached_property
    def trusts(self):
        """{(field of Citation, primary key): {(stance, trust of the source)}} of every statement that cites any."""
        found = defaultdict(set)
        for stance, trust, *keys in Citation.objects.order_by().values_list(
            "stance", "source__trust", *STATEMENT_FIELDS
        ):
            field, key = next((field, key) for field, key in zip(STATEMENT_FIELDS, keys, strict=True) if key)
            found[field, key].add((stance, trust))
        return found

    @cached_property
    def misprints(self):
        """{misprint: right name} of the places that were found misspelled."""
        found = CityAlias.objects.filter(kind=AliasKind.MISPRINT).values_list("name", "city__name")
        return dict(found)

    @cached_property
    def places(self):
        """{country code: names of it and of its states}, to see whether a text says where it holds."""
        found = defaultdict(list)
        for code, name, other_names in Country.objects.values_list("code", "name", "other_names"):
            found[code] += [name, *(other.strip() for other in other_names.split(";") if other.strip())]
        for code, name in Area.objects.filter(kind=AreaKind.STATE).values_list("country", "name"):
            found[code].append(name)
        return found

    @cached_property
    def issued(self):
        """Who grants which credential, of those whose issuer is a named body."""
        return [found for one in self.by_label["careers.credential"] if (found := issued(one.obj))]

    @cached_property
    def city_count(self):
        return Area.objects.cities().count()


def is_withdrawn(obj):
    """Whether it, or what it is a part of, was withdrawn: readers see it no more, and nobody has to mend it."""
    return any(owner.status == Status.WITHDRAWN for owner in obj.seen_with)
