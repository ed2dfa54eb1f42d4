"""What the content loader remembers; see careerguide/content.py."""

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
