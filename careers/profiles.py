"""A career with everything its profile shows, gathered in a number of queries that does not grow."""

import re
from functools import cached_property
from itertools import groupby

from careers.choices import DutyArea, Necessity, Section
from sources.choices import Trust
from sources.models import Citation

WORDS_PER_MINUTE = 200  # plain prose, silent reading
PERSONAL = {"skill", "trait"}  # kinds of qualification shown apart from the formal ones

# The sections of passages below the working day: anchor and heading, in page order.
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


class Profile:
    """The parts of one career in reading order, each with `cited`: its (number, citation) pairs.

    Sources are numbered from 1 in the order in which the page first cites them.
    """

    def __init__(self, career):
        self.career = career
        self.alternative_titles = list(career.alternativetitles.all())
        self.settings = list(career.career_settings.select_related("setting"))
        self.duties = list(career.duties.prefetch_related("settings"))
        self.qualifications = list(career.qualifications.select_related("country").prefetch_related("settings"))
        self.stages = list(career.stages.prefetch_related("next_careers"))
        self.passages = list(career.passages.all())
        self.questions = list(career.questions.all())
        self.related = list(career.related.select_related("related"))
        self.sources = []
        self._number_citations()

    def _number_citations(self):
        by_statement = {}
        for citation in Citation.objects.of_career(self.career).select_related("source"):
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
            part.unsourced = bool(part.cited) and all(
                citation.source.trust == Trust.UNVERIFIED for _, citation in part.cited
            )
        self.sources = list(numbers)
        for source in self.sources:
            source.uses = uses[source]

    def _parts_in_page_order(self):
        """(field of Citation, part) for every part, from the top of the page to its end."""
        yield from (("alternative_title", part) for part in self.alternative_titles)
        yield "career", self.career
        yield from (("duty", part) for _, group in self.duty_areas for part in group)
        yield from (("passage", part) for part in self.section(Section.DAY))
        yield from (("qualification", part) for _, group in self.requirements for part in group)
        yield from (("stage", part) for part in self.stages)
        yield from (("career_setting", part) for part in self.settings)
        yield from (("qualification", part) for _, group in self.personal for part in group)
        yield from (("passage", part) for section in LATER_SECTIONS for part in self.section(section))
        yield from (("question", part) for part in self.questions)
        yield from (("related_career", part) for part in self.related)

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
    def day(self):
        return self.section(Section.DAY)

    def section(self, section):
        return [part for part in self.passages if part.section == section]

    @cached_property
    def later_sections(self):
        """The sections of passages that this profile has, in page order."""
        return [
            {"anchor": anchor, "heading": heading, "passages": passages, "mark_unsourced": section == Section.TREND}
            for section, (anchor, heading) in LATER_SECTIONS.items()
            if (passages := self.section(section))
        ]

    @cached_property
    def contents(self):
        """(anchor, label) of every section that this profile has, in page order."""
        before = [
            ("duties", "What they do", self.duties),
            ("day", "A working day", self.section(Section.DAY)),
            ("requirements", "What the role asks", self.requirements),
            ("stages", "Career stages", self.stages),
            ("settings", "Settings", self.settings),
            ("skills", "Skills and traits", self.personal),
        ]
        return [
            *((anchor, label) for anchor, label, parts in before if parts),
            *((section["anchor"], section["heading"]) for section in self.later_sections),
            *([("questions", "Questions and answers")] if self.questions else []),
        ]

    @cached_property
    def unsourced_count(self):
        """How many cited statements rest on no source but pages that do not say where their facts come from."""
        return sum(part.unsourced for _, part in self._parts_in_page_order())

    @cached_property
    def statement_count(self):
        return sum(1 for _ in self._parts_in_page_order())

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
