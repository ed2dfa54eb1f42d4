"""A plan that travels in the address: every link and form of a page takes it along, and only those."""

import re

import pytest

from careerguide.carrying import LINK_AWAY, carry
from careerguide.plan import choice_of
from careerguide.plan_address import Choice
from careers.models import Credential, Qualification

DELHI = Choice("city", "delhi").code

CASES = [
    ("/careers/", "/careers/?plan=abcde"),
    ("/", "/?plan=abcde"),
    ("/careers/medical-director/#stages", "/careers/medical-director/?plan=abcde#stages"),
    ("/salaries/?city=delhi", "/salaries/?city=delhi&amp;plan=abcde"),
    ("/salaries/?city=delhi&amp;basis=ppp#results", "/salaries/?city=delhi&amp;basis=ppp&amp;plan=abcde#results"),
    ("?page=2", "?page=2&amp;plan=abcde"),
    ("?", "?plan=abcde"),
    ("#main", "#main"),
    ("/plan/", "/plan/?plan=abcde"),
    ("/plan/?", "/plan/?"),
    ("/plan/?plan=abcde-fghij", "/plan/?plan=abcde-fghij"),
    ("/plan.ics?credential=cmd", "/plan.ics?credential=cmd"),
    ("/salaries.csv?city=delhi", "/salaries.csv?city=delhi"),
    ("/admin/careers/", "/admin/careers/"),
    ("/static/css/base.css", "/static/css/base.css"),
    ("https://example.org/careers/", "https://example.org/careers/"),
    ("//example.org/careers/", "//example.org/careers/"),
    ("mailto:editor@example.org", "mailto:editor@example.org"),
]


@pytest.mark.parametrize(("before", "after"), CASES)
def test_link_takes_the_plan_along_within_the_site(before, after):
    html = f'<a class="x" href="{before}">There</a>'

    assert carry(html, "abcde") == f'<a class="x" href="{after}">There</a>'


def test_link_element_of_the_head_stays():
    html = '<link rel="canonical" href="/careers/">'

    assert carry(html, "abcde") == html


@pytest.mark.parametrize("method", ["get", "post"])
def test_form_takes_the_plan_along_if_it_asks(method):
    html = f'<form action="/careers/" method="{method}" class="filters"><input name="q"></form>'
    carried = carry(html, "abcde")

    assert ('<input type="hidden" name="plan" value="abcde">' in carried) == (method == "get")


def test_links_of_the_plan_to_itself_stay():
    html = '<a href="?city=delhi">Remove</a><a href="/careers/">Careers</a>'

    assert carry(html, "abcde", LINK_AWAY) == html.replace("/careers/", "/careers/?plan=abcde")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/", "/careers/", "/careers/medical-director/", "/reading/", "/salaries/", "/credentials/cmd/", "/disagreements/"],
)
def test_every_page_of_the_site_takes_it_along(client, address):
    shown = client.get(f"{address}?plan={DELHI}").content.decode()
    inside = re.findall(r'<a[^>]*href="(/[^"]*)"', shown)
    without = [href for href in inside if "plan" not in href and not re.match(r"/[a-z/]*\.[a-z.]+", href)]

    assert "Your plan holds 1 item." in shown
    assert without == []
    assert len(inside) > 10


@pytest.mark.django_db
def test_page_without_a_plan_is_left_alone(client):
    shown = client.get("/careers/").content.decode()

    assert "?plan=" not in shown
    assert "Your plan holds" not in shown


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["<script>", "abc", "x" * 500, "%00%00%00"])
def test_text_that_is_no_plan_is_not_carried(client, text):
    shown = client.get("/careers/", {"plan": text}).content.decode()

    assert "Your plan holds" not in shown
    assert text not in shown


def test_long_page_is_carried_in_time_that_grows_with_it():
    """A pattern that starts over at every "<a" took 21 seconds for this."""
    hostile = "<a " * 20000 + "<form " * 20000

    assert carry(hostile, "abcde") == hostile


@pytest.mark.django_db
def test_menu_leads_back_to_the_plan(client):
    shown = client.get(f"/credentials/?plan={DELHI}").content.decode()

    assert f'<a href="/plan/?plan={DELHI}">My plan</a>' in shown


@pytest.mark.django_db
def test_link_adds_to_the_carried_plan(client):
    shown = client.get(f"/credentials/cmd/?plan={DELHI}").content.decode()
    href = re.search(r'class="plan-link" href="([^"]+)"', shown)[1]
    response = client.get(href, follow=True)

    assert [item.record.slug for item in response.context["plan"].items] == ["cmd", "delhi"]


@pytest.mark.django_db
def test_link_of_what_is_in_the_plan_takes_it_out(client):
    cmd = choice_of(Credential.objects.get(slug="cmd")).code
    shown = client.get(f"/credentials/cmd/?plan={DELHI}-{cmd}").content.decode()
    href = re.search(r'plan-link--in" href="([^"]+)"', shown)[1]
    response = client.get(href, follow=True)

    assert [item.record.slug for item in response.context["plan"].items] == ["delhi"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "kinds"),
    [
        ("/careers/medical-director/", {"stage", "gap"}),
        ("/reading/", {"work", "course"}),
        ("/reading/lists/mid-career/", {"work", "course"}),
        ("/reading/kotter-leading-change/", {"work"}),
        ("/reading/patient-safety-vii/", {"course"}),
        ("/credentials/", {"credential"}),
        ("/credentials/cmd/", {"credential"}),
        ("/salaries/", {"city"}),
        ("/salaries/cities/delhi/", {"city"}),
        ("/salaries/compare/?city=delhi&city=london", {"city"}),
        ("/careers/medical-director/readiness/?q-prior-leadership=no", {"gap"}),
    ],
)
def test_every_page_that_shows_such_a_thing_has_a_link_to_add_it(client, address, kinds):
    shown = client.get(address).content.decode()
    found = set(re.findall(r'class="plan-link" href="/plan/\?([a-z]+)=', shown))

    assert kinds <= found


@pytest.mark.django_db
def test_all_gaps_of_the_self_check_go_into_the_plan_at_once(client):
    shown = client.get(
        f"/careers/medical-director/readiness/?country=US&setting=clinic&q-license=no&plan={DELHI}"
    ).content.decode()
    href = re.search(r'href="(/plan/\?[^"]+)">Put all of these', shown)[1].replace("&amp;", "&")
    found = client.get(href, follow=True).context["plan"]
    records = [item.record for item in found.items]

    assert Qualification.objects.get(career__slug="medical-director", slug="license") in records
    assert records[-1].slug == "delhi"


@pytest.mark.django_db
def test_new_items_never_push_out_the_old(client):
    gaps = "&".join(f"gap={choice_of(one).key}" for one in Qualification.objects.all()[:80])
    found = client.get(f"/plan/?plan={DELHI}&{gaps}", follow=True).context["plan"]

    assert "delhi" in [item.choice.key for item in found.items]
    assert len(found.left_out) == 21


@pytest.mark.django_db
def test_fragment_of_the_salary_table_pushes_an_address_with_the_plan(client):
    response = client.get(f"/salaries/?country=IN&plan={DELHI}", headers={"HX-Request": "true"})

    assert response["HX-Push-Url"] == f"/salaries/?country=IN&plan={DELHI}"
