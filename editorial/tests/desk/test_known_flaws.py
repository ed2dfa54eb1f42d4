"""The sixteen flaws of the pages that this guide began from, each planted again in other words, are all found."""

import pytest

from editorial.tests.desk import plants
from editorial.tests.desk.plants import passage
from salaries.tests.figures import said

pytestmark = pytest.mark.django_db

BODY = "The work joins two worlds and asks for patience with both of them. " * 8
TITLE = "What does the director do? And why is there always cake?"
# number of the flaw: [(what is planted, the rule that finds it)]
PLANTED = {
    "1 a credential of another issuer": [
        (
            passage("Many hold a CMD given out by the American Association for Physician Leadership."),
            "another-issuer",
        ),
    ],
    "2 a physician, or not": [
        (plants.requirement("required", "secondary", "contradicts", text="No way leads past it."), "sides-not-told"),
    ],
    "3 a degree most have, many prefer": [(plants.requirement("disputed", "secondary"), "sides-not-told")],
    "4 years, in three versions": [(plants.requirement("usual", "unverified", "contradicts"), "sides-not-told")],
    "5 certification needed, or a help": [(plants.requirement("disputed"), "sides-not-told")],
    "6 one role in two stages": [
        (plants.stages("You chair, or are chief medical officer.", "Here stands the CMO."), "role-in-two-stages"),
    ],
    "7 a law degree, once and without a reason": [
        (plants.requirement("helpful", "unverified", text="A few have one in law, too."), "unverified-requirement"),
    ],
    "8 law of one country beside nine": [(passage("Know HIPAA, Medicare and Medicaid well."), "law-without-country")],
    "9 growth without a figure": [
        (passage("Jobs in the field are expected to grow rapidly."), "growth-without-figure"),
    ],
    "10 instructions to a writer": [
        (passage("Introduce the role and say who it is for."), "instruction-to-a-writer"),
        (passage("It is large. Discuss their role in planning."), "instruction-to-a-writer"),
    ],
    "11 pasted together": [
        (passage("Oversight\n\n.\n\nIt is the first task."), "stray-punctuation"),
        (passage("First, know the field.\n\n2. Plan.\n\n3. Lead."), "torn-numbering"),
        (
            plants.twice(
                plants.question("Which exams must a surgeon pass to be appointed?"),
                lambda: plants.Question.objects.create(
                    career=plants.director(),
                    slug="again",
                    question="Which exams must a surgeon pass before being appointed?",
                    answer="Several.",
                ),
            ),
            "same-heading",
        ),
    ],
    "12 cake promised, and a title printed twice": [
        (passage(BODY, title=TITLE), "heading-not-kept"),
        (passage(f"{TITLE}\n\n{BODY}", title=TITLE), "repeated-heading"),
    ],
    "13 a misspelled city": [(passage("In Bengalaru a director earns less."), "misspelled-place")],
    "14 an empty list that is full, and broken copy": [
        (plants.list_purpose("described-works", "We haven’t chosen any titles so far."), "empty-message"),
        (plants.reason("It helpful start for leaders."), "missing-verb"),
        (plants.reason("It must-have for leaders."), "missing-verb"),
        (plants.work(confidence="no-match"), "not-identified"),
    ],
    "15 words of another page": [
        (passage("Where this course leads is told elsewhere."), "words-of-another-page"),
        (passage("Bars indicate relevance."), "words-of-another-page"),
    ],
    "16 duties as challenges": [
        (plants.challenge("The need to be able to lead others."), "restated-duty"),
        (
            plants.challenge_beside("Plan the night cover with the wards", "You plan the night cover, with wards."),
            "restated-duty",
        ),
    ],
}
FLAWS = [pytest.param(plant, rule, id=f"{name}, {rule}") for name, found in PLANTED.items() for plant, rule in found]
# The same flaw as data: what the rules about figures say of it, as the files have it.
FIGURES = [
    ("bengaluru", "same-currency-conflict"),
    ("bengaluru", "far-from-the-role"),
    ("delhi", "same-currency-conflict"),
    ("beijing", "same-currency-conflict"),
    ("shanghai", "same-currency-conflict"),
    ("tel-aviv", "far-from-the-role"),
    ("tel-aviv", "period-unstated"),
    ("toronto", "ambiguous-currency"),
    ("london", "beyond-the-official-band"),
]


def test_every_flaw_is_planted():
    assert [name.split()[0] for name in PLANTED] == [str(number) for number in range(1, 17)]


@pytest.mark.parametrize(("plant", "rule"), FLAWS)
def test_planted_flaw_is_found(plant, rule):
    assert rule in plants.found(plant())


@pytest.mark.parametrize(("city", "rule"), FIGURES)
def test_flawed_figure_is_found(city, rule):
    assert rule in said(city)
