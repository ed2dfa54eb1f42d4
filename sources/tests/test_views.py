from datetime import date

import pytest
from markupsafe import escape

from sources.models import Citation, Source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/sources/", 3),
        ("/sources/opencourser-career-2024/", 6),
        ("/sources/geonames/", 6),
        ("/sources/bls-oews-2025/", 6),
    ],
)
def test_queries_are_few(address, count, client, django_assert_num_queries):
    with django_assert_num_queries(count):
        assert client.get(address).status_code == 200


def test_page_takes_as_many_queries_for_a_much_cited_source(client, django_assert_num_queries):
    geonames = Source.objects.get(slug="geonames")
    copies = list(Citation.objects.exclude(source=geonames))
    seen = set()
    for citation in copies:
        citation.pk, citation.source, citation.stance = None, geonames, "supports"
    unique = [one for one in copies if not (one.statement in seen or seen.add(one.statement))]
    Citation.objects.bulk_create(unique)

    with django_assert_num_queries(6):
        assert client.get("/sources/geonames/").status_code == 200


def test_sources_are_grouped_and_counted(client):
    pages = [client.get("/sources/", {"page": number}).context for number in (1, 2)]
    groups = [group for page in pages for group in page["groups"]]
    shown = [source for _, _, found in groups for source in found]

    assert groups[0][0].label == "Law or regulation"
    assert len({*shown}) == len(shown) == pages[0]["total"] == Source.objects.count()
    assert {kind: count for kind, count, _ in groups} == {
        kind: sum(source.kind == kind for source in shown) for kind, _, _ in groups
    }


def test_all_that_is_better_than_a_web_page_stands_on_the_first_page(client):
    """The attributions that publishers ask for are among them."""
    first = client.get("/sources/").content.decode()
    better = Source.objects.exclude(kind__in=["web-page", "research"])

    assert all(escape(one.title) in first for one in better)
    assert 'href="?page=2"' in first


def test_source_without_date_says_so(client):
    undated = Source.objects.filter(published="").first()
    content = client.get(undated.get_absolute_url()).content.decode()

    assert "<dt>Date published</dt><dd>unstated</dd>" in content


def test_attribution_is_printed_whole(client):
    credited = Source.objects.exclude(attribution="").first()
    Source.objects.filter(pk=credited.pk).update(attribution="Data: A & B <c>")

    assert "Data: A &amp; B &lt;c&gt;" in client.get(credited.get_absolute_url()).content.decode()


def test_contradiction_is_marked(client):
    source = Citation.objects.filter(stance="contradicts").first().source

    assert "tag--disputed" in client.get(source.get_absolute_url()).content.decode()


def test_address_found_dead_is_told_and_not_linked(client):
    source = Source.objects.exclude(url="").first()
    source.url_dead_on = date(2026, 11, 20)
    source.save()
    content = client.get(source.get_absolute_url()).content.decode()

    assert "(no longer there on November 20, 2026)" in content
    assert f'href="{source.url}"' not in content
