"""An accepted finding stays and no longer counts."""

import pytest

from salaries import judgement
from salaries.judgement import refresh
from salaries.models import Acceptance, Finding, SalaryFigure
from salaries.tests.figures import DAY, SHARED, accept, said, title_figure
from sources.choices import Confidence

pytestmark = pytest.mark.django_db


def test_accepted_finding_stays_and_no_longer_counts(committed):
    sentence = said("toronto")["ambiguous-currency"]
    with committed():
        acceptance = accept("toronto", "ambiguous-currency")
    toronto = title_figure("toronto")

    assert said("toronto")["ambiguous-currency"] == sentence
    assert toronto.findings.get(rule="ambiguous-currency").accepted
    assert not toronto.findings.get(rule="ambiguous-currency").excludes
    assert not Finding.objects.open().filter(figure=toronto, rule="ambiguous-currency").exists()
    assert (toronto.confidence, toronto.rankable) == (Confidence.NOTE, True)
    assert SalaryFigure.objects.get(pk=toronto.pk).rankable
    assert refresh() == 0

    with committed():
        acceptance.delete()
    toronto = title_figure("toronto")
    assert Finding.objects.open().get(figure=toronto, rule="ambiguous-currency").excludes
    assert (toronto.confidence, toronto.rankable) == (Confidence.EXCLUDE, False)
    assert not SalaryFigure.objects.get(pk=toronto.pk).rankable


def test_acceptance_answers_one_finding_of_one_figure(committed):
    with committed():
        accept("bengaluru", "far-from-the-role")

    assert title_figure("bengaluru").confidence == Confidence.DOUBT  # two doubts are open
    assert list(Finding.objects.filter(accepted=True).values_list("figure__area__slug", "rule")) == [
        ("bengaluru", "far-from-the-role")
    ]


def test_figure_whose_findings_are_all_accepted_is_clear(committed):
    with committed():
        for rule in sorted(SHARED):
            accept("new-york", rule)

    assert title_figure("new-york").confidence == Confidence.CLEAR
    assert set(said("new-york")) == SHARED


def test_acceptance_outlives_its_finding(committed):
    """A finding that comes back is still accepted."""
    accept("paris", "undated")
    paris = title_figure("paris")
    for as_of, rules in (("2026", SHARED - {"undated"}), ("", SHARED)):
        paris.as_of = as_of
        with committed():
            paris.save()
        assert set(said("paris")) == rules

    assert paris.findings.get(rule="undated").accepted


def test_acceptance_lapses_when_the_figure_is_read_otherwise():
    london = SalaryFigure.objects.get(slug="medical-director-london-opencourser")
    Acceptance.objects.create(figure=london, rule="beyond-the-official-band", reason="Checked.", source=london.source)
    judgement.refresh(DAY)
    assert SalaryFigure.objects.get(pk=london.pk).confidence == "note"

    SalaryFigure.objects.filter(pk=london.pk).update(amount=900_000)
    judgement.refresh(DAY)

    assert not london.findings.get(rule="beyond-the-official-band").accepted


def test_withheld_median_is_never_rankable():
    figure = SalaryFigure.objects.filter(amount=None).first()
    Acceptance.objects.create(figure=figure, rule="no-median", reason="It is high.", source=figure.source)
    judgement.refresh(DAY)

    assert not SalaryFigure.objects.get(pk=figure.pk).rankable
