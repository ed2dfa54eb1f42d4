"""The pages of the admin: which models have them, where they are, and what stands in their forms."""

from django.contrib import admin
from django.forms import MultiWidget
from django.urls import reverse

from careerguide.content import DERIVED_MODELS
from editorial.saving import conflicts
from editorial.saving.forms import WARNINGS_READ
from sources.models import Source

LOOKED_AT = [*DERIVED_MODELS, "editorial.change", "editorial.proposal"]  # made elsewhere; pages to read
OURS = [model for model in admin.site._registry if model._meta.label_lower not in LOOKED_AT]  # accounts included
IDS = [model._meta.label_lower for model in OURS]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def changelist(model):
    return address(model, "changelist")


def first(model):
    return model.objects.order_by("pk").first()


def form_values(response):
    """What a browser would send if Save were pressed without a change, inlines included."""
    forms = [response.context["adminform"].form, *(one.formset.management_form for one in inlines(response))]
    forms += [form for one in inlines(response) for form in one.formset.forms]
    values = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(field.field.widget, MultiWidget):  # one value, several inputs
                parts = field.field.widget.decompress(value)
                values |= {f"{field.html_name}_{n}": part for n, part in enumerate(parts) if part is not None}
            elif value is not None and value is not False:
                values[field.html_name] = (
                    [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
                )
    attempt = getattr(response.context["request"], "attempt", None)
    if attempt and attempt.warnings:
        values[WARNINGS_READ] = attempt.warnings_digest
    return values | ({conflicts.FIELD: attempt.form_version} if attempt else {})


def with_reason(values, **changes):
    """The values of a form with changes, and with what a change of a published figure needs."""
    return values | {"change_reason": "Read again.", "change_source": Source.objects.first().pk} | changes


def inlines(response):
    return response.context["inline_admin_formsets"]


def errors(response):
    form = response.context["adminform"].form
    return {name: " ".join(texts) for name, texts in form.errors.items()}
