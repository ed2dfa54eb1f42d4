"""Every door by which a record can be changed, for every group and status: what stands, what waits, what is refused."""

import pytest
from django.urls import reverse

from editorial.models import Proposal
from editorial.status import Status
from editorial.tests.conftest import signed_in
from editorial.tests.forms import change, why
from editorial.tests.transfer.files import as_csv, imported
from readinglist.models import Work
from salaries.models import SalaryFigure
from sources.models import Citation
from tests.admin.pages import address, form_values

pytestmark = pytest.mark.django_db

STATES = {
    "draft": {"status": Status.DRAFT},
    "in review": {"status": Status.IN_REVIEW},
    "in review again": {"status": Status.IN_REVIEW, "withdrawn_because": "It was wrong."},
    "published": {"status": Status.PUBLISHED},
    "withdrawn": {"status": Status.WITHDRAWN, "withdrawn_because": "It was wrong."},
}
# What an editor, a publisher and an administrator get: S it stands, W it waits for a publisher, - nothing changes.
NEW, KNOWN = {"draft", "in review"}, {"in review again", "published", "withdrawn"}
EDITED = dict.fromkeys(NEW, "SSS") | dict.fromkeys(KNOWN, "WSS")
TABLE = {
    "form": EDITED,
    "popup": EDITED,
    "row of the form": EDITED,
    "page of a part": EDITED,
    "import": dict.fromkeys(NEW, "SSS") | dict.fromkeys(KNOWN, "-SS"),
    "publish from the list": dict.fromkeys(NEW, "-SS") | dict.fromkeys(KNOWN, "---"),
    "deletion": dict.fromkeys(KNOWN, "-SS") | {"draft": "SSS", "in review": "-SS", "published": "---"},
    "deletion from the list": dict.fromkeys(KNOWN, "-SS") | {"draft": "SSS", "in review": "-SS", "published": "---"},
}
OF_PARTS = {"row of the form", "page of a part"}
CELLS = [
    (model, door, state, person, wanted)
    for model in (Work, SalaryFigure)
    for door, row in TABLE.items()
    if model is Work or door not in OF_PARTS
    for state in STATES
    for person, wanted in zip(["editor", "publisher", "administrator"], row[state], strict=True)
]


def cell_name(value):
    return getattr(value, "__name__", value)


@pytest.fixture
def people(editor, publisher, admin_user):
    return {"editor": editor, "publisher": publisher, "administrator": signed_in(admin_user)}


def in_state(model, state):
    record = model.objects.filter(citations__isnull=False, list_entries=None).first() if model is Work else None
    record = record or model.objects.filter(area__slug="delhi").first()
    model.objects.filter(pk=record.pk).update(**STATES[state])
    return model.objects.get(pk=record.pk)


def text_of(record):
    return "keywords" if isinstance(record, Work) else "covers"


def kind_of(record):
    return "works" if isinstance(record, Work) else "figures"


def through(door, client, user, record):
    """Try to change the record by this door."""
    page = address(type(record), "change", record.pk)
    name = text_of(record)
    if door == "form":
        change(client, record, **{name: "new"}, **why())
    elif door == "popup":
        values = form_values(client.get(page, {"_popup": "1"})) | {name: "new", "_popup": "1"} | why()
        client.post(f"{page}?_popup=1", values)
    elif door == "row of the form":
        change(client, record, **{"citations-0-place": "new"}, **why())
    elif door == "page of a part":
        change(client, record.citations.order_by("pk").first(), place="new", **why())
    elif door == "import":
        said = {"reason": why()["change_reason"], "source": Citation.objects.first().source}
        imported(as_csv({"slug": record.slug, name: "new"}), kind_of(record), user=user, **said)
    elif door == "publish from the list":
        values = {"action": "publish", "_selected_action": [record.pk]}
        answer = client.post(address(type(record), "changelist"), values)
        if answer.status_code == 200:  # the warnings are shown first
            client.post(
                address(type(record), "changelist"),
                dict(answer.context["sent"]) | {"warnings_read": answer.context["attempt"].warnings_digest},
            )
    elif door == "deletion":
        client.post(address(type(record), "delete", record.pk), {"post": "yes", "change_reason": "Twice."})
    else:
        values = {
            "action": "delete_selected",
            "_selected_action": [record.pk],
            "post": "yes",
            "change_reason": "Twice.",
        }
        client.post(address(type(record), "changelist"), values)


def outcome(door, record):
    model = type(record)
    if Proposal.objects.waiting().exists():
        return "W"
    if door.startswith("deletion"):
        return "-" if model.objects.filter(pk=record.pk).exists() else "S"
    if door in OF_PARTS:
        return "S" if record.citations.filter(place="new").exists() else "-"
    now = model.objects.get(pk=record.pk)
    if door == "publish from the list":
        return "S" if now.is_published and not record.is_published else "-"
    return "S" if getattr(now, text_of(record)) == "new" else "-"


@pytest.mark.parametrize(("model", "door", "state", "person", "wanted"), CELLS, ids=cell_name)
def test_door(model, door, state, person, wanted, people, request):
    record = in_state(model, state)
    client = people[person]
    user = request.getfixturevalue({"administrator": "admin_user"}.get(person, f"{person}_account"))
    if model is Work and door.startswith("deletion"):
        record.citations.all().delete()
    through(door, client, user, record)
    if model is SalaryFigure and door.startswith("deletion") and state in KNOWN:
        wanted = "-"  # its address goes on answering

    assert outcome(door, record) == wanted


def test_every_door_of_the_admin_stands_in_the_table(publisher):
    """A new action or page of the admin needs a row here."""
    page = publisher.get(reverse("admin:readinglist_work_changelist"))
    actions = [name for name, _ in page.context["action_form"].fields["action"].choices if name]

    assert set(actions) == {"delete_selected", "send_to_review", "publish"}
