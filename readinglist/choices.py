"""The closed lists of words that works and courses use."""

from django.db import models


class Confidence(models.TextChoices):
    """How sure the identification is, as the research recorded it; readers see Identification."""

    VERIFIED = "verified", "Verified: found in a stored source"
    RECALLED = "recalled", "Recalled: known to the compiler, not found"
    WEAK_MATCH = "weak-match", "Weak match: found, but it fits poorly or the evidence is thin"
    NO_MATCH = "no-match", "No match found"


class Level(models.TextChoices):
    INTRODUCTORY = "introductory", "Introductory"
    INTERMEDIATE = "intermediate", "Intermediate"
    ADVANCED = "advanced", "Advanced"
    REFERENCE = "reference", "Practitioner's reference"
    ALL = "all", "For every level"
    UNSTATED = "unstated", "Level unstated"


class WorkKind(models.TextChoices):
    BOOK = "book", "Book"
    REPORT = "report", "Report"
    ARTICLE = "article", "Article"


class AuthorRole(models.TextChoices):
    AUTHOR = "author", "Author"
    EDITOR = "editor", "Editor"


class Match(models.TextChoices):
    CLOSE = "close", "Close: the description could be of this work"
    TOPIC = "topic", "Topic: a sound work on the same subject"
    WEAK = "weak", "Weak: differs in a way a reader would notice"


class Access(models.TextChoices):
    FREE = "free", "Free"
    PAID = "paid", "Paid"
    UNCHECKED = "unchecked", "Price not checked"
