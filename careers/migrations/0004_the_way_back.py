"""Forward nothing. Backward, what the older tables cannot hold is removed: credentials, disagreements, notes on pay.

A step of its own, because PostgreSQL does not alter a table in the transaction that deleted from it. Fields that go
lose their values, so records look edited to the loader afterwards; `load_content --overwrite` brings them back.
"""

import json

from django.db import migrations

NEW_MODELS = ["careers.credential", "careers.credentialfact", "sources.disagreement", "sources.side"]
NEW_CITATIONS = ["credential", "credential_fact", "side"]


def remove_what_is_new(apps, schema_editor):
    memory = apps.get_model("careerguide", "LoadedRow").objects
    notes = apps.get_model("careers", "Passage").objects.filter(section="pay")
    for career, slug in notes.values_list("career__slug", "slug"):
        key = json.dumps([career, slug])
        memory.filter(model="careers.passage", key=key).delete()
        memory.filter(model="sources.citation", key__endswith=f'"passage", {key[1:]}').delete()
    notes.delete()
    apps.get_model("careers", "Qualification").objects.update(credential=None, disagreement=None)
    for name in ("CareerStage", "Passage", "Question"):
        apps.get_model("careers", name).objects.update(disagreement=None)
    apps.get_model("careers", "Credential").objects.all().delete()
    apps.get_model("sources", "Disagreement").objects.all().delete()
    memory.filter(model__in=NEW_MODELS).delete()
    for field in NEW_CITATIONS:
        memory.filter(model="sources.citation", key__contains=f'"{field}", ').delete()


class Migration(migrations.Migration):
    dependencies = [
        ("careerguide", "0001_initial"),
        ("careers", "0003_where_statements_hold"),
        ("sources", "0002_disagreements_and_credentials"),
    ]

    operations = [migrations.RunPython(migrations.RunPython.noop, remove_what_is_new)]
