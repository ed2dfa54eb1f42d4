"""Percentiles rise also where one between them is not known."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('careers', '0006_status'),
        ('salaries', '0007_indexes_for_many_figures'),
        ('sources', '0003_dead_addresses'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='salaryfigure',
            name='salaryfigure_p10_to_p25',
        ),
        migrations.RemoveConstraint(
            model_name='salaryfigure',
            name='salaryfigure_p25_to_median',
        ),
        migrations.RemoveConstraint(
            model_name='salaryfigure',
            name='salaryfigure_median_to_p75',
        ),
        migrations.RemoveConstraint(
            model_name='salaryfigure',
            name='salaryfigure_p75_to_p90',
        ),
        migrations.AddConstraint(
            model_name='salaryfigure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('p10__lte', models.F('p25')), ('p10__isnull', True), ('p25__isnull', True), _connector='OR'), models.Q(('p10__lte', models.F('amount')), ('p10__isnull', True), ('amount__isnull', True), _connector='OR'), models.Q(('p10__lte', models.F('p75')), ('p10__isnull', True), ('p75__isnull', True), _connector='OR'), models.Q(('p10__lte', models.F('p90')), ('p10__isnull', True), ('p90__isnull', True), _connector='OR'), models.Q(('p25__lte', models.F('amount')), ('p25__isnull', True), ('amount__isnull', True), _connector='OR'), models.Q(('p25__lte', models.F('p75')), ('p25__isnull', True), ('p75__isnull', True), _connector='OR'), models.Q(('p25__lte', models.F('p90')), ('p25__isnull', True), ('p90__isnull', True), _connector='OR'), models.Q(('amount__lte', models.F('p75')), ('amount__isnull', True), ('p75__isnull', True), _connector='OR'), models.Q(('amount__lte', models.F('p90')), ('amount__isnull', True), ('p90__isnull', True), _connector='OR'), models.Q(('p75__lte', models.F('p90')), ('p75__isnull', True), ('p90__isnull', True), _connector='OR')), name='salaryfigure_percentiles_rise', violation_error_message='Percentiles rise: none is above a higher one.'),
        ),
    ]
