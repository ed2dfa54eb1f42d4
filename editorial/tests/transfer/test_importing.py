"""What an import does with good rows: drafts, changes with their history, and nothing the second time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Version

from editorial.choices import Action, Role
from editorial.models import Change
from editorial.tests.transfer.files import NEW, as_csv, as_xlsx, delhi, exported, imported, planned, refusals, table
from editorial.transfer.formats import XLSX
from editorial.transfer.resources import RESOURCES
from readinglist.models import Course, Work
from salaries.models import SalaryFigure
from salaries.tests.figures import title_figure
from sources.models import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def why(db):
    return {"reason": "Read again.", "source": Source.objects.get(slug="geonames")}


@pytest.mark.parametrize("kind", RESOURCES)
@pytest.mark.parametrize("written", ["csv", "xlsx"])
def test_an_export_imported_again_changes_nothing(kind, written):
    resource = RESOURCES[kind]()
    if written == "csv":
        content = as_csv(*exported(kind))
    else:  # a workbook of all figures takes seconds
        some = resource.model.objects.order_by("pk")[:400]
        content = XLSX().export_data(resource.export(some, force_native_type=True))
    plan = planned(content, kind)

    assert refusals(plan) == {}
    assert plan.summary.startswith("0 would be added as drafts, 0 changed, ")
    assert len(plan.lines) == (resource.model.objects.count() if written == "csv" else len(some))


def test_new_row_becomes_a_draft_with_a_history():
    plan = imported(as_csv(NEW))
    figure = SalaryFigure.objects.get(slug="new-figure")
    change = Change.objects.of(figure).get()

    assert plan.summary == "1 added as drafts, 0 changed, 0 unchanged, 0 refused."
    assert (figure.status, figure.area.slug, figure.amount) == ("draft", "delhi", 4_000_000)
    assert (change.action, change.role, change.public) == (Action.ADDED, Role.ADMINISTRATOR, False)
    assert change.after["as_printed"] == "₹4,000,000"
    assert Version.objects.get_for_object(figure).count() == 1
    assert figure.findings.exists()  # judged together with the others


def test_changed_row_keeps_what_it_does_not_name(why):
    before = title_figure("delhi")
    plan = imported(as_csv({"slug": before.slug, "amount": "3800000", "note": "Read again."}), **why)
    after = title_figure("delhi")
    change = Change.objects.of(after).first()

    assert plan.of("changed")[0].changes == [("amount", "3900000", "3800000"), ("note", "", "Read again.")]
    assert (after.amount, after.note, after.status) == (3_800_000, "Read again.", "published")
    assert after.as_printed == before.as_printed
    assert change.before == {"amount": "3900000", "note": ""}
    assert change.after == {"amount": "3800000", "note": "Read again."}
    assert (change.reason, change.source, change.public) == ("Read again.", why["source"], True)
    assert change.address == after.get_absolute_url()


def test_what_was_before_the_first_import_can_be_gone_back_to(why):
    before = title_figure("delhi")
    imported(as_csv(delhi() | {"amount": "3800000", "note": "Read again."}), **why)
    newest, oldest = Version.objects.get_for_object(before)

    assert oldest.field_dict["amount"] == before.amount
    assert newest.field_dict["amount"] == 3_800_000


def test_the_same_file_a_second_time_changes_nothing(why):
    content = as_csv(delhi() | {"amount": "3800000", "note": "Read again."}, NEW)
    imported(content, **why)
    after, changes = table(), Change.objects.count()
    plan = imported(content, **why)

    assert plan.summary == "0 added as drafts, 0 changed, 2 unchanged, 0 refused."
    assert (table(), Change.objects.count()) == (after, changes)


@pytest.mark.parametrize(
    ("given", "asked"),
    [({}, {"reason", "source"}), ({"reason": "Read again."}, {"source"})],
)
def test_published_figure_changes_only_with_reason_and_source(given, asked):
    before = table()
    plan = imported(as_csv(delhi() | {"covers": "Gross"}), **given)

    assert not plan.imported
    assert set(plan.lacks(given.get("reason", ""), None)) == asked
    assert table() == before


def test_drafts_ask_for_no_reason():
    imported(as_csv(NEW))
    plan = imported(as_csv({"slug": "new-figure", "covers": "Gross"}))

    assert plan.imported
    assert SalaryFigure.objects.get(slug="new-figure").covers == "Gross"


def test_works_ask_for_a_reason_and_no_source():
    row = {"slug": Work.objects.first().slug, "edition": "9th"}

    assert not imported(as_csv(row), "works").imported
    assert imported(as_csv(row), "works", reason="A new edition.").imported


def test_topics_are_named_by_slug_and_semicolon():
    work = Work.objects.filter(topics__slug="quality-measurement").first()
    row = {"slug": work.slug, "topics": "data-and-technology; quality-measurement;data-and-technology"}
    plan = imported(as_csv(row), "works", reason="Found again.")
    change = Change.objects.of(work).first()

    assert set(work.topics.values_list("slug", flat=True)) == {"data-and-technology", "quality-measurement"}
    assert plan.of("changed")[0].changes[0][2] == "data-and-technology;quality-measurement"
    assert change.after == {"topics": [["data-and-technology"], ["quality-measurement"]]}
    assert imported(as_csv(row), "works").summary.startswith("0 added as drafts, 0 changed, 1 unchanged")


def test_new_work_has_its_topics():
    row = {"slug": "new-work", "title": "New", "kind": "book", "why_it_fits": "It fits.", "confidence": "verified"}
    imported(as_csv(row | {"topics": "quality-measurement", "authors": "Ann One\r\nBo Two"}), "works")
    work = Work.objects.get(slug="new-work")

    assert work.status == "draft"
    assert work.author_list == ["Ann One", "Bo Two"]
    assert [topic.slug for topic in work.topics.all()] == ["quality-measurement"]


def test_courses_may_exchange_their_ranks():
    first, second = Course.objects.order_by("rank")[:2]
    rows = [{"slug": first.slug, "rank": second.rank}, {"slug": second.slug, "rank": first.rank}]
    assert imported(as_csv(*rows), "courses", reason="Ranked anew.").imported

    assert [course.slug for course in Course.objects.order_by("rank")[:2]] == [second.slug, first.slug]


@pytest.mark.parametrize("format", [{"delimiter": ";"}, {"delimiter": "\t"}, {"lineterminator": "\r"}], ids=repr)
def test_other_programs_csv_is_taken(format):
    assert refusals(planned(as_csv(NEW, **format))) == {}
    assert len(planned(b"\xef\xbb\xbf" + as_csv(NEW, **format)).of("added")) == 1


def test_workbook_is_told_by_its_content():
    typed = {"amount": 4_000_000, "currency_certain": True, "as_of": 2019}
    plan = planned(as_xlsx(NEW | typed))
    record = plan.of("added")[0].record

    assert (record.amount, record.currency_certain, record.as_of) == (4_000_000, True, "2019")


def test_line_is_that_on_which_a_row_begins():
    row = NEW | {"note": "one\ntwo\nthree"}
    plan = planned(as_csv(row, {"slug": "second"}, {}, {"slug": "third"}))

    assert [line.number for line in plan.lines] == [2, 5, 7]


def test_nothing_is_written_unless_it_is_what_was_seen():
    content = as_csv(NEW)
    seen = planned(content).digest
    imported(as_csv(NEW | {"covers": "Net"}))
    plan = imported(content, seen=seen)

    assert not plan.imported
    assert SalaryFigure.objects.get(slug="new-figure").covers == "Net"


def test_many_rows_take_no_more_queries_than_few():
    rows = [NEW | {"slug": f"new-{year}", "as_of": str(year)} for year in range(1990, 2020)]
    counts = []
    for some in (rows[:2], rows[2:]):
        with CaptureQueriesContext(connection) as captured:
            assert imported(as_csv(*some)).imported
        counts.append(len([one for one in captured if not one["sql"].startswith("INSERT")]))

    assert counts[1] <= counts[0]
