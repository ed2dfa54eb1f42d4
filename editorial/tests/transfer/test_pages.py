"""Import and export as an editor meets them in the admin: upload, preview, the second button, the wrong turns."""

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from editorial.models import Change, Upload
from editorial.tests.transfer.files import NEW, as_csv, as_xlsx, delhi, exported, planned, table
from editorial.transfer.admin import GONE, OTHERWISE
from readinglist.models import Course, Work
from salaries.models import SalaryFigure
from sources.models import Source
from tests.admin.pages import address

pytestmark = pytest.mark.django_db

CHANGED = {"covers": "Gross"}


def upload(client, content, model=SalaryFigure, name="figures.csv", **values):
    return client.post(
        address(model, "import"), {"import_file": SimpleUploadedFile(name, content), "format": "0"} | values
    )


def confirm(client, preview, model=SalaryFigure, **values):
    """What the second button sends: every field of the preview's form."""
    form = preview.context["confirm_form"]
    kept = {field.html_name: field.value() for field in form if field.value() is not None}
    return client.post(address(model, "process_import"), kept | values)


def why():
    return {"reason": "Read again.", "source": Source.objects.get(slug="geonames").pk}


def published():
    return SalaryFigure.objects.get(slug="medical-director-delhi-opencourser")


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("model", [SalaryFigure, Work, Course])
def test_change_lists_offer_import_and_export(model, editor):
    page = text(editor.get(address(model, "changelist")))

    assert f"href='{address(model, 'import')}' class=\"import_link\">Import</a>" in page
    assert f'href="{address(model, "export")}?" class="export_link">Export</a>' in page


def test_upload_form_names_every_column(editor):
    page = text(editor.get(address(SalaryFigure, "import")))

    assert all(f"<code>{name}</code>" in page for name in NEW)
    assert "Only try" in page
    assert "style=" not in page
    assert "import_export/" not in page  # the library's scripts and styles


def test_preview_saves_nothing_and_the_second_button_saves_all(publisher):
    before = table()
    preview = upload(publisher, as_csv(NEW, delhi() | CHANGED | {"status": ""}), **why())
    page = text(preview)

    assert "1 would be added as drafts, 1 changed, 0 unchanged, 0 refused." in page
    assert "1 record that readers know would change at once." in page
    assert "Line 3, medical-director-delhi-opencourser" in page
    assert 'covers: <del><span class="visually-hidden">was: </span>(empty)</del>' in page
    assert table() == before
    assert Upload.objects.count() == 1

    response = confirm(publisher, preview)
    change = Change.objects.of(published()).first()

    assert response.url == address(SalaryFigure, "changelist")
    assert "Imported: 1 added as drafts, 1 changed" in text(publisher.get(response.url))
    assert published().covers == "Gross"
    assert SalaryFigure.objects.get(slug="new-figure").status == "draft"
    assert (change.role, change.reason, change.source.slug) == ("publisher", "Read again.", "geonames")
    assert change.revision.user.username == "grace"
    assert not Upload.objects.exists()


def test_only_try_keeps_no_file_and_offers_no_button(publisher):
    page = upload(publisher, as_csv(NEW), only_try="on")

    assert "What an import would do" in text(page)
    assert "confirm_form" not in page.context
    assert not Upload.objects.exists()


def test_reason_and_source_can_be_given_below_the_preview(publisher):
    preview = upload(publisher, as_csv(delhi() | CHANGED))
    asked = confirm(publisher, preview)

    assert "1 record that readers know would change: say why." in text(asked)
    assert "name the source of the new values" in text(asked)
    assert published().covers == ""

    assert confirm(publisher, asked, **why()).status_code == 302
    assert published().covers == "Gross"


def test_drafts_are_asked_for_neither(editor):
    preview = upload(editor, as_csv(NEW))

    assert not {"reason", "source"} & set(preview.context["confirm_form"].fields)
    assert confirm(editor, preview).status_code == 302
    assert SalaryFigure.objects.filter(slug="new-figure").exists()


def test_refused_rows_leave_no_button_and_no_file(editor):
    page = upload(editor, as_csv(NEW, delhi() | CHANGED))

    assert "Nothing can be imported yet" in text(page)
    assert "Line 3, medical-director-delhi-opencourser" in text(page)
    assert "Readers know it. Ask a publisher to import this row" in text(page)
    assert "confirm_form" not in page.context
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "figures.csv", "The submitted file is empty."),
        (b"\r\n", "figures.csv", "The file is empty."),
        (b"PK\x03\x04", "figures.xlsx", "This workbook cannot be read."),
        (b"slug\n" + b"x\n" * 6000, "figures.csv", "There are more than 5,000 rows."),
        (b"slug,colour\nx,red", "figures.csv", "There is no column “colour”."),
        (b"slug\n<script>alert(1)</script>", "<script>.csv", "Line 2, &lt;script&gt;"),
    ],
)
def test_unreadable_file_gets_its_message(content, name, message, publisher):
    page = upload(publisher, content, name=name)

    assert page.status_code == 200
    assert message in text(page)
    assert not Upload.objects.exists()


