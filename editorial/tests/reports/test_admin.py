"""Reported errors in the admin: what an editor must write down, and what must never be."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from editorial.models import Change, Report
from editorial.reports.forms import without_contacts
from editorial.saving.conflicts import FIELD
from editorial.tests.deleting.pages import BOTH
from editorial.tests.forms import opened, send
from tests.admin.pages import address, form_values

pytestmark = pytest.mark.django_db

ADD = "/admin/editorial/report/add/"
DELHI = "figure:medical-director-delhi-opencourser"
GIVEN = {
    "about": DELHI,
    "name": "Delhi: INR 3,900,000",
    "said": "The amount may be for ten years.",
    "reported_on": "2026-11-20",
    "slug": "",
    "state": "reported",
    "answer": "",
    "closed_on": "",
}


@pytest.fixture
def editor(admin_client):
    return admin_client


def a_report(**values):
    usual = {"slug": "one", "about": DELHI, "name": "Delhi", "said": "Wrong.", "reported_on": date(2026, 11, 20)}
    return Report.objects.create(**usual | values)


def sent(editor, report=None, **values):
    """The answer to a form filled in so; the errors by field, or none once it is saved."""
    form = address(Report, "change", report.pk) if report else ADD
    version = form_values(editor.get(form))[FIELD]
    response = editor.post(form, GIVEN | {FIELD: version} | values)
    if response.status_code == 302:
        return {}
    return {name: " ".join(texts) for name, texts in response.context["adminform"].form.errors.items()}


def test_report_is_written_down_with_an_id_of_day_and_name(editor):
    assert sent(editor) == {}

    report = Report.objects.get()
    assert (report.slug, report.state, report.closed_on) == ("2026-11-20-delhi-inr-3900000", "reported", None)


def test_same_name_on_the_same_day_gets_another_id(editor):
    assert [sent(editor), sent(editor), sent(editor)] == [{}, {}, {}]

    assert set(Report.objects.values_list("slug", flat=True)) == {
        "2026-11-20-delhi-inr-3900000",
        "2026-11-20-delhi-inr-3900000-2",
        "2026-11-20-delhi-inr-3900000-3",
    }


def test_long_name_makes_an_id_that_fits(editor):
    assert sent(editor, name="A long name " * 16) == {}
    assert len(Report.objects.get().slug) <= 80


def test_id_given_by_hand_is_kept_and_fixed_once_saved(editor):
    assert sent(editor, slug="delhi-period") == {}
    report = Report.objects.get()
    assert sent(editor, report, slug="another", said="Wrong by far.") == {}
    report.refresh_from_db()

    assert (report.slug, report.said) == ("delhi-period", "Wrong by far.")


def test_name_is_taken_from_what_the_id_names(editor):
    assert sent(editor, name="") == {}
    assert Report.objects.get().name == "Delhi: INR 3,900,000"


def test_address_alone_gives_no_name(editor):
    assert "tells readers little" in sent(editor, about="/method/", name="")["name"]
    assert sent(editor, about="/method/", name="Method") == {}


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ("figure:nothing", "names no record"),
        ("duty-nothing@medical-director", "names no record"),
        ("Delhi", "names no record"),
        ("https://example.org/", "names no record"),
        ("/nothing/", "No page of this site"),
        ("//example.org/", "No page of this site"),
        ("/admin/", "No page of this site"),
        ("", "required"),
    ],
)
def test_what_it_is_about_must_exist(about, message, editor):
    assert message in sent(editor, about=about)["about"]


def test_report_about_what_is_gone_can_still_be_closed(editor):
    report = a_report(about="figure:gone")

    assert sent(editor, report, about="figure:gone", state="unchanged", answer="It was removed.") == {}


@pytest.mark.parametrize("state", ["changed", "unchanged"])
def test_closed_report_needs_an_answer_and_gets_the_day(state, editor):
    report = a_report()
    assert "Say what was found" in sent(editor, report, state=state)["answer"]
    assert sent(editor, report, state=state, answer="Checked: so it is.") == {}
    report.refresh_from_db()

    assert (report.state, report.closed_on) == (state, timezone.localdate())


def test_day_of_closing_may_be_given(editor):
    report = a_report()
    assert sent(editor, report, state="changed", answer="Mended.", closed_on="2026-11-21") == {}
    report.refresh_from_db()

    assert report.closed_on == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"state": "reported", "closed_on": "2026-11-21"}, "closed_on", "still open"),
        ({"state": "checked", "closed_on": "2026-11-21"}, "closed_on", "still open"),
        ({"state": "changed", "answer": "A", "closed_on": "2026-11-19"}, "closed_on", "before it was reported"),
        ({"reported_on": str(timezone.localdate() + timedelta(days=2))}, "reported_on", "still to come"),
        (
            {"state": "changed", "answer": "A", "closed_on": str(timezone.localdate() + timedelta(days=2))},
            "closed_on",
            "still to come",
        ),
        ({"reported_on": "soon"}, "reported_on", "Enter a valid date"),
        ({"said": ""}, "said", "required"),
        ({"said": " \n"}, "said", "required"),
        ({"state": "lost"}, "state", "not one of the available choices"),
        ({"slug": "a b"}, "slug", "slug"),
        ({"said": "a\0b"}, "said", "Null characters"),
    ],
)
def test_slip_gets_a_message_at_its_field(values, field, message, editor):
    errors = sent(editor, a_report(), **values) if field != "slug" else sent(editor, **values)

    assert message in errors[field]
    assert list(errors) == [field]


PERSONAL = [
    ("jane.doe@example.org", "e-mail address"),
    ("She (JANE_D+x@mail.example.co.uk) wrote.", "e-mail address"),
    ("+49 30 1234567", "telephone number"),
    ("call +1 (212) 555-0100.", "telephone number"),
    ("+12125550100", "telephone number"),
    ("(212) 555-0100", "telephone number"),
    ("212-555-0100", "telephone number"),
    ("212.555.0100", "telephone number"),
    ("0171 2345678", "telephone number"),
    ("020 7946 0958", "telephone number"),
    ("Tel.: 555 0100", "telephone number"),
    ("phone 5550100", "telephone number"),
    ("a@b.org, tel 030 123456", "e-mail address and the telephone number"),
]


@pytest.mark.parametrize(("text", "what"), PERSONAL)
@pytest.mark.parametrize("field", ["said", "answer", "name"])
def test_reader_is_not_written_down(field, text, what, editor):
    errors = sent(editor, a_report(), **{field: f"A reader says so. {text}"})

    assert list(errors) == [field]
    assert f"Take out the {what}" in errors[field]
    assert Report.objects.get().said == "Wrong."


@pytest.mark.parametrize(
    "text",
    [
        "INR 3,900,000 should be INR 390,000 (₹3 900 000, $293,000.50).",
        "duty-peer-review@medical-director and figure:medical-director-delhi-opencourser",
        "Figure oews-2025-11-9111-0100001, class 11-9111, as of 2025-05-31, in 2019-2023.",
        "ISBN 978-0-13-468599-1, ISBN 0-13-468599-7, ISBN 0134685997, DOI 10.1056/NEJMp2301234",
        "42 CFR 483.70(g)(2), §483.70(h); 5% of 1.250.000; ratio 0.17 to 9.3",
        "https://www.bls.gov/oes/2025/may/oes119111.htm?id=100200300",
        "@medical director, a @ b, 12@",
        "On 2026-11-22 12:30 UTC; pages 100-200, rows 3 4 5 6 7 8 9 10.",
        "Phone calls are 20 percent of the work; mobile units in 2024.",
        "It is 10 000 000 + 500 000 a year.",
        "",
    ],
)
def test_numbers_of_our_subject_are_no_telephone_numbers(text):
    assert without_contacts(text) == text


def test_day_is_proposed_and_texts_help(editor):
    response = editor.get(ADD)
    content = response.content.decode()

    assert response.context["adminform"].form.initial["reported_on"] == timezone.localdate()
    assert "Never write down who reported it." in content
    assert "without the reader's name, mail address or telephone number" in content


def test_list_is_searched_and_filtered(editor):
    a_report(said="Ten years.")
    a_report(slug="two", name="Paris", state="changed", answer="Mended.", closed_on=date(2026, 11, 21))

    def found(query):
        return [one.slug for one in editor.get(f"{address(Report, 'changelist')}{query}").context["cl"].result_list]

    assert found("") == ["one", "two"]
    assert found("?state__exact=changed") == ["two"]
    assert found("?q=ten+years") == ["one"]
    assert found("?q=mended") == ["two"]


def test_view_on_site_leads_to_the_report(editor):
    report = a_report()
    content = editor.get(address(Report, "change", report.pk)).content.decode()
    assert "View on site" in content

    response = editor.get(f"{report.get_absolute_url().partition('#')[0]}")
    assert f'id="report-{report.slug}"' in response.content.decode()
    assert report.get_absolute_url().endswith(f"#report-{report.slug}")


# Like every other record


def test_second_of_two_editors_is_told_and_overwrites_nothing(editor):
    report = a_report()
    values = opened(editor, report)
    assert send(editor, report, values, said="Theirs.").status_code == 302
    second = send(editor, report, values, said="Mine.")

    assert ("What was reported", "Theirs.", "Mine.") in second.context["adminform"].form.differences
    assert Report.objects.get().said == "Theirs."
    assert send(editor, report, form_values(second)).status_code == 302
    assert Report.objects.get().said == "Mine."


def test_changes_are_kept_with_their_reason_for_editors_alone(editor):
    report = a_report()
    assert sent(editor, report, said="Ten years.", change_reason="A second mail says so.") == {}
    made = Change.objects.get()

    assert (made.before, made.after) == (
        {"name": "Delhi", "said": "Wrong."},
        {"name": GIVEN["name"], "said": "Ten years."},
    )
    assert (made.reason, made.public) == ("A second mail says so.", False)
    assert "A second mail says so." in editor.get(address(Report, "history", report.pk)).content.decode()


def test_preview_shows_the_report_as_readers_would_see_it(editor):
    report = a_report()
    page = send(editor, report, opened(editor, report), said="Ten years.", _preview="1").content.decode()

    assert "Ten years." in page.split('class="preview__page"')[1]
    assert Report.objects.get().said == "Wrong."


def test_editor_answers_at_once(client, editor_account):
    client.force_login(editor_account)
    assert sent(client, a_report(), state="changed", answer="Mended.") == {}

    assert Report.objects.get().answer == "Mended."


@pytest.mark.parametrize("ask", BOTH)
def test_editor_deletes_no_report(ask, client, editor_account):
    client.force_login(editor_account)
    ask(client, a_report())

    assert Report.objects.exists()


@pytest.mark.parametrize("ask", BOTH)
def test_publisher_deletes_a_report_with_a_reason(ask, client, publisher_account):
    client.force_login(publisher_account)
    report = a_report()

    assert "Say why it is deleted" in ask(client, report, "").content.decode()
    assert ask(client, report, "The same mail twice.").status_code == 302
    assert (Change.objects.get().action, Change.objects.get().reason) == ("removed", "The same mail twice.")
