"""Preview of what readers would see, and the way back to what they saw."""

import pytest

from careers.models import Duty
from editorial.models import Change
from editorial.tests.forms import change, opened, send, why
from readinglist.models import Work
from salaries.models import SalaryFigure
from salaries.tests.figures import title_figure
from tests.admin.pages import address, form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def delhi(db):
    return title_figure("delhi")


def test_preview_shows_page_changes_and_findings_and_saves_nothing(publisher, delhi):
    values = opened(publisher, delhi) | why(amount="39000000", note="Read again.", _preview="1")
    page = send(publisher, delhi, values).content.decode()
    delhi.refresh_from_db()

    assert "Preview: Delhi: INR 39,000,000" in page
    assert "39,000,000" in page.split('class="preview__page"')[1]
    assert "New: " in page
    assert "/salaries.json" in page
    assert delhi.amount == 3_900_000
    assert not Change.objects.exists()


def test_preview_says_what_is_still_missing(publisher, delhi):
    page = send(publisher, delhi, opened(publisher, delhi) | {"note": "Read again.", "_preview": "1"})

    assert "Say why" in page.content.decode()
    assert "Name the source" in page.content.decode()


def test_preview_of_a_wrong_form_is_the_form_with_its_mistakes(publisher, delhi):
    page = send(publisher, delhi, opened(publisher, delhi) | why(amount="x", _preview="1"))

    assert "amount" in page.context["adminform"].form.errors


@pytest.mark.parametrize("status", ["draft", "in-review"])
def test_draft_is_previewed_as_if_it_were_published(status, editor, client):
    work = Work.objects.first()
    Work.objects.filter(pk=work.pk).update(status=status)
    page = editor.get(address(Work, "preview", work.pk))

    assert page.status_code == 200
    assert work.why_it_fits.split()[0] in page.content.decode()
    assert client.get(work.get_absolute_url()).status_code == 404
    assert Work.objects.get(pk=work.pk).status == status
    link = address(Work, "preview", work.pk)
    assert f'href="{link}" class="viewsitelink"' in editor.get(address(Work, "change", work.pk)).content.decode()


def test_preview_is_for_those_who_may_look(client, admin_user):
    work = Work.objects.first()

    assert client.get(address(Work, "preview", work.pk)).status_code == 302
    assert "/admin/login/" in client.get(address(Work, "preview", work.pk))["Location"]


def test_part_is_previewed_on_its_page(publisher):
    duty = Duty.objects.first()
    page = send(publisher, duty, opened(publisher, duty) | {"text": "Quite new words.", "_preview": "1"})

    assert "Quite new words." in page.content.decode().split('class="preview__page"')[1]


def test_history_tells_every_change_and_who_made_it(publisher, delhi, publisher_account):
    change(publisher, delhi, note="Read again.", **why())
    page = publisher.get(address(SalaryFigure, "history", delhi.pk)).content.decode()

    assert "Table 3 gives base pay." in page
    assert "Read again." in page
    assert str(publisher_account) in page


def test_going_back_is_a_new_entry(publisher, delhi):
    change(publisher, delhi, amount="3800000", note="Read again.", **why())
    page = publisher.get(address(SalaryFigure, "history", delhi.pk))
    oldest = page.context["versions"][-1] if "As it was" in page.context["versions"][-1].revision.comment else None
    first = oldest or next(one for one in page.context["versions"] if "As it was" in one.revision.comment)
    form = publisher.get(address(SalaryFigure, "change", delhi.pk), {"version": first.pk})
    values = form_values(form) | why(change_reason="The first reading was right.")
    delhi.refresh_from_db()
    assert delhi.amount == 3_800_000

    assert send(publisher, delhi, values).status_code == 302
    delhi.refresh_from_db()
    assert delhi.amount == 3_900_000
    newest, first_change = Change.objects.all()
    assert newest.reason == "The first reading was right."
    assert (newest.before, newest.after) == (first_change.after, first_change.before)


def test_going_back_restores_ties(publisher):
    work = Work.objects.filter(topics__isnull=False).first()
    topics = {*work.topics.all()}
    change(publisher, work, topics=[], change_reason="None fits.")
    assert not work.topics.exists()
    versions = publisher.get(address(Work, "history", work.pk)).context["versions"]
    first = next(one for one in versions if "As it was" in one.revision.comment)
    form = publisher.get(address(Work, "change", work.pk), {"version": first.pk})
    send(publisher, work, form_values(form) | {"change_reason": "They do fit."})

    assert {*work.topics.all()} == topics


@pytest.mark.parametrize("number", ["0", "99999999"])
def test_version_that_is_none_is_not_found(number, publisher, delhi):
    assert publisher.get(address(SalaryFigure, "change", delhi.pk), {"version": number}).status_code == 404


def test_card_shows_the_earlier_value(publisher, delhi, client):
    change(publisher, delhi, amount="3800000", note="Read again.", **why())
    page = client.get(delhi.get_absolute_url()).content.decode()

    assert "3,900,000" in page
    assert "Table 3 gives base pay." in page


def test_going_back_to_what_names_a_record_that_is_gone_is_told(publisher):
    work = Work.objects.filter(topics__isnull=False).first()
    change(publisher, work, keywords="new", change_reason="More words.")
    work.topics.first().delete()
    versions = publisher.get(address(Work, "history", work.pk)).context["versions"]
    page = publisher.get(address(Work, "change", work.pk), {"version": versions[0].pk})

    assert page.status_code == 200
    assert "a record that it named is gone" in page.content.decode()
