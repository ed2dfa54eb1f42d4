"""What the content loader remembers (careerguide/content.py), and the number of the content's revision."""

from django.db import models


class LoadedRow(models.Model):
    """One fixture row as it was last loaded: how the loader tells an editor's change from its own."""

    model = models.CharField(max_length=100, help_text='The model\'s label, such as "careers.duty".')
    key = models.TextField(help_text="The natural key of the object, as JSON.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the object's fields as the load left them.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="loadedrow_one_per_object")]

    def __str__(self):
        return f"{self.model} {self.key}"


class ContentRevision(models.Model):
    """One row, whose number grows in every transaction that changes what readers see; see careerguide/revision.py."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return str(self.number)
