"""What the rules say of the figures as they are loaded, and that stored findings follow whatever changes."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection, transaction

from careerguide.rows import Row, RowError, digest
from salaries import judgement
from salaries.choices import ROLE
from salaries.judgement import refresh
from salaries.models import Acceptance, Area, Finding, PriceLevel, SalaryFigure
from salaries.rules import RULES, Peers
from sources.choices import Confidence, Severity, Trust
from sources.models import Source
from tests.constraints import check_both_sides, check_uniqueness, names

LOCK = connection.vendor == "postgresql"  # one query more: only one process judges at a time
pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)
SHARED = {"no-origin", "period-unstated", "sample-unstated", "single-source", "undated"}  # by all fifteen
# What the rules find besides, with the value in international dollars and the robust z-score worked out by hand
# before the rules were written.
SEEDS = {
    "austin": (set(), 397_000, "0.67"),
    "beijing": ({"same-currency-conflict"}, 248_009, "0.02"),
    "bengaluru": ({"far-from-the-role", "far-from-the-median", "same-currency-conflict"}, 21_070, "-3.42"),
    "berlin": (set(), 244_824, "0.00"),
    "delhi": ({"same-currency-conflict"}, 196_583, "-0.31"),
    "london": ({"beyond-the-official-band"}, 427_637, "0.78"),
    "new-york": (set(), 357_000, "0.53"),
    "paris": (set(), 204_778, "-0.25"),
    "san-francisco": (set(), 350_000, "0.50"),
    "seattle": (set(), 428_000, "0.78"),
    "shanghai": ({"far-from-the-role", "far-from-the-median", "same-currency-conflict"}, 40_757, "-2.50"),
    "shenzhen": (set(), 107_817, "-1.14"),
    "singapore": ({"far-from-the-median"}, 650_508, "1.36"),
    "tel-aviv": ({"far-from-the-role", "far-from-the-median"}, 23_525, "-3.27"),
    "toronto": ({"ambiguous-currency"}, 232_451, "-0.07"),
}


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What changes inside `with committed():` is judged at its end, as when a transaction is through."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def title_figure(slug):
    return SalaryFigure.objects.for_role(ROLE).get(area__slug=slug)


def said(slug):
    """{rule: sentence} of all findings of a city's figure, accepted ones included."""
    return {one.rule: one.sentence.replace("\N{NO-BREAK SPACE}", " ") for one in title_figure(slug).findings.all()}


def stored():
    """Everything that a refresh writes."""
    findings = Finding.objects.order_by("pk").values_list("pk", "figure", "rule", "severity", "sentence", "accepted")
    return list(findings), list(SalaryFigure.objects.order_by("pk").values_list("pk", "confidence"))


def accept(slug, rule):
    source = Source.objects.get(slug="geonames")
    return Acceptance.objects.create(figure=title_figure(slug), rule=rule, reason="Known.", source=source)


def copies(number):
    """More official figures, for times gone by."""
    original = SalaryFigure.objects.get(slug="oews-2025-11-9111-0100001")
    for year in range(1000, 1000 + number):
        original.pk, original.slug, original.as_of = None, f"copy-{year}", str(year)
        yield SalaryFigure(**{field.attname: getattr(original, field.attname) for field in original._meta.fields})


@pytest.mark.parametrize("slug", SEEDS)
def test_seed_figure_is_doubted_for(slug):
    assert set(said(slug)) == SHARED | SEEDS[slug][0]


def test_seed_figures_are_all_in_the_table():
    assert set(SalaryFigure.objects.for_role(ROLE).values_list("area__slug", flat=True)) == set(SEEDS)


def test_seed_figures_measure_as_by_hand():
    peers = Peers(judgement.facts(), DAY)
    slugs = dict(Area.objects.values_list("pk", "slug"))
    found = {slugs[one.area]: one for one in peers.figures if one.is_title}

    for slug, (_, ppp, z) in SEEDS.items():
        assert found[slug].ppp == pytest.approx(ppp, abs=1), slug
        assert peers.robust_z(found[slug]) == pytest.approx(float(z), abs=0.006), slug


@pytest.mark.parametrize(
    ("confidence", "slugs"),
    [
        ("exclude", {"bengaluru", "shanghai", "tel-aviv", "toronto"}),
        ("doubt", {"beijing", "delhi", "london", "singapore"}),
        ("note", {"austin", "berlin", "new-york", "paris", "san-francisco", "seattle", "shenzhen"}),
        ("clear", set()),
    ],
)
def test_seed_figures_of_confidence(confidence, slugs):
    found = SalaryFigure.objects.for_role(ROLE).filter(confidence=confidence)

    assert {figure.area.slug for figure in found} == slugs
    assert all(figure.rankable == (confidence != "exclude") for figure in found)


