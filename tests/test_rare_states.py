"""Content as an editor may leave it: what may be empty is empty, what may be withheld is, and texts hold markup.

Every page that shows it still answers, says nothing of Python's None, and escapes each text once.
"""

import functools
import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.db import IntegrityError, models, transaction
from django.template import engines

from careers.choices import Necessity
from careers.models import (
    AlternativeTitle,
    Career,
    CareerSetting,
    CareerStage,
    Country,
    Credential,
    CredentialFact,
    Duty,
    Passage,
    Qualification,
    Question,
    RelatedCareer,
    Setting,
)
from editorial.choices import ReportState
from editorial.models import CLOSED_STATES, Report
from editorial.status import Status
from readinglist.models import Course, ListEntry, ReadingList, Work
from salaries.choices import Period, Withheld
from salaries.models import Acceptance, Area, CityAlias, ExchangeRate, Finding, PriceLevel, SalaryFigure
from salaries.populations import PopulationDescribed
from sources.choices import Confidence
from sources.models import Citation, Disagreement, Side, Source
from tests.pages import DIRECTOR, ONE_OF_EACH, READINESS

pytestmark = pytest.mark.django_db

MARKUP = """O'Neil & "Sons" <b>bold</b> {{ 7 }}"""
DELHI = "medical-director-delhi-opencourser"
PROFILE = [DIRECTOR, f"{DIRECTOR}?setting=insurer&country=DE", f"{DIRECTOR}settings/"]
ROLES = ["/careers/", "/careers/compare/?career=medical-director&career=department-chair", "/search/?q=director"]
CHECK = [f"{READINESS}?q-license=no&q-medical-degree=no&q-management-degree=no", f"{READINESS}?country=DE"]
CREDENTIALS = ["/credentials/", "/credentials/cmd/", "/search/?q=cmd"]
READING = ["/reading/", "/reading/kotter-leading-change/", "/reading/patient-safety-vii/", "/search/?q=change"]
SOURCES = ["/sources/", "/sources/md-survey-2011/", "/disagreements/", "/salaries/part-time/"]
TABLES = ["/salaries/?country=IN", "/salaries/?country=IN&basis=converted", "/salaries/?country=IN&basis=ppp"]
PLACES = ["/salaries/cities/delhi/", "/salaries/cities/united-kingdom/", "/salaries/compare/?city=delhi&city=london"]
FIGURE = [f"/salaries/figures/{DELHI}/", *TABLES, *PLACES, "/plan/?city=delhi", "/known-issues/"]
OF_DELHI = [*FIGURE[:5], "/salaries/compare/?city=delhi&city=london", "/plan/?city=delhi"]
PLAN = f"/plan/?{ONE_OF_EACH}"

# Models, and where readers see their records.
GROUPS = {
    "profiles": (
        [Career, AlternativeTitle, CareerSetting, CareerStage, RelatedCareer, Duty, Qualification, Passage, Question],
        [*PROFILE, *ROLES, *CHECK, PLAN, "/credentials/cmd/"],
    ),
    "credentials": ([Credential, CredentialFact], [*CREDENTIALS, *CHECK, DIRECTOR, PLAN, "/"]),
    "reading": ([Work, Course, ReadingList, ListEntry], [*READING, CHECK[0], PLAN, DIRECTOR, "/"]),
    "sources": ([Source, Citation], [*SOURCES, *PROFILE, *CHECK, *CREDENTIALS, *READING, *FIGURE]),
    "disagreements": ([Disagreement, Side], ["/disagreements/", DIRECTOR, *CHECK, "/search/?q=physician"]),
    "figures": ([SalaryFigure, Acceptance], [*FIGURE, DIRECTOR, "/"]),
    "places": (
        [Area, CityAlias, Country, Setting, PopulationDescribed],
        [*FIGURE, *PROFILE, *CHECK, "/credentials/cmd/", "/salaries/?population=1171", "/search/?q=delhi", "/"],
    ),
}

# Of models with thousands of records, those that these pages show.
SHOWN = {SalaryFigure: {"area__country__in": ["IN", "GB"]}, Area: {"country__in": ["IN", "GB"]}}
OF_A_FORM = {"slug", "code", "currency", "language", "url", "published", "as_of", "isbn13", "doi", "timezone"}


@functools.cache
def prints_only_text():
    """The templates, compiled so that a None or a method that would be printed is an error."""

    def text(value):
        assert value is not None, "a page would print None"
        assert not callable(value) or hasattr(value, "__html__"), f"a page would print {value!r}"
        return value

    return engines["jinja2"].env.overlay(finalize=text)


@pytest.fixture
def read(client, monkeypatch):
    """What a reader gets at an address."""
    monkeypatch.setattr(engines["jinja2"], "env", prints_only_text())

    def page(address):
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        return response.content.decode()

    return page


def write(model, **values):
    """Whether all shown records of a model may have these values: without the forms, as only the database refuses."""
    try:
        with transaction.atomic():
            return model.objects.filter(**SHOWN.get(model, {})).update(**values)
    except IntegrityError:
        return 0


def empty(field):
    return None if field.null or not field.empty_strings_allowed else ""


@pytest.mark.parametrize(("kinds", "addresses"), GROUPS.values(), ids=GROUPS)
def test_pages_stand_without_what_may_be_empty(read, kinds, addresses):
    fields = [(model, field) for model in kinds for field in model._meta.fields if field.null or field.blank]
    emptied = [write(model, **{field.attname: empty(field)}) for model, field in fields if not field.primary_key]

    assert any(emptied)
    for address in addresses:
        read(address)


