"""Named queries on what editing leaves behind."""

from django.db import models
from django.db.models import Q

from careerguide.natural_keys import NaturalKeyQuerySet
from editorial.choices import ProposalState, ReportState, Verdict


class ChangeQuerySet(models.QuerySet):
    def public(self):
        return self.filter(public=True).select_related("source")

    def of(self, record):
        """The changes of one record, the newest first."""
        return self.filter(label=record._meta.label_lower, object_id=str(record.pk)).select_related("source")


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