def test_file_beyond_the_limit_is_refused(publisher, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
    response = upload(publisher, as_csv(*[NEW | {"slug": f"new-{n}"} for n in range(20)]))

    assert response.status_code in (200, 413)
    assert "larger than" in text(response) or "Send at most" in text(response)


def test_without_a_file_the_form_says_so(publisher):
    page = publisher.post(address(SalaryFigure, "import"), {"reason": "x"})

    assert page.context["form"].errors["import_file"] == ["This field is required."]


def test_workbook_under_any_name_is_read(publisher):
    for name in ("figures.csv", "figures.exe", "f" * 200):
        assert "1 would be added as drafts" in text(upload(publisher, as_xlsx(NEW), name=name))


def test_second_press_of_the_second_button_says_that_it_is_done(publisher):
    preview = upload(publisher, as_csv(NEW))
    confirm(publisher, preview)
    again = confirm(publisher, preview)

    assert again.url == address(SalaryFigure, "import")
    assert GONE in text(publisher.get(again.url))
    assert SalaryFigure.objects.filter(slug="new-figure").count() == 1


def test_upload_older_than_an_hour_is_gone_and_swept_away_by_the_next(publisher):
    preview = upload(publisher, as_csv(NEW))
    Upload.objects.update(uploaded_at=timezone.now() - timedelta(minutes=61))
    response = confirm(publisher, preview)
    upload(publisher, as_csv(NEW))

    assert response.url == address(SalaryFigure, "import")
    assert not SalaryFigure.objects.filter(slug="new-figure").exists()
    assert Upload.objects.count() == 1


def test_table_changed_between_preview_and_button_shows_the_preview_again(publisher):
    preview = upload(publisher, as_csv(delhi() | CHANGED), **why())
    SalaryFigure.objects.filter(pk=published().pk).update(covers="Net")
    again = confirm(publisher, preview)

    assert OTHERWISE in text(again)
    assert '<span class="visually-hidden">was: </span>Net</del>' in text(again)
    assert published().covers == "Net"

    assert confirm(publisher, again).status_code == 302
    assert published().covers == "Gross"


def test_row_refused_only_since_the_preview_keeps_all_out(publisher):
    preview = upload(publisher, as_csv(NEW, NEW | {"slug": "other", "as_of": "2018"}))
    SalaryFigure.objects.filter(pk=published().pk).update(as_of="2018", source=Source.objects.get(slug="geonames"))
    page = confirm(publisher, preview)

    assert "Nothing was imported." in text(page)
    assert "has the same career, area, population, source and as_of" in text(page)
    assert not SalaryFigure.objects.filter(slug="new-figure").exists()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "values", [{"seen": "x" * 500}, {"seen": ""}, {"import_file_name": "../../etc/passwd"}, {"source": "x"}]
)
def test_values_sent_by_hand_import_nothing(values, publisher):
    preview = upload(publisher, as_csv(delhi() | CHANGED), **why())
    response = confirm(publisher, preview, **values)

    assert response.status_code in (200, 302)
    assert published().covers == ""


def test_who_may_only_look_may_not_import(client, django_user_model):
    user = django_user_model.objects.create_user("bob", is_staff=True)
    client.force_login(user)

    for page in ("import", "process_import", "export"):
        assert client.post(address(SalaryFigure, page)).status_code == 403
    assert client.get(address(SalaryFigure, "process_import")).status_code in (403, 405)


@pytest.mark.parametrize("format", ["0", "1"])
def test_export_is_a_file_that_changes_nothing_when_imported(format, editor):
    response = editor.post(address(SalaryFigure, "export") + "?area__country=IN", {"format": format})
    plan = planned(response.content)

    assert response.headers["Content-Disposition"].startswith('attachment; filename="salaryfigure-')
    assert plan.summary.startswith("0 would be added as drafts, 0 changed, ")
    assert len(plan.lines) == SalaryFigure.objects.filter(area__country="IN").count() > 0


def test_exported_formula_is_text_and_comes_back_as_it_was(publisher):
    texts = ["=HYPERLINK(1)", "@SUM", "-2+3", "\tx", "\rx", "\uff1dx", "'=x", "'", 'a "quoted"\nline', "_x0041_", " =x"]
    figures = list(SalaryFigure.objects.order_by("pk")[: len(texts)])
    for figure, note in zip(figures, texts, strict=True):
        SalaryFigure.objects.filter(pk=figure.pk).update(note=note)
    cells = {row["slug"]: row["note"] for row in exported(records=SalaryFigure.objects.order_by("pk")[: len(texts)])}
    shown = [cells[figure.slug] for figure in figures]

    assert shown[:6] == [f"'{text}" for text in texts[:6]]
    for format in ("0", "1"):
        named = ",".join(str(figure.pk) for figure in figures)
        content = publisher.post(f"{address(SalaryFigure, 'export')}?id__in={named}", {"format": format}).content
        assert (
            planned(content).summary == f"0 would be added as drafts, 0 changed, {len(figures)} unchanged, 0 refused."
        )


def test_workbook_holds_numbers_as_numbers(editor):
    content = editor.post(address(SalaryFigure, "export") + "?area__country=IN", {"format": "1"}).content
    names, *rows = openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True)

    figures = {figure.slug: figure for figure in SalaryFigure.objects.filter(area__country="IN")}
    assert len(rows) == len(figures) > 0
    for row in rows:
        assert row[names.index("amount")] == figures[row[0]].amount
        assert row[names.index("as_printed")] == figures[row[0]].as_printed


def test_text_that_no_workbook_holds_is_not_cut(editor):
    SalaryFigure.objects.filter(pk=published().pk).update(note="x" * 40_000)
    page = editor.post(address(SalaryFigure, "export"), {"format": "1"})

    assert "a text is longer than 32,767 characters. Export as CSV." in text(page)


@pytest.mark.parametrize("query", ["?nonsense=1", "?id__in=9223372036854775808", "?amount__gte=1e999999"])
def test_export_of_a_list_filtered_by_nonsense_gets_a_message(query, editor):
    response = editor.post(address(SalaryFigure, "export") + query, {"format": "0"})

    assert response.status_code in (200, 302, 400)
