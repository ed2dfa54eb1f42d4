"""A plan carried out: all of it, in the transaction of the caller, with history and judgement."""

from editorial.choices import Role
from editorial.rights import role_of
from editorial.transfer import history
from editorial.transfer.plans import Kind
from salaries import judgement


def carry_out(plan, resource, user, reason, source, progress):
    added, changed = plan.of(Kind.ADDED), plan.of(Kind.CHANGED)
    if not added and not changed:
        return
    total = len(added) + len(changed)
    progress("written", 0, total)
    with judgement.postponed():
        add(resource.model, added)
        progress("written", len(added), total)
        change(resource.model, changed)
        tie(resource.model, added + [line for line in changed if line.tied])
        progress("written", total, total)
        pairs = [(line.before, line.record) for line in changed + added]
        role = role_of(user) if user else Role.ADMINISTRATOR
        history.record_bulk(role, pairs, resource.model, user, reason, source)
        if resource.model._meta.app_label == "salaries":
            judgement.refresh()


def add(model, lines):
    model.objects.bulk_create([line.record for line in lines])


def change(model, lines):
    """One statement for many records, each of which exists: it is their slug that conflicts."""
    stored = {field.name for field in model._meta.concrete_fields}
    names = sorted({name for line in lines for name, *_ in line.changes} & stored)
    if not names:
        return
    for field in model._meta.concrete_fields:
        if field.unique and field.null and field.name in names:  # two rows may exchange their places
            model.objects.filter(pk__in=[line.record.pk for line in lines]).update(**{field.name: None})
    model.objects.bulk_create(
        [line.record for line in lines], update_conflicts=True, unique_fields=["slug"], update_fields=names
    )


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
