"""Which addresses a sweep of the whole site asks for, and an answer, parsed once."""

from xml.etree import ElementTree as ET

import html5lib

from careerguide.plan_address import Choice
from salaries.choices import AreaKind
from salaries.models import Area

UNLISTED = ["/search/", "/search/?q=care", "/search/?q=nowhere", "/gallery/"]
DIRECTOR = "/careers/medical-director/"
READINESS = f"{DIRECTOR}readiness/"
CMD = Choice("credential", "cmd").code
ONE_OF_EACH = (
    "stage=medical-director.mid&gap=medical-director.license&work=kotter-leading-change"
    "&course=patient-safety-vii&credential=cmd&city=delhi"
)
VARIANTS = [
    f"{DIRECTOR}?setting=nursing-facility&country=US",
    f"{DIRECTOR}?setting=insurer&country=DE",
    f"{DIRECTOR}?setting=moon&country=XX",
    f"{DIRECTOR}?plan={CMD}",
    "/careers/chief-medical-officer/?country=AU",
    f"{DIRECTOR}settings/?setting=hospital&setting=insurer",
    f"{DIRECTOR}settings/?setting=moon",
    f"{READINESS}?setting=hospital&country=US&q-license=no&q-medical-degree=have&q-management-degree=unsure",
    f"{READINESS}?q-license=have&plan={CMD}",
    f"{READINESS}?q-license=maybe&q-nothing=have&country=XX&setting=moon",
    "/careers/hospital-chief-executive/readiness/?country=GB&q-medical-degree=working",
    "/careers/compare/?career=medical-director",
    "/careers/compare/?career=medical-director&career=chief-medical-officer",
    "/careers/compare/?career=medical-director&career=department-chair&career=nobody"
    "&career=service-line-medical-director&career=hospital-chief-executive&career=chief-medical-officer",
    f"/credentials/?plan={CMD}",
    f"/credentials/cmd/?plan={CMD}",
    f"/disagreements/?plan={CMD}",
    f"/plan/?{ONE_OF_EACH}",
    "/plan/?work=nothing&gap=medical-director.nothing&city=delhi~zzz",
    f"/plan/?plan={CMD}-zzzzz",
    f"/plan/?plan={CMD}",
    "/plan/?plan=(not+a+plan)",
    "/reading/?stage=mid&plan=" + CMD,
    "/careers/?stage=early",
    "/careers/?q=zzzz",
    "/careers/?setting=moon",
    "/reading/?kind=book",
    "/reading/?q=zzzz",
    "/reading/?level=hard",
    "/salaries/?city=delhi&ordering=-median",
    "/salaries/?q=zzzz",
    "/salaries/?basis=converted&ordering=-median",
    "/salaries/?basis=ppp&population=11-9111&population=title&state=texas-us&page=2",
    "/salaries/compare/?city=delhi&city=bengaluru&city=london&city=new-york",
    "/salaries/compare/?city=delhi&city=nowhere",
    "/salaries/part-time/?salary=200000&share=80&hours=10&rate=abc",
    "/salaries/figures/oews-2025-29-1214-us-al/",
    "/known-issues/?rule=stale",
    "/known-issues/?severity=note&page=3",
    "/known-issues/?reports=1",
    "/known-issues/?report=none",
    "/changes/?kind=careers.duty&q=zzzz",
    "/changes/?record=salaries.salaryfigure:medical-director-delhi-opencourser",
    "/salaries/?min=abc&city=nowhere&currency=USD",
    "/search/?q=" + "a" * 101,
]


class Page:
    """One answer, parsed once; a tag left open or closed twice raises html5lib's ParseError."""

    def __init__(self, response):
        self.response = response
        self.text = response.content.decode()
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.tree = parser.parse(self.text)

    def all(self, tag):
        return list(self.tree.iter(tag))

    def values(self, name):
        """Every value of one attribute, wherever it stands."""
        return [element.get(name) for element in self.tree.iter() if element.get(name) is not None]

    def meta(self, name):
        return [one.get("content") for one in self.all("meta") if name in (one.get("name"), one.get("property"))]


def sitemap(client):
    found = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 (our own)
    return [element.text for element in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def canonical(client, address):
    """The address itself; of a plan, the spelling that it is redirected to, if any."""
    response = client.head(address) if address.startswith("/plan/?") else None
    if not response or response.status_code != 302:
        return address
    assert response["Location"].startswith("/plan/?")
    return response["Location"]


def alike():
    """Areas of official statistics beyond the first two of each kind: their pages differ in numbers alone."""
    for kind in set(AreaKind.values) - {AreaKind.CITY}:
        for area in Area.objects.filter(kind=kind)[2:]:
            yield area.get_absolute_url()
