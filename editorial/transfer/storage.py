"""Where a spreadsheet lies between its preview and its import: in the database.

It can be imported for an hour; what nobody imported is deleted when the next one is uploaded.
"""

import secrets
from datetime import timedelta

from django.utils import timezone
from import_export.tmp_storages import BaseStorage

from editorial.models import Upload

KEPT = timedelta(hours=1)


class UploadStorage(BaseStorage):
    """The name is a secret that only the preview's page holds; it has nothing to do with the file's own name."""

    def save(self, data):
        Upload.objects.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
        self.name = secrets.token_urlsafe(24)
        Upload.objects.create(name=self.name, content=data)

    def read(self):
        """The bytes; raises Upload.DoesNotExist once they are gone, or too old."""
        return bytes(Upload.objects.get(name=self.name, uploaded_at__gte=timezone.now() - KEPT).content)

    def remove(self):
        Upload.objects.filter(name=self.name).delete()
