"""How many bytes pages send, packed as servers pack them, and in how many requests."""

import re

import pytest

from tests.weights import files_of, packed, static_file

pytestmark = pytest.mark.django_db

KB = 1000
LISTS = [
    "/",
    "/careers/",
    "/careers/compare/?career=medical-director&career=department-chair",
    "/careers/medical-director/settings/",
    "/careers/medical-director/readiness/",
    "/changes/",
    "/credentials/",
    "/disagreements/",
    "/known-issues/",
    "/method/",
    "/reading/",
    "/salaries/",
    "/salaries/?population=29-1229&population=11-9111",
    "/salaries/?population=29-1229&population=11-9111&basis=converted",
    "/search/?q=medical",
    "/sources/",
    "/sources/?page=2",
]
PROFILES = ["chief-medical-officer", "department-chair", "hospital-chief-executive", "vice-president-medical-affairs"]
LONGEST = 52 * KB  # of the profile of the medical director: the words of its statements alone are 29 KB


@pytest.mark.parametrize("address", LISTS)
def test_list_is_light(address, client):
    assert packed(client.get(address).content) < 20 * KB


@pytest.mark.parametrize("slug", PROFILES)
def test_profile_is_light(slug, client):
    assert packed(client.get(f"/careers/{slug}/").content) < 30 * KB


def test_longest_profile_grows_no_further(client):
    assert packed(client.get("/careers/medical-director/").content) < LONGEST


@pytest.mark.parametrize("address", ["/", "/salaries/", "/careers/chief-medical-officer/", "/reading/"])
def test_first_visit_is_light_and_takes_few_requests(address, client):
    page = client.get(address).content
    files = files_of(page.decode())

    assert "css/site.css" in files
    assert 1 + len(files) <= 5
    assert packed(page) + sum(packed(static_file(name)) for name in files) <= 40 * 1024


def test_stylesheet_is_light_and_holds_the_cascade_in_its_order(client):
    css = static_file("css/site.css").decode()
    blocks = [":root", ".skip-link", ".table", ".visually-hidden", "@media print {\n/* Paper"]

    assert packed(css.encode()) < 12 * KB
    assert [css.index(one) for one in blocks] == sorted(css.index(one) for one in blocks)


def test_script_is_light_and_deferred(client):
    scripts = re.findall(r"<script src[^>]*>", client.get("/salaries/").content.decode())

    assert len(scripts) == 1 and " defer" in scripts[0]
    assert packed(static_file(files_of(scripts[0])[0])) < 25 * KB
