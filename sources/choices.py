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
