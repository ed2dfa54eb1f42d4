"""Roles side by side: which are asked for, and what each row says of them."""

import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.comparison import CareerComparison
from careers.models import Career, Setting
from careers.tables import NOT_RESEARCHED
from careers.tests.grids import columns, differing, lead_to_statements, rows, verdicts
from careers.tests.records import asks, cite, does, newcomer
from salaries.models import SalaryFigure

pytestmark = pytest.mark.django_db

COMPARE = "/careers/compare/"
DIRECTOR, CHIEF, VICE = "medical-director", "chief-medical-officer", "vice-president-medical-affairs"
CHAIR, SERVICE, EXECUTIVE = "department-chair", "service-line-medical-director", "hospital-chief-executive"
SIX = [DIRECTOR, CHIEF, VICE, CHAIR, SERVICE, EXECUTIVE]
NO_FIGURE = "no figure published here"
NO_STAGE = "not a post of this stage, or not researched"


def query_of(*slugs):
    return urlencode([("career", slug) for slug in slugs])


def comparison(query):
    return CareerComparison(QueryDict(query))


def page(client, query):
    return client.get(f"{COMPARE}?{query}").content.decode()


@pytest.fixture
def pair():
    """Two careers with nothing but a summary, and the query that compares them."""
    return newcomer(), newcomer("clerk", summary="Writes it down."), query_of("coroner", "clerk")


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", []),
        (query_of(DIRECTOR), [DIRECTOR]),
        (query_of(DIRECTOR, CHIEF), [DIRECTOR, CHIEF]),
        (query_of(EXECUTIVE, CHIEF, DIRECTOR), [EXECUTIVE, CHIEF, DIRECTOR]),
        (query_of(SERVICE, CHAIR, VICE, CHIEF), [SERVICE, CHAIR, VICE, CHIEF]),
        (query_of(DIRECTOR, DIRECTOR, CHIEF, DIRECTOR), [DIRECTOR, CHIEF]),
        (query_of(DIRECTOR, "", CHIEF), [DIRECTOR, CHIEF]),
        (query_of(DIRECTOR, "nobody", CHIEF), [DIRECTOR, CHIEF]),
        (query_of(*reversed(SIX)), [EXECUTIVE, SERVICE, CHAIR, VICE]),
    ],
)
def test_careers_in_the_order_of_the_address(query, slugs, client):
    careers = [Career.objects.get(slug=slug) for slug in slugs]

    assert comparison(query).careers == careers
    if len(slugs) > 1:
        content = page(client, query)
        told = rows(content)["The role", "In short"]
        assert columns(content) == ["Aspect", *(career.title for career in careers)]
        assert all(cell.startswith(career.summary) for cell, career in zip(told, careers, strict=True))


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        (query_of(DIRECTOR, CHIEF), ""),
        (query_of(DIRECTOR, DIRECTOR, DIRECTOR, DIRECTOR, DIRECTOR), ""),
        (query_of(DIRECTOR, "nobody", CHIEF), "“nobody”: no career here, so ignored."),
        (query_of(DIRECTOR, "Medical director"), "“Medical director”: no career here, so ignored."),
        (
            query_of(DIRECTOR, CHIEF, VICE, CHAIR, SERVICE),
            "At most four careers fit side by side. Left out: Service-line medical director.",
        ),
        (
            query_of("x", *SIX),
            "“x”: no career here, so ignored. At most four careers fit side by side. "
            "Left out: Service-line medical director and Hospital chief executive.",
        ),
        (query_of(DIRECTOR, "a\0b"), "“ab”: no career here, so ignored."),
        (query_of(DIRECTOR, "<b>"), "“<b>”: no career here, so ignored."),
    ],
)
def test_problems_are_named(query, problem, client):
    response = client.get(f"{COMPARE}?{query}")

    assert response.status_code == 200
    assert comparison(query).problems == ({"career": problem} if problem else {})
    assert ("Part of the address was ignored" in response.content.decode()) == bool(problem)
    assert escape(problem) in response.content.decode()


def test_career_left_out_has_no_column(client):
    content = page(client, query_of(*SIX))

    assert len(columns(content)) == 5
    assert all(len(cells) == 4 for cells in rows(content).values())


