"""What the rules say of the fifteen figures for the title as they are loaded."""

import pytest

from salaries import judgement
from salaries.choices import ROLE
from salaries.models import Area, SalaryFigure
from salaries.rules import Peers
from salaries.tests.figures import DAY, SHARED, said

pytestmark = pytest.mark.django_db

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
