"""The history of many records at once: one revision, a Change and a Version of each, without a query for each."""

import json

from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from reversion.models import Revision, Version

from editorial.models import Change
from editorial.recording import FIRST_KNOWN, WHOLE, Recording
from editorial.states import state_of


def record_bulk(role, pairs, model, user=None, reason="", source=None):
    """Write one revision of [(record as it was, or None, record as it is)], all of one model; returns its changes.

    The records are looked at as they are in memory, so their relations should be at hand.
    """
    revision = Revision.objects.create(date_created=timezone.now(), user=user, comment=reason)
    recording = Recording(role, user, reason, source, revision=revision)
    keep_first_known([before for before, _ in pairs if before], model, revision)
    Version.objects.bulk_create(versions([after for _, after in pairs], model, revision))
    return Change.objects.bulk_create(
        [recording.change(state_of(before) if before else None, state_of(after)) for before, after in pairs]
    )


def keep_first_known(records, model, revision):
    """Keep whole what nobody has changed before: otherwise no way leads back to it."""
    content_type = ContentType.objects.get_for_model(model)
    known = Version.objects.filter(content_type=content_type, object_id__in=[str(record.pk) for record in records])
    known = set(known.values_list("object_id", flat=True))
    records = [record for record in records if str(record.pk) not in known]
    if records:
        first = Revision.objects.create(date_created=revision.date_created, comment=FIRST_KNOWN)
        Version.objects.bulk_create(versions(records, model, first))


def versions(records, model, revision):
    content_type = ContentType.objects.get_for_model(model)
    return [
        Version(
            revision=revision,
            object_id=str(record.pk),
            content_type=content_type,
            db="default",
            format="json",
            serialized_data=whole(record),
            object_repr=str(record),
        )
        for record in records
    ]


def whole(record):
    """As the JSON serializer writes it, in half the time."""
    return json.dumps(serializers.serialize("python", [record], **WHOLE), cls=DjangoJSONEncoder, ensure_ascii=False)
