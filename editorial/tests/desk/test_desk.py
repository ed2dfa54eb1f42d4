"""The first page of the admin, and the pages of its sections."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import Passage
from editorial.desk import Desk
from editorial.models import Decision, Proposal, Report
from editorial.tests.desk import plants
from editorial.tests.desk.plants import TODAY, passage
from readinglist.models import Work
from salaries.models import Finding, SalaryFigure

pytestmark = pytest.mark.django_db

SECTIONS = ["waiting", "reports", "figures", "undated", "texts", "reviews", "works", "links"]
QUERIES = 33  # session, account, 19 kinds of record, five that rules ask besides, seven of the sections


@pytest.fixture
def boss(client, admin_user):
    client.force_login(admin_user)
    return client


def member(client, *permissions):
    """A client of somebody who has only these permissions."""
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return client


def page(client, address="/admin/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def section(content, slug):
    return re.search(rf'aria-labelledby="desk-{slug}">(.*?)</section>', content, re.DOTALL)[1]


def counted(slug, **conditions):
    return Desk(today=TODAY, **conditions).section(slug).count


def proposal(**fields):
    said = {"label": "careers.career", "object_id": "1", "name": "Medical director", "form_data": []}
    return Proposal.objects.create(reason="It moved.", **(said | fields))


def report(slug="2026-11-22-delhi", **fields):
    said = {"about": "x", "name": "Delhi: INR 3,900,000", "said": "The period is a month.", "reported_on": TODAY}
    return Report.objects.create(slug=slug, **(said | fields))


def test_desk_stands_first_and_the_list_of_models_below(boss):
    content = page(boss)

    assert re.findall(r'<h2 id="desk-([a-z]+)">', content) == SECTIONS
    assert "<h1>Quality desk</h1>" in content
    assert content.index('id="desk-links"') < content.index('id="content-main"')


def test_empty_section_says_so(boss):
    assert "<p>Nothing.</p>" in section(page(boss), "reports")


def test_proposal_waits_with_who_decides(boss):
    made = proposal(object_id=str(plants.director().pk))
    shown = section(page(boss), "waiting")

    assert made.form_address in shown
    assert "“It moved.” A publisher decides." in shown
    Proposal.objects.update(state="declined", decided_at="2026-11-22T00:00Z")
    assert counted("waiting") == 0


def test_unpublished_records_wait_and_those_in_review_come_first(boss):
    one, other = Work.objects.all()[:2]
    Work.objects.filter(pk=one.pk).update(status="draft")
    Work.objects.filter(pk=other.pk).update(status="in-review")
    SalaryFigure.objects.filter(area__slug="delhi").update(status="in-review")
    SalaryFigure.objects.filter(area__slug="paris").update(status="withdrawn", withdrawn_because="Wrong.")
    lines = Desk(today=TODAY).section("waiting").lines[:10]

    assert [item.title for item in lines][0] == "In review"
    assert [item.name for item in lines if item.label == "salaries.salaryfigure"] == ["Delhi: INR 3,900,000"]
    assert {item.name for item in lines} >= {str(one), str(other)}
    assert other.get_absolute_url() not in section(page(boss), "waiting")


def test_a_second_person_is_named_where_the_site_asks_for_one(settings):
    settings.SECOND_PERSON_FOR_FIGURES = True
    SalaryFigure.objects.filter(area__slug="delhi").update(status="in-review")

    assert [item.sentence for item in Desk().section("waiting").lines[:10]] == [
        "A publisher who did not change it last decides."
    ]


def test_open_reports_stand_there_until_they_are_closed(boss):
    made = report()
    assert f"/admin/editorial/report/{made.pk}/change/" in section(page(boss), "reports")
    assert "The period is a month." in section(page(boss), "reports")

    made.state, made.answer, made.closed_on = "changed", "Read again.", TODAY
    made.save()
    assert counted("reports") == 0


def test_figures_come_worst_first_and_the_undated_apart():
    desk = Desk(today=TODAY)
    figures, undated = desk.section("figures"), desk.section("undated")
    open_findings = Finding.objects.open()

    assert figures.count == open_findings.exclude(rule="undated").count()
    assert undated.count == open_findings.filter(rule="undated").count() == 15
    ranks = [item.rank for item in figures.lines[:200]]
    assert ranks == sorted(ranks, reverse=True) and ranks[0] == 2
    assert figures.lines[0:1][0].name == "Toronto: CAD 293,000"
    assert re.fullmatch(r"[\d,]+ not ranked, [\d,]+ doubt, [\d,]+ note\.", figures.says)


def test_findings_of_a_withdrawn_figure_wait_for_nobody():
    SalaryFigure.objects.filter(area__slug="delhi").update(status="withdrawn", withdrawn_because="Wrong.")

    assert counted("undated") == 14


def test_lines_lead_to_the_record_and_to_a_decision(boss):
    made = passage("It helpful start.")()
    shown = section(page(boss), "texts")

    assert f'href="/admin/careers/passage/{made.pk}/change/"' in shown
    assert "defect: A verb is missing" in shown
    assert "/admin/desk/decide/?rule=missing-verb&amp;label=careers.passage" in shown


@pytest.mark.parametrize("slug", SECTIONS)
def test_section_has_a_page_of_its_own(slug, boss):
    assert f"<h1>{Desk().section(slug).title}</h1>" in page(boss, f"/admin/desk/{slug}/")


def test_long_section_is_paged(boss):
    first, last = page(boss, "/admin/desk/figures/"), page(boss, "/admin/desk/figures/?page=9999")
    count = Desk().section("figures").count

    assert "All" in section(page(boss), "figures") and f"({count})" in section(page(boss), "figures")
    assert first.count("<li>\n    <p><a") == 50
    assert f"Page {-(-count // 50)} of" in last and 'rel="next"' not in last


def test_pages_of_a_section_repeat_no_line_and_leave_none_out():
    SalaryFigure.objects.filter(area__slug__in=["delhi", "paris", "london"]).update(status="draft")
    Work.objects.filter(pk__in=Work.objects.values("pk")[:4]).update(status="draft")
    lines = Desk().section("waiting").lines
    one_by_one = [lines[n : n + 1][0].name for n in range(len(lines))]

    assert len(lines) == 7
    assert (
        one_by_one == [item.name for item in lines[0:7]] == [item.name for n in (0, 3, 6) for item in lines[n : n + 3]]
    )


@pytest.mark.parametrize("address", ["/admin/desk/nothing/", "/admin/desk/FIGURES/"])
def test_unknown_section_is_not_found(address, boss):
    assert boss.get(address).status_code == 404


def test_whoever_may_not_see_a_kind_of_record_sees_no_line_about_it(client):
    report()
    proposal()
    passage("It helpful start.")()
    SalaryFigure.objects.filter(area__slug="delhi").update(status="draft")
    content = page(member(client, "view_work"))

    for slug in ("waiting", "reports", "figures", "undated", "texts", "reviews"):
        assert "<p>Nothing.</p>" in section(content, slug), slug
    assert "/admin/readinglist/work/" in section(content, "works")
    assert "/admin/readinglist/course/" not in content
    assert "/admin/desk/decide/" not in content and "/admin/desk/decisions/" not in content


def test_person_without_any_right_is_sent_to_sign_in(client):
    User.objects.create_user("stranger")
    client.force_login(User.objects.get(username="stranger"))

    for address in ("/admin/", "/admin/desk/figures/", "/admin/desk/decisions/", "/admin/desk/decide/"):
        assert client.get(address)["Location"].startswith("/admin/login/"), address


def test_first_page_asks_a_constant_number_of_questions(boss):
    page(boss)
    with CaptureQueriesContext(connection) as before:
        page(boss)
    proposal()
    for number in range(20):
        report(f"2026-11-22-{number}")
        said = {"slug": f"planted-{number}", "title": f"N {number}", "text": "It helpful.", "section": "day"}
        Passage.objects.create(career=plants.director(), **said)
    SalaryFigure.objects.filter(area__slug__in=["delhi", "paris", "london", "berlin"]).update(status="draft")
    with CaptureQueriesContext(connection) as after:
        page(boss)

    assert len(before) == QUERIES
    assert len(after) == QUERIES + 2  # the rows of reports, and of figures that wait: before, there were none


def test_decisions_that_lapsed_hide_nothing():
    Decision.objects.create(
        rule="undated",
        label="salaries.salaryfigure",
        key='["medical-director-delhi-opencourser"]',
        sentence=Finding.objects.get(rule="undated", figure__area__slug="delhi").sentence,
        verdict="postponed",
        until=date(2026, 12, 1),
        reason="Asked the publisher.",
        decided_on=TODAY,
    )

    assert [counted_on(day) for day in (TODAY, date(2026, 11, 30), date(2026, 12, 1))] == [14, 14, 15]


def counted_on(day):
    return Desk(today=day).section("undated").count


@pytest.mark.parametrize("field", ["url_checked_on", "url_dead_on"])
def test_last_day_of_all_leaves_the_desk_standing(field, publisher):
    Work.objects.filter(pk=Work.objects.first().pk).update(**{field: "9999-12-31"})

    assert publisher.get("/admin/").status_code == 200
