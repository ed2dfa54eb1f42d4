"""The base of every filterset: a wrong value is named and ignored, and the rest of the query keeps working.

The bound filterset is the one object from which table, fragment, exports, chips and sentence are made.
"""

import re
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property

TEXT_LIMIT = 100  # characters of a search; longer ones only cost time
AMOUNT_LIMIT = Decimal("999999999999.99")  # the largest amount the database columns hold
THOUSANDS = re.compile(r"^\d{1,3}(,\d{3})+(\.\d+)?$", re.ASCII)


@dataclass(frozen=True)
class Chip:
    """One active filter value in words, and the address of the same view without it."""

    label: str
    href: str


class TextField(forms.CharField):
    default_error_messages = {
        "max_length": f"The search is longer than {TEXT_LIMIT} characters, so it was ignored. Use fewer words.",
        "null_characters_not_allowed": "The search contains a character that no text has, so it was ignored.",
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=TEXT_LIMIT, **kwargs)


class GuideFilter(django_filters.Filter):
    """A filter whose copy, which each filterset makes of it, shares all but the options of its field."""

    def __deepcopy__(self, memo):
        copied = copy(self)
        copied.extra = dict(self.extra)
        copied.method = self.method  # bound to the copy
        return copied


class TextFilter(GuideFilter):
    """Free text, given to a `search()` of the queryset."""

    field_class = TextField

    def filter(self, queryset, value):
        return queryset.search(value) if value else queryset


def plain_amount(amount):
    """Without exponent or sign: 3E+5 is 300000 ever after, and 0E+99999999999 does not overflow the database."""
    return abs(Decimal(format(amount, "f"))) if amount else Decimal(0)


class AmountField(forms.DecimalField):
    """An amount within what the database columns hold, or one message, whatever the fault."""

    widget = forms.TextInput  # a number input would hide what was typed when it is no number

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=AMOUNT_LIMIT, max_digits=14, decimal_places=2, **kwargs)

    def clean(self, value):
        try:
            amount = super().clean(value)
        except ValidationError as error:
            raise ValidationError("This is no amount such as 300000 or 300,000, so it was ignored.") from error
        return amount if amount is None else plain_amount(amount)

    def to_python(self, value):
        if isinstance(value, str) and THOUSANDS.match(value.strip()):
            value = value.replace(",", "")
        return super().to_python(value)


class AmountFilter(GuideFilter):
    field_class = AmountField


class SharedChoices:
    """A field whose copy, which each form makes of it, shares its choices: they are many. A form may set others."""

    def __deepcopy__(self, memo):
        copied = copy(self)
        copied.widget = copy(self.widget)  # it has its choices set together with those of the field
        return copied


class OneField(SharedChoices, forms.ChoiceField):
    def __init__(self, *, noun, **kwargs):
        super().__init__(
            error_messages={"invalid_choice": f"“%(value)s” is no {noun} here, so it was ignored."}, **kwargs
        )


class OneFilter(GuideFilter):
    """One of the declared choices; `noun` names them in the message about a wrong value."""

    field_class = OneField


class SomeField(SharedChoices, forms.MultipleChoiceField):
    """Any number of the declared choices. Unknown values are set aside in `unknown`; the others count."""

    def __init__(self, *, noun, **kwargs):
        self.noun = noun
        self.unknown = []
        super().__init__(**kwargs)

    def clean(self, value):
        values = [one for one in dict.fromkeys(self.to_python(value)) if one]
        self.unknown = [one for one in values if not self.valid_value(one)]
        return [one for one in values if self.valid_value(one)]

    @property
    def problem(self):
        names = ", ".join(f"“{value[:TEXT_LIMIT]}”" for value in self.unknown[:5])
        return f"{names}: no {self.noun} here, so ignored."


class SomeFilter(GuideFilter):
    field_class = SomeField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, lookup_expr="in", **kwargs)


