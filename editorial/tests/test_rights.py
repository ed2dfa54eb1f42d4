"""Who may do what on which status: every cell of the table."""

import pytest
from django.contrib.auth.models import Permission

from careers.models import Career, Duty
from editorial import rights
from editorial.choices import Role
from editorial.recording import recorded
from editorial.status import Status
from readinglist.models import Work
from salaries.models import SalaryFigure

pytestmark = pytest.mark.django_db

# Of a record: a status, and whether it was withdrawn before. E editor, P publisher, A administrator; - nobody.
ACTIONS = ["change", "submit", "take back", "publish", "withdraw", "delete"]
TABLE = {
    # status:               change submit  back  publish withdraw  delete: work, figure
    ("draft", False): ["EPA", "EPA", "-", "PA", "-", "EPA", "EPA"],
    ("in-review", False): ["EPA", "-", "EPA", "PA", "-", "PA", "PA"],
    ("in-review", True): ["PA", "-", "-", "PA", "EPA", "PA", "-"],
    ("published", False): ["PA", "-", "-", "-", "EPA", "-", "-"],
    ("withdrawn", True): ["PA", "EPA", "-", "PA", "-", "PA", "-"],
}
CELLS = [
    (letter, model, state, action, letter in row[column])
    for state, row in TABLE.items()
    for letter in "EPA"
    for model in (Work, SalaryFigure)
    for action, column in [*zip(ACTIONS[:-1], range(5), strict=True), ("delete", 5 if model is Work else 6)]
]


@pytest.fixture
def people(editor_account, publisher_account, admin_user):
    return {"E": editor_account, "P": publisher_account, "A": admin_user}


def in_state(model, status, withdrawn):
    record = model.objects.first()
    record.status, record.withdrawn_because = status, "It was wrong." if withdrawn else ""
    record.save()
    return record


@pytest.mark.parametrize(("letter", "model", "state", "action", "allowed"), CELLS)
def test_cell_of_the_table(letter, model, state, action, allowed, people):
    assert rights.may(people[letter], action, in_state(model, *state)) is allowed


@pytest.mark.parametrize("state", TABLE)
@pytest.mark.parametrize("letter", "EPA")
def test_offered_steps_are_those_of_the_table(letter, state, people):
    offered = {
        Status.DRAFT: "take back",
        Status.IN_REVIEW: "submit",
        Status.PUBLISHED: "publish",
        Status.WITHDRAWN: "withdraw",
    }
    row = dict(zip(ACTIONS, TABLE[state], strict=False))
    wanted = [status for status, action in offered.items() if letter in row[action] and status != state[0]]

    assert rights.steps(people[letter], in_state(SalaryFigure, *state)) == wanted


@pytest.mark.parametrize(("letter", "role"), [("E", Role.EDITOR), ("P", Role.PUBLISHER), ("A", Role.ADMINISTRATOR)])
def test_role_is_told_by_the_group(letter, role, people):
    assert rights.role_of(people[letter]) == role


@pytest.mark.parametrize(("letter", "allowed"), [("E", False), ("P", True), ("A", True)])
def test_part_of_a_published_profile_is_changed_and_deleted_by_publishers(letter, allowed, people):
    duty = Duty.objects.first()

    assert rights.may(people[letter], "change", duty) is allowed
    assert rights.may(people[letter], "delete", duty) is allowed


def test_part_of_a_draft_is_the_editors(people):
    duty = Duty.objects.first()
    duty.career.status = "draft"

    assert rights.may(people["E"], "change", duty)
    assert rights.may(people["E"], "delete", duty)


def test_role_that_the_site_is_about_is_never_withdrawn(people):
    role, other = Career.objects.get(slug="medical-director"), Career.objects.exclude(slug="medical-director").first()

    assert not rights.may(people["A"], "withdraw", role)
    assert rights.may(people["A"], "withdraw", other)


def test_unknown_action_is_no_silent_no(people):
    with pytest.raises(ValueError, match="no action"):
        rights.may(people["A"], "burn", Work.objects.first())


def test_groups_hold_no_right_over_accounts(people):
    for letter in "EP":
        apps = {name.partition(".")[0] for name in people[letter].get_all_permissions()}
        assert apps == {"sources", "careers", "readinglist", "salaries", "editorial"}
    assert Permission.objects.filter(codename="publish_content").count() == 1


@pytest.fixture
def two_people(settings):
    settings.SECOND_PERSON_FOR_FIGURES = True


def test_second_person_publishes_what_the_first_changed(two_people, people):
    figure = in_state(SalaryFigure, "in-review", withdrawn=False)
    with recorded(Role.PUBLISHER, people["P"], "Read again."):
        figure.note = "Read again."
        figure.save()

    assert not rights.may(people["P"], "publish", figure)
    assert rights.may(people["A"], "publish", figure)


def test_second_person_is_asked_for_figures_alone(two_people, people):
    work = in_state(Work, "in-review", withdrawn=False)
    with recorded(Role.PUBLISHER, people["P"], "Read again."):
        work.doubts = "None."
        work.save()

    assert rights.may(people["P"], "publish", work)
    assert not rights.may(people["P"], "change", SalaryFigure.objects.first())
    assert rights.may(people["P"], "change", Work.objects.exclude(pk=work.pk).first())
