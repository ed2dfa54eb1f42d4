"""docs/editors.md says what the pages say: each label that it prints in bold stands on a page of its section."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from careerguide.signin import CodeSignInForm
from careers.models import Duty
from editorial.models import Change, Proposal, Report
from editorial.tests.conftest import account, signed_in
from editorial.tests.deleting.pages import confirm
from editorial.tests.forms import opened, send, why
from readinglist.models import Work
from salaries.models import SalaryFigure
from salaries.tests.figures import title_figure
from sources.models import Source
from tests.admin.pages import address

pytestmark = pytest.mark.django_db

PAGE = settings.BASE_DIR / "docs" / "editors.md"
FIGURES = address(SalaryFigure, "changelist")
LARGEST_PICTURE = 120_000  # bytes


def sections():
    """{heading: text}; what stands before the first heading is under ""."""
    _, *parts = re.split(r"^## (.+)$", PAGE.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def labels(text):
    return [" ".join(label.split()) for label in re.findall(r"\*\*(.+?)\*\*", text, flags=re.DOTALL)]


def words(response):
    """What a page says, its buttons included, without the marks."""
    html = response.content.decode()
    buttons = " ".join(re.findall(r'<input type="submit"[^>]*value="([^"]*)"', html))
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html) + " " + buttons).split())


class Desk:
    """Two people at work, and the pages that each section of the document is about."""

    def __init__(self):
        self.editor = signed_in(account("ada", "Editor"))
        self.publisher = signed_in(account("grace", "Publisher"))
        self.delhi = title_figure("delhi")
        self.form = address(SalaryFigure, "change", self.delhi.pk)

    def first_page(self):
        return self.editor.get("/admin/")

    def propose(self):
        values = opened(self.editor, self.delhi) | why(covers="Gross.")
        assert send(self.editor, self.delhi, values).status_code == 302
        return Proposal.objects.get()

    def sign_in(self):
        yield Client().get("/admin/login/")
        yield CodeSignInForm.base_fields["code"].label

    def desk(self):
        yield from (self.first_page(), self.editor.get(FIGURES))

    def correction(self):
        yield from (self.first_page(), self.editor.get(self.form))
        values = opened(self.editor, self.delhi) | why(amount="39000000", note="Read again.")
        yield send(self.editor, self.delhi, values)

    def publishing(self):
        proposal = self.propose()
        yield from (self.first_page(), self.publisher.get(proposal.form_address))

    def two_at_once(self):
        values = opened(self.publisher, self.delhi) | why(covers="Net.")
        send(self.publisher, self.delhi, values | {"covers": "Gross."})
        yield send(self.publisher, self.delhi, values)

    def undoing(self):
        send(self.publisher, self.delhi, opened(self.publisher, self.delhi) | why(covers="Gross."))
        yield from (self.editor.get(self.form), self.editor.get(address(SalaryFigure, "history", self.delhi.pk)))
        confirm(self.publisher, Duty.objects.first())
        yield from (self.first_page(), self.editor.get(address(Change, "changelist")))

    def new_work(self):
        yield from (self.first_page(), self.editor.get(address(Work, "changelist")))
        yield self.editor.get(address(Work, "add"))
        work = Work.objects.first()
        for status, client in {"draft": self.editor, "in-review": self.publisher}.items():
            Work.objects.filter(pk=work.pk).update(status=status)
            yield client.get(address(Work, "change", work.pk))

    def importing(self):
        yield from (self.first_page(), self.editor.get(FIGURES))
        yield from (self.editor.get(f"{FIGURES}{page}/") for page in ("export", "import"))
        file = SimpleUploadedFile("f.csv", f"slug,amount,note\n{self.delhi.slug},39000000,Read again.\n".encode())
        yield self.publisher.post(f"{FIGURES}import/", {"import_file": file, "format": "0"})

    def report(self):
        yield from (self.first_page(), self.editor.get(address(Report, "changelist")))
        yield self.editor.get(address(Report, "add"))

    def finding(self):
        first = self.first_page()
        way = re.search(r'<a href="([^"]*)">Accept or put off', first.content.decode())
        yield from (first, self.editor.get(unescape(way[1])), self.editor.get(self.form))
        found = {"verdict": "accepted", "reason": "It may stand."}
        page = self.editor.get(unescape(way[1]))
        self.editor.post(unescape(way[1]), found | {"said": page.context["item"].sentence})
        yield self.editor.get("/admin/desk/decisions/")

    def links(self):
        yield from (self.editor.get(address(model, "add")) for model in (Work, Source))

    def withdrawing(self):
        yield self.editor.get(self.form)
        SalaryFigure.objects.filter(pk=self.delhi.pk).update(status="withdrawn", withdrawn_because="It was wrong.")
        yield self.publisher.get(self.form)

    def deleting(self):
        duty = Duty.objects.first()
        yield from (self.publisher.get(address(Duty, page, duty.pk)) for page in ("change", "delete"))


PAGES = {
    "Sign in": Desk.sign_in,
    "See what waits: the quality desk": Desk.desk,
    "Correct a figure": Desk.correction,
    "Publish what somebody proposed": Desk.publishing,
    "When two people edit at once": Desk.two_at_once,
    "Undo a change": Desk.undoing,
    "Add a work": Desk.new_work,
    "Import a file": Desk.importing,
    "Answer a report of an error": Desk.report,
    "Accept a finding or put it off": Desk.finding,
    "Check a link": Desk.links,
    "Withdraw what is wrong": Desk.withdrawing,
    "Delete a part that is wrong": Desk.deleting,
}


def test_every_section_has_pages():
    assert list(sections()) == list(PAGES)
    assert all(labels(text) for text in sections().values())


@pytest.mark.parametrize("heading", PAGES)
def test_labels_stand_on_their_pages(heading):
    told = " ".join(page if isinstance(page, str) else words(page) for page in PAGES[heading](Desk()))

    assert [label for label in labels(sections()[heading]) if label not in told] == []


def test_groups_are_named_as_they_are():
    named = labels(PAGE.read_text().partition("\n## ")[0])
    assert {*named} - {"bold"} == {*Group.objects.values_list("name", flat=True)}


def test_numbers_are_those_of_the_settings():
    text = " ".join(PAGE.read_text().split())

    assert settings.AXES_FAILURE_LIMIT == 5 and "After five wrong tries" in text
    assert settings.AXES_COOLOFF_TIME.total_seconds() == 15 * 60 and "a quarter of an hour" in text
    assert settings.SESSION_COOKIE_AGE == 8 * 3600 and "After eight hours" in text


def test_pictures_are_there_described_and_small():
    shown = re.findall(r"!\[([^\]]*)\]\((.+?)\)", PAGE.read_text())

    assert 4 <= len(shown) <= 7
    assert {name for _, name in shown} == {f"editors/{path.name}" for path in (PAGE.parent / "editors").iterdir()}
    for described, name in shown:
        picture = (PAGE.parent / name).read_bytes()
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert len(picture) < LARGEST_PICTURE
        assert len(described.split()) > 5
