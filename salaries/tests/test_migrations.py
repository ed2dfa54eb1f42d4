"""A site that was filled before official statistics came keeps its content, and its editors' work, when it is upgraded.

The upgrade runs in a process of its own, on a database that is thrown away: the tables of the other tests stay whole.
"""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from tests.databases import throw_away_database

FIXTURES = settings.BASE_DIR / "fixtures"
BEFORE = [("careerguide", "0001_initial"), ("salaries", "0001_initial")]

# In the old database: one figure as it was loaded, one that an editor changed, one of a wider class.
UPGRADE = '''
import hashlib, json, sys
from decimal import Decimal
from pathlib import Path

import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from careerguide import content
from careerguide.models import LoadedRow

folder, before = Path(sys.argv[1]), [tuple(one) for one in json.loads(sys.argv[2])]


def digest(fields):
    """As the loader computed it then, before it spoke of areas."""
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def add(label, key, loaded=None, **fields):
    apps.get_model(label).objects.create(**fields)
    if loaded is not None:
        LoadedRow.objects.create(model=label, key=json.dumps([key]), digest=digest(loaded))


def rows(label):
    return [row["fields"] for row in json.loads((folder / f"{label}.json").read_text())]


executor = MigrationExecutor(connection)
executor.migrate(before)
apps = executor.loader.project_state(before).apps
for label in ("sources.source", "careers.country", "careers.career"):
    for fields in rows(label):
        add(label, None, **fields)
source = {row.slug: row for row in apps.get_model("sources.source").objects.all()}
career = apps.get_model("careers.career").objects.get()
for slug, code, number in (("delhi", "IN", 1), ("london", "GB", 2)):
    facts = {"slug": slug, "name": slug.title(), "geonames_id": number, "population": 9, "timezone": "Asia/Kolkata"}
    loaded = {**facts, "latitude": "1.5", "longitude": "2", "country": [code], "source": ["geonames"]}
    add("salaries.city", slug, loaded, latitude="1.50000", longitude="2.00000", country_id=code,
        source=source["geonames"], **facts)
cities = {row.slug: row for row in apps.get_model("salaries.city").objects.all()}
for slug, city, population, amount in (
    ("untouched", "delhi", "title", "3900000"), ("edited", "london", "title", "300000"),
    ("wider", "london", "11-9111", "99.5"),
):
    facts = {"slug": slug, "currency": "GBP", "basis": "survey", "as_printed": amount, "city_as_printed": "As printed",
             "as_of": "2025", "note": "\\u20b9"}
    ties = {"career": ["medical-director"], "city": [city], "source": ["opencourser-career-2024"]}
    loaded = {**facts, **ties, "amount": str(Decimal(amount).normalize())}
    if population != "title":  # what is at its default was left out
        loaded["population"] = population
    add("salaries.salaryfigure", slug, loaded, career=career, city=cities[city], population=population,
        amount="1.00" if slug == "edited" else amount, source=source["opencourser-career-2024"], **facts)

call_command("migrate", verbosity=0)
from salaries.models import Area, PopulationDescribed, SalaryFigure


def stored():
    return {
        "areas": list(Area.objects.order_by("slug").values_list("slug", "kind", "name", "country")),
        "figures": list(
            [*row[:4], f"{row[4]:f}", *row[5:]] for row in SalaryFigure.objects.order_by("slug").values_list(
                "slug", "area__slug", "population", "currency", "amount", "as_printed", "note")
        ),
        "populations": list(PopulationDescribed.objects.order_by("code").values_list("code", "name", "kind")),
        "remembered": list(LoadedRow.objects.order_by("model", "key").values_list("model", "key")),
    }


content.CONTENT_MODELS = json.loads(sys.argv[3])
upgraded = stored()
report = content.load(folder)
print(json.dumps({
    "upgraded": upgraded, "loaded": stored(), "counts": dict(report.counts), "kept": report.kept,
    "again": dict(content.load(folder).counts),
}))
'''
MODELS = ["sources.source", "careers.country", "careers.career", "salaries.area", "salaries.populationdescribed"]
MODELS += ["salaries.salaryfigure"]


def chosen(label, *keys):
    rows = json.loads((FIXTURES / f"{label}.json").read_text(encoding="utf-8"))
    return [row for row in rows if {row["fields"].get("slug"), row["fields"].get("code")} & set(keys)]


