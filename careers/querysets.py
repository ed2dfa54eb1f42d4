"""Named queries on careers: what views, search and sitemaps share."""

from django.db.models import Exists, OuterRef, Q

from careerguide.natural_keys import NaturalKeyQuerySet


class CareerQuerySet(NaturalKeyQuerySet):
    def search(self, text):
        """Careers in whose titles, summary, duties or qualifications every word of `text` stands."""
        found = self
        for word in text.split():
            found = found.filter(
                Q(title__icontains=word)
                | Q(short_title__icontains=word)
                | Q(summary__icontains=word)
                | self._part_has_title("alternativetitles", word)
                | self._part_has_title("duties", word)
                | self._part_has_title("qualifications", word)
            )
        return found

    def _part_has_title(self, part, word):
        parts = self.model._meta.get_field(part).related_model.objects
        return Exists(parts.filter(career=OuterRef("pk"), title__icontains=word))

    def next_after(self, stage):
        """Careers that people take up next from a stage of any career."""
        return self.filter(reached_from__stage=stage).distinct()

    def in_setting(self, slug):
        return self.filter(career_settings__setting__slug=slug).distinct()
