"""The history of many records at once: one revision, a Change and a Version of each, without a query for each."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from reversion.models import Revision, Version

from editorial.models import Change
from editorial.recording import FIRST_KNOWN, Recording, version
from editorial.states import content_of, rows_of, state_of, text_of


def record_bulk(role, pairs, model, user=None, reason="", source=None):
    """Write one revision of [(record as it was, or None, record as it is)], all of one model; returns its changes.

    The records are looked at as they are in memory, so their relations should be at hand.
    """
    revision = Revision.objects.create(date_created=timezone.now(), user=user, comment=reason)
    recording = Recording(role, user, reason, source, revision=revision)
    before = whole([before for before, _ in pairs if before])
    after = whole([after for _, after in pairs])
    keep_first_known(before, model, revision)
    Version.objects.bulk_create(versions(after, model, revision))
    earlier = {record.pk: content_of(record, row) for record, row in before}
    return Change.objects.bulk_create(
        [recording.change(earlier.get(record.pk), state_of(record, row)) for record, row in after]
    )


def whole(records):
    """[(record, the record whole)]"""
    return list(zip(records, rows_of(records), strict=True))


def keep_first_known(pairs, model, revision):
    """Keep whole what nobody has changed before: otherwise no way leads back to it."""
    content_type = ContentType.objects.get_for_model(model)
    known = Version.objects.filter(content_type=content_type, object_id__in=[str(record.pk) for record, _ in pairs])
    known = set(known.values_list("object_id", flat=True))
    pairs = [pair for pair in pairs if str(pair[0].pk) not in known]
    if pairs:
        first = Revision.objects.create(date_created=revision.date_created, comment=FIRST_KNOWN)
        Version.objects.bulk_create(versions(pairs, model, first))


def versions(pairs, model, revision):
    return [version(revision, model, record.pk, str(record), text_of(row)) for record, row in pairs]