def area(slug, code, number):
    fields = {"slug": slug, "name": slug.title(), "country": [code], "geonames_id": number, "latitude": "1.5"}
    fields |= {"longitude": "2", "population": 9, "timezone": "Asia/Kolkata", "source": ["geonames"]}
    return {"model": "salaries.area", "fields": fields}


def figure(slug, city, population, amount, **changes):
    fields = {"slug": slug, "career": ["medical-director"], "area": [city], "population": [population]}
    fields |= {"amount": amount, "currency": "GBP", "basis": "survey", "as_printed": amount, "as_of": "2025"}
    fields |= {"city_as_printed": "As printed", "source": ["opencourser-career-2024"], "note": "₹"}
    return {"model": "salaries.salaryfigure", "fields": fields | changes}


@pytest.fixture(scope="module")
def upgrade(tmp_path_factory):
    """What the upgraded database holds, and what the next load of changed fixtures does to it."""
    path = tmp_path_factory.mktemp("upgrade")
    rows = {
        "sources.source": chosen("sources.source", "geonames", "opencourser-career-2024"),
        "careers.country": chosen("careers.country", "IN", "GB"),
        "careers.career": chosen("careers.career", "medical-director"),
        "salaries.area": [area("delhi", "IN", 1), area("london", "GB", 2)],
        "salaries.populationdescribed": chosen("salaries.populationdescribed", "title", "11-9111"),
        "salaries.salaryfigure": [
            figure("untouched", "delhi", "title", "3900000", note="Newly said."),
            figure("edited", "london", "title", "300000", note="Newly said."),
            figure("wider", "london", "11-9111", "99.5", p10="50"),
        ],
    }
    folder = path / "fixtures"
    folder.mkdir()
    for label, some in rows.items():
        (folder / f"{label}.json").write_text(json.dumps(some), encoding="utf-8")
    command = [sys.executable, "-W", "error", "-c", UPGRADE, folder, json.dumps(BEFORE), json.dumps(MODELS)]
    with throw_away_database(path) as environment:
        done = subprocess.run(
            command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_cities_become_areas(upgrade):
    assert upgrade["upgraded"]["areas"] == [["delhi", "city", "Delhi", "IN"], ["london", "city", "London", "GB"]]


def test_figures_are_kept(upgrade):
    assert upgrade["upgraded"]["figures"] == [
        ["edited", "london", "title", "GBP", "1.00", "300000", "₹"],
        ["untouched", "delhi", "title", "GBP", "3900000.00", "3900000", "₹"],
        ["wider", "london", "11-9111", "GBP", "99.50", "99.5", "₹"],
    ]


def test_populations_that_figures_name_become_records(upgrade):
    assert upgrade["upgraded"]["populations"] == [["11-9111", "11-9111", "managers"], ["title", "this title", "title"]]


def test_loader_remembers_everything_under_its_new_name(upgrade):
    assert upgrade["upgraded"]["remembered"] == [
        ["salaries.area", '["delhi"]'],
        ["salaries.area", '["london"]'],
        ["salaries.populationdescribed", '["11-9111"]'],
        ["salaries.populationdescribed", '["title"]'],
        ["salaries.salaryfigure", '["edited"]'],
        ["salaries.salaryfigure", '["untouched"]'],
        ["salaries.salaryfigure", '["wider"]'],
    ]


def test_next_load_updates_what_nobody_edited_and_keeps_what_an_editor_did(upgrade):
    assert upgrade["kept"] == ['salaries.salaryfigure ["edited"]: changed in the admin']
    assert upgrade["counts"] == {"unchanged": 7, "updated": 4}  # both populations, two figures
    assert [(row[0], row[4], row[6]) for row in upgrade["loaded"]["figures"]] == [
        ("edited", "1.00", "₹"),
        ("untouched", "3900000.00", "Newly said."),
        ("wider", "99.50", "₹"),
    ]


def test_next_load_describes_the_populations(upgrade):
    assert upgrade["loaded"]["populations"] == [
        ["11-9111", "medical and health services managers", "managers"],
        ["title", "this title", "title"],
    ]


def test_further_load_changes_nothing(upgrade):
    assert upgrade["again"] == {"unchanged": 11}
