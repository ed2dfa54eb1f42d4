"""What changed, field by field and word by word, in words that readers know."""

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from salaries.amounts import AMOUNTS
from salaries.money import amount_with_code

SAME, REMOVED, ADDED = "same", "removed", "added"
NOTHING = "nothing"
MOST_PAIRS = 100_000  # equal words of both texts that may be weighed against each other: a few hundredths of a second
LONG = 30  # words that did not change: of more, the ends alone are shown
ENDS = 12
LEAST_ALIKE = 0.3  # of two texts; below, the words they happen to share would only confuse


@dataclass(frozen=True)
class Piece:
    kind: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    """One field: its name for readers, and its text as pieces that were removed, added or stayed."""

    label: str
    pieces: list


def public_field_changes(change):
    """The same without the fields that no page for readers shows."""
    return field_changes(change, getattr(model_of(change.label), "EDITORS_ONLY", ()))


def field_changes(change, hidden=()):
    """A FieldChange for every field that a Change names, in the order in which the model has them."""
    model = model_of(change.label)
    known = [field.name for field in fields_of(model)]
    shown = {*change.before, *change.after} - {*hidden}
    names = sorted(shown, key=lambda name: (known.index(name) if name in known else 99, name))
    return [
        FieldChange(label_of(model, name), pieces_of(model, name, change.before, change.after, change.action))
        for name in names
    ]


def model_of(label):
    """The model of a label; None for a kind of record that this site no longer has."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def kind_of(label):
    """What a kind of record is called: "salary figure"."""
    model = model_of(label)
    return str(model._meta.verbose_name) if model else label


def fields_of(model):
    return [*model._meta.concrete_fields, *model._meta.many_to_many] if model else []


def field_of(model, name):
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def label_of(model, name):
    field = field_of(model, name)
    label = str(field.verbose_name) if field else name.replace("_", " ")
    return label[:1].upper() + label[1:]


def pieces_of(model, name, before, after, action=""):
    """The text of one field as pieces; of texts, word by word."""
    field = field_of(model, name)
    old = text_of(field, before[name], before) if name in before else ""
    new = text_of(field, after[name], after) if name in after else ""
    if not before or not after:  # The whole record is new, or gone.
        return [Piece(REMOVED if not after else ADDED, new or old or NOTHING)]
    if is_prose(field) and old and new:
        return shortened(word_pieces(old, new))
    return whole(old or NOTHING, new or NOTHING)


def is_prose(field):
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def whole(old, new):
    return [Piece(REMOVED, old), Piece(ADDED, new)]


def text_of(field, value, fields=()):
    """A stored value as readers would write it; empty for none. `fields` may name the currency of an amount."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return key_text(value)
    if getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DecimalField):
        return number_text(field, value, fields)
    return str(value) if not isinstance(value, dict) else json.dumps(value, ensure_ascii=False)


def number_text(field, value, fields):
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return str(value)
    if field.name in AMOUNTS and "currency" in fields:
        return amount_with_code(number, str(fields["currency"]))
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def key_text(key):
    """Natural keys as readers know them from addresses; several are parted by commas."""
    if any(isinstance(one, list) for one in key):
        return ", ".join(key_text(one) if isinstance(one, list) else str(one) for one in key)
    return " / ".join(str(part) for part in key)


def word_pieces(old, new):
    """The words of two texts: what both have, and what only the one or the other has."""
    first, second = old.split(), new.split()
    if first == second or costly(first, second):
        return whole(old, new)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return whole(old, new)
    pieces = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, " ".join(first[start:end])))
            continue
        both = (REMOVED, first[start:end]), (ADDED, second[other_start:other_end])
        pieces += [Piece(kind, " ".join(words)) for kind, words in both if words]
    return pieces


def costly(first, second):
    """Whether comparing two lists of words would keep a reader waiting."""
    counted = Counter(second)
    return sum(count * counted[word] for word, count in Counter(first).items()) > MOST_PAIRS


def shortened(pieces):
    """Long stretches that did not change, reduced to what stands next to a change."""
    return [
        Piece(SAME, ends(piece.text, index > 0, index < len(pieces) - 1)) if piece.kind == SAME else piece
        for index, piece in enumerate(pieces)
    ]


def ends(text, after_a_change, before_a_change):
    words = text.split()
    if len(words) <= LONG:
        return text
    head = words[:ENDS] if after_a_change else []
    tail = words[-ENDS:] if before_a_change else []
    return " ".join([*head, "…", *tail])
