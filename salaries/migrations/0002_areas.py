"""Cities become one kind of area: official statistics describe metropolitan areas, states and countries as well."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("salaries", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("salaryfigure", "salaryfigure_once_per_source_and_time"),
        migrations.RemoveConstraint("city", "city_latitude_in_degrees"),
        migrations.RemoveConstraint("city", "city_longitude_in_degrees"),
        migrations.RenameModel("City", "Area"),
        migrations.RenameField("salaryfigure", "city", "area"),
        migrations.AlterModelOptions("salaryfigure", {"ordering": ["area__name", "slug"]}),
        migrations.AlterModelOptions("area", {"ordering": ["name", "slug"]}),
    ]
