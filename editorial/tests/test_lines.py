"""What a browser sends of an untouched form changes nothing, however it ends its lines."""

import pytest

from editorial.models import Change
from editorial.tests.forms import opened, send
from readinglist.models import Work

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(db):
    work = Work.objects.filter(authors__contains="\n").first()
    assert work is not None
    return work


def as_browsers_send(values):
    """HTML: the line breaks of a text area are CR LF."""
    return {name: one.replace("\n", "\r\n") if isinstance(one, str) else one for name, one in values.items()}


def test_untouched_form_changes_nothing(publisher, work):
    assert send(publisher, work, as_browsers_send(opened(publisher, work))).status_code == 302
    assert not Change.objects.exists()


def test_record_with_several_lines_is_withdrawn(editor, work):
    values = as_browsers_send(opened(editor, work)) | {"next_status": "withdrawn", "change_reason": "Wrong."}

    assert send(editor, work, values).status_code == 302
    assert Work.objects.get(pk=work.pk).status == "withdrawn"


def test_rows_of_the_form_keep_their_lines_as_well(publisher, work):
    values = as_browsers_send(opened(publisher, work)) | {"keywords": "one\r\ntwo", "change_reason": "Found more."}
    send(publisher, work, values)

    assert Change.objects.get().after == {"keywords": "one\ntwo"}