class GuideFilterSet(django_filters.FilterSet):
    """A filterset that never refuses a query.

    `problems` maps a parameter to what was wrong with it. `active` holds what counts. Filters that only change
    how rows are shown, not which, are named in `display_only` and make no chip; a value of `defaults` counts as absent.
    """

    display_only = ()
    defaults = {}

    def __init__(self, data, queryset, **kwargs):
        super().__init__(data, queryset, **kwargs)
        for name, choices in self.current_choices().items():
            self.filters[name].extra["choices"] = choices
        self.form.full_clean()
        self.problems = {name: " ".join(errors) for name, errors in self.form.errors.items()}
        for name, field in self.form.fields.items():
            if getattr(field, "unknown", None):
                self.problems[name] = field.problem
        self.problems = {name: text.replace("\0", "") for name, text in self.problems.items()}
        self.settle()

    def current_choices(self):
        """Choices that come from the database, as {filter name: [(value, label)]}."""
        return {}

    def settle(self):
        """A place to judge values against each other: remove from `form.cleaned_data`, add to `problems`."""

    def set_aside(self, names, message):
        """Ignore these values and say why beside the last of them."""
        for name in names:
            self.form.cleaned_data.pop(name, None)
        self.problems[names[-1]] = message

    def mind_page(self, page):
        """Name a page of the list that was asked for and is not there, beside the one that is shown instead."""
        asked = self.data.get("page") or "1"
        with suppress(ValueError):
            if int(asked) == page.number:
                return
        shown, last = asked.replace("\0", "")[:TEXT_LIMIT], page.paginator.num_pages
        self.problems["page"] = f"There is no page “{shown}”; this is page {page.number} of {last}."

    def typed(self, name):
        """What the reader typed into a field, without the null characters that no page may hold."""
        return (self.form[name].value() or "").replace("\0", "")

    @property
    def typed_q(self):
        return self.typed("q")

    @property
    def field_problems(self):
        """(parameter, what was wrong with it or an empty text) for every filter."""
        return [(name, self.problems.get(name, "")) for name in self.filters]

    @cached_property
    def active(self):
        """The parameters that count, as {name: value}, in the order in which the filters are declared."""
        cleaned = self.form.cleaned_data
        empty = (None, "", [])
        return {
            name: cleaned[name]
            for name in self.filters
            if cleaned.get(name) not in empty and cleaned[name] != self.defaults.get(name)
        }

    @cached_property
    def narrowed(self):
        """Whether any filter leaves rows out."""
        return any(name not in self.display_only for name in self.active)

    def query(self, without=None, value=None):
        """The canonical query string, "?" included, optionally without one parameter or one of its values."""
        pairs = []
        for name in self.active:
            kept = (one for one in self.values_of(name) if name != without or (value is not None and one != value))
            pairs += [(name, one) for one in kept]
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def query_dict(self):
        """The canonical query, for the links to other pages of the same view."""
        return QueryDict(self.query().lstrip("?"))

    def values_of(self, name):
        current = self.active.get(name, [])
        return current if isinstance(current, list) else [current]

    def value_label(self, name, value):
        if isinstance(value, Decimal):
            return f"{value:,}"
        return str(dict(getattr(self.form.fields[name], "choices", ())).get(value, value))

    @cached_property
    def chips(self):
        """One removable chip for each active filter value."""
        chips = []
        for name in self.active:
            if name in self.display_only:
                continue
            for value in self.values_of(name):
                label = f"{self.form.fields[name].label}: {self.value_label(name, value)}"
                chips.append(Chip(label, self.query(without=name, value=value) or "?"))
        return chips

    def labels(self, name):
        """The chosen values of one parameter, in words."""
        return [self.value_label(name, value) for value in self.values_of(name)]


def listing(words, conjunction="and"):
    """Join words as a sentence does: "Delhi, London and Paris"."""
    words = list(words)
    return f" {conjunction} ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
