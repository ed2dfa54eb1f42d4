"""Linked data on the pages of cities, read as a search engine reads it: parsed from the page, not from our dict."""

import json
import re
from decimal import Decimal

import html5lib
import pytest

from careers.models import Career, Country
from salaries.models import Area, PopulationDescribed, SalaryFigure
from sources.choices import Confidence

pytestmark = pytest.mark.django_db

HOSTILE = [
    '</script><script>alert("zq7")</script>',
    "<!--<script>zq7",
    "]]>zq7&amp;\u2028\u2029",
    "\\u003C/script>zq7",
    "{{ zq7 }}{% zq7 %}",
]
AMOUNTS = {"median", "percentile10", "percentile25", "percentile75", "percentile90"}


def scripts(client, address):
    """The text of every script of linked data on a page."""
    tree = html5lib.parse(client.get(address).content, namespaceHTMLElements=False)
    return [one.text for one in tree.iter("script") if one.get("type") == "application/ld+json"]


def nodes(client, city):
    """The occupations that the page of a city states."""
    texts = scripts(client, f"/salaries/cities/{city}/")
    assert len(texts) <= 1
    return [parsed(node) for text in texts for node in document(json.loads(text))]


def document(data):
    assert set(data) == {"@context", "@graph"}
    assert data["@context"] == "https://schema.org"
    assert data["@graph"]
    return data["@graph"]


def parsed(node):
    """An Occupation as schema.org and the guidelines on estimated salaries want it; fails if anything is missing."""
    assert node["@type"] == "Occupation"
    assert text_of(node, "name")
    place = node["occupationLocation"]
    assert place["@type"] in {"City", "AdministrativeArea", "State", "Country"}
    assert text_of(place, "name")
    assert ("containedInPlace" in place) == (place["@type"] != "Country")
    if "containedInPlace" in place:
        assert place["containedInPlace"]["@type"] == "Country"
        assert text_of(place["containedInPlace"], "name")
    (pay,) = node["estimatedSalary"]
    assert pay["@type"] == "MonetaryAmountDistribution"
    assert pay["name"] == "base"
    assert re.fullmatch("[A-Z]{3}", pay["currency"])
    assert pay.get("duration") in {None, "P1Y", "P1M", "PT1H"}
    amounts = {name: Decimal(str(pay[name])) for name in AMOUNTS & set(pay)}
    assert "median" in amounts
    assert set(pay) == {"@type", "name", "currency", *amounts} | ({"duration"} & set(pay))
    rising = [
        amounts[name]
        for name in ("percentile10", "percentile25", "median", "percentile75", "percentile90")
        if name in amounts
    ]
    assert rising == sorted(rising) and rising[0] > 0
    return {
        "name": node["name"],
        "class": node.get("occupationalCategory", "title").split()[0],
        "place": place["name"],
        "country": place.get("containedInPlace", place)["name"],
        "currency": pay["currency"],
        "duration": pay.get("duration"),
    } | amounts


def text_of(node, name):
    assert isinstance(node[name], str)
    return node[name].strip()


def by_class(client, city):
    found = {node["class"]: node for node in nodes(client, city)}
    assert len(found) == len(nodes(client, city))
    return found


def test_new_york_states_the_title_without_duration_and_the_official_classes_a_year(client):
    found = by_class(client, "new-york")
    title, managers = found.pop("title"), found["11-9111"]

    assert title == {
        "name": "Medical director",
        "class": "title",
        "place": "New York",
        "country": "United States",
        "currency": "USD",
        "duration": None,
        "median": 357_000,
    }
    assert managers["name"] == "medical and health services managers"
    assert managers["place"] == "New York-Newark-Jersey City, NY-NJ"
    assert (managers["percentile10"], managers["median"], managers["percentile90"]) == (102_450, 167_580, 348_010)
    assert {node["duration"] for node in found.values()} == {"P1Y"}
    assert {node["currency"] for node in found.values()} == {"USD"}


def test_toronto_states_the_official_class_an_hour_and_no_title(client):
    (node,) = nodes(client, "toronto")

    assert (node["class"], node["currency"], node["duration"]) == ("30010", "CAD", "PT1H")
    assert node["median"] == Decimal("56.09")
    assert not {"percentile10", "percentile90"} & set(node)  # lowest and highest wage are percentiles only roughly


