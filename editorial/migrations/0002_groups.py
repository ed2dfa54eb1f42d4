"""The two groups of accounts: editors, and publishers, who may also publish; see editorial/rights.py."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT = {
    "sources": ["source", "disagreement", "side", "citation"],
    "careers": [
        "country", "setting", "credential", "credentialfact", "career", "alternativetitle", "careersetting", "duty",
        "qualification", "careerstage", "passage", "question", "relatedcareer",
    ],
    "readinglist": ["topic", "work", "course", "readinglist", "listentry"],
    "salaries": [
        "area", "cityalias", "populationdescribed", "exchangerate", "pricelevel", "salaryfigure", "acceptance",
    ],
    "editorial": ["report", "decision"],
}
LOOKED_AT = {"salaries": ["finding"], "editorial": ["change", "proposal"]}


def make_groups(apps, schema_editor):
    using = schema_editor.connection.alias
    for label in CONTENT:  # Django itself makes permissions only after all migrations.
        app = apps.get_app_config(label)
        app.models_module = True
        create_permissions(app, verbosity=0, using=using, apps=apps)
        app.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    wanted = [
        (app, f"{action}_{model}")
        for app, models in CONTENT.items() for model in models for action in ("view", "add", "change", "delete")
    ]
    wanted += [(app, f"view_{model}") for app, models in LOOKED_AT.items() for model in models]
    found = {
        (one.content_type.app_label, one.codename): one
        for one in Permission.objects.using(using).select_related("content_type")
    }
    permissions = [found[key] for key in wanted]
    editor, _ = Group.objects.using(using).get_or_create(name="Editor")
    editor.permissions.set(permissions)
    publisher, _ = Group.objects.using(using).get_or_create(name="Publisher")
    publisher.permissions.set([*permissions, found["editorial", "publish_content"]])


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=["Editor", "Publisher"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("careers", "0006_status"),
        ("readinglist", "0003_status"),
        ("salaries", "0006_status_and_bounds"),
        ("sources", "0002_disagreements_and_credentials"),
        ("editorial", "0001_changes_proposals_decisions_reports"),
    ]

    operations = [
        migrations.RunPython(make_groups, remove_groups),
    ]
