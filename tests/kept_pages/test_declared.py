"""What the views say of their pages holds: no address without end is kept, and every page that can be kept is."""

import re

import pytest
from django.urls import resolve

from careerguide.kept_pages.declaring import KEEP, LIFE

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/careers/",
    "/careers/medical-director/",
    "/careers/medical-director/settings/",
    "/careers/medical-director/readiness/",
    "/careers/compare/",
    "/credentials/",
    "/credentials/cmd/",
    "/reading/",
    "/reading/lists/first-three/",
    "/salaries/",
    "/salaries/cities/delhi/",
    "/salaries/figures/medical-director-delhi-opencourser/",
    "/salaries/compare/",
    "/salaries/part-time/",
    "/known-issues/",
    "/disagreements/",
    "/sources/",
    "/sources/geonames/",
    "/method/",
    "/changes/",
    "/changes.atom",
    "/search/",
    "/sitemap.xml",
]
CHOICES = [(address, name) for address in PAGES for name in sorted(resolve(address).func.declared.choices)]
GOOD = ["/salaries/?city=delhi", "/salaries/?country=IN&ordering=-median&page=1", "/careers/?stage=mid"]
GOOD += ["/careers/medical-director/?setting=hospital&country=DE", "/known-issues/?severity=note&page=2"]
GOOD += ["/careers/compare/?career=medical-director&career=department-chair", "/reading/?level=advanced&free=1"]
GOOD += [
    "/salaries/compare/?city=delhi&city=london&currency=EUR",
    "/careers/medical-director/settings/?setting=hospital",
]
GOOD += ["/salaries/?population=11-9111&page=2", "/known-issues/?reports=1", "/changes/?page=1"]


@pytest.mark.parametrize("address", [*PAGES, *GOOD])
def test_page_may_be_kept(address, client):
    response = client.get(address)

    assert response.headers.get(KEEP) == "1"
    assert response.headers["Cache-Control"] == LIFE
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("value", ["rubbish", "999", "0", "-1", "\x00"])
@pytest.mark.parametrize(("address", "name"), CHOICES)
def test_value_that_a_page_does_not_know_is_not_kept(address, name, value, client):
    response = client.get(address, {name: value})

    assert response.status_code in (200, 404)
    assert KEEP not in response.headers


@pytest.mark.parametrize("value", ["01", "+1", "1.0", " 1", "%D9%A1"])
@pytest.mark.parametrize("address", ["/sitemap.xml?p=", "/salaries/?page=", "/changes/?page=", "/known-issues/?page="])
def test_other_spelling_of_a_number_is_not_kept(address, value, client):
    assert KEEP not in client.get(address + value).headers


@pytest.mark.parametrize(
    ("address", "name"), [*(pair for pair in CHOICES if pair != ("/sitemap.xml", "p")), ("/known-issues/", "report")]
)
def test_nothing_asked_for_is_the_page_without(address, name, client):
    """A copy is kept without parameters that are empty."""
    assert without_moment(client.get(f"{address}?{name}=")) == without_moment(client.get(address))


@pytest.mark.parametrize("address", ["/nothing/", "/careers/nobody/", "/sources/none/", "/favicon.ico", "/plan/"])
def test_other_answers_are_not_kept(address, client):
    assert KEEP not in client.get(address).headers


@pytest.mark.parametrize("address", [address for address in PAGES if not resolve(address).func.declared.alone])
def test_page_reads_no_parameter_that_it_does_not_declare(address, client):
    """Whatever a copy is asked for with, it is the page that is asked for without."""
    known = resolve(address).func.declared
    names = {name for page in PAGES for name in resolve(page).func.declared.choices | resolve(page).func.declared.free}
    unknown = sorted(names - known.choices - known.free)
    response = client.get(address, dict.fromkeys([*unknown, "utm_source", "q-license"], "hospital"))

    assert without_moment(response) == without_moment(client.get(address))


def without_moment(response):
    """An empty feed says when it was asked for."""
    return re.sub(rb"(?<=<updated>)[^<]+", b"", response.content)
