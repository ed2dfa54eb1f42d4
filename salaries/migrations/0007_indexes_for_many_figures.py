"""Indexes by which pages of many figures are found; what else is asked stands behind the columns searched."""

import salaries.conversion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0006_status"),
        ("salaries", "0006_status_and_bounds"),
        ("sources", "0003_dead_addresses"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="salaryfigure",
            name="salaryfigure_by_area",
        ),
        migrations.AddIndex(
            model_name="salaryfigure",
            index=models.Index(
                fields=["career", "status", "population", "area", "confidence", "currency", "amount", "period"],
                name="salaryfigure_by_area",
            ),
        ),
        migrations.AddIndex(
            model_name="salaryfigure",
            index=models.Index(
                fields=["career", "status", "population", "as_of", "area", "confidence", "currency", "amount"],
                name="salaryfigure_by_date",
            ),
        ),
        migrations.AddIndex(
            model_name="salaryfigure",
            index=models.Index(
                models.F("career"),
                models.F("status"),
                models.F("population"),
                models.F("currency"),
                salaries.conversion.YearlyAmount(),
                models.F("id"),
                models.F("confidence"),
                models.F("area"),
                models.F("amount"),
                models.F("period"),
                name="salaryfigure_by_amount",
            ),
        ),
        migrations.AddIndex(
            model_name="salaryfigure",
            index=models.Index(
                models.F("career"),
                models.F("status"),
                models.F("currency"),
                salaries.conversion.YearlyAmount(),
                models.F("id"),
                models.F("confidence"),
                models.F("area"),
                models.F("amount"),
                models.F("period"),
                models.F("population"),
                name="salaryfigure_by_amount_of_all",
            ),
        ),
    ]