@pytest.mark.parametrize("slugs", [[], [CHIEF], ["nobody"], [CHIEF, CHIEF], [CHIEF, "nobody"]])
def test_fewer_than_two_careers_offer_the_choice(slugs, client):
    content = page(client, query_of(*slugs))
    offered = re.findall(r'type="checkbox" name="career" value="([^"]+)"( checked)?', content)

    assert "<table" not in content
    assert {slug for slug, _ in offered} == set(Career.objects.values_list("slug", flat=True))
    assert [slug for slug, checked in offered if checked] == ([CHIEF] if CHIEF in slugs else [])


def test_choice_says_how_many_more_are_needed(client):
    assert "Tick two to four careers." in page(client, "")
    assert "Chief medical officer alone is no comparison." in page(client, query_of(CHIEF))


def test_career_can_be_taken_out_and_another_added(client):
    content = page(client, query_of(CHIEF, DIRECTOR, VICE))

    assert f'href="?{escape(query_of(CHIEF, VICE))}"' in content
    assert re.findall(r'type="hidden" name="career" value="([^"]+)"', content) == [CHIEF, DIRECTOR, VICE]
    assert re.findall(r'<option value="([^"]+)"', content) == [CHAIR, SERVICE, EXECUTIVE]


def test_four_careers_are_full(client):
    assert "Add a career" not in page(client, query_of(*SIX[:4]))


def test_duties_stand_by_area_with_what_is_known_of_each(pair, client):
    career, other, query = pair
    does(career, "audit", area="quality")
    does(career, "plan", area="strategy")
    does(other, "file", area="quality")
    content = page(client, query)
    found = rows(content)

    assert found["Duties", "Strategy"] == ["Plan", NOT_RESEARCHED]
    assert found["Duties", "Quality and safety"] == ["Audit", "File"]
    assert [label for group, label in found if group == "Duties"] == ["Quality and safety", "Strategy"]
    assert verdicts(content)["Strategy"] == "Known for Coroner only"
    assert differing(content) == []  # duties are told in free words: other words need not mean other work


def test_difference_in_what_is_asked_stands_out(pair, client):
    career, other, query = pair
    asks(career, "license", "required", kind="license")
    asks(other, "permit", "helpful", kind="license")
    asks(career, "degree", "usual", kind="degree")
    asks(other, "diploma", "usual", kind="degree")
    asks(other, "years", "required", kind="experience")
    content = page(client, query)
    found = {label: cells for (group, label), cells in rows(content).items() if group == "How strongly it asks"}

    assert found == {
        "Degree": ["Usually asked Degree", "Usually asked Diploma"],
        "License": ["Required License", "Helpful Permit"],
        "Experience": [NOT_RESEARCHED, "Required Years"],
    }
    assert differing(content) == ["License"]
    told = verdicts(content)
    assert [told[label] for label in found] == ["The same", "Differs", "Known for Clerk only"]


def test_requirements_stand_by_necessity(pair, client):
    career, other, query = pair
    asks(career, "license", "required", kind="license", country_id="US")
    asks(other, "license", "helpful", kind="license")
    asks(other, "patience", "required", kind="trait")
    found = rows(page(client, query))

    assert found["What it asks", "Required"] == ["License License, United States only", NOT_RESEARCHED]
    assert found["What it asks", "Helpful"] == [NOT_RESEARCHED, "License License"]
    assert found["What it asks", "Usually asked"] == found["What it asks", "Disputed"] == [NOT_RESEARCHED] * 2
    assert found["What it asks", "Skills and traits"] == [NOT_RESEARCHED, "Patience Trait or interest"]


def test_stages_say_where_they_lead(pair, client):
    career, other, query = pair
    stage = career.stages.create(stage="senior", title="Lead", does="Leads.")
    stage.next_careers.set(Career.objects.filter(slug__in=["clerk", DIRECTOR]))
    other.stages.create(stage="early", title="Begin", does="Begins.")
    found = rows(page(client, query))

    assert found["Career stages", "Early career"] == [NO_STAGE, "Begin"]
    assert found["Career stages", "Mid-career"] == [NO_STAGE, NO_STAGE]
    told, unknown = found["Career stages", "Senior career"]
    assert re.fullmatch("Lead leads to (Clerk and Medical director|Medical director and Clerk)", told)
    assert unknown == NO_STAGE


