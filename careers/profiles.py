"""A career with everything its profile shows, gathered in a number of queries that does not grow."""

import re
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q
from django.utils.functional import cached_property

from careerguide.kept import kept_by_revision
from careers.choices import DutyArea, Necessity, Section
from careers.where import Coverage, Where
from sources.choices import Trust
from sources.models import Citation, Disagreement

WORDS_PER_MINUTE = 200  # plain prose, silent reading
PERSONAL = {"skill", "trait"}  # kinds of qualification shown apart from the formal ones

# The sections of passages below the skills: anchor and heading, in page order.
LATER_SECTIONS = {
    Section.IMPACT: ("impact", "What the post changes"),
    Section.CHALLENGE: ("challenges", "Challenges"),
    Section.REASON_NOT: ("reasons-not", "Reasons not to"),
    Section.BENEFIT: ("benefits", "Benefits"),
    Section.PROJECT: ("projects", "Projects you may lead"),
    Section.WORKED_EXAMPLE: ("examples", "Worked examples"),
    Section.GROWTH: ("growth", "Personal growth"),
    Section.SELF_GUIDED: ("preparing", "Prepare on your own"),
    Section.TIP: ("advice", "Advice"),
    Section.INTERVIEW: ("interview", "Prepare for the interview"),
    Section.TREND: ("market", "Market trend"),
}


@dataclass(frozen=True)
class PageSection:
    """A section of the page: its parts, the field of Citation that ties sources to them, and what draws it."""

    anchor: str
    heading: str
    template: str
    field: str
    parts: list
    mark_unsourced: bool = False
    boxes_below: bool = False  # whether the boxes of all its parts stand together below the last one

    @property
    def in_order(self):
        """(field of Citation, part) for its parts and for the sides in their boxes, from top to bottom."""
        for parts in [self.parts] if self.boxes_below else [[part] for part in self.parts]:
            yield from ((self.field, part) for part in parts)
            yield from (("side", side) for part in parts if part.box for side in part.box.sides.all())


@kept_by_revision(most=20)
def profile_of(career, where):
    return Profile(career, where)


