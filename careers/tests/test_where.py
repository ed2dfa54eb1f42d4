"""The switch of setting and country: what it takes, what holds there, and what is left out."""

import re

import pytest
from django.utils.html import escape

from careers.models import Career, Country, Setting
from careers.profiles import Profile
from careers.tests.places import asked, page, where
from careers.tests.records import asks, cite, does, newcomer, says
from careers.where import Where, WhereForm
from salaries.tests.pages import words

pytestmark = pytest.mark.django_db

SETTINGS = ["hospital", "clinic", "pharmaceutical", "insurer", "nursing-facility"]


def statement(content, part):
    """The words under a part's anchor; empty if the page leaves it out."""
    found = re.search(rf'<li class="statement" id="{part.anchor}">.*?</li>', content, re.DOTALL)
    return words(found[0]) if found else ""


def left_out(content):
    """{summary: [names]} of the folded groups of what holds elsewhere."""
    groups = re.findall(r'<details class="elsewhere">\s*<summary>(.*?)</summary>(.*?)</details>', content, re.DOTALL)
    return {words(summary): [words(one) for one in re.findall(r"<li>.*?</li>", rest)] for summary, rest in groups}


@pytest.mark.parametrize(
    ("query", "setting", "country", "canonical"),
    [
        ("", None, None, ""),
        ("setting=&country=", None, None, ""),
        ("setting=hospital", "hospital", None, "setting=hospital"),
        ("country=DE", None, "DE", "country=DE"),
        ("country=DE&setting=insurer&page=2", "insurer", "DE", "setting=insurer&country=DE"),
        ("setting=clinic&setting=hospital", "hospital", None, "setting=hospital"),
    ],
)
def test_setting_and_country_are_chosen(query, setting, country, canonical):
    found = asked(query)

    assert found.problems == {}
    assert (found.where.setting and found.where.setting.slug) == setting
    assert (found.where.country and found.where.country.code) == country
    assert found.query == canonical


@pytest.mark.parametrize(
    ("query", "problems", "canonical"),
    [
        ("setting=moon", {"setting": "“moon” is no setting here, so it was ignored."}, ""),
        ("country=ZZ", {"country": "“ZZ” is no country here, so it was ignored."}, ""),
        ("country=de", {"country": "“de” is no country here, so it was ignored."}, ""),
        (
            "country=Germany&setting=hospital",
            {"country": "“Germany” is no country here, so it was ignored."},
            "setting=hospital",
        ),
        ("setting=a%00b&country=DE", {"setting": "“ab” is no setting here, so it was ignored."}, "country=DE"),
    ],
)
def test_wrong_value_is_named_and_ignored(query, problems, canonical, client):
    found = asked(query)
    response = client.get(f"/careers/medical-director/?{query}")

    assert found.problems == problems
    assert found.query == canonical
    assert response.status_code == 200
    for name, text in problems.items():
        assert f"<code>{name}</code>: {text}" in response.content.decode()
        assert f'id="{name}-problem">{text}</p>' in response.content.decode()


def test_wrong_value_leaves_the_other_choice_standing(client):
    """What the insurer does not do is left out although the country is none."""
    career = newcomer()
    duty = does(career, "ward-rounds", settings=["hospital"])
    content = page(client, career, "?setting=insurer&country=Atlantis")

    assert statement(content, duty) == ""
    assert '<option value="insurer" selected>' in content


def test_choices_of_one_form_are_not_those_of_another():
    hospital = Setting(slug="hospital", name="Hospital")
    one, other = WhereForm({}, [hospital], []), WhereForm({}, [], [])

    assert one.fields["setting"].choices == one.fields["setting"].widget.choices == [("hospital", "Hospital")]
    assert other.fields["setting"].widget.choices == WhereForm.base_fields["setting"].widget.choices == []


def test_settings_of_the_guide_and_countries_of_the_salaries_can_be_chosen():
    form = asked("").form
    with_salaries = Country.objects.filter(areas__isnull=False).values_list("code", flat=True)

    assert [slug for slug, _ in form.fields["setting"].choices] == SETTINGS
    assert {code for code, _ in form.fields["country"].choices} == {*with_salaries, "AU"}
    assert len(set(with_salaries)) == 9


@pytest.mark.parametrize(
    ("settings", "chosen", "holds"),
    [
        ([], "", True),
        ([], "hospital", True),
        (["hospital"], "", True),
        (["hospital"], "hospital", True),
        (["clinic", "hospital"], "hospital", True),
        (["clinic"], "hospital", False),
        (["clinic", "insurer"], "hospital", False),
    ],
)
@pytest.mark.parametrize("make", [does, asks, says])
def test_statement_holds_everywhere_or_in_the_settings_it_names(make, settings, chosen, holds):
    made = make(newcomer(), "one", settings=settings)

    assert where(setting=chosen).holds(made) == holds


@pytest.mark.parametrize(
    ("country", "chosen", "holds"),
    [
        (None, "", True),
        (None, "DE", True),
        ("US", "", True),
        ("US", "US", True),
        ("US", "DE", False),
        ("DE", "US", False),
    ],
)
@pytest.mark.parametrize("make", [does, asks, says])
def test_statement_is_general_or_belongs_to_a_country(make, country, chosen, holds):
    made = make(newcomer(), "one", country_id=country)

    assert where(country=chosen).holds(made) == holds


@pytest.mark.parametrize(
    ("settings", "country", "holds"),
    [
        (["hospital"], "US", True),
        (["hospital"], None, True),
        ([], "US", True),
        (["clinic"], "US", False),
        (["hospital"], "DE", False),
    ],
)
def test_setting_and_country_must_both_hold(settings, country, holds):
    made = asks(newcomer(), "one", settings=settings, country_id=country)

    assert where("hospital", "US").holds(made) == holds