def test_london_states_official_classes_and_no_title(client):
    found = by_class(client, "london")

    assert set(found) == {"1231", "2211", "2212"}  # the median of 1171 is withheld
    assert {(node["place"], node["currency"], node["duration"]) for node in found.values()} == {
        ("United Kingdom", "GBP", "P1Y")
    }


@pytest.mark.parametrize("city", ["tel-aviv", "bengaluru", "shanghai", "singapore", "beijing"])
def test_doubtful_figure_is_not_stated(city, client):
    assert scripts(client, f"/salaries/cities/{city}/") == []


@pytest.mark.parametrize("address", ["/salaries/", "/salaries/figures/medical-director-paris-opencourser/"])
def test_other_pages_state_none(address, client):
    assert scripts(client, address) == []


def test_every_city_states_exactly_what_can_be_trusted(client):
    for area in [*Area.objects.cities(), Area.objects.get(slug="united-states"), Area.objects.get(slug="ontario-ca")]:
        figures = SalaryFigure.objects.about(area).exclude(amount=None)
        trusted = figures.filter(confidence__in=[Confidence.CLEAR, Confidence.NOTE])

        assert sorted(node["class"] for node in nodes(client, area.slug)) == sorted(
            trusted.values_list("population", flat=True)
        )


@pytest.mark.parametrize(
    ("confidence", "stated"), [("clear", True), ("note", True), ("doubt", False), ("exclude", False)]
)
def test_confidence_decides(confidence, stated, client):
    SalaryFigure.objects.filter(area__slug="paris").update(confidence=confidence)

    assert bool(nodes(client, "paris")) == stated


@pytest.mark.parametrize(
    ("period", "duration"), [("year", "P1Y"), ("month", "P1M"), ("hour", "PT1H"), ("unstated", None)]
)
def test_duration_is_that_of_the_figure(period, duration, client):
    SalaryFigure.objects.filter(area__slug="paris").update(period=period)
    (node,) = nodes(client, "paris")

    assert (node["duration"], node["median"], node["currency"]) == (duration, 150_000, "EUR")


def test_withheld_median_is_not_stated(client):
    SalaryFigure.objects.filter(area__slug="paris").update(amount=None, withheld="not-released", confidence="note")

    assert scripts(client, "/salaries/cities/paris/") == []


def test_decimals_stay(client):
    SalaryFigure.objects.filter(area__slug="paris").update(amount="123456.78", p10="0.01", p90="99999999999.99")
    (node,) = nodes(client, "paris")

    assert (node["percentile10"], node["median"], node["percentile90"]) == (
        Decimal("0.01"),
        Decimal("123456.78"),
        Decimal("99999999999.99"),
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_does_not_end_the_script(name, client):
    scripts_before = count_of_scripts(client)
    Area.objects.filter(slug="toronto-on").update(name=name)
    Country.objects.filter(code="CA").update(name=name)
    Career.objects.filter(slug="medical-director").update(title=name)
    PopulationDescribed.objects.filter(code="30010").update(name=name, classification=name)
    SalaryFigure.objects.filter(area__slug="toronto").update(confidence="note")
    found = nodes(client, "toronto")

    assert [(node["name"], node["country"]) for node in found] == [(name, name)] * 2
    assert found[1]["place"] == name
    assert count_of_scripts(client) == scripts_before
    assert "zq7" in scripts(client, "/salaries/cities/toronto/")[0]


def count_of_scripts(client):
    tree = html5lib.parse(client.get("/salaries/cities/toronto/").content, namespaceHTMLElements=False)
    return len(list(tree.iter("script")))


def test_script_holds_no_character_that_could_end_it(client):
    Area.objects.filter(slug="toronto-on").update(name="".join(HOSTILE)[:100])
    content = client.get("/salaries/cities/toronto/").content.decode()
    text = content.partition('<script type="application/ld+json">')[2].partition("</script>")[0]

    assert "zq7" in text
    assert not set("<>&\u2028\u2029") & set(text)
    json.loads(text)
