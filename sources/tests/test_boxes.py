"""Disagreements on other pages: the box beside the statement concerned, and the way there from a source."""

import re

import pytest

from careers.profiles import Profile
from careers.tests.places import page
from careers.tests.records import asks, cite, dispute, newcomer
from careers.where import AskedWhere
from sources.tests.sides import sides

pytestmark = pytest.mark.django_db


def box(content, disagreement):
    """The HTML of the box "Sources differ" on a profile."""
    return content.split(f'<div class="notice differ" id="{disagreement.anchor}">')[1].split("</ul>")[0]


def numbers(html):
    return re.findall(r'href="#source-(\d+)"', html)


def test_box_stands_once_and_further_statements_lead_to_it(client):
    tuning, career = dispute("tuning", up=["law-up"], down=["law-down"]), newcomer()
    asks(career, "ear", "disputed", position=1, disagreement=tuning)
    asks(career, "eye", "disputed", position=2, disagreement=tuning)
    career.questions.create(slug="why", question="Why tune?", answer="To play.", disagreement=tuning)
    content = page(client, career)
    statements = re.findall(
        r'<li class="statement" id="([^"]+)">(.*?)(?=<li class="statement"|</section>)', content, re.DOTALL
    )
    link = f'Sources differ: <a href="#{tuning.anchor}">Tuning?</a>'
    boxed = [anchor for anchor, html in statements if f'id="{tuning.anchor}"' in html]
    linked = [anchor for anchor, html in statements if link in html]

    assert content.count(f'id="{tuning.anchor}"') == content.count("<strong>Sources differ.</strong>") == 1
    assert boxed == ["qualification-ear"]
    assert linked == ["qualification-eye", "question-why"]


def test_box_shows_each_side_with_numbered_sources(client):
    tuning, career = dispute("tuning", up=["law-up"], down=["law-down"]), newcomer()
    asks(career, "ear", "disputed", disagreement=tuning)
    content = page(client, career)
    up, down = sides(box(content, tuning))
    listed = re.findall(r'id="source-(\d+)">\s*<a href="/sources/([^/]+)/"', content)

    assert [*numbers(up), *numbers(down)] == ["1", "2"]
    assert listed == [("1", "law-up"), ("2", "law-down")]


def test_box_moves_to_the_first_statement_that_holds(client):
    tuning, career = dispute("tuning", up=["law-up"], down=["law-down"]), newcomer()
    asks(career, "ear", "disputed", position=1, disagreement=tuning, country_id="US")
    asks(career, "eye", "disputed", position=2, disagreement=tuning)
    shown = Profile(career, AskedWhere({"country": "DE"}).where)

    assert [(part.slug, part.box, part.boxed_above) for part in shown.qualifications] == [("eye", tuning, None)]
    assert f'id="{tuning.anchor}"' in page(client, career, "?country=DE")


def test_box_of_what_is_left_out_is_left_out_with_its_sources(client):
    tuning, career = dispute("tuning", up=["law-up"], down=["law-down"]), newcomer()
    asks(career, "ear", "disputed", disagreement=tuning, country_id="US")
    content = page(client, career, "?country=DE")

    assert tuning.anchor not in content
    assert "/sources/law-up/" not in content


def test_two_disagreements_have_a_box_each(client):
    career = newcomer()
    found = [dispute(slug, up=["law-up"], down=["law-down"]) for slug in ("tuning", "timing")]
    for one in found:
        asks(career, one.slug, "disputed", disagreement=one)
    content = page(client, career)

    assert all(content.count(f'id="{one.anchor}"') == 1 for one in found)


def test_sources_of_the_boxes_of_stages_are_numbered_below_the_path(client):
    """The boxes stand below the whole path, so the sources of every stage come before those of any box."""
    tuning, career = dispute("tuning", up=["law-up"], down=["law-down"]), newcomer()
    for stage in ("early", "mid", "senior"):
        made = career.stages.create(stage=stage, title=stage, does="Plays.", disagreement=tuning)
        cite(made, f"law-{stage}")
    content = page(client, career)
    order = list(dict.fromkeys(numbers(content)))
    listed = re.findall(r'id="source-\d+">\s*<a href="/sources/([^/]+)/"', content)

    assert order == [str(number) for number in range(1, 6)]
    assert listed == ["law-early", "law-mid", "law-senior", "law-up", "law-down"]


def test_source_leads_to_the_side_that_cites_it(client):
    tuning = dispute("tuning", up=["law-up"], down=["law-down"])
    content = client.get("/sources/law-up/").content.decode()

    assert f'<a href="/disagreements/#{tuning.anchor}">Tuning?: up</a>' in content
