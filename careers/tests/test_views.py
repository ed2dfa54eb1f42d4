import pytest

from careers.models import Career

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/careers/", 3),
        ("/careers/?q=cmo&stage=mid&setting=hospital", 3),
        ("/careers/medical-director/", 20),
        ("/careers/hospital-chief-executive/", 19),
        ("/careers/medical-director/?setting=hospital&country=DE", 20),
    ],
)
def test_queries_are_few(address, count, client, django_assert_num_queries):
    with django_assert_num_queries(count):
        client.get(address)


def test_list_takes_as_many_queries_for_many_careers(client, django_assert_num_queries):
    Career.objects.bulk_create(Career(slug=f"c-{n}", title=f"C {n}", summary="A career.") for n in range(60))

    with django_assert_num_queries(3):
        assert len(client.get("/careers/").context["careers"]) == 66


def test_list_shows_other_names(client):
    assert "Also: " in client.get("/careers/").content.decode()


def test_list_without_result_offers_to_drop_a_filter(client):
    content = client.get("/careers/?q=zzzz&stage=mid").content.decode()

    assert "No career passes all of these filters." in content
    assert 'href="?stage=mid">Without “Search: zzzz”' in content


def test_career_with_summary_alone_has_a_page(client):
    career = Career.objects.create(slug="coroner", title="Coroner", summary="Finds out why people died.")
    content = client.get(career.get_absolute_url()).content.decode()

    assert "Review date unstated" in content
    assert "We publish no figure for this role" in content


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        (
            "**strong** and [a](https://example.org/)",
            '<strong>strong</strong> and <a href="https://example.org/">a</a>',
        ),
        ("<img src=x onerror=alert(1)>", "&lt;img"),
    ],
)
def test_text_of_editors_is_shown_safely(text, shown, client):
    Career.objects.filter(slug="medical-director").update(introduction=text)
    content = client.get("/careers/medical-director/").content.decode()

    assert shown in content
    assert "<script>alert" not in content
    assert 'href="javascript:' not in content


def test_profile_says_that_the_credential_is_not_of_the_association_once_named(client):
    """The career site names the wrong issuer of the CMD; the page names the right one and cites both."""
    entry = (
        client.get("/careers/medical-director/").content.decode().split('id="qualification-cmd"')[1].split("</li>")[0]
    )

    assert "ABPLM" in entry or "American Board of Post-Acute and Long-Term Care Medicine" in entry
    assert "Contradicted by source" in entry
