import secrets

from django.db import migrations, models

from careerguide.revision import unwatch


def begin(apps, schema_editor):
    """The one row; its number is moved by triggers, which are made after every migration.

    It begins anywhere below the milliseconds that `restore` sets: a page kept of another database must not seem fresh.
    """
    apps.get_model("careerguide", "ContentRevision").objects.create(number=secrets.randbelow(10**12))


class Migration(migrations.Migration):
    dependencies = [("careerguide", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ContentRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.RunPython(begin, lambda apps, schema_editor: unwatch(schema_editor)),
    ]
