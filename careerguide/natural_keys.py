"""Natural keys declared in one place: fixtures name records by them, never by database ids."""

from functools import reduce

from django.db import models
from django.db.models import Q

MOST_WORDS = 10  # of a search; each further word costs time and hardly narrows


def any_of(fields, word):
    """The condition that `word` stands in any of the text fields."""
    return Q(*((f"{field}__icontains", word) for field in fields), _connector=Q.OR)


class NaturalKeyQuerySet(models.QuerySet):
    def matching_every_word(self, text, condition):
        """Rows for which `condition(word)`, a Q, holds for every word of `text`."""
        found = self
        for word in list(dict.fromkeys(text.split()))[:MOST_WORDS]:
            found = found.filter(condition(word))
        return found

    def with_natural_keys(self, keys):
        """The records that any of `keys` names; a key with too few or too many parts names none."""
        paths = self.model.NATURAL_KEY
        named = (Q(**dict(zip(paths, key, strict=True))) for key in keys if len(key) == len(paths))
        return self.filter(reduce(Q.__or__, named, Q(pk__in=[])))

    def published(self):
        """What readers may see: every public page, export, search and sitemap goes through here."""
        return self.filter(**dict.fromkeys(self.model.PUBLISHED_THROUGH, "published"))

    def get_by_natural_key(self, *key):
        return self.get(**dict(zip(self.model.NATURAL_KEY, key, strict=True)))


class NaturalKeyModel(models.Model):
    """A model whose NATURAL_KEY lists its identifying lookups, such as ("career__slug", "slug").

    PUBLISHED_THROUGH lists the paths to the statuses that must all be "published" before readers see a record: its
    own, or that of the record it is a part of. Without any, it is always public.
    """

    NATURAL_KEY = ("slug",)
    PUBLISHED_THROUGH = ()
    EDITORS_ONLY = ()  # fields that no page for readers shows

    class Meta:
        abstract = True

    def natural_key(self):
        return tuple(reduce(getattr, path.split("__"), self) for path in self.NATURAL_KEY)

    @property
    def is_public(self):
        """Whether readers can see it; see NaturalKeyQuerySet.published."""
        return all(owner.status == "published" for owner in self.seen_with)

    @property
    def was_public(self):
        """Whether readers can see it or could see it before: what they have seen is changed with a reason."""
        return all(owner.status == "published" or owner.withdrawn_because for owner in self.seen_with)

    @property
    def seen_with(self):
        """The records that PUBLISHED_THROUGH leads to: itself, or what it is a part of."""
        return [reduce(getattr, path.split("__")[:-1], self) for path in self.PUBLISHED_THROUGH]

    @classmethod
    def natural_key_of(cls, fields):
        """The natural key that the `fields` of a fixture row spell out, without asking the database."""
        return tuple(cls._key_part(fields, *path.split("__")) for path in cls.NATURAL_KEY)

    @classmethod
    def _key_part(cls, fields, name, further=None):
        if further is None:
            return fields[name]
        return fields[name][cls._meta.get_field(name).related_model.NATURAL_KEY.index(further)]
