"""Records of every kind that readers cannot see, one for each way of being hidden, known by words of their own."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Model

from careers.models import Career, Credential
from editorial.status import Status
from readinglist.models import Course, ReadingList, Work
from salaries import judgement
from salaries.models import SalaryFigure

BECAUSE = "The publisher took it back."
WAYS = {
    "draft": {"status": Status.DRAFT},
    "in review": {"status": Status.IN_REVIEW},
    "in review again": {"status": Status.IN_REVIEW, "withdrawn_because": BECAUSE},
    "withdrawn": {"status": Status.WITHDRAWN, "withdrawn_because": BECAUSE},
}
GONE = {"in review again", "withdrawn"}  # of which readers are told
# One record for each of WAYS; what readers know best is among them: CMD, Delhi, the first list.
RECORDS = {
    Career: ["chief-medical-officer", "vice-president-medical-affairs", "department-chair", "hospital-chief-executive"],
    Credential: ["cmd", "cpe", "halm", "hmdc"],
    Work: [
        "kotter-leading-change",
        "donabedian-evaluating-quality",
        "ihi-high-impact-leadership",
        "spath-introduction-quality-management",
    ],
    Course: ["patient-safety-vii", "safetyquest-level-one", "fixing-healthcare-delivery", "vbc-capstone"],
    ReadingList: ["first-three", "early-career", "mid-career", "ranked-courses"],
    SalaryFigure: [
        "medical-director-delhi-opencourser",
        "medical-director-london-opencourser",
        "medical-director-paris-opencourser",
        "oews-2025-29-1214-us-al",
    ],
}
NAMED = {Career: ["title"], Credential: ["name"], Work: ["title"], Course: ["title"], ReadingList: ["title"]}
SAYING = {
    Career: ["summary", "introduction", "differs"],
    Credential: ["summary", "issuer"],
    Work: ["why_it_fits", "authors", "keywords", "evidence"],
    Course: ["skill_area", "keywords", "series"],
    ReadingList: ["purpose"],
    SalaryFigure: ["note", "as_printed", "city_as_printed", "covers", "source_place"],
}
# What is seen with them: {relation: the field that says something}
PARTS = {
    Career: {
        "alternativetitles": "note",
        "career_settings": "work",
        "duties": "text",
        "qualifications": "text",
        "stages": "does",
        "passages": "text",
        "questions": "answer",
        "related": "text",
        "related_from": "text",
    },
    Credential: {"facts": "text"},
    Work: {"list_entries": "reason"},
    Course: {"list_entries": "reason"},
    ReadingList: {"entries": "reason"},
}


@dataclass(frozen=True)
class Hidden:
    """`name` is what the page of a withdrawn record may print, `text` what stands in its fields and parts."""

    record: Model
    way: str
    name: str
    text: str

    @property
    def address(self):
        return self.record.get_absolute_url()

    @property
    def gone(self):
        return self.way in GONE

    @property
    def kind(self):
        return self.record._meta.model_name


def hide(model, way, slug):
    """Hide one record of the content, after its words have been put into every text of it."""
    record, word = model.objects.get(slug=slug), f"{model._meta.model_name}{way.replace(' ', '')}"
    name, text = f"Zqname{word}zq", f"Zqtext{word}zq"
    values = dict.fromkeys(NAMED.get(model, []), name) | dict.fromkeys(SAYING[model], text)
    if model is SalaryFigure:
        amount = Decimal(7_111_001 + list(WAYS).index(way))
        alone = {"amount": amount, "withheld": ""} | dict.fromkeys(["p10", "p25", "p75", "p90", "at_least"])
        name, values = f"{amount:,}", values | alone
    for relation, field in PARTS.get(model, {}).items():
        getattr(record, relation).update(**{field: text})
    model.objects.filter(pk=record.pk).update(**values, **WAYS[way])
    return Hidden(model.objects.get(pk=record.pk), way, name, text)


def hide_some():
    """Every kind in every way at once: 24 records. The figures are judged anew."""
    found = [hide(model, way, slug) for model, slugs in RECORDS.items() for way, slug in zip(WAYS, slugs, strict=True)]
    judgement.refresh()
    return found