class Profile:
    """The parts of one career that hold at `where`, each with `cited`: its (number, citation) pairs.

    Sources are numbered from 1 in the order in which the page first cites them. `left_out` holds the parts that
    hold elsewhere only.
    """

    def __init__(self, career, where=None):
        self.career, self.where = career, where or Where()
        self.left_out = []
        self.alternative_titles = list(career.alternativetitles.all())
        self.settings = self.holding(career.career_settings.select_related("setting"))
        self.duties = self.holding(career.duties.with_places())
        asked = career.qualifications.with_places().with_checked()
        self.qualifications = self.holding(one.as_readers_see_it() for one in asked)
        self.stages = list(career.stages.with_next_careers())
        self.passages = self.holding(career.passages.with_places())
        self.questions = list(career.questions.all())
        self.related = list(career.related.published().select_related("related"))
        self.sources = []
        self._place_disagreements()
        self._number_citations()

    def holding(self, parts):
        """Those of `parts` that hold where the reader asks; the others are left out."""
        parts = list(parts)
        self.left_out += [part for part in parts if not self.where.holds(part)]
        return [part for part in parts if self.where.holds(part)]

    def _place_disagreements(self):
        """Give the first part on the page that each disagreement concerns its `box`; further parts link to it."""
        parts = [part for section in self.sections for part in section.parts]
        concerned = {part.disagreement_id for part in parts if getattr(part, "disagreement_id", None)}
        found = Disagreement.objects.filter(pk__in=concerned).prefetch_related("sides") if concerned else []
        self.disagreements = {one.pk: one for one in found}
        boxed = set()
        for part in parts:
            part.box = part.boxed_above = None
            if disagreement := self.disagreements.get(getattr(part, "disagreement_id", None)):
                if disagreement.pk in boxed:
                    part.boxed_above = disagreement
                else:
                    part.box = disagreement
                boxed.add(disagreement.pk)

    def _number_citations(self):
        by_statement = {}
        citations = Citation.objects.filter(
            Q(pk__in=Citation.objects.of_career(self.career).values("pk"))
            | Q(side__disagreement__in=self.disagreements)
        )
        for citation in citations.select_related("source"):
            field = citation.statement_field
            by_statement.setdefault((field, getattr(citation, f"{field}_id")), []).append(citation)
        numbers, uses = {}, {}
        for field, part in self._parts_in_page_order():
            part.cited = []
            for citation in by_statement.get((field, part.pk), []):
                number = numbers.setdefault(citation.source, len(numbers) + 1)
                part.cited.append((number, citation))
                uses.setdefault(citation.source, []).append((part, citation))
            part.cited.sort(key=lambda pair: pair[0])
            part.unsourced = all(citation.source.trust == Trust.UNVERIFIED for _, citation in part.cited)
        self.sources = list(numbers)
        for source in self.sources:
            source.uses = uses[source]

    def _parts_in_page_order(self):
        """(field of Citation, part) for every part, from the top of the page to its end."""
        yield from (("alternative_title", part) for part in self.alternative_titles)
        yield "career", self.career
        for section in self.sections:
            yield from section.in_order

    @cached_property
    def sections(self):
        """The sections that this profile has, in page order: the page, its contents and the numbers follow it."""
        sections = [
            PageSection("duties", "What they do", "careers/_duties.html", "duty", by_group(self.duty_areas)),
            self._passages(Section.DAY, "day", "A working day"),
            PageSection(
                "requirements",
                "What the role asks",
                "careers/_requirements.html",
                "qualification",
                by_group(self.requirements),
            ),
            PageSection("stages", "Career stages", "careers/_stages.html", "stage", self.stages, boxes_below=True),
            PageSection("settings", "Settings", "careers/_settings.html", "career_setting", self.settings),
            PageSection(
                "skills", "Skills and traits", "careers/_personal.html", "qualification", by_group(self.personal)
            ),
            *(self._passages(section, *names) for section, names in LATER_SECTIONS.items()),
            PageSection("questions", "Questions and answers", "careers/_questions.html", "question", self.questions),
            self._passages(Section.PAY, "pay", "Pay", "careers/_pay.html"),
            PageSection("related", "Related careers", "careers/_related.html", "related_career", self.related),
        ]
        return [section for section in sections if section.parts or section.anchor == "pay"]

    @property
    def has_reasons_not(self):
        return any(part.section == Section.REASON_NOT for part in self.passages)

    def _passages(self, section, anchor, heading, template="careers/_passages.html"):
        parts = [part for part in self.passages if part.section == section]
        return PageSection(anchor, heading, template, "passage", parts, mark_unsourced=section == Section.TREND)

    @cached_property
    def duty_areas(self):
        """(area, duties) of every area that has any, in the order of DutyArea."""
        groups = ((label, [duty for duty in self.duties if duty.area == value]) for value, label in DutyArea.choices)
        return [(label, duties) for label, duties in groups if duties]

    @cached_property
    def requirements(self):
        """(necessity, qualifications): required first, then usual, helpful, disputed; skills and traits apart."""
        formal = [part for part in self.qualifications if part.kind not in PERSONAL]
        groups = ((label, [part for part in formal if part.necessity == value]) for value, label in Necessity.choices)
        return [(label, parts) for label, parts in groups if parts]

    @cached_property
    def personal(self):
        """(kind, qualifications) for skills, then traits and interests."""
        chosen = sorted((part for part in self.qualifications if part.kind in PERSONAL), key=lambda part: part.kind)
        names = {"skill": "Skills", "trait": "Traits and interests"}
        return [(names[kind], list(parts)) for kind, parts in groupby(chosen, key=lambda part: part.kind)]

    @cached_property
    def elsewhere(self):
        """(heading, parts) of what was left out: by the country it belongs to, then what other settings alone have."""
        abroad = [part for part in self.left_out if not self.where.in_country(part)]
        by_country = {}
        for part in abroad:
            by_country.setdefault(part.country, []).append(part)
        groups = [(f"Only in {in_words(country)}", parts) for country, parts in by_country.items()]
        others = [part for part in self.left_out if part not in abroad]
        return groups + ([("Only in other settings", others)] if others else [])

    @cached_property
    def coverage(self):
        """How much is checked for the chosen country; None without one."""
        return Coverage.of(self.where, self.qualifications)

    @cached_property
    def unsourced_count(self):
        """How many statements rest on no source but pages that do not say where their facts come from, or on none."""
        return sum(part.unsourced for part in self.statements)

    @property
    def statements(self):
        """What the page states where the reader asks; with `left_out` all that the profile states anywhere.

        The sides of a disagreement belong to the statements that it stands beside.
        """
        return [part for field, part in self._parts_in_page_order() if field != "side"]

    @cached_property
    def minutes(self):
        """Reading time in whole minutes, computed from the words of the profile."""
        texts = [self.career.summary, self.career.introduction, self.career.differs]
        for _, part in self._parts_in_page_order():
            texts += [
                getattr(part, name, "") for name in ("title", "text", "work", "does", "learns", "moves", "answer")
            ]
        words = sum(len(re.findall(r"\S+", text)) for text in texts)
        return max(1, round(words / WORDS_PER_MINUTE))


def by_group(groups):
    """The parts of (label, parts) groups in one list."""
    return [part for _, parts in groups for part in parts]


def in_words(country):
    """A country as it stands after "in": with the article that English asks for."""
    return f"the {country}" if country.name.startswith("United ") else str(country)
