import pytest

from careerguide.views import SEARCH_LIMIT
from careers.models import Career, Credential, CredentialFact
from readinglist.models import Course, ReadingList, Work
from salaries.models import Area
from sources.models import Disagreement, Side, Source

pytestmark = pytest.mark.django_db

KINDS = [Career, Credential, Area, Work, Course, ReadingList, Disagreement, Source]


def found(client, text):
    """{kind: texts of the results}"""
    groups = client.get("/search/", {"q": text}).context["groups"]
    return {group["label"]: [str(result) for result in group["found"]] for group in groups}


@pytest.mark.parametrize(
    ("text", "kind", "result"),
    [
        ("cmd", "Careers", "Medical director"),
        ("cmo", "Careers", "Chief medical officer"),
        ("cmd", "Credentials", "Certified Medical Director (CMD)"),
        ("dosimetrist", "Credentials", "Certified Medical Director (CMD)"),
        ("must be physician", "Where sources disagree", "Must a medical director be a physician?"),
        ("bangalore", "Cities and areas", "Bengaluru"),
        ("Peking", "Cities and areas", "Beijing"),
        ("united kingdom", "Cities and areas", "London"),
        ("donabedian", "Works", "Evaluating the Quality of Medical Care"),
        ("coursera analytical", "Courses", "Analytical Solutions to Common Healthcare Problems"),
        ("opencourser", "Sources", "Medical Director"),
        ("UK", "Cities and areas", "London"),
        ("usa", "Cities and areas", "Austin"),
        ("GB", "Cities and areas", "London"),
        ("read only three", "Reading lists", "If you read only three"),
    ],
)
def test_search_finds(text, kind, result, client):
    assert any(one.startswith(result) for one in found(client, text)[kind])


@pytest.mark.parametrize("text", ["", " ", "%_%", "zzzzzz", "donabedian zzzzzz"])
def test_search_finds_nothing(text, client):
    response = client.get("/search/", {"q": text})

    assert (response.context["groups"], response.context["total"]) == ([], 0)


def test_results_are_links(client):
    assert '<a href="/salaries/cities/bengaluru/">Bengaluru</a>' in client.get("/search/?q=bangalore").content.decode()


def test_results_are_counted_and_limited(client):
    response = client.get("/search/", {"q": "a"})
    groups = {group["label"]: (len(group["found"]), group["count"]) for group in response.context["groups"]}

    assert groups["Works"] == (20, Work.objects.search("a").count())
    assert groups["Careers"] == (6, 6)
    assert "These are the first 20." in response.content.decode()


def test_sentence_counts_results_that_are_not_shown(client):
    counts = [model.objects.search("a").count() for model in KINDS]
    everything = sum(counts)
    assert min(counts) > 0 and max(counts) > SEARCH_LIMIT

    assert f"{everything} results for" in client.get("/search/", {"q": "a"}).content.decode()


@pytest.mark.parametrize("text", ["a" * 101, "a\0b"])
def test_wrong_text_is_named(text, client):
    response = client.get("/search/", {"q": text})

    assert response.status_code == 200
    assert response.context["problem"]
    assert response.context["problem"] in response.content.decode()
    assert response.context["groups"] == []


@pytest.mark.parametrize(("matches", "queries"), [(0, 8), (1, 8), (20, 8), (21, 9), (60, 9)])
def test_search_takes_one_query_a_kind_and_one_for_a_count_beyond_the_limit(
    matches, queries, client, django_assert_num_queries
):
    ReadingList.objects.bulk_create(
        ReadingList(slug=f"new-{number}", title=f"New {number}", purpose="For zebras.") for number in range(matches)
    )
    with django_assert_num_queries(queries):
        response = client.get("/search/", {"q": "zebras"})

    assert response.context["total"] == matches


@pytest.mark.parametrize("count", [1, 4])
def test_facts_of_all_credentials_found_take_one_query(count, client, django_assert_num_queries):
    for number in range(count):
        credential = a_credential(f"z{number}")
        CredentialFact.objects.create(
            credential=credential, slug="x", kind="confused-with", title="Striped", text="Zebras."
        )
    with django_assert_num_queries(9):
        content = client.get("/search/", {"q": "zebras"}).content.decode()

    assert content.count("Striped") == count


def a_credential(slug, **more):
    return Credential.objects.create(
        slug=slug, name=f"Name {slug}", abbreviation=slug, issuer="A board", checked_on="2026-11-01", **more
    )


def test_search_without_text_takes_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/search/")


def test_career_of_that_title_comes_first(client):
    careers = found(client, "chief")["Careers"]

    assert careers[:2] == ["Chief medical officer", "Vice president of medical affairs"]
    assert careers.index("Medical director") > 1


def test_reading_list_is_found_by_its_purpose_shown_as_plain_text(client):
    ReadingList.objects.create(slug="new", title="New", purpose="For **zebras** and [others](https://example.org/).")
    content = client.get("/search/", {"q": "zebras"}).content.decode()

    assert '<a href="/reading/lists/new/">New</a><br><span class="quiet">For zebras and others.</span>' in content
    assert "1 result for" in content


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("confused-with", True), ("rejected-claim", True), ("cost", False), ("legal-force", False), ("evidence", False)],
)
def test_only_confusions_and_rejected_claims_of_a_credential_are_shown_among_results(kind, shown, client):
    credential = a_credential("zz", summary="For zebras.")
    CredentialFact.objects.create(credential=credential, slug="x", kind=kind, title="Striped", text="What it is.")

    assert ("Striped" in client.get("/search/?q=zebras").content.decode()) is shown


def test_disagreement_is_found_by_what_a_side_holds_and_stands_once(client):
    disagreement = Disagreement.objects.create(slug="new", question="Which animal?", why="It matters.")
    for slug in ("yes", "no"):
        Side.objects.create(disagreement=disagreement, slug=slug, text="About zebras.")

    assert found(client, "zebras") == {"Where sources disagree": ["Which animal?"]}
    assert (
        '<a href="/disagreements/#disagreement-new">Which animal?</a>'
        in client.get("/search/?q=zebras").content.decode()
    )


@pytest.mark.parametrize("address", ["/search/", "/careers/", "/reading/"])
def test_null_character_is_not_repeated(address, client):
    content = client.get(address, {"q": "del\0hi"}).content.decode()

    assert "\0" not in content
    assert 'value="delhi"' in content
