"""Whom a figure describes becomes a record of its own; the codes that figures already name are carried over."""

from django.db import migrations, models


TITLE = "title"


def carry_codes_over(apps, schema_editor):
    codes = {*apps.get_model("salaries", "SalaryFigure").objects.values_list("population", flat=True)}
    populations = apps.get_model("salaries", "PopulationDescribed").objects
    for code in sorted(codes):
        title = code == TITLE
        populations.create(
            code=code,
            name="this title" if title else code,
            kind="title" if title else "managers",
            about="" if title else "Described by its code only so far.",
        )


class Migration(migrations.Migration):
    dependencies = [("salaries", "0002_areas")]

    operations = [
        migrations.CreateModel(
            name="PopulationDescribed",
            fields=[
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=20)),
                ("classification", models.CharField(blank=True, max_length=60)),
                ("about", models.TextField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.RunPython(carry_codes_over, migrations.RunPython.noop),
        migrations.RemoveIndex("salaryfigure", "salaryfigure_by_amount"),
    ]
