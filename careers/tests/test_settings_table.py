"""One career across its settings: no cell is blank, and each row says how far the settings differ."""

import re

import pytest
from django.http import QueryDict
from django.utils.html import escape

from careers.models import Career, Setting
from careers.settings_table import EVERYWHERE, SettingsTable
from careers.tables import NOT_RESEARCHED
from careers.tests.grids import columns, differing, lead_to_statements, rows, verdicts
from careers.tests.records import asks, credential, does, newcomer, says

pytestmark = pytest.mark.django_db

NAMES = {
    "hospital": "Hospital",
    "clinic": "Clinic or private practice",
    "pharmaceutical": "Pharmaceutical company",
    "insurer": "Insurer or health plan",
    "nursing-facility": "Skilled nursing facility",
}


def table(career, query=""):
    return SettingsTable(career, QueryDict(query))


def page(client, career, query=""):
    return client.get(f"{career.get_absolute_url()}settings/?{query}").content.decode()


def in_settings(cells):
    """{slug of a setting: words of its cell} of a row of all settings; "" for what holds everywhere."""
    return dict(zip([EVERYWHERE, *NAMES], cells, strict=True))


def test_no_cell_is_blank(client):
    careers = list(Career.objects.all())
    assert careers
    for career in careers:
        found = rows(page(client, career))
        assert len(found) > 5
        for label, cells in found.items():
            assert len(cells) == len(NAMES) + 1, (career, label)
            assert all(cells), (career, label)


def test_cell_without_anything_says_that_it_is_not_researched(client):
    """In each row of each career: words where there is an entry, the fixed words where there is none."""
    for career in Career.objects.all():
        found = rows(page(client, career))
        for group in table(career).groups:
            for row in group.rows:
                told = dict(zip([name for name, _ in row.cells], found[group.heading, row.label], strict=True))
                for name, entries in row.cells:
                    assert (told[name] == NOT_RESEARCHED) == (not entries), (career, row.label, name)


def test_career_with_summary_alone_has_no_blank_cell(client):
    found = rows(page(client, newcomer()))

    assert set(found["The work", "What it is there"][1:]) == {NOT_RESEARCHED}
    for row in [("What it asks", "Required"), ("Credentials", "Certificates"), ("Pay", "How it is paid")]:
        assert found[row] == [NOT_RESEARCHED] * 6
    assert all(cell for cells in found.values() for cell in cells)


def test_cells_not_researched_are_counted_on_the_page(client):
    career = newcomer()
    does(career, "audit", settings=["hospital", "insurer"])
    content = page(client, career)
    cells = [cell for found in rows(content).values() for cell in found]

    assert f"{cells.count(NOT_RESEARCHED)} of {len(cells)} cells" in content
    assert 0 < cells.count(NOT_RESEARCHED) < len(cells)


def test_statement_stands_in_the_settings_it_names(client):
    career = newcomer()
    does(career, "audit", settings=["hospital", "insurer"])
    does(career, "teach")
    cells = in_settings(rows(page(client, career))["Duties", "Quality and safety"])

    assert cells == {
        EVERYWHERE: "Teach",
        "hospital": "Audit",
        "insurer": "Audit",
        "clinic": NOT_RESEARCHED,
        "pharmaceutical": NOT_RESEARCHED,
        "nursing-facility": NOT_RESEARCHED,
    }


def test_area_without_a_duty_has_no_row(client):
    career = newcomer()
    does(career, "audit", area="quality")
    found = rows(page(client, career))

    assert [label for group, label in found if group == "Duties"] == ["Quality and safety"]


def test_requirements_stand_by_necessity_and_skills_apart(client):
    career = newcomer()
    asks(career, "license", "required", ["clinic"], kind="license", country_id="US")
    asks(career, "patience", "required", ["clinic"], kind="trait")
    asks(career, "audits", "helpful", ["insurer"])
    found = rows(page(client, career))

    assert [label for group, label in found if group == "What it asks"] == [
        "Required",
        "Usually asked",
        "Helpful",
        "Disputed",
        "Skills and traits",
    ]
    assert in_settings(found["What it asks", "Required"])["clinic"] == "License License, United States only"
    assert in_settings(found["What it asks", "Skills and traits"])["clinic"] == "Patience Trait or interest"
    assert in_settings(found["What it asks", "Helpful"])["insurer"] == "Audits Experience"


def test_work_of_a_setting_is_told_and_leads_to_its_sources(client):
    career = newcomer()
    part = career.career_settings.create(setting=Setting.objects.get(slug="insurer"), work="You read *claims*.")
    content = page(client, career)
    cells = in_settings(rows(content)["The work", "What it is there"])

    assert cells["insurer"].startswith("You read claims .")
    assert cells[EVERYWHERE] == career.summary
    assert f'href="{part.get_absolute_url()}"' in content


def test_credentials_are_those_that_the_career_asks_for(client):
    career = newcomer()
    xyl, other = credential("xyl"), credential("abc")
    xyl.settings.set(Setting.objects.filter(slug="insurer"))
    asks(career, "xyl", credential=xyl)
    asks(newcomer("clerk"), "abc", credential=other)
    content = page(client, career)
    cells = in_settings(rows(content)["Credentials", "Certificates"])

    assert cells["insurer"] == "Certified xyl (XYL) Board of xylophones"
    assert {cell for slug, cell in cells.items() if slug} == {cells["insurer"], NOT_RESEARCHED}
    assert 'href="/credentials/xyl/"' in content
    assert "ABC" not in content


