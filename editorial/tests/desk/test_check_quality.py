"""The desk on the command line, and the public list of rules."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from editorial.content_rules import RULES, Section, open_content_findings
from editorial.desk import Desk
from editorial.tests.desk import plants
from editorial.tests.desk.plants import passage
from salaries.tests.pages import plain

pytestmark = pytest.mark.django_db


def check(*options):
    """(exit status, standard output, standard error)"""
    out, err = StringIO(), StringIO()
    try:
        call_command("check_quality", *options, stdout=out, stderr=err)
    except SystemExit as stop:
        return stop.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_shipped_content_passes():
    status, out, err = check()

    assert (status, err) == (0, "")
    assert [line.partition(":")[0] for line in out.splitlines() if re.fullmatch(r"[^-…].*: [\d,]+", line)] == [
        section.title for section in Desk().sections
    ]


def test_plain_defect_fails_and_is_named():
    passage("It helpful start.")()
    status, out, err = check()

    assert status == 1
    assert "- Medical director: Planted [defect, missing-verb]: “It helpful” has no verb." in out
    assert "Plain defects of the content: 1" in err


def test_doubt_and_note_fail_only_if_asked_for():
    plants.requirement("disputed")()
    levels = {level: check("--fail-on", level)[0] for level in ("note", "doubt", "exclude")}

    assert check()[0] == 0
    assert levels == {"note": 1, "doubt": 1, "exclude": 1}  # figures that are not ranked fail the strictest, too


@pytest.mark.parametrize(("level", "fewer"), [("doubt", "exclude"), ("note", "doubt")])
def test_level_counts_what_is_worse_as_well(level, fewer):
    desk = Desk()

    assert desk.count_at_least(level) > desk.count_at_least(fewer) > 0


def test_all_lines_are_printed_if_asked_for():
    count = Desk().section("undated").count
    lines = [line for line in check("--all")[1].splitlines() if "[note, undated]" in line]

    assert len(lines) == count > 10
    assert f"… and {count - 10} more; --all prints them." in check()[1]


def test_what_readers_may_see_is_published_and_about_texts():
    shown = passage("It helpful start.", title="Shown")()
    career = plants.Career.objects.exclude(slug=plants.DIRECTOR).first()
    plants.elsewhere("They useful.")()
    plants.Career.objects.filter(pk=career.pk).update(status="draft")
    found = open_content_findings()

    assert shown.get_absolute_url() in [one.address for one in found]
    assert [one.name for one in found if "Elsewhere" in one.name] == []
    assert {one.rule.section for one in found} == {Section.TEXTS}
    assert [one.severity_label for one in found if one.name.endswith("Shown")] == ["defect"]


def test_every_rule_stands_on_the_page_of_methods_with_its_limits(client):
    content = client.get("/method/").content.decode()
    rows = dict(re.findall(r'<div id="content-rule-([a-z-]+)">(.*?)</div>', content, re.DOTALL))

    assert list(rows) == list(RULES)
    for name, rule in RULES.items():
        assert plain(rows[name]).startswith(f"{rule.title} {rule.severity_label}"), name
        assert rule.says in plain(rows[name]) and f"Its limits: {rule.limits}" in plain(rows[name]), name
