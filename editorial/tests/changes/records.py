"""Changes for tests, made as editors make them, and what the page shows of them."""

import re

from editorial.choices import Role
from editorial.models import Change
from editorial.recording import recorded
from salaries.tests.figures import title_figure


def changed(record, reason="Read again.", role=Role.PUBLISHER, source=None, user=None, **values):
    """Change some fields of a record in one recorded action; its Change."""
    with recorded(role, user, reason, source) as recording:
        for name, value in values.items():
            setattr(record, name, value)
        record.save()
    return recording.changes[0]


def changed_figure(slug, reason="Read again.", **values):
    return changed(title_figure(slug), reason, **values)


def many(count):
    """So many changes of one figure, the newest last."""
    figure = title_figure("delhi")
    for number in range(count):
        changed(figure, f"Reason {number}.", note=f"Note {number}.")
    return list(Change.objects.order_by("changed_at", "pk"))


def content_of(client, query=""):
    return client.get(f"/changes/{query}").content.decode()


def listed(content):
    """The ids of the changes on a page, in order."""
    return [int(pk) for pk in re.findall(r'id="change-(\d+)"', content)]
