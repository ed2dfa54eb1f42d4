"""Every open finding, from page to page, by severity and by rule."""

import re
from html import unescape

import pytest

from salaries.choices import ROLE
from salaries.models import Finding, SalaryFigure
from salaries.open_findings import OpenFindings
from salaries.rules import RULES
from salaries.tests.figures import accept_and_judge, title_figure
from salaries.tests.pages import listed, plain

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("severity", ["exclude", "doubt"])
def test_every_open_finding_is_reached_from_page_to_page(severity, client):
    accept_and_judge("toronto", "ambiguous-currency")
    found, query = [], f"?severity={severity}"
    while query:
        content = client.get(f"/known-issues/{query}").content.decode()
        found += listed(content)
        link = re.search(r'rel="next" href="([^"]+)"', content)
        query = link and unescape(link[1])
    wanted = Finding.objects.open().filter(severity=severity).select_related("figure")

    assert len(found) == len(set(found)) > 50
    assert set(found) == {(one.figure.get_absolute_url(), one.rule) for one in wanted}


def test_known_issues_are_all_open_findings():
    accept_and_judge("toronto", "ambiguous-currency")
    found = [one.pk for one in OpenFindings({})[0:10_000]]

    assert sorted(found) == sorted(Finding.objects.open().values_list("pk", flat=True))


@pytest.mark.parametrize("active", [{}, {"severity": "doubt"}, {"rule": "undated"}])
@pytest.mark.parametrize("size", [1, 7, 50, 333])
def test_pages_are_portions_of_the_whole_order(size, active):
    found = OpenFindings(active)
    whole = list(Finding.objects.published().open().filter(**active).worst_first())

    assert found.count() == len(whole)
    for start in (0, size, 50 * size, len(whole) - 3, len(whole), len(whole) + size):
        assert found[max(start, 0) : max(start, 0) + size] == whole[max(start, 0) : max(start, 0) + size]


def test_worst_findings_come_first_and_those_about_the_title_before_others(client):
    content = client.get("/known-issues/").content.decode()
    found = listed(content)
    title = {figure.get_absolute_url() for figure in SalaryFigure.objects.for_role(ROLE)}
    about = [address in title for address, rule in found if rule == "far-from-the-role"]

    assert found[0] == (title_figure("toronto").get_absolute_url(), "ambiguous-currency")
    assert {RULES[rule].severity for _, rule in found} == {"exclude"}
    assert about == [True] * 3
    assert plain(content).count("Not ranked") >= 50


@pytest.mark.parametrize(
    ("query", "conditions", "sentence"),
    [
        ("", {}, "{} open findings, the worst first."),
        ("?severity=doubt", {"severity": "doubt"}, "{} open findings of severity “doubt”, the worst first."),
        (
            "?severity=exclude",
            {"severity": "exclude"},
            "{} open findings of severity “not ranked”, the worst first.",
        ),
        ("?rule=undated", {"rule": "undated"}, "{} open findings by the rule “No date”, the worst first."),
        (
            "?rule=beyond-the-official-band",
            {"rule": "beyond-the-official-band"},
            "{} open finding by the rule “Beyond the official band”, the worst first.",
        ),
        (
            "?rule=same-currency-conflict&severity=doubt",
            {"rule": "same-currency-conflict", "severity": "doubt"},
            "{} open findings of severity “doubt” by the rule “Conflict within one currency”, the worst first.",
        ),
        (
            "?rule=undated&severity=doubt",
            {"rule": "undated", "severity": "doubt"},
            "{} open findings of severity “doubt” by the rule “No date”, the worst first.",
        ),
    ],
)
def test_known_issues_are_filtered_and_counted(query, conditions, sentence, client):
    content = client.get(f"/known-issues/{query}").content.decode()
    wanted = Finding.objects.open().filter(**conditions)
    found = Finding.objects.filter(rule__in=[rule for _, rule in listed(content)])

    assert sentence.format(f"{wanted.count():,}") in plain(content)
    assert len(listed(content)) == min(50, wanted.count())
    assert all(getattr(one, name) == value for one in found for name, value in conditions.items())


def test_known_issues_without_a_match_say_so_and_offer_a_way_on(client):
    content = client.get("/known-issues/?rule=undated&severity=doubt").content.decode()

    assert "No open finding of this kind." in content
    assert 'href="?severity=doubt">Without “Rule: No date”' in content
    assert 'href="?rule=undated">Without “Severity: Doubt”' in content


@pytest.mark.parametrize(
    ("query", "name", "problem"),
    [
        ("rule=nothing", "rule", "“nothing” is no rule here, so it was ignored."),
        ("rule=Undated", "rule", "“Undated” is no rule here, so it was ignored."),
        ("severity=clear", "severity", "“clear” is no severity here, so it was ignored."),
        ("severity=grave%00", "severity", "“grave” is no severity here, so it was ignored."),
        ("severity=%3Cb%3E", "severity", "“<b>” is no severity here, so it was ignored."),
    ],
)
def test_wrong_value_is_named_and_the_rest_counts(query, name, problem, client):
    other = "severity=note" if name == "rule" else "rule=undated"
    response = client.get(f"/known-issues/?{query}&{other}")
    content = response.content.decode()

    assert response.status_code == 200
    assert f"{name}: {problem}" in plain(content)
    assert {RULES[rule].severity for _, rule in listed(content)} == {"note"}
    assert "<b>" not in content


@pytest.mark.parametrize(("page", "number"), [("99999", "last"), ("0", "last"), ("abc", 1), ("2", 2)])
def test_page_out_of_range_is_the_first_or_last(page, number, client):
    shown = client.get(f"/known-issues/?page={page}").context["page"]

    assert shown.number == (shown.paginator.num_pages if number == "last" else number)


def test_pages_keep_the_filters(client):
    content = client.get("/known-issues/?rule=wider-class&page=2").content.decode()

    assert 'rel="next" href="?rule=wider-class&amp;page=3"' in content


def test_accepted_finding_is_no_known_issue(client):
    address = "/known-issues/?rule=far-from-the-role"
    before = listed(client.get(address).content.decode())
    accept_and_judge("shanghai", "far-from-the-role")
    after = listed(client.get(address).content.decode())

    assert set(before) - set(after) == {(title_figure("shanghai").get_absolute_url(), "far-from-the-role")}
    assert len(after) == 2


@pytest.mark.parametrize("query", ["?page=2", "?rule=undated", "?severity=note&page=3", "?rule=x"])
def test_known_issues_ask_twice(query, client, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(f"/known-issues/{query}")


def test_known_issue_leads_to_its_place_on_the_card(client):
    address, rule = listed(client.get("/known-issues/?severity=doubt").content.decode())[0]

    assert f'id="{rule}"' in client.get(address).content.decode()