def test_settings_have_a_row_each(pair, client):
    career, _, query = pair
    part = career.career_settings.create(setting=Setting.objects.get(slug="insurer"), work="Reads claims.")
    content = page(client, query)
    found = {label: cells for (group, label), cells in rows(content).items() if group == "Settings"}

    assert list(found) == list(Setting.objects.values_list("name", flat=True))
    assert found.pop("Insurer or health plan") == ["What it is there", NOT_RESEARCHED]
    assert {cell for cells in found.values() for cell in cells} == {NOT_RESEARCHED}
    assert f'href="{part.get_absolute_url()}"' in content


def test_role_is_told_in_short_and_against_the_director(pair, client):
    career, _, _ = pair
    Career.objects.filter(slug="clerk").update(differs="Has no patients.")
    found = rows(page(client, query_of(DIRECTOR, "coroner", "clerk")))

    assert found["The role", "In short"][1].startswith(career.summary)
    assert found["The role", "Against a medical director"] == [
        "The one that the others are set against.",
        NOT_RESEARCHED,
        "Has no patients.",
    ]


def test_pay_shows_each_median_of_the_title_as_printed(pair, client):
    """Figures of a wider class do not describe the role, and a doubted one says so."""
    career, other, query = pair
    austin, delhi, shanghai = (
        SalaryFigure.objects.for_role(DIRECTOR).get(area__slug=slug) for slug in ("austin", "delhi", "shanghai")
    )
    wider = SalaryFigure.objects.exclude(population=austin.population_id).first()
    SalaryFigure.objects.filter(pk__in=[austin.pk, shanghai.pk]).update(career=career)
    SalaryFigure.objects.filter(pk=wider.pk).update(career=other)
    SalaryFigure.objects.filter(pk=delhi.pk).update(career=other, amount=None, withheld="not-released")
    content = page(client, query)
    told, unknown = rows(content)["Pay", "Medians as printed"]

    assert re.fullmatch(r"Austin: USD 397,000 .*Shanghai: CNY [\d,]+ Not ranked", told)
    assert unknown == NO_FIGURE
    assert all(f'href="{one.get_absolute_url()}"' in content for one in (austin, shanghai))
    assert wider.get_absolute_url() not in content


def test_pay_that_nobody_publishes_is_told(pair, client):
    content = page(client, pair[2])

    assert rows(content)["Pay", "Medians as printed"] == [NO_FIGURE] * 2


def test_cell_without_anything_is_never_blank(client):
    for slugs in (SIX[:4], SIX[2:]):
        found = rows(page(client, query_of(*slugs)))
        assert len(found) > 10
        for label, cells in found.items():
            assert len(cells) == 4 and all(cells), label


def test_careers_with_summaries_alone_have_no_blank_cell(pair, client):
    found = rows(page(client, pair[2]))

    assert found and all(cell for cells in found.values() for cell in cells)


def test_lines_lead_to_the_statements_on_the_profiles(client):
    assert lead_to_statements(client, page(client, query_of(DIRECTOR, EXECUTIVE)))


@pytest.mark.parametrize("count", [2, 3, 4])
def test_table_takes_as_many_queries_however_much_it_holds(count, client, django_assert_num_queries):
    for number, slug in enumerate(SIX[:count]):
        career = Career.objects.get(slug=slug)
        for place in Setting.objects.all():
            cite(does(career, f"d-{place.slug}", settings=[place.slug], country_id="US"), f"law-{number}")
            asks(career, f"q-{place.slug}", settings=[place.slug], country_id="DE")
            career.career_settings.get_or_create(setting=place, defaults={"work": "Works."})
        for stage in ("early", "mid", "senior"):
            found, _ = career.stages.get_or_create(stage=stage, defaults={"title": "A stage", "does": "Works."})
            found.next_careers.set(Career.objects.all())

    with django_assert_num_queries(14):
        assert len(columns(page(client, query_of(*SIX[:count])))) == count + 1


SLUGS = st.lists(st.sampled_from(SIX) | st.text(max_size=10), max_size=7)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(slugs=SLUGS)
def test_any_careers_are_answered(slugs, client):
    response = client.get(COMPARE, {"career": [slug.encode(errors="replace").decode() for slug in slugs]})
    known = list(dict.fromkeys(slug for slug in slugs if slug in SIX))

    assert response.status_code == 200
    assert [career.slug for career in response.context["comparison"].careers] == known[:4]
    assert not response.cookies
