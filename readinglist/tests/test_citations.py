"""Identified works for reference managers: what was found is written, and nothing else."""

import json

import bibtexparser
import pytest
import rispy

from readinglist.citations import as_bibtex, as_ris, csl
from readinglist.models import Work

pytestmark = pytest.mark.django_db

TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json; charset=utf-8",
}


def work(**fields):
    known = {"slug": "a-work", "title": "A Work", "kind": "book", "confidence": "verified", "why_it_fits": "It fits."}
    return Work(**known | fields)


def ids(response, suffix):
    text = response.content.decode()
    if suffix == "bib":
        return {entry.key for entry in bibtexparser.parse_string(text).entries}
    if suffix == "ris":
        return {entry["id"] for entry in rispy.loads(text)}
    return {item["id"] for item in json.loads(text)}


@pytest.mark.parametrize("suffix", TYPES)
def test_export_holds_exactly_the_identified_works(client, suffix):
    response = client.get(f"/reading.{suffix}")

    assert response["Content-Type"] == TYPES[suffix]
    assert response["Content-Disposition"] == f'attachment; filename="reading.{suffix}"'
    assert ids(response, suffix) == set(Work.objects.filter(confidence="verified").values_list("slug", flat=True))


@pytest.mark.parametrize("suffix", TYPES)
@pytest.mark.parametrize("query", ["list=senior-career", "kind=article", "q=donabedian", "topic=patient-safety"])
def test_export_holds_the_works_that_the_page_shows(client, suffix, query):
    shown = {one.slug for one in client.get(f"/reading/?{query}").context["identified"]}

    assert shown
    assert ids(client.get(f"/reading.{suffix}?{query}"), suffix) == shown


@pytest.mark.parametrize("suffix", TYPES)
def test_export_of_nothing_is_valid(client, suffix):
    response = client.get(f"/reading.{suffix}?q=zzzz")

    assert response.status_code == 200
    assert ids(response, suffix) == set()


@pytest.mark.parametrize(
    ("container", "told"),
    [
        (
            "JAMA 1999;282(12):1184–1190",
            {"container-title": "JAMA", "volume": "282", "issue": "12", "page": "1184–1190"},
        ),
        (
            "Milbank Memorial Fund Quarterly 1966;44(3, Part 2):166–206; reprinted in The Milbank Quarterly 2005",
            {
                "container-title": "Milbank Memorial Fund Quarterly",
                "volume": "44",
                "issue": "3, Part 2",
                "page": "166–206",
            },
        ),
        ("Journal of Something, 2009", {"container-title": "Journal of Something"}),
        ("A Journal 2001;7:1-9", {"container-title": "A Journal", "volume": "7", "page": "1-9"}),
    ],
)
def test_journal_is_read_from_what_the_article_was_published_in(container, told):
    item = csl(work(kind="article", container=container))

    assert item["type"] == "article-journal"
    assert {field: item.get(field) for field in told} == told
    assert {"volume", "issue", "page"} & item.keys() == {"volume", "issue", "page"} & told.keys()


@pytest.mark.parametrize("container", ["IZA Discussion Paper No. 5830", "", "Proceedings of a meeting"])
def test_what_is_no_journal_is_kept_as_it_is(container):
    item = csl(work(kind="article", container=container))

    assert item["type"] == "article"
    assert item.get("container-title", "") == container
    assert "volume" not in item


def test_unknown_facts_are_absent():
    assert csl(work()) == {"id": "a-work", "type": "book", "title": "A Work"}


@pytest.mark.parametrize(
    ("authors", "role", "told"),
    [
        ("Karen J. Nichols", "author", {"author": [{"family": "Nichols", "given": "Karen J."}]}),
        ("Institute of Medicine", "author", {"author": [{"literal": "Institute of Medicine"}]}),
        ("Linda T. Kohn", "editor", {"editor": [{"family": "Kohn", "given": "Linda T."}]}),
        (
            "Committee on Quality of Health Care",
            "author",
            {"author": [{"literal": "Committee on Quality of Health Care"}]},
        ),
    ],
)
def test_people_are_told_from_committees(authors, role, told):
    item = csl(work(authors=authors, author_role=role))

    assert {field: item[field] for field in ("author", "editor") if field in item} == told


def test_body_without_named_authors_is_the_author():
    body = "Office of Inspector General, U.S. Department of Health and Human Services"
    one = work(kind="report", issuing_body=body)

    assert csl(one)["author"] == [{"literal": body}]
    assert f"author = {{{{{body}}}}}" in as_bibtex([one])
    assert rispy.loads(as_ris([one]))[0]["authors"] == [body]


@pytest.mark.parametrize(
    ("text", "latex"),
    [("100% of R&D_x #1 $", r"{{100\% of R\&D\_x \#1 \$}}"), ("Émile {x}", r"\'Emile \{x\}"), ("a\\b~c^", None)],
)
def test_bibtex_escapes_what_latex_would_read(text, latex):
    written = as_bibtex([work(title=text)])

    assert latex is None or latex in written
    assert len(bibtexparser.parse_string(written).entries) == 1
    assert bibtexparser.parse_string(written).failed_blocks == []


def test_several_bodies_are_several_authors():
    one = work(kind="report", issuing_body="World Health Organization; The World Bank")

    assert csl(one)["author"] == [{"literal": "World Health Organization"}, {"literal": "The World Bank"}]


def test_file_of_a_list_bears_its_name(client):
    response = client.get("/reading.bib?list=senior-career")

    assert response["Content-Disposition"] == 'attachment; filename="senior-career.bib"'


def test_ris_of_every_work_reads_back():
    works = list(Work.objects.identified())
    read = rispy.loads(as_ris(works))

    assert [entry["id"] for entry in read] == [one.slug for one in works]
    assert all("type_of_reference" in entry and "title" in entry for entry in read)
    assert [entry.get("doi", "") for entry in read] == [one.doi for one in works]
    assert [entry.get("issn", "") for entry in read] == [one.isbn13 for one in works]


@pytest.mark.parametrize("address", ["/reading/", "/reading/?list=mid-career", "/reading/lists/mid-career/"])
def test_page_links_to_its_exports(client, address):
    shown = client.get(address).content.decode()

    assert all(f'href="/reading.{suffix}' in shown for suffix in TYPES)


def test_works_that_are_not_identified_are_folded(client):
    shown = client.get("/reading/").content.decode()
    folded = shown.split('<details class="described-works">')[1].split("</details>")[0]
    uncertain = Work.objects.exclude(confidence="verified")

    assert uncertain.exists()
    assert all(one.get_absolute_url() in folded for one in uncertain)
    assert not any(one.get_absolute_url() in folded for one in Work.objects.identified())


@pytest.mark.parametrize("suffix", TYPES)
def test_one_work_is_exported_alone(client, suffix):
    response = client.get(f"/reading/kotter-leading-change.{suffix}")

    assert ids(response, suffix) == {"kotter-leading-change"}
    assert (
        f'href="/reading/kotter-leading-change.{suffix}"'
        in client.get("/reading/kotter-leading-change/").content.decode()
    )


@pytest.mark.parametrize("suffix", TYPES)
def test_work_that_is_not_identified_has_no_export(client, suffix):
    uncertain = Work.objects.exclude(confidence="verified").first()

    assert client.get(f"/reading/{uncertain.slug}.{suffix}").status_code == 404
    assert f"{uncertain.slug}.{suffix}" not in client.get(uncertain.get_absolute_url()).content.decode()