def test_description_of_a_setting_holds_there_alone():
    career = newcomer()
    for slug in SETTINGS:
        career.career_settings.create(setting=Setting.objects.get(slug=slug), work="Works.")
    shown = Profile(career, where("insurer"))

    assert [one.setting.slug for one in shown.settings] == ["insurer"]
    assert {one.setting.slug for one in shown.left_out} == set(SETTINGS) - {"insurer"}


def test_what_names_no_place_holds_anywhere():
    career = newcomer()
    stage = career.stages.create(stage="early", title="Begin", does="Learns.")
    question = career.questions.create(slug="why", question="Why?", answer="Because.")

    assert all(where("insurer", "DE").holds(part) for part in (stage, question))


@pytest.mark.parametrize(
    "place", [{}, {"setting": "hospital"}, {"country": "DE"}, {"setting": "clinic", "country": "US"}]
)
@pytest.mark.parametrize("slug", ["medical-director", "hospital-chief-executive"])
def test_every_statement_is_shown_or_named_as_left_out(slug, place):
    career = Career.objects.get(slug=slug)
    shown = Profile(career, where(**place))
    parts = [*shown.settings, *shown.duties, *shown.qualifications, *shown.passages]
    named = [part for _, group in shown.elsewhere for part in group]
    stored = [*career.career_settings.all(), *career.duties.all(), *career.qualifications.all(), *career.passages.all()]

    assert sorted(part.anchor for part in parts + named) == sorted(part.anchor for part in stored)
    assert place or not named
    assert len(shown.statements) + len(shown.left_out) == len(Profile(career).statements)


def test_page_shows_what_holds_and_names_what_is_left_out(client):
    career = newcomer()
    general, at_home = asks(career, "general"), asks(career, "approbation", country_id="DE")
    american = asks(career, "hipaa", country_id="US", title="Know HIPAA & Medicare")
    british = does(career, "audit", country_id="GB")
    advice = says(career, "ward-advice", settings=["hospital"])
    content = page(client, career, "?setting=insurer&country=DE")

    assert statement(content, general) and statement(content, at_home)
    assert not any(statement(content, part) for part in (american, british, advice))
    assert left_out(content) == {
        "Only in the United Kingdom, left out here: 1 statement": ["Audit"],
        "Only in the United States, left out here: 1 statement": ["Know HIPAA & Medicare"],
        "Only in other settings, left out here: 1 statement": ["Ward-advice"],
    }
    assert f'<a href="{escape(american.get_absolute_url())}">' in content


def test_statement_of_another_country_and_setting_is_named_under_its_country():
    career = newcomer()
    asks(career, "hipaa", country_id="US", settings=["hospital"])
    asks(career, "medicare", country_id="US")
    groups = Profile(career, where("insurer", "DE")).elsewhere

    assert [(heading, [part.slug for part in parts]) for heading, parts in groups] == [
        ("Only in the United States", ["hipaa", "medicare"])
    ]


def test_nothing_is_left_out_without_a_choice(client):
    career = newcomer()
    asks(career, "hipaa", country_id="US", settings=["hospital"])
    content = page(client, career)

    assert left_out(content) == {}
    assert "Show everything" not in content
    assert "Show everything" in page(client, career, "?country=US")


@pytest.mark.parametrize(
    ("code", "mark"),
    [("US", "United States only"), ("GB", "United Kingdom only"), (None, "")],
)
@pytest.mark.parametrize("make", [does, asks, says])
def test_statement_of_one_country_bears_its_mark(make, code, mark, client):
    career = newcomer()
    made = make(career, "one", country_id=code)
    shown = statement(page(client, career), made)

    assert "One" in shown
    assert (mark in shown) if mark else (" only" not in shown)


def test_statement_of_one_setting_bears_its_mark(client):
    career = newcomer()
    made = does(career, "one", settings=["insurer", "clinic"])
    shown = statement(page(client, career), made)

    assert all(Setting.objects.get(slug=slug).name in shown for slug in ("insurer", "clinic"))
    assert Setting.objects.get(slug="hospital").name not in shown


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "?setting=insurer",
            "Shown for: Insurer or health plan, any country. 1 statement for other places is left",
        ),
        ("?country=DE", "Shown for: any setting, Germany."),
        ("?setting=insurer&country=US", "Shown for: Insurer or health plan, United States. 2 statements for other"),
    ],
)
def test_page_says_for_which_place_it_is_shown(query, told, client):
    career = newcomer()
    does(career, "rounds", settings=["hospital"])
    does(career, "audit", country_id="DE")

    assert told in words(page(client, career, query))


def test_ways_on_keep_the_place(client):
    content = page(client, newcomer(), "?setting=insurer&country=DE&page=3")

    assert '<a href="/careers/coroner/readiness/?setting=insurer&amp;country=DE">Am I ready?</a>' in content


def test_everything_holds_without_a_place():
    assert Where().holds(asks(newcomer(), "one", country_id="US", settings=["hospital"]))


def test_choice_takes_as_many_queries_however_much_it_leaves_out(client, django_assert_num_queries):
    address = "/careers/medical-director/?setting=hospital&country=DE"
    career = Career.objects.get(slug="medical-director")
    for number in range(20):
        country = Country.objects.create(code=f"X{chr(65 + number)}", name=f"Land {number}", currency="EUR")
        Setting.objects.create(slug=f"place-{number}", name=f"Place {number}")
        cite(asks(career, f"abroad-{number}", country_id=country.pk), f"law-{number}")
        cite(does(career, f"elsewhere-{number}", settings=[f"place-{number}"]), f"law-{number}")

    with django_assert_num_queries(20):
        content = client.get(address).content.decode()
    assert "Only in Land 19, left out here: 1 statement" in content
