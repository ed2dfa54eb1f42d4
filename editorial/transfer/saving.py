"""A plan carried out: all of it, in the transaction of the caller, with history and judgement."""

from django.db import connection

from editorial.choices import Role
from editorial.rights import role_of
from editorial.saving import effects
from editorial.transfer import history
from editorial.transfer.plans import Kind
from salaries import judgement


def carry_out(plan, resource, user, reason, source, progress):
    added, changed = plan.of(Kind.ADDED), plan.of(Kind.CHANGED)
    if not added and not changed:
        return
    total = len(added) + len(changed)
    progress("written", 0, total)
    judged = resource.model._meta.app_label == "salaries"
    findings = effects.findings() if judged else {}
    with judgement.postponed():
        add(resource.model, added)
        progress("written", len(added), total)
        change(resource.model, changed)
        tie(resource.model, added + [line for line in changed if line.tied])
        progress("written", total, total)
        pairs = [(line.before, line.record) for line in changed + added]
        role = role_of(user) if user else Role.ADMINISTRATOR
        history.record_bulk(role, pairs, resource.model, user, reason, source)
        if judged:
            plan.new_findings = effects.public_doubts_since(findings)


def add(model, lines):
    model.objects.bulk_create([line.record for line in lines])


def change(model, lines):
    """One statement for all records, with the values of each. `bulk_update` takes many times as long."""
    changed = {name for line in lines for name, *_ in line.changes}
    fields = [field for field in model._meta.concrete_fields if field.name in changed]
    if not fields:
        return
    for field in fields:
        if field.unique and field.null:  # two rows may exchange their places
            model.objects.filter(pk__in=[line.record.pk for line in lines]).update(**{field.name: None})
    quoted = connection.ops.quote_name
    values = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    statement = f"UPDATE {table} SET {values} WHERE {key} = %s"  # noqa: S608 - names of the model, values apart
    with connection.cursor() as cursor:
        cursor.executemany(
            statement, [[*(stored(field, line.record) for field in fields), line.record.pk] for line in lines]
        )


def stored(field, record):
    return field.get_db_prep_save(field.pre_save(record, add=False), connection)


def tie(model, lines):
    """Store the ties to other records that the lines' records have in memory."""
    for field in model._meta.many_to_many:
        through = field.remote_field.through
        owner, other = field.m2m_column_name(), field.m2m_reverse_name()
        through._default_manager.filter(**{f"{owner}__in": [line.record.pk for line in lines if line.before]}).delete()
        through._default_manager.bulk_create(
            through(**{owner: line.record.pk, other: one.pk})
            for line in lines
            for one in getattr(line.record, "_prefetched_objects_cache", {}).get(field.name, ())
        )
