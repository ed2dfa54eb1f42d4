"""Named queries on what editing leaves behind."""

from django.db import models
from django.db.models import Q

from careerguide.natural_keys import NaturalKeyQuerySet, any_of
from careerguide.rows import key_text
from editorial.choices import Action, ProposalState, ReportState, Verdict
from editorial.parts import changes_about


class ChangeQuerySet(NaturalKeyQuerySet):
    def public(self):
        return self.filter(public=True).select_related("source")

    def of(self, record):
        """The changes of one record, the newest first."""
        return self.filter(label=record._meta.label_lower, object_id=str(record.pk)).select_related("source")

    def about(self, record, kinds=None):
        """The changes of a record and of its parts, be they still there or not; of all kinds or those of `kinds`."""
        return self.filter(changes_about(record, kinds)).select_related("source")

    def removed(self):
        return self.filter(action=Action.REMOVED)

    def of_key(self, label, key):
        """The changes of the record with this natural key, be it still there or not. Texts stand for numbers, too."""
        numbers = [int(part) if part.isdecimal() else part for part in key]
        return self.filter(label=label, key__in=[key_text(key), key_text(numbers)])

    def labels(self):
        """The kinds of records that changed."""
        return self.order_by().values_list("label", flat=True).distinct()

    def search(self, text):
        """Changes in whose name, reason or source every word of `text` stands."""
        fields = ["name", "reason", "source__title", "source__publisher"]
        return self.matching_every_word(text, lambda word: any_of(fields, word))


class ProposalQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=ProposalState.WAITING)

    def of(self, record):
        return self.filter(label=record._meta.label_lower, object_id=str(record.pk))


class DecisionQuerySet(NaturalKeyQuerySet):
    def in_force(self, today):
        """Accepted findings, and those put off until a day that has not come."""
        return self.filter(Q(verdict=Verdict.ACCEPTED) | Q(until__gt=today))


class ReportQuerySet(NaturalKeyQuerySet):
    def open(self):
        return self.filter(state__in=[ReportState.REPORTED, ReportState.CHECKED])

    def named(self, slug):
        """The one report of this id, if there is one; whatever an address holds."""
        return self.filter(slug=slug.replace("\0", ""))
