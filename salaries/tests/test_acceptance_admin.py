"""How an editor answers a finding: on the page of the figure, with a reason and a source."""

import re
from html import unescape

import pytest

from salaries.judgement import refresh
from salaries.models import Acceptance, Finding, SalaryFigure
from salaries.tests.figures import title_figure
from sources.models import Source
from tests.admin.pages import address, changelist, form_values, inlines, with_reason

pytestmark = pytest.mark.django_db

MISSING = "This field is required."
NO_SUCH = "The figure has no such finding. Look at “Findings” above."


@pytest.fixture
def editor(client, admin_user, monkeypatch, django_capture_on_commit_callbacks):
    """A client signed in; what it posts is committed, and so judged, before it has the answer."""
    client.force_login(admin_user)
    post = client.post

    def post_and_commit(*args):
        with django_capture_on_commit_callbacks(execute=True):
            return post(*args)

    monkeypatch.setattr(client, "post", post_and_commit)
    return client


def page_of(editor, figure):
    return editor.get(address(SalaryFigure, "change", figure.pk))


def save(editor, figure, row=None, **values):
    """Press Save on the page of a figure with these values: its own, or those of a row of its accepted findings."""
    filled = form_values(page_of(editor, figure))
    if row is not None:
        values = {f"acceptances-{row}-{name}": value for name, value in values.items()}
        values |= {"acceptances-TOTAL_FORMS": max(row + 1, filled["acceptances-TOTAL_FORMS"])}
        values |= {f"acceptances-{row}-figure": figure.pk}
    page = address(SalaryFigure, "change", figure.pk)
    return confirmed(editor, page, editor.post(page, with_reason(filled) | values))


def confirmed(editor, page, response):
    """The same response or, where it warns, the one after the warnings were read."""
    if response.status_code != 200 or "confirmed" not in response.context["adminform"].form.errors:
        return response
    return editor.post(page, form_values(response) | {"confirmed": "on"})


def answer(**changes):
    source = Source.objects.get(slug="geonames")
    return {"rule": "ambiguous-currency", "reason": "The city pays in it.", "source": source.pk} | changes


def row_errors(response):
    """What is wrong with the accepted findings, as {field: message}, of the row or of all rows."""
    (formset,) = (one.formset for one in inlines(response))
    found = {name: " ".join(texts) for errors in formset.errors for name, texts in errors.items()}
    return found or {"": " ".join(formset.non_form_errors())}


def findings_on(response):
    content = unescape(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ")
    return re.search(r'field-findings.*?<div class="readonly">(.*?)</div>', content, re.DOTALL)[1].split("<br>")


def test_page_of_a_figure_lists_its_findings_the_worst_first(editor):
    figure = title_figure("shanghai")
    response = page_of(editor, figure)
    listed = findings_on(response)
    wanted = [f"{one.get_severity_display()}: {one.about.title}. {one.sentence}" for one in figure.findings.all()]

    assert listed == [line.replace("\N{NO-BREAK SPACE}", " ") for line in wanted]
    assert [line.partition(":")[0] for line in listed] == ["Not ranked", "Doubt", "Doubt", *["Note"] * 5]
    assert "findings" not in response.context["adminform"].form.fields


def test_findings_and_confidence_sent_by_hand_are_ignored(editor):
    figure = title_figure("toronto")
    response = save(editor, figure, confidence="clear", findings="None.")

    assert response.status_code == 302
    assert title_figure("toronto").confidence == "exclude"
    assert figure.findings.filter(rule="ambiguous-currency", accepted=False).exists()


def test_own_source_of_a_figure_settles_no_doubt_about_it(editor):
    figure = title_figure("toronto")
    response = save(editor, figure, 0, **answer(source=str(figure.source_id)))

    assert row_errors(response) == {"source": "The figure's own source cannot settle a doubt about it. Choose another."}


def test_finding_is_accepted_with_reason_and_source(editor, client):
    figure = title_figure("toronto")
    said = figure.findings.get(rule="ambiguous-currency").sentence
    response = save(editor, figure, 0, **answer())
    acceptance = figure.acceptances.get()

    assert response.status_code == 302
    assert (acceptance.rule, acceptance.reason) == ("ambiguous-currency", "The city pays in it.")
    assert (acceptance.source.slug, acceptance.sentence) == ("geonames", said)
    assert figure.findings.get(rule="ambiguous-currency").accepted
    assert title_figure("toronto").rankable
    assert findings_on(page_of(editor, figure))[0].startswith(
        "Not ranked, accepted: Currency not certain. “$293,000” may mean"
    )
    assert "The city pays in it." in client.get(figure.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"reason": ""}, {"reason": MISSING}),
        ({"reason": " \n "}, {"reason": MISSING}),
        ({"source": ""}, {"source": MISSING}),
        ({"rule": ""}, {"rule": MISSING}),
        ({"rule": "", "reason": "", "source": "99999999"}, None),
        ({"source": "99999999"}, None),
        ({"rule": "stale"}, {"rule": NO_SUCH}),
        ({"rule": "same-currency-conflict"}, {"rule": NO_SUCH}),
        ({"rule": "rumor"}, {"rule": "Select a valid choice. rumor is not one of the available choices."}),
        ({"reason": "a\0b"}, {"reason": "Null characters are not allowed."}),
    ],
)
def test_acceptance_that_is_not_whole_is_refused_beside_its_field(values, errors, editor):
    response = save(editor, title_figure("toronto"), 0, **answer(**values))

    assert response.status_code == 200
    assert row_errors(response) == errors if errors else "source" in row_errors(response)
    assert not Acceptance.objects.exists()
    assert not title_figure("toronto").rankable


