"""What the content loader remembers of cities and figures, under their new names.

The loader tells an editor's change by a digest of the fields, named as they were. Without this, every figure would look
edited after the renames, and a load would keep it instead of bringing it up to date. Digests are computed here as the
loader computed them then; a record that an editor had changed stays marked as changed.
"""

import hashlib
import json

from django.db import migrations

DEFAULTS = {"population": "title", "currency_certain": True, "period": "unstated"}
FIGURE_FIELDS = [
    "slug", "population", "amount", "currency", "currency_certain", "period", "basis", "as_printed",
    "city_as_printed", "as_of", "source_place", "note",
]


def digest(fields):
    text = json.dumps(fields, sort_keys=True, default=lambda value: str(value.normalize()))
    return hashlib.sha256(text.encode()).hexdigest()


def figure_fields(figure):
    """The fields of a figure that are not at their default, as the loader of 0001 saw them."""
    fields = {name: getattr(figure, name) for name in FIGURE_FIELDS if name != "population"}
    fields |= {"population": figure.population_id, "career": [figure.career.slug]}
    fields |= {"city": [figure.area.slug], "source": [figure.source.slug]}
    return {name: value for name, value in fields.items() if value not in ("", DEFAULTS.get(name))}


def remember(apps, schema_editor):
    loaded = apps.get_model("careerguide", "LoadedRow").objects
    loaded.filter(model="salaries.city").update(model="salaries.area")
    figures = apps.get_model("salaries", "SalaryFigure").objects
    for figure in figures.select_related("career", "area", "source"):
        fields = figure_fields(figure)
        row = loaded.filter(model="salaries.salaryfigure", key=json.dumps([figure.slug], ensure_ascii=False))
        unedited = row.filter(digest=digest(fields))
        fields["area"] = fields.pop("city")
        fields["population"] = [figure.population_id]
        unedited.update(digest=digest(fields))
    for population in apps.get_model("salaries", "PopulationDescribed").objects.all():
        names = ["code", "name", "kind", "about"]
        fields = {name: getattr(population, name) for name in names if getattr(population, name)}
        del fields["code"]
        loaded.create(model="salaries.populationdescribed", key=json.dumps([population.code]), digest=digest(fields))


class Migration(migrations.Migration):
    dependencies = [
        ("careerguide", "0001_initial"),
        ("salaries", "0004_official_statistics_rates_and_findings"),
    ]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
