"""The self-check: what a reader has, set against what a career asks in a setting and country.

Nothing is stored: the answers live in the address. Only "have it" counts as met. There is no score, because
requirements do not add up: one that is missing can close the role.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import cached_property

from careerguide.filtering import TEXT_LIMIT, listing
from careerguide.kept import kept_by_revision
from careers.choices import Necessity, Stage
from careers.models import Career, Qualification
from careers.profiles import in_words
from careers.where import AskedWhere, Coverage
from sources.choices import SourceKind, Stance

PREFIX = "q-"  # of the parameter that answers for a qualification: q-license=have
MOST_NAMED = 5  # parameters that a message names; further ones are counted
ANY_STAGE = "At any stage"


class Answer(models.TextChoices):
    HAVE = "have", "Have it"
    WORKING = "working", "Working on it"
    NO = "no", "No"
    UNSURE = "unsure", "Not sure"


@dataclass(frozen=True)
class Item:
    """One qualification, and what the reader said of it; None if nothing."""

    qualification: Qualification
    answer: Answer | None

    @property
    def parameter(self):
        return f"{PREFIX}{self.qualification.slug}"

    @property
    def met(self):
        return self.answer == Answer.HAVE

    @property
    def said(self):
        return self.answer.label if self.answer else "Not answered"

    @property
    def choices(self):
        """(value, label, whether chosen) for each answer."""
        return [(value, label, value == self.answer) for value, label in Answer.choices]

    @property
    def rules(self):
        """The laws behind a requirement; without any, all that supports it."""
        supports = [one for one in self.qualification.citations.all() if one.stance == Stance.SUPPORTS]
        return [one for one in supports if one.source.kind == SourceKind.LAW] or supports

    @cached_property
    def preparation(self):
        """Entries of curated lists that help to close the gap; a work or course that several lists name stands once."""
        return list({entry.item: entry for entry in self.qualification.list_entries.all()}.values())


@kept_by_revision(most=20)
def asked_by(career):
    """Every requirement of a career, with what the self-check shows beside it."""
    return [one.as_readers_see_it() for one in career.qualifications.for_readiness()]


class Readiness:
    """What a query string answers for one career. `problems` maps a parameter to what was wrong with it."""

    def __init__(self, career, data):
        self.career, self.data = career, data
        self.asked = AskedWhere(data)
        every = asked_by(career)
        self.items = [Item(one, self.answer(one)) for one in every if self.where.holds(one)]
        shown = {item.qualification.slug for item in self.items}
        self.elsewhere = [Item(one, self.answer(one)) for one in every if one.slug not in shown and self.answer(one)]
        self.known = {one.slug for one in every}

    @property
    def where(self):
        return self.asked.where

    def answer(self, qualification):
        """Of several answers to one question the last counts, as in any form."""
        value = self.data.get(f"{PREFIX}{qualification.slug}", "")
        return Answer(value) if value in Answer.values else None

    @cached_property
    def problems(self):
        problems = dict(self.asked.problems)
        for name, value in self.data.items():
            slug = name.removeprefix(PREFIX)
            if slug != name and slug not in self.known:
                problems[name[:TEXT_LIMIT]] = "No requirement of this career has this name, so it was ignored."
            elif slug != name and value and value not in Answer.values:
                problems[name] = f"“{value[:TEXT_LIMIT]}” is no answer; write {listing(Answer.values, 'or')}."
        return {name.replace("\0", ""): text.replace("\0", "") for name, text in list(problems.items())[:MOST_NAMED]}

    @cached_property
    def answered(self):
        """Whether there is any answer, be it to a question of another place."""
        return any(item.answer for item in self.items + self.elsewhere)

    @property
    def groups(self):
        """(necessity, items), as the form asks them: required first, disputed last."""
        groups = (
            (label, [i for i in self.items if i.qualification.necessity == value]) for value, label in Necessity.choices
        )
        return [(label, items) for label, items in groups if items]

    def unmet(self, *necessities):
        return [item for item in self.items if item.qualification.necessity in necessities and not item.met]

    def denied(self, *necessities):
        """What the reader says she does not have, and without which nobody is a physician there."""
        return [
            item for item in self.unmet(*necessities) if item.answer == Answer.NO and item.qualification.physician_only
        ]

    @cached_property
    def closing(self):
        """Requirements that close the role, each in the place where it holds."""
        return self.denied(Necessity.REQUIRED)

    @cached_property
    def closed_in(self):
        """Where the role is closed, in words: the countries of `closing`, unless the reader chose one."""
        countries = dict.fromkeys(item.qualification.country for item in self.closing)
        if self.where.country or None in countries:
            return ""
        return listing(in_words(country) for country in countries)

    @cached_property
    def doubtful(self):
        """Being a physician, where sources dispute that it takes one."""
        return self.denied(Necessity.DISPUTED)

    @cached_property
    def names_a_gate(self):
        """Whether any source that we read requires anything here; without one, nothing can be said to be met."""
        return any(item.qualification.necessity == Necessity.REQUIRED for item in self.items)

    @cached_property
    def coverage(self):
        return Coverage.of(self.where, [item.qualification for item in self.items])

    @cached_property
    def gates(self):
        """Required and not shown to be met, whatever the reason."""
        return self.unmet(Necessity.REQUIRED)

    @cached_property
    def gaps(self):
        """(stage, items) of what is usual or helpful and not shown to be met, in the order of a life."""
        unmet = self.unmet(Necessity.USUAL, Necessity.HELPFUL)
        stages = [*Stage.choices, ("", ANY_STAGE)]
        groups = ((label, [item for item in unmet if item.qualification.stage == stage]) for stage, label in stages)
        return [(label, items) for label, items in groups if items]

    @cached_property
    def disputed(self):
        return self.unmet(Necessity.DISPUTED)

    @cached_property
    def met(self):
        return [item for item in self.items if item.met]

    @cached_property
    def other_roles(self):
        """Roles that sources leave open to others than physicians; only asked for when this one is or may be closed."""
        found = Career.objects.published().open_to_others().exclude(pk=self.career.pk)
        return list(found) if self.closing or self.doubtful else []

    @cached_property
    def unmet_items(self):
        return [*self.gates, *(item for _, items in self.gaps for item in items), *self.disputed]

    @property
    def unmet_qualifications(self):
        return [item.qualification for item in self.unmet_items]

    @property
    def place(self):
        """Where the answers are held against, in words."""
        return self.where.in_words

    @property
    def sentence(self):
        """The counts in words: never a share, for requirements do not add up."""
        asked, gaps = len(self.items), sum(len(items) for _, items in self.gaps)
        return (
            f"Of {asked} requirement{'' if asked == 1 else 's'} ({self.place}): {len(self.met)} met, "
            f"{len(self.gates)} required and not shown, {gaps} further gap{'' if gaps == 1 else 's'}, "
            f"{len(self.disputed)} disputed."
        )