def test_refused_acceptance_saves_nothing_of_the_figure(editor):
    figure = title_figure("toronto")
    refused = save(editor, figure, 0, **answer(reason=""))
    again = editor.post(address(SalaryFigure, "change", figure.pk), form_values(refused) | {"note": "Another."})

    assert again.status_code == 200
    assert title_figure("toronto").note == figure.note


def test_finding_is_accepted_once(editor):
    figure = title_figure("toronto")
    save(editor, figure, 0, **answer())
    response = save(editor, figure, 1, **answer(reason="Again."))

    assert response.status_code == 200
    assert row_errors(response) == {"__all__": "Please correct the duplicate values below."}
    assert figure.acceptances.get().reason == "The city pays in it."


def test_sentence_is_kept_as_it_was_accepted(editor):
    delhi = title_figure("delhi")
    save(editor, delhi, 0, **answer(rule="same-currency-conflict"))
    bengaluru = title_figure("bengaluru")
    bengaluru.amount = 500_000
    bengaluru.save()
    refresh()
    response = save(editor, delhi, 0, reason="Looked at again.", sentence="Forged.")
    acceptance = delhi.acceptances.get()

    assert response.status_code == 302
    assert acceptance.reason == "Looked at again."
    assert acceptance.sentence.startswith("9.3 times above")
    assert delhi.findings.get(rule="same-currency-conflict").sentence.startswith("7.8 times above")


def test_acceptance_of_another_finding_takes_its_sentence(editor):
    figure = title_figure("toronto")
    save(editor, figure, 0, **answer())
    response = save(editor, figure, 0, rule="undated")
    acceptance = figure.acceptances.get()

    assert response.status_code == 302
    assert (acceptance.rule, acceptance.sentence) == ("undated", figure.findings.get(rule="undated").sentence)
    assert not title_figure("toronto").rankable


def test_acceptance_taken_back_opens_the_finding(editor):
    figure = title_figure("toronto")
    save(editor, figure, 0, **answer())
    response = save(editor, figure, 0, DELETE="on")

    assert response.status_code == 302
    assert not Acceptance.objects.exists()
    assert not figure.findings.filter(accepted=True).exists()
    assert not title_figure("toronto").rankable


def test_new_figure_has_no_findings_to_accept_yet_and_is_judged_when_saved(editor):
    page = editor.get(address(SalaryFigure, "add"))
    paris = title_figure("paris")
    values = {"slug": "new", "career": paris.career_id, "area": paris.area_id, "population": "title", "amount": "9"}
    values |= {"currency": "EUR", "basis": "survey", "as_printed": "€9", "city_as_printed": "Paris", "as_of": "2000"}
    values |= {"source": Source.objects.get(slug="geonames").pk, "next_status": "published"}

    assert findings_on(page) == ["Shown once the figure is saved."]
    assert list(inlines(page)) == []
    add = address(SalaryFigure, "add")
    assert confirmed(editor, add, editor.post(add, form_values(page) | values)).status_code == 302
    new = SalaryFigure.objects.get(slug="new")
    assert {"stale", "far-from-the-role", "same-currency-conflict"} <= {one.rule for one in new.findings.all()}
    assert new.confidence == "exclude"
    assert not paris.findings.filter(rule="single-source").exists()


def test_source_of_an_acceptance_stays(editor):
    save(editor, title_figure("toronto"), 0, **answer())
    source = Source.objects.get(slug="geonames")
    response = editor.post(address(Source, "delete", source.pk), {"post": "yes"})

    assert response.status_code == 200
    assert Source.objects.filter(pk=source.pk).exists()


@pytest.mark.parametrize("page", ["add", "change", "delete"])
def test_finding_is_not_edited(page, editor):
    finding = title_figure("toronto").findings.first()
    before = list(Finding.objects.order_by("pk").values_list())
    args = [] if page == "add" else [finding.pk]
    values = {"post": "yes", "accepted": "on", "sentence": "Forged.", "severity": "note", "rule": "x", "rank": 0}

    assert editor.post(address(Finding, page, *args), values).status_code == 403
    assert list(Finding.objects.order_by("pk").values_list()) == before


def test_finding_is_read(editor):
    finding = title_figure("toronto").findings.first()
    response = editor.get(address(Finding, "change", finding.pk))
    content = response.content.decode()

    assert response.status_code == 200
    assert response.context["adminform"].form.fields == {}
    assert "“$293,000” may mean another currency than CAD" in unescape(content)
    assert 'name="_save"' not in content


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ("", {}),
        ("?severity__exact=exclude", {"severity": "exclude"}),
        ("?rule=undated", {"rule": "undated"}),
        ("?accepted__exact=1", {"accepted": True}),
        ("?q=director-toronto", {"figure__area__slug": "toronto"}),
    ],
)
def test_findings_are_listed_without_actions(query, conditions, editor):
    Finding.objects.filter(pk=title_figure("paris").findings.first().pk).update(accepted=True)
    response = editor.get(changelist(Finding) + query)
    content = response.content.decode()

    assert response.context["cl"].result_count == Finding.objects.filter(**conditions).count() > 0
    assert f"{address(Finding, 'add')}" not in content
    assert 'name="action"' not in content