def test_pay_notes_stand_in_their_settings(client):
    career = newcomer()
    note = says(career, "by-the-hour", "pay", ["nursing-facility"], country_id="US")
    says(career, "a-tip", "tip", ["nursing-facility"])
    content = page(client, career)
    cells = in_settings(rows(content)["Pay", "How it is paid"])

    assert cells["nursing-facility"] == "By-the-hour United States only"
    assert f'href="{note.get_absolute_url()}"' in content


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", list(NAMES)),
        ("setting=", list(NAMES)),
        ("setting=insurer", ["insurer"]),
        ("setting=insurer&setting=hospital", ["hospital", "insurer"]),
        ("setting=clinic&setting=clinic", ["clinic"]),
        ("&".join(f"setting={slug}" for slug in NAMES), list(NAMES)),
    ],
)
def test_chosen_columns(query, slugs, client):
    content = page(client, newcomer(), query)

    assert table(newcomer("clerk"), query).problems == {}
    assert columns(content)[2:] == [NAMES[slug] for slug in slugs]
    assert all(len(cells) == len(slugs) + 1 for cells in rows(content).values())
    assert re.findall(r'name="setting" value="([^"]+)" checked', content) == slugs


@pytest.mark.parametrize(
    ("query", "slugs", "problem"),
    [
        ("setting=moon", list(NAMES), "“moon”: no setting here, so ignored."),
        ("setting=moon&setting=insurer&setting=sun", ["insurer"], "“moon”, “sun”: no setting here, so ignored."),
        ("setting=a%00b", list(NAMES), "“ab”: no setting here, so ignored."),
        ("setting=<b>", list(NAMES), "“<b>”: no setting here, so ignored."),
    ],
)
def test_unknown_setting_is_named_and_ignored(query, slugs, problem, client):
    career = newcomer()
    response = client.get(f"/careers/coroner/settings/?{query}")

    assert response.status_code == 200
    assert table(career, query).problems == {"setting": problem}
    assert escape(problem) in response.content.decode()
    assert columns(response.content.decode())[2:] == [NAMES[slug] for slug in slugs]


def test_verdict_speaks_of_the_chosen_columns_alone(client):
    career = newcomer()
    asks(career, "license", "required", ["hospital"], kind="license")
    asks(career, "permit", "helpful", ["insurer"], kind="license")
    everywhere, chosen = page(client, career), page(client, career, "setting=hospital&setting=insurer")
    alone = page(client, career, "setting=hospital&setting=clinic")

    assert verdicts(everywhere)["License"] == "Differs, known for 2 of 5"
    assert verdicts(chosen)["License"] == "Differs"
    assert verdicts(alone)["License"] == "Known for Hospital only"
    assert [differing(one) for one in (everywhere, chosen, alone)] == [["License"], ["License"], []]


def test_strength_is_that_of_the_strongest_requirement_of_a_kind(client):
    """What holds everywhere holds in each setting as well; skills are of no formal kind."""
    career = newcomer()
    asks(career, "degree", "helpful", kind="degree", position=1)
    asks(career, "second-degree", "usual", ["insurer"], kind="degree", country_id="US", position=2)
    asks(career, "third-degree", "required", ["clinic"], kind="degree", position=3)
    asks(career, "fourth-degree", "disputed", ["clinic"], kind="degree", position=0)
    asks(career, "patience", "required", kind="trait")
    content = page(client, career)
    found = rows(content)

    assert in_settings(found["How strongly it asks", "Degree"]) == {
        EVERYWHERE: "Helpful Degree",
        "hospital": "Helpful Degree",
        "clinic": "Required Third-degree",
        "pharmaceutical": "Helpful Degree",
        "insurer": "Usually asked Second-degree, United States only",
        "nursing-facility": "Helpful Degree",
    }
    assert [label for group, label in found if group == "How strongly it asks"] == ["Degree"]
    assert verdicts(content)["Degree"] == "Differs"


@pytest.mark.parametrize("slug", ["medical-director", "chief-medical-officer", "hospital-chief-executive"])
def test_lines_lead_to_the_statements_on_the_profile(slug, client):
    assert lead_to_statements(client, page(client, Career.objects.get(slug=slug)))


def test_career_that_is_none_is_not_found(client):
    assert client.get("/careers/nobody/settings/").status_code == 404


def test_table_takes_as_many_queries_however_much_it_holds(client, django_assert_num_queries):
    career = Career.objects.get(slug="medical-director")
    with django_assert_num_queries(11):
        client.get("/careers/medical-director/settings/")

    for number in range(20):
        Setting.objects.create(slug=f"place-{number}", name=f"Place {number}")
        place, country = [f"place-{number}"], {"country_id": "US"}
        does(career, f"duty-{number}", settings=place, **country)
        asks(career, f"asked-{number}", settings=place, credential=credential(f"xyl-{number}"), **country)
        says(career, f"pay-{number}", "pay", place, **country)
        career.career_settings.create(setting=Setting.objects.get(slug=place[0]), work="Works.")

    with django_assert_num_queries(11):
        content = client.get("/careers/medical-director/settings/").content.decode()
    assert len(columns(content)) == len(NAMES) + 22
