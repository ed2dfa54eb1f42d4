"""What a form that was sent still names although others have deleted it: a row of it, or the record itself."""

from django.utils.text import capfirst
from reversion.errors import RevertError
from reversion.models import Version

from editorial.saving import conflicts
from editorial.saving.holding import owner_field

MOST_ROWS = 1000  # Django refuses a form that claims more


def leave_out_rows(request, inline, data, prefix, instance, queryset, **others):
    """(the data without the rows whose records are gone, {key: what such a row said}).

    The rows of a new record have no records of their own: they become new, too, where rows may be added.
    """
    total, initial = (count(data, f"{prefix}-{name}_FORMS") for name in ("TOTAL", "INITIAL"))
    if total is None or initial is None or not initial <= total <= MOST_ROWS:
        return data, {}
    key, tie = inline.model._meta.pk.name, owner_field(type(instance), inline)
    sent = {number: data.get(f"{prefix}-{number}-{key}", "") for number in range(initial)}
    stored = set()
    if instance.pk is not None:
        stored = {str(pk) for pk in queryset.filter(**{tie.name: instance}).values_list("pk", flat=True)}
    strange = [number for number, pk in sent.items() if pk and str(pk) not in stored]
    if not strange:
        return data, {}
    renewed = strange if instance.pk is None and inline.has_add_permission(request, instance) else []
    gone = [number for number in strange if number not in renewed]
    kept = [number for number in range(initial) if number not in strange]
    order = [*kept, *renewed, *range(initial, total)]
    said = {(prefix, sent[one]): row_in_words(request, inline, instance, data, f"{prefix}-{one}-") for one in gone}
    least = inline.get_min_num(request) or 0
    emptied = {f"{one}-{name}" for one in renewed for name in (key, tie.name)}
    return renumbered(data, prefix, order, len(kept), least, emptied), said


def count(data, name):
    text = data.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def renumbered(data, prefix, order, initial, least, emptied):
    """The data with the rows of `order` alone, of which the first `initial` have records."""
    place = {str(old): new for new, old in enumerate(order)}
    found = data.copy()
    for name in data:
        number = name.removeprefix(f"{prefix}-").partition("-")[0]
        if name.startswith(f"{prefix}-") and number.isdigit():
            del found[name]
    for name, values in data.lists():
        number, _, field = name.removeprefix(f"{prefix}-").partition("-")
        if name.startswith(f"{prefix}-") and number in place:
            found.setlist(f"{prefix}-{place[number]}-{field}", [""] if f"{number}-{field}" in emptied else values)
    found[f"{prefix}-TOTAL_FORMS"], found[f"{prefix}-INITIAL_FORMS"] = max(len(order), least), initial
    return found


def row_in_words(request, inline, instance, data, start):
    """What was typed in a row: "Source of this statement: Source: Rules; Place: page 3"."""
    form = inline.get_formset(request, instance).form()
    said = [
        f"{capfirst(field.label or name)}: {conflicts.shown(form, name, data[start + name])}"
        for name, field in form.fields.items()
        if data.get(start + name)
    ]
    return f"{capfirst(inline.verbose_name)}: {'; '.join(said)}"


def as_new(admin, request, object_id, data):
    """The data of a form for a new record, with what its form for a stored one only showed, as it was last known."""
    last = Version.objects.get_for_object_reference(admin.model, object_id).first()
    try:
        known = last.field_dict if last else {}
    except RevertError:  # a record that it named is gone as well
        known = {}
    data = data.copy()
    for name in {*admin.get_readonly_fields(request, admin.model())} - {*admin.get_readonly_fields(request)}:
        if name in known:
            data.setdefault(name, known[name])
    return data
