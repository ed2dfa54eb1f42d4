"""The closed lists of words that sources and citations use."""

from django.db import models


class SourceKind(models.TextChoices):
    LAW = "law", "Law or regulation"
    STATISTICS = "statistics", "Official statistics"
    ISSUER = "issuer", "Issuing body"
    STUDY = "study", "Study or survey"
    GUIDANCE = "guidance", "Guidance"
    REFERENCE = "reference", "Reference data"
    WEB_PAGE = "web-page", "Web page"
    RESEARCH = "research", "Our own research"


class Trust(models.TextChoices):
    PRIMARY = "primary", "Primary: the body that makes or knows the fact"
    SECONDARY = "secondary", "Secondary: reports what others found"
    UNVERIFIED = "unverified", "Unverified: states facts without saying where they come from"


class Stance(models.TextChoices):
    SUPPORTS = "supports", "Supports"
    CONTRADICTS = "contradicts", "Contradicts"


class Severity(models.TextChoices):
    """How much a finding takes away from the trust in a record, from the least to the most."""

    NOTE = "note", "Note"
    DOUBT = "doubt", "Doubt"
    EXCLUDE = "exclude", "Not ranked"


RANKS = {severity.value: rank for rank, severity in enumerate(Severity)}


class Confidence(models.TextChoices):
    """How far a record can be trusted: the severity of its worst open finding."""

    CLEAR = "clear", "No reason for doubt found"
    NOTE = "note", "Notes only"
    DOUBT = "doubt", "Doubtful"
    EXCLUDE = "exclude", "Not ranked"
