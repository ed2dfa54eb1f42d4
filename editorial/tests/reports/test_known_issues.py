"""What readers see of reports: all of them, what came of each, and nothing of who reported it."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import Duty
from editorial.content_rules import open_content_findings
from editorial.models import Report
from salaries.tests.pages import listed, plain

pytestmark = pytest.mark.django_db

MARK = "<script>zq7('&\"</script>"
FIRST = date(2026, 1, 1)


def reports(count):
    Report.objects.bulk_create(
        Report(
            slug=f"r-{number}",
            about="figure:medical-director-delhi-opencourser",
            name=f"Report {number}",
            said="Wrong.",
            reported_on=FIRST + timedelta(days=number),
        )
        for number in range(count)
    )


def shown(content):
    return re.findall(r'id="report-([^"]+)"', content)


def test_report_tells_what_came_of_it(client):
    Report.objects.create(
        slug="delhi-period",
        about="figure:medical-director-delhi-opencourser",
        name="Delhi: INR 3,900,000",
        said="It may be for ten years.",
        reported_on=date(2026, 11, 20),
        state="unchanged",
        answer="The source says a year.\n\nNothing else was found.",
        closed_on=date(2026, 11, 22),
    )
    content = client.get("/known-issues/").content.decode()

    assert (
        plain(content)
        .partition("and why. ")[2]
        .startswith(
            "Delhi: INR 3,900,000 not changed reported on November 20, 2026closed on November 22, 2026 "
            "It may be for ten years. What we found The source says a year. Nothing else was found. "
            "Id of this report: delhi-period"
        )
    )
    assert '<a href="/salaries/figures/medical-director-delhi-opencourser/">Delhi: INR 3,900,000</a>' in content


@pytest.mark.parametrize(
    ("state", "text"), [("reported", "Not checked yet."), ("checked", "Checked; what follows from it is not decided")]
)
def test_open_report_says_how_far_it_is(state, text, client):
    reports(1)
    Report.objects.update(state=state)

    assert text in plain(client.get("/known-issues/").content.decode())


def test_newest_come_first_from_page_to_page(client):
    reports(45)
    found, query = [], ""
    while query is not None:
        content = client.get(f"/known-issues/{query}").content.decode()
        found += shown(content)
        link = re.search(r'rel="next" href="(\?reports=[^"]+)"', content)
        query = link and unescape(link[1])

    assert found == [f"r-{number}" for number in reversed(range(45))]


def test_section_paged_through_stands_alone(client):
    reports(45)
    content = client.get("/known-issues/?reports=2").content.decode()

    assert len(shown(content)) == 20
    assert listed(content) == []
    assert 'rel="prev" href="?reports=1"' in content
    assert 'href="/known-issues/">All known issues' in content
    assert shown(client.get("/known-issues/?rule=undated").content.decode()) == []
    assert shown(client.get("/known-issues/?page=2").content.decode()) == []


def test_address_of_a_report_shows_it_wherever_it_stands_among_all(client):
    reports(45)
    for report in Report.objects.filter(slug__in=["r-0", "r-44"]):
        address, _, anchor = report.get_absolute_url().partition("#")
        content = client.get(address).content.decode()
        assert shown(content) == [report.slug]
        assert f'id="{anchor}"' in content


@pytest.mark.parametrize("query", ["report=none", "report=%00", "report=", "reports=999", "reports=x", "reports=0"])
def test_odd_address_gives_a_page(query, client):
    response = client.get(f"/known-issues/?{query}")

    assert response.status_code == 200
    assert "No such report so far." in response.content.decode()


@pytest.mark.parametrize("count", [1, 60])
def test_reports_ask_twice_however_many_there_are(count, client, django_assert_num_queries):
    reports(count)
    with django_assert_num_queries(2):
        client.get("/known-issues/?reports=1")


def test_hostile_text_is_shown_as_text(client):
    Report.objects.create(
        slug="bad",
        about="javascript:alert(1)",
        name=MARK,
        said=MARK,
        reported_on=FIRST,
        state="changed",
        answer=MARK,
        closed_on=FIRST,
    )
    content = client.get("/known-issues/").content.decode()

    assert "<script>zq7" not in content
    assert unescape(content).count(MARK) == 3
    assert "javascript:" not in content


def test_page_says_how_to_report_and_that_no_reader_is_kept(client):
    text = plain(client.get("/known-issues/").content.decode())

    assert "Your name and your address are not kept on this site." in text
    assert not {field.name for field in Report._meta.fields} & {"reporter", "email", "address", "author", "user"}


def test_open_findings_about_texts_are_shown(client):
    duty = Duty.objects.get(career__slug="medical-director", slug="set-standards")
    Duty.objects.filter(pk=duty.pk).update(text="TODO: write this  down. It helpful.")
    content = client.get("/known-issues/").content.decode()
    alone = client.get("/known-issues/?texts=1").content.decode()
    found = [one for one in open_content_findings() if one.address == duty.get_absolute_url()]

    assert found
    for one in found:
        assert f"{one.name}: {one.rule.title.lower()}" in plain(content)
        assert " ".join(one.sentence.split()) in plain(content)
    assert f'<a href="{duty.get_absolute_url()}">' in content
    assert 'id="texts"' in alone
    assert 'id="reports"' not in alone
    assert listed(alone) == []


def test_texts_without_findings_say_so(client, monkeypatch):
    monkeypatch.setattr("salaries.known_issues.open_content_findings", lambda today: [])

    assert "Doubts about texts" in plain(client.get("/known-issues/").content.decode())
    assert "No open finding." in plain(client.get("/known-issues/?texts=1").content.decode())


def test_whole_page_asks_no_more_for_more_reports(client):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get("/known-issues/")
        return len(queries)

    reports(1)
    asked()  # what is found in texts is kept in memory from now on
    few = asked()
    Report.objects.all().delete()
    reports(60)

    assert asked() == few < 60
