"""/changes/: every public change, in which role and why, and never by whom."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User

from careers.models import Career, Duty
from editorial.changes.filters import by_revision, record_query
from editorial.choices import Role
from editorial.models import Change
from editorial.recording import recorded
from editorial.status import Status
from editorial.tests.changes.records import changed, changed_figure, content_of, listed, many
from salaries.models import ExchangeRate, SalaryFigure
from salaries.tests.figures import title_figure
from salaries.tests.pages import plain
from sources.models import Source
from tests.pages import Page

pytestmark = pytest.mark.django_db

MARK = "<script>zq7('&\"</script>"
DELHI = "medical-director-delhi-opencourser"


def test_one_correction_is_one_entry_with_all_that_readers_may_know(client):
    source = Source.objects.get(slug="opencourser-career-2024")
    change = changed_figure("delhi", "The page prints another amount.", source=source, amount=390_000, period="year")
    content = content_of(client)
    moment = f"{change.changed_at:%B} {change.changed_at.day}, {change.changed_at:%Y, %H:%M} UTC"

    assert listed(content) == [change.pk]
    assert (
        f"{moment} Role: publisher. Reason: The page prints another amount. Source: {source} "
        f"{change.name}: changed "
        "Median[removed: 3,900,000] [added: 390,000] "
        "Pay period[removed: unstated] [added: a year]"
    ) in plain(content)
    assert f'<a href="/salaries/figures/{DELHI}/">{change.name}</a>' in content
    assert f'<a href="{source.get_absolute_url()}">' in content
    assert "<del>" in content and "<ins>" in content


def test_nobody_is_named(client):
    user = User.objects.create_user("xq-unusual", "xq@unusual.example", first_name="Xquenda", last_name="Unusualname")
    changed(title_figure("delhi"), "Read again.", role=Role.EDITOR, user=user, note="Read again.")
    change = Change.objects.select_related("revision").get()
    pages = [content_of(client), content_of(client, record_query(change)), client.get("/changes.atom").content.decode()]
    pages.append(client.get(f"/salaries/figures/{DELHI}/").content.decode())

    assert change.revision.user == user
    for page in pages:
        assert not re.search("unusual|xquenda|xq-", page, re.IGNORECASE)
    assert "Role: editor." in plain(pages[0])


def test_what_readers_could_never_see_is_not_told(client):
    draft = title_figure("paris")
    SalaryFigure.objects.filter(pk=draft.pk).update(status=Status.DRAFT)
    draft.refresh_from_db()
    changed(draft, "Secret reason.", note="Secret draft.")
    public = changed_figure("delhi", note="Public.")

    assert Change.objects.count() == 2
    assert listed(content_of(client)) == [public.pk]
    assert "Secret" not in content_of(client) + client.get("/changes.atom").content.decode()


def test_page_without_changes_says_so(client):
    assert "Nothing public has changed since this guide was set up." in content_of(client)
    assert "No public change of this kind." in content_of(client, "?q=zzz")


def test_newest_come_first_from_page_to_page(client):
    changes = many(65)
    found, query = [], ""
    while query is not None:
        content = content_of(client, query)
        assert len(listed(content)) <= 30
        found += listed(content)
        link = re.search(r'rel="next" href="([^"]+)"', content)
        query = link and unescape(link[1])

    assert found == [change.pk for change in reversed(changes)]


@pytest.mark.parametrize("count", [1, 40])
def test_page_asks_three_times_however_many_there_are(count, client, django_assert_num_queries):
    source = Source.objects.first()
    for change in many(count):
        change.source = source
        change.save()
    with django_assert_num_queries(3):  # kinds, how many, the page with their sources
        client.get("/changes/")


def test_what_one_action_changed_stands_together(client):
    with recorded(Role.FILES, reason="New release."):
        for duty in Duty.objects.filter(career__slug="medical-director")[:3]:
            duty.title = f"{duty.title}!"
            duty.save()
    changed_figure("delhi", note="Alone.")
    content = content_of(client)

    assert len(listed(content)) == 4
    assert [len(group) for group in by_revision(Change.objects.public())] == [1, 3]
    assert content.count("<time ") == 2
    assert plain(content).count("Role: content files. Reason: New release.") == 1


def test_added_and_removed_records_are_told(client):
    career = Career.objects.get(slug="medical-director")
    with recorded(Role.PUBLISHER, reason="It was missing."):
        duty = Duty.objects.create(career=career, slug="new", title="Chair it", text="A text.", area="staff")
    with recorded(Role.PUBLISHER, reason="It was wrong."):
        duty.delete()
    content = content_of(client)

    assert "Medical director: Chair it: added" in plain(content)
    assert "Medical director: Chair it: removed" in plain(content)
    assert content.count("#duty-new") == 1  # what is gone has no address
    assert "Text[added: A text.]" in plain(content)
    assert "Text[removed: A text.]" in plain(content)


def test_hostile_text_is_shown_as_text(client):
    figure = title_figure("delhi")
    source = Source.objects.create(slug="x", title=MARK, publisher=MARK, licence="L", kind="law", trust="primary")
    changed(figure, MARK, note=MARK, source=source)
    changed(figure, note=f"{MARK} more", as_of="")
    content = content_of(client)

    assert "<script>zq7" not in content
    assert unescape(content).count(MARK) >= 5
    assert not re.search(r'="[^"]*zq7\(\'', content)
    assert Page(client.get("/changes/")).all("script") == []


def test_head_names_the_feed(client, settings):
    head = content_of(client).partition("</head>")[0]

    assert (
        '<link rel="alternate" type="application/atom+xml" title="Medical Director Career Guide: changes" '
        f'href="{settings.BASE_URL}/changes.atom">'
    ) in head


def test_every_page_leads_to_changes(client):
    assert '<a href="/changes/">Changes</a>' in client.get("/").content.decode()


def test_page_only_reads(client):
    assert client.post("/changes/").status_code == 405


def test_rates_are_named_by_their_kind(client):
    rate = ExchangeRate.objects.first()
    changed(rate, units_per_euro=rate.units_per_euro + 1)

    assert "Exchange rate · All changes" in plain(content_of(client))
