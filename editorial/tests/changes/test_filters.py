"""/changes/ narrowed to one kind, to words or to one record, and what it says to a wrong value."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.apps import apps

from careers.models import Duty
from editorial.changes.filters import record_query
from editorial.tests.changes.records import changed, changed_figure, content_of, listed, many
from salaries.tests.pages import plain
from sources.models import Source

pytestmark = pytest.mark.django_db

DELHI = "medical-director-delhi-opencourser"


@pytest.mark.parametrize(
    ("query", "names", "sentence"),
    [
        ("", ["duty", "figure"], "2 public changes, the newest first."),
        ("?kind=careers.duty", ["duty"], "1 public change of the kind “duty”, the newest first."),
        ("?kind=salaries.salaryfigure", ["figure"], "1 public change of the kind “salary figure”, the newest first."),
        ("?q=printed+amount", ["figure"], "1 public change, matching “printed amount”, the newest first."),
        ("?q=plainer", ["duty"], "1 public change, matching “plainer”, the newest first."),
        ("?q=opencourser", ["figure"], "1 public change, matching “opencourser”, the newest first."),
        (
            f"?record=salaries.salaryfigure:{DELHI}",
            ["figure"],
            f"1 public change of the salary figure {DELHI}, the newest first.",
        ),
        (
            "?record=careers.duty%3Amedical-director%2Fset-standards",
            ["duty"],
            "1 public change of the duty medical-director / set-standards, the newest first.",
        ),
        ("?record=careers.duty:medical-director/other", [], "0 public changes of the duty medical-director / other"),
        ("?kind=careers.duty&q=printed", [], "0 public changes of the kind “duty”, matching “printed”"),
    ],
)
def test_changes_are_filtered_and_counted(query, names, sentence, client):
    figure = changed_figure(
        "delhi", "The printed amount.", source=Source.objects.get(slug="opencourser-career-2024"), note="N"
    )
    duty = changed(Duty.objects.get(career__slug="medical-director", slug="set-standards"), "Plainer.", title="Set it")
    content = content_of(client, query)

    assert listed(content) == [{"figure": figure.pk, "duty": duty.pk}[name] for name in names]
    assert sentence in plain(content)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("kind=auth.user", "kind: “auth.user” is no kind of record here, so it was ignored."),
        ("kind=%3Cb%3E", "kind: “<b>” is no kind of record here, so it was ignored."),
        ("record=x", "record: This names no record, so it was ignored."),
        ("record=careers.duty:", "record: This names no record, so it was ignored."),
        ("record=a.b.c:d", "record: This names no record, so it was ignored."),
        ("record=careers.duty:a%00", "record: This names no record, so it was ignored."),
        ("record=careers.duty:" + "a" * 500, "record: This names no record, so it was ignored."),
        ("q=a%00", "q: The search contains a character that no text has, so it was ignored."),
    ],
)
def test_wrong_value_is_named_and_ignored(query, problem, client):
    change = changed_figure("delhi", note="N")
    response = client.get(f"/changes/?{query}")

    assert response.status_code == 200
    assert problem in plain(response.content.decode())
    assert listed(response.content.decode()) == [change.pk]


@pytest.mark.parametrize("key", ["%2500", "%25ff", "%F0%9F%98%80", "a/b/c/d", "%2F%2F", "9" * 300, "%25ud800"])
def test_odd_key_names_nothing(key, client):
    changed_figure("delhi", note="N")
    response = client.get(f"/changes/?record=careers.duty:{key}")

    assert response.status_code == 200
    assert listed(response.content.decode()) == []


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("careers.duty", {"text": "Otherwise."}),
        ("careers.alternativetitle", {"note": "Otherwise."}),
        ("salaries.exchangerate", {"units_per_euro": Decimal(7)}),
        ("salaries.pricelevel", {"ppp": Decimal(7)}),
        ("sources.citation", {"place": "Otherwise."}),
    ],
)
def test_address_of_one_record_shows_its_changes(label, value, client):
    record = apps.get_model(label).objects.order_by("pk").first()
    change = changed(record, **value)

    assert record_query(record) == record_query(change)
    assert listed(content_of(client, record_query(change))) == [change.pk]
    assert unescape(re.search(r'href="/changes/(\?record=[^"]+)"', content_of(client))[1]) == record_query(change)


def test_pages_keep_the_filters(client):
    many(35)

    assert 'rel="next" href="?kind=salaries.salaryfigure&amp;page=2"' in content_of(
        client, "?kind=salaries.salaryfigure"
    )
