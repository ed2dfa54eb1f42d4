import pytest

from sources.models import Citation, Source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/sources/", 1),
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
    response = client.get("/sources/")
    groups = response.context["groups"]

    assert [label for label, _ in groups][0] == "Law or regulation"
    assert sum(len(found) for _, found in groups) == response.context["total"] == Source.objects.count()


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
