"""The rules on the page of methods: their limits, and how many findings are open."""

import re

import pytest

from salaries.models import Finding
from salaries.rules import RULES
from salaries.tests.figures import accept_and_judge
from salaries.tests.pages import plain

pytestmark = pytest.mark.django_db

THRESHOLDS = {
    "no-median": [],
    "ambiguous-currency": [],
    "far-from-the-role": ["more than 2.5 robust standard deviations", "or more than 2, if", "Needs 5 figures."],
    "same-currency-conflict": ["more than 4 times apart"],
    "foreign-currency": [],
    "far-from-the-median": ["more than 2.5 times, or less than 0.4 times"],
    "beyond-the-official-band": ["more than 2 times the highest p90", "less than 1/2 of the lowest p10"],
    "stale": ["more than 24 months ago"],
    "imprecise": ["above 20 percent"],
    "small-sample": ["fewer than 30 people"],
    "undated": [],
    "period-unstated": [],
    "no-origin": [],
    "single-source": [],
    "sample-unstated": [],
    "wider-class": [],
}


def test_thresholds_are_asked_of_every_rule():
    assert list(THRESHOLDS) == list(RULES)


def test_every_rule_stands_on_the_page_of_methods(client):
    content = client.get("/method/").content.decode()
    rows = dict(re.findall(r'<div id="rule-([a-z-]+)">(.*?)</div>', content, re.DOTALL))

    assert list(rows) == list(RULES)
    for name, rule in RULES.items():
        assert plain(rows[name]).startswith(f"{rule.title} {rule.severity_label}{rule.says}"), name
        assert f'class="confidence confidence--{rule.severity}"' in rows[name], name
        assert all(limit in plain(rows[name]) for limit in THRESHOLDS[name]), name


def test_counts_of_rules_lead_to_their_open_findings(client):
    accept_and_judge("paris", "undated")
    content = client.get("/method/").content.decode()
    links = re.findall(r'<a href="(/known-issues/\?rule=([a-z-]+))">([\d,]+) open', content)

    assert [rule for _, rule, _ in links] == list(RULES)
    for address, rule, count in links:
        assert f"{count} open finding" in plain(client.get(address).content.decode()), rule
        assert int(count.replace(",", "")) == Finding.objects.open().filter(rule=rule).count(), rule
    assert ("/known-issues/?rule=undated", "undated", "14") in links


def test_page_of_methods_counts_at_once(client, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/method/")
