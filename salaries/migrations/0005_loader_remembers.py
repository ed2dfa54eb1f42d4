"""What the content loader remembers of cities and figures, under their new names.

The loader tells an editor's change by a digest of the fields, named as they were. Without this, every figure would look
edited after the renames, and a load would keep it instead of bringing it up to date. Digests are computed here as the
loader computed them then; a record that an editor had changed stays marked as changed.

Backward, what the older tables cannot hold is removed: areas that are no cities, and their figures.
"""

import hashlib
import json

from django.db import migrations

DEFAULTS = {"population": "title", "currency_certain": True, "period": "unstated"}
FIGURE_FIELDS = [
    "slug", "amount", "currency", "currency_certain", "period", "basis", "as_printed", "city_as_printed", "as_of",
    "source_place", "note",
]
CITY_FIELDS = ["slug", "name", "geonames_id", "admin1_code", "latitude", "longitude", "population", "timezone"]
REMOVE = [
    "DELETE FROM salaries_finding",
    "DELETE FROM salaries_acceptance",
    "DELETE FROM salaries_salaryfigure WHERE amount IS NULL"
    " OR area_id IN (SELECT id FROM salaries_area WHERE kind <> 'city')",
    "UPDATE salaries_area SET within_id = NULL",
    "DELETE FROM salaries_area_states",
    "DELETE FROM salaries_area WHERE kind <> 'city'",
]
NEW_MODELS = ["salaries.populationdescribed", "salaries.exchangerate", "salaries.pricelevel"]


def digest(fields):
    fields = {name: value for name, value in fields.items() if value not in ("", None, [], DEFAULTS.get(name))}
    text = json.dumps(fields, sort_keys=True, default=lambda value: str(value.normalize()))
    return hashlib.sha256(text.encode()).hexdigest()


def key(slug):
    return json.dumps([slug], ensure_ascii=False)


def figure_fields(figure):
    """The fields of a figure as the loader saw them before, and as it sees them from now on."""
    shared = {name: getattr(figure, name) for name in FIGURE_FIELDS}
    shared |= {"career": [figure.career.slug], "source": [figure.source.slug]}
    before = shared | {"city": [figure.area.slug], "population": figure.population_id}
    after = shared | {"area": [figure.area.slug], "population": [figure.population_id]}
    return before, after


def city_fields(area):
    before = {name: getattr(area, name) for name in CITY_FIELDS}
    before |= {"country": [area.country_id], "source": [area.source.slug]}
    within = [area.within.slug] if area.within else None
    return before, before | {"within": within, "states": sorted([state.slug] for state in area.states.all())}


def carry_over(loaded, model, slug, had, has):
    """A row that was as loaded stays so under its new digest."""
    loaded.filter(model=model, key=key(slug), digest=digest(had)).update(digest=digest(has))


def remember(apps, schema_editor):
    loaded = apps.get_model("careerguide", "LoadedRow").objects
    loaded.filter(model="salaries.city").update(model="salaries.area")
    for figure in apps.get_model("salaries", "SalaryFigure").objects.select_related("career", "area", "source"):
        before, after = figure_fields(figure)
        carry_over(loaded, "salaries.salaryfigure", figure.slug, before, after)
    for population in apps.get_model("salaries", "PopulationDescribed").objects.all():
        fields = {name: getattr(population, name) for name in ("name", "kind", "about")}
        loaded.update_or_create(
            model="salaries.populationdescribed", key=key(population.code), defaults={"digest": digest(fields)}
        )


def forget(apps, schema_editor):
    loaded = apps.get_model("careerguide", "LoadedRow").objects
    areas = apps.get_model("salaries", "Area").objects
    figures = apps.get_model("salaries", "SalaryFigure").objects
    for area in areas.filter(kind="city").select_related("source", "within"):
        before, after = city_fields(area)
        carry_over(loaded, "salaries.area", area.slug, after, before)
    others = areas.exclude(kind="city")
    gone = [("salaries.salaryfigure", slug) for slug in figures.exclude(area__kind="city").values_list("slug", flat=True)]
    gone += [("salaries.area", slug) for slug in others.values_list("slug", flat=True)]
    for model, slug in gone:
        loaded.filter(model=model, key=key(slug)).delete()
    with schema_editor.connection.cursor() as cursor:
        for statement in REMOVE:
            cursor.execute(statement)
    for figure in figures.select_related("career", "area", "source"):
        before, after = figure_fields(figure)
        carry_over(loaded, "salaries.salaryfigure", figure.slug, after, before)
    loaded.filter(model__in=NEW_MODELS).delete()
    loaded.filter(model="salaries.area").update(model="salaries.city")


class Migration(migrations.Migration):
    dependencies = [
        ("careerguide", "0001_initial"),
        ("salaries", "0004_official_statistics_rates_and_findings"),
    ]

    operations = [migrations.RunPython(remember, forget)]