@pytest.mark.parametrize(
    ("slug", "rule", "sentence"),
    [
        ("delhi", "same-currency-conflict", "9.3 times above the other figure in INR (Bengaluru), INR 418,000; "),
        ("bengaluru", "same-currency-conflict", "9.3 times below the other figure in INR (Delhi), INR 3,900,000; "),
        ("beijing", "same-currency-conflict", "6.1 times above the Shanghai figure in CNY, CNY 141,000; "),
        ("shanghai", "same-currency-conflict", "6.1 times below the Beijing figure in CNY, CNY 858,000; "),
        ("toronto", "ambiguous-currency", "“$293,000” may mean another currency than CAD."),
        ("london", "beyond-the-official-band", "2.02 times the p90 of specialist medical practitioners (2212) in "),
        ("singapore", "far-from-the-median", "int$ 651,000 a year by purchasing power is 2.7 times the role’s median"),
        ("tel-aviv", "far-from-the-role", "int$ 24,000 a year by purchasing power: 3.3 robust standard deviations be"),
        ("bengaluru", "far-from-the-role", "int$ 21,000 a year by purchasing power: 3.4 robust standard deviations be"),
        ("shanghai", "far-from-the-role", "int$ 41,000 a year by purchasing power: 2.5 robust standard deviations be"),
    ],
)
def test_seed_figure_says(slug, rule, sentence):
    assert said(slug)[rule].startswith(sentence)


@pytest.mark.parametrize("slug", ["toronto", "london", "tel-aviv", "beijing", "shanghai", "bengaluru", "delhi"])
def test_seed_figure_has_more_reasons_than_new_york(slug):
    assert set(said(slug)) > set(said("new-york"))


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
    SalaryFigure.objects.filter(pk=title_figure("bengaluru").pk).update(amount=975_000)
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
    SalaryFigure.objects.filter(pk=title_figure("paris").pk).update(as_of=as_of)
    refresh(fresh)
    assert ("stale" in said("paris"), title_figure("paris").confidence) == (False, Confidence.NOTE)
    refresh(stale)
    assert ("stale" in said("paris"), title_figure("paris").confidence) == (True, Confidence.DOUBT)
    refresh(fresh)
    assert ("stale" in said("paris"), title_figure("paris").confidence) == (False, Confidence.NOTE)


def test_today_is_that_of_the_site(monkeypatch):
    SalaryFigure.objects.filter(pk=title_figure("paris").pk).update(as_of="2025")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2028, 1, 1))
    refresh()

    assert "stale" in said("paris")


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
        counted = judgement.counted_rules()

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


SIDES = [
    (Finding, "finding_severity_known", {"severity": "grave"}, {"severity": "doubt"}),
    (Finding, "finding_severity_known", {"severity": ""}, {"severity": "exclude"}),
    (Acceptance, "acceptance_has_reason", {"reason": ""}, {"reason": "Known."}),
]


def test_constraints_are_all_tested():
    once = {"finding_once_per_rule", "acceptance_once_per_rule"}

    assert {name for _, name, _, _ in SIDES} | once == names(Finding, Acceptance)


@pytest.mark.parametrize(("model", "name", "broken", "valid"), SIDES)
def test_constraint_has_two_sides(model, name, broken, valid):
    accept("paris", "undated")
    check_both_sides(model, name, broken, valid)


@pytest.mark.parametrize("model", [Finding, Acceptance])
def test_rule_speaks_once_of_a_figure(model):
    accept("paris", "undated")
    original = model.objects.get(figure=title_figure("paris"), rule="undated")
    check_uniqueness(original, f"{model._meta.model_name}_once_per_rule", {}, {"rule": "stale"})


def test_new_price_level_of_one_country_lifts_no_exclusion():
    canada = PriceLevel.objects.get(country="CA")
    PriceLevel.objects.create(country=canada.country, year=2026, ppp="1.2", level="90", source=canada.source)
    judgement.refresh(DAY)

    excluded = SalaryFigure.objects.for_role(ROLE).filter(confidence="exclude")
    assert {figure.area.slug for figure in excluded} == {"bengaluru", "shanghai", "tel-aviv", "toronto"}


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
