"""Records with a flaw, or nearly with one, put among the real content."""

from datetime import date, timedelta

from careers.models import (
    Career,
    CareerStage,
    Credential,
    CredentialFact,
    Duty,
    Passage,
    Qualification,
    Question,
)
from editorial.content_rules import RULES, Content
from readinglist.models import Course, ListEntry, ReadingList, Work
from sources.models import Citation, Disagreement, Source

DIRECTOR = "medical-director"
TODAY = date(2026, 11, 22)
A_YEAR_AGO = TODAY - timedelta(days=365)


def director():
    return Career.objects.get(slug=DIRECTOR)


def passage(text, title="Planted", section="day", **fields):
    return lambda: Passage.objects.create(
        career=director(), slug="planted", title=title, text=text, section=section, **fields
    )


def question(text, answer="It depends on the post."):
    return lambda: Question.objects.create(career=director(), slug="planted", question=text, answer=answer)


def challenge(text, title="Planted"):
    return passage(text, title, section="challenge")


def challenge_beside(duty, text):
    """A challenge of a career that has a duty of this title."""

    def plant():
        Duty.objects.create(career=director(), slug="planted", area="staff", title=duty, text="")
        return challenge(text)()

    return plant


def requirement(necessity="usual", trust=None, stance="supports", disagreement=False, text="A degree in law."):
    """A requirement that cites one source of this trust, or none."""

    def plant():
        tied = Disagreement.objects.first() if disagreement else None
        made = Qualification.objects.create(
            career=director(),
            slug="planted",
            kind="degree",
            title="Law",
            text=text,
            necessity=necessity,
            disagreement=tied,
        )
        if trust:
            source = Source.objects.filter(trust=trust).first()
            Citation.objects.create(source=source, stance=stance, qualification=made)
        return made

    return plant


def cited(plant, trust, field):
    """What `plant` makes, resting on one source of this trust."""

    def planted():
        made = plant()
        Citation.objects.create(source=Source.objects.filter(trust=trust).first(), **{field: made})
        return made

    return planted


def list_purpose(slug, text):
    def plant():
        one = ReadingList.objects.get(slug=slug)
        one.purpose = text
        one.save()
        return one

    return plant


def career_introduction(text):
    def plant():
        one = director()
        one.introduction = text
        one.save()
        return one

    return plant


def twice(first, second):
    """What `second` makes, beside what `first` made."""

    def plant():
        first()
        return second()

    return plant


def elsewhere(text, title="Elsewhere"):
    """A passage of another career."""
    other = Career.objects.exclude(slug=DIRECTOR)
    return lambda: Passage.objects.create(career=other.first(), slug="planted", title=title, text=text, section="day")


def reason(text, position=100):
    """An entry of a list, with this reason."""

    def plant():
        of = ReadingList.objects.get(slug="first-three")
        return ListEntry.objects.create(reading_list=of, position=position, work=Work.objects.first(), reason=text)

    return plant


def work(**fields):
    said = {"slug": "planted", "title": "Planted", "kind": "book", "confidence": "verified", "why_it_fits": "It fits."}
    return lambda: Work.objects.create(**(said | fields))


def course(**fields):
    said = {"slug": "planted", "title": "Planted", "confidence": "verified", "skill_area": "Quality"}
    return lambda: Course.objects.create(**(said | fields))


def source(**fields):
    said = {"slug": "planted", "title": "Planted", "publisher": "Nobody", "kind": "guidance", "licence": "Not stated"}
    return lambda: Source.objects.create(**(said | {"trust": "secondary", "retrieved_on": TODAY} | fields))


def stages(mid, senior, disagreement=False):
    """The senior stage of the director's way, after both stages were given these texts."""

    def plant():
        found = {one.stage: one for one in CareerStage.objects.filter(career=director())}
        tied = Disagreement.objects.first() if disagreement else None
        for stage, text in (("mid", mid), ("senior", senior)):
            found[stage].does, found[stage].disagreement = text, tied
            found[stage].save()
        return found["senior"]

    return plant


def fact(kind, text):
    return lambda: CredentialFact.objects.create(
        credential=Credential.objects.get(slug="cmd"), slug="planted", kind=kind, title="Planted", text=text
    )


def reviewed(day):
    def plant():
        one = director()
        one.reviewed_on = day
        one.save()
        return one

    return plant


def compared(day):
    def plant():
        one = Credential.objects.get(slug="cmd")
        one.checked_on = day
        one.save()
        return one

    return plant


def found(record):
    """The rules that find something in a record as it is stored now."""
    content = Content(TODAY)
    of_kind = content.by_label[record._meta.label_lower]
    one = next(one for one in of_kind if one.obj.pk == record.pk)
    return {name for name, rule in RULES.items() if rule.check(one, content)}
