"""Stored findings follow whatever changes, all at once or not at all."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction

from careerguide.rows import Row, RowError, digest
from salaries import judgement
from salaries.choices import ROLE
from salaries.judgement import refresh
from salaries.models import Area, Finding, PriceLevel, SalaryFigure
from salaries.open_findings import counted_rules
from salaries.rules import RULES
from salaries.tests.figures import DAY, SHARED, accept, said, title_figure, title_figures
from sources.choices import Confidence, Severity, Trust
from sources.models import Source

LOCK = connection.vendor == "postgresql"  # one query more: only one process judges at a time
pytestmark = pytest.mark.django_db


def stored():
    """Everything that a refresh writes."""
    findings = Finding.objects.order_by("pk").values_list("pk", "figure", "rule", "severity", "sentence", "accepted")
    return list(findings), list(SalaryFigure.objects.order_by("pk").values_list("pk", "confidence"))


def copies(number):
    """More official figures, for times gone by."""
    original = SalaryFigure.objects.get(slug="oews-2025-11-9111-0100001")
    for year in range(1000, 1000 + number):
        original.pk, original.slug, original.as_of = None, f"copy-{year}", str(year)
        yield SalaryFigure(**{field.attname: getattr(original, field.attname) for field in original._meta.fields})


def test_refresh_again_changes_nothing():
    refresh(DAY)
    before = stored()

    assert refresh(DAY) == 0
    assert stored() == before


def test_refresh_asks_as_much_for_more_figures(django_assert_num_queries):
    refresh(DAY)
    for number in (0, 300):
        SalaryFigure.objects.bulk_create(copies(number))
        assert refresh(DAY) == number * 2  # a wider class, and stale
        # a savepoint and its release; areas, populations, sources, price levels, values by purchasing power, figures;
        # acceptances, findings, confidences
        with django_assert_num_queries(11 + LOCK):
            assert refresh(DAY) == 0


def test_refresh_of_changed_figures_asks_once_for_each_kind_of_change(django_assert_num_queries):
    refresh(DAY)
    figures = SalaryFigure.objects.filter(area__country="US").for_role(ROLE)
    figures.update(period="year", as_of="2000", source=Source.objects.get(slug="geonames"))

    # one delete, one insert, and one update of confidences; no sentence of another figure changes
    with django_assert_num_queries(11 + 3 + LOCK):
        assert refresh(DAY) == 4 * 4  # a period, a date and an origin have come; stale is new
    assert {figure.confidence for figure in figures} == {Confidence.DOUBT}


def test_saved_figure_is_judged_anew_with_those_it_touches(committed):
    bengaluru = title_figure("bengaluru")
    bengaluru.amount = 975_000  # a quarter of the other: no conflict, and with none the wider limit holds
    with committed():
        bengaluru.save()
        assert "same-currency-conflict" in said("bengaluru")

    assert set(said("bengaluru")) == SHARED | {"far-from-the-median"}
    assert set(said("delhi")) == SHARED
    assert (title_figure("bengaluru").confidence, title_figure("delhi").confidence) == ("doubt", "note")


def test_updated_figure_is_judged_by_the_next_refresh():
    refresh(DAY)
    title_figures("bengaluru").update(amount=975_000)
    assert set(said("delhi")) == SHARED | {"same-currency-conflict"}

    assert refresh(DAY) == 4  # two conflicts and an exclusion go, one sentence changes
    assert set(said("delhi")) == SHARED
    assert refresh(DAY) == 0


@pytest.mark.parametrize("accepted", [False, True])
def test_deleted_figure_leaves_nothing_behind(accepted, committed):
    if accepted:
        accept("delhi", "undated")
    delhi = title_figure("delhi")
    pk = delhi.pk
    with committed():
        delhi.delete()

    assert not Finding.objects.filter(figure_id=pk).exists()
    assert "same-currency-conflict" not in said("bengaluru")
    connection.check_constraints()


@pytest.mark.parametrize(
    ("change", "slug", "rule"),
    [
        (lambda: Source.objects.get(slug="opencourser-career-2024"), "delhi", "no-origin"),
        (lambda: PriceLevel.objects.latest().get(country="SG"), "singapore", "far-from-the-median"),
        (lambda: Area.objects.get(slug="london"), "london", "beyond-the-official-band"),
    ],
    ids=["source", "price level", "area"],
)
def test_change_of_what_a_rule_looks_at_is_judged(change, slug, rule, committed):
    assert rule in said(slug)
    record = change()
    record.trust, record.ppp, record.within = Trust.SECONDARY, Decimal("1.5"), None  # whichever it has
    with committed():
        record.save()

    assert rule not in said(slug)


def test_many_changes_are_judged_once(committed, monkeypatch):
    calls = []
    monkeypatch.setattr(judgement, "refresh", lambda: calls.append("judged"))
    with committed():
        accept("delhi", "undated")
        title_figure("paris").save()
        SalaryFigure.objects.for_role(ROLE).filter(area__country="US").delete()
        assert calls == []

    assert calls == ["judged"]


def test_change_that_is_rolled_back_is_not_judged(committed, monkeypatch):
    calls = []
    monkeypatch.setattr(judgement, "refresh", lambda: calls.append("judged"))
    with committed(), pytest.raises(ZeroDivisionError), transaction.atomic():
        title_figure("paris").save()
        _ = 1 / 0

    assert calls == []


@pytest.mark.parametrize(
    ("as_of", "fresh", "stale"),
    [
        ("2025", date(2027, 12, 31), date(2028, 1, 1)),
        ("2025-05", date(2027, 5, 31), date(2027, 6, 1)),
        ("2024-02-29", date(2026, 2, 28), date(2026, 3, 1)),
    ],
)
def test_time_makes_a_figure_stale(as_of, fresh, stale):
    title_figures("paris").update(as_of=as_of)
    refresh(fresh)
    assert ("stale" in said("paris"), title_figure("paris").confidence) == (False, Confidence.NOTE)
    refresh(stale)
    assert ("stale" in said("paris"), title_figure("paris").confidence) == (True, Confidence.DOUBT)
    refresh(fresh)
    assert ("stale" in said("paris"), title_figure("paris").confidence) == (False, Confidence.NOTE)


def test_today_is_that_of_the_site(monkeypatch):
    title_figures("paris").update(as_of="2025")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2028, 1, 1))
    refresh()

    assert "stale" in said("paris")


def test_postponed_judgement_waits_for_its_call(committed):
    before = stored()
    with committed(), judgement.postponed():
        paris = title_figure("paris")
        paris.as_of = "2026"
        paris.save()

    assert stored() == before
    assert refresh() == 1
    assert "undated" not in said("paris")


def test_judgement_is_postponed_no_longer_than_asked(committed):
    paris = title_figure("paris")
    paris.as_of = "2026"
    with committed(), pytest.raises(ZeroDivisionError), judgement.postponed():
        with judgement.postponed():
            pass
        paris.save()  # still postponed
        _ = 1 / 0
    assert "undated" in said("paris")
    with committed():
        paris.save()

    assert "undated" not in said("paris")


def test_failed_transaction_leaves_nothing():
    before = stored()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        accept("toronto", "ambiguous-currency")
        SalaryFigure.objects.for_role(ROLE).update(as_of="2000")
        assert refresh() > 0
        _ = 1 / 0

    assert stored() == before


def test_failed_refresh_leaves_nothing(monkeypatch):
    before = stored()
    SalaryFigure.objects.for_role(ROLE).update(as_of="2000")
    monkeypatch.setattr(judgement, "store_confidence", lambda findings: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        refresh()

    assert stored() == before


def test_finding_of_a_rule_that_is_no_more_goes():
    Finding.objects.create(figure=title_figure("paris"), rule="gone", severity="note", rank=0, sentence="Gone.")

    assert refresh() == 1
    assert set(Finding.objects.values_list("rule", flat=True)) <= set(RULES)


def test_stored_finding_follows_its_rule():
    Finding.objects.filter(rule="undated").update(severity="exclude", rank=2, sentence="?", accepted=True)

    assert refresh() == 15
    assert set(Finding.objects.filter(rule="undated").values_list("severity", "rank", "accepted")) == {
        ("note", 0, False)
    }


def test_rank_follows_severity():
    assert set(Finding.objects.order_by().values_list("severity", "rank").distinct()) <= {
        (Severity.NOTE, 0),
        (Severity.DOUBT, 1),
        (Severity.EXCLUDE, 2),
    }


def test_rules_are_counted_in_declared_order_at_once(django_assert_num_queries):
    accept("paris", "undated")
    refresh()
    with django_assert_num_queries(1):
        counted = counted_rules()

    assert [rule for rule, _ in counted] == list(RULES.values())
    counts = {rule.name: count for rule, count in counted}
    assert (counts["undated"], counts["far-from-the-role"], counts["stale"]) == (
        14,
        3,
        Finding.objects.filter(rule="stale").count(),
    )


@pytest.mark.parametrize("confidence", Confidence.values)
def test_fixture_cannot_set_a_confidence(confidence):
    with pytest.raises(RowError, match="no such field") as caught:
        Row(SalaryFigure, {"slug": "a-figure", "confidence": confidence})

    assert caught.value.field == "confidence"


def test_confidence_makes_no_record_look_edited():
    assert digest(SalaryFigure, {"confidence": "exclude"}) == digest(SalaryFigure, {})


def test_new_price_level_of_one_country_lifts_no_exclusion():
    canada = PriceLevel.objects.get(country="CA")
    PriceLevel.objects.create(country=canada.country, year=2026, ppp="1.2", level="90", source=canada.source)
    judgement.refresh(DAY)

    excluded = SalaryFigure.objects.for_role(ROLE).filter(confidence="exclude")
    assert {figure.area.slug for figure in excluded} == {"bengaluru", "shanghai", "tel-aviv", "toronto"}