@pytest.mark.parametrize(("kinds", "addresses"), GROUPS.values(), ids=GROUPS)
def test_text_is_escaped_once_wherever_it_stands(read, kinds, addresses):
    texts = [(model, field) for model in kinds for field in model._meta.fields if is_free_text(field)]
    for model, field in texts:
        write(model, **{field.attname: MARKUP[: field.max_length]})

    pages = [read(address) for address in addresses]

    assert any("&lt;b&gt;bold" in page for page in pages)
    for page, address in zip(pages, addresses, strict=True):
        assert "<b>bold" not in page, address
        assert not re.search(r"&amp;(lt|gt|amp|quot|#39|#34|#x27);", page), address


def is_free_text(field):
    kinds = (models.CharField, models.TextField)
    return isinstance(field, kinds) and not field.choices and not field.unique and field.name not in OF_A_FORM


@pytest.mark.parametrize("withheld", Withheld)
@pytest.mark.parametrize("known", [(1000, None), (None, 9_000_000)])
def test_median_that_is_withheld_and_percentiles_that_are_not(read, withheld, known):
    bound = Decimal("900000.50") if withheld == Withheld.AT_LEAST else None
    p10, p90 = known
    delhi(amount=None, withheld=withheld, at_least=bound, p10=p10, p25=None, p75=None, p90=p90)

    for address in OF_DELHI:
        words = "at or above INR 900,000.50" if bound else "not released"
        assert words in text_of(read(address)), address


@pytest.mark.parametrize(("confidence", "period"), list(zip(Confidence, Period, strict=True)))
def test_figure_of_every_confidence_and_period(read, confidence, period):
    delhi(confidence=confidence, period=period, currency_certain=False, as_of="")
    Finding.objects.filter(figure__slug=DELHI).delete()

    for address in OF_DELHI[:-1]:
        assert confidence.label in text_of(read(address)), address


@pytest.mark.parametrize("period", [Period.MONTH, Period.HOUR])
def test_city_whose_only_figure_is_in_foreign_money(read, period):
    """There is no axis to take the currency from."""
    delhi(currency="USD", amount=10, period=period)

    page = text_of(read("/salaries/cities/delhi/"))

    assert re.search(r"USD 10 an? (month|hour); INR [\d,]+ read as a year", page)
    assert "not drawn" in page


def test_two_figures_of_a_place_keep_their_words_apart(read):
    first = SalaryFigure.objects.get(slug=DELHI)
    other = Source.objects.exclude(pk=first.source_id)[0]
    SalaryFigure.objects.create(**facts_of(first), slug="delhi-again", source=other)

    page = text_of(read("/salaries/compare/?city=delhi&city=london"))

    assert page.count(other.publisher) > 3
    assert not re.search(rf"\w({first.source.publisher}|{other.publisher})", page)


def test_why_a_figure_is_not_drawn_ends_before_the_link(read):
    page = text_of(read("/salaries/compare/?city=alabama-us&city=delhi"))

    assert re.search(r"at or above USD 239,200\. where from", page)


@pytest.mark.parametrize("address", CHECK)
def test_disputed_requirement_without_its_disagreement(read, address):
    """Forms ask for one; content older than disagreements has none."""
    physicians = Qualification.objects.filter(career__slug="medical-director", physician_only=True)
    physicians.update(necessity=Necessity.DISPUTED, disagreement=None)

    assert "Disputed" in text_of(read(address))


@pytest.mark.parametrize("model", [Career, Credential, Work, Course, ReadingList, SalaryFigure])
@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_lists_stand_without_what_is_not_published(read, model, status):
    because = MARKUP if status == Status.WITHDRAWN else ""
    model.objects.exclude(slug="medical-director").update(status=status, withdrawn_because=because)

    for address in [DIRECTOR, CHECK[0], f"/plan/?{ONE_OF_EACH}", "/", "/reading/", "/credentials/", *TABLES[:2]]:
        assert "<b>bold" not in read(address)


@pytest.mark.parametrize("state", ReportState)
def test_report_in_every_state(read, state):
    closed = state in CLOSED_STATES
    Report.objects.create(
        slug="one",
        about="//elsewhere.example/",
        name=MARKUP,
        said=f"{MARKUP}\n\nA second paragraph.",
        reported_on=date(2026, 11, 1),
        state=state,
        answer=MARKUP if closed else "",
        closed_on=date(2026, 11, 2) if closed else None,
    )

    page = read("/known-issues/?report=one")

    assert f"{MARKUP} {state.label} reported on November 1, 2026" in text_of(page)
    assert page.count("&lt;b&gt;bold") == (3 if closed else 2)
    assert "elsewhere.example" not in page


@pytest.mark.parametrize("basis", ["converted", "ppp"])
def test_no_rates_and_no_price_levels(read, basis):
    ExchangeRate.objects.all().delete()
    PriceLevel.objects.all().delete()

    kind = "exchange rates" if basis == "converted" else "price levels"
    assert f"No {kind} are on record" in text_of(read(f"/salaries/?basis={basis}"))
    assert "no rates are on record" in text_of(read("/salaries/compare/?city=delhi&city=london"))


def delhi(**values):
    SalaryFigure.objects.filter(slug=DELHI).update(**values)


def facts_of(figure):
    names = ("career", "area", "population", "amount", "currency", "period", "basis", "as_printed", "city_as_printed")
    return {name: getattr(figure, name) for name in names}


def text_of(page):
    """What a browser shows: the words, without what is between angle brackets."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page)).replace("\N{NO-BREAK SPACE}", " ").split())
