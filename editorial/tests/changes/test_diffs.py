"""What a change says of each field, from what is stored to words with what was removed and added."""

import time

import pytest
from django.apps import apps

from careerguide.content import CONTENT_MODELS
from editorial.changes.diffs import ADDED, REMOVED, SAME, field_changes, kind_of, pieces_of, word_pieces
from editorial.models import Change

FIGURE = "salaries.salaryfigure"


def said(pieces):
    """Pieces as one line: [-removed-] {+added+} same."""
    marks = {SAME: "{}", REMOVED: "[-{}-]", ADDED: "{{+{}+}}"}
    return " ".join(marks[piece.kind].format(piece.text) for piece in pieces)


def shown(label, name, before, after, **others):
    return said(pieces_of(apps.get_model(label), name, {name: before} | others, {name: after}))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("one two three", "one four three", "one [-two-] {+four+} three"),
        ("one two", "one two three", "one two {+three+}"),
        ("one two three", "two three", "[-one-] two three"),
        ("a b c d e f", "a b x y e f", "a b [-c d-] {+x y+} e f"),
        ("all of it is new here", "nothing stays that was", "[-all of it is new here-] {+nothing stays that was+}"),
        ("one  two", "one two", "[-one  two-] {+one two+}"),
        ("one\n\ntwo three", "one\ntwo four", "one two [-three-] {+four+}"),
    ],
)
def test_texts_are_compared_by_words(old, new, expected):
    assert said(word_pieces(old, new)) == expected


def test_long_texts_are_reduced_to_what_changed():
    text = " ".join(f"w{number}" for number in range(100))
    expected = (
        "… w38 w39 w40 w41 w42 w43 w44 w45 w46 w47 w48 w49 [-w50-] {+new+} "
        "w51 w52 w53 w54 w55 w56 w57 w58 w59 w60 w61 w62 …"
    )

    assert shown("careers.duty", "text", text, text.replace("w50", "new")) == expected


@pytest.mark.parametrize("words", [["a"] * 20_000, [str(number % 300) for number in range(20_000)]])
def test_endless_texts_are_shown_whole_at_once(words):
    start = time.process_time()
    pieces = word_pieces(" ".join(words), " ".join([*words[1:], "end"]))

    assert [piece.kind for piece in pieces] == [REMOVED, ADDED]
    assert time.process_time() - start < 2  # seconds; a comparison that grows with the square takes minutes


@pytest.mark.parametrize(
    ("label", "name", "before", "after", "expected"),
    [
        (FIGURE, "amount", "3.9E+6", "390000.5", "[-3,900,000-] {+390,000.5+}"),
        (FIGURE, "amount", None, "1", "[-nothing-] {+1+}"),
        (FIGURE, "period", "unstated", "year", "[-unstated-] {+a year+}"),
        (FIGURE, "period", "fortnight", "year", "[-fortnight-] {+a year+}"),
        (FIGURE, "currency_certain", True, False, "[-yes-] {+no+}"),
        (FIGURE, "currency", "USD", "CAD", "[-USD-] {+CAD+}"),
        (FIGURE, "note", "", "Read.", "[-nothing-] {+Read.+}"),
        (FIGURE, "sample_size", 2024, None, "[-2024-] {+nothing+}"),
        (FIGURE, "source", ["a"], ["b"], "[-a-] {+b+}"),
        (FIGURE, "amount", "what", "Infinity", "[-what-] {+Infinity+}"),
        (FIGURE, "amount", "1E+999999", "2", "[-1E+999999-] {+2+}"),
        ("careers.duty", "settings", [], [["clinic"], ["hospital"]], "[-nothing-] {+clinic, hospital+}"),
        ("careers.qualification", "credential", None, ["cmd"], "[-nothing-] {+cmd+}"),
        ("readinglist.listentry", "qualifications", [], [["cmo", "x"]], "[-nothing-] {+cmo / x+}"),
        ("salaries.exchangerate", "units_per_euro", "1.0821", "1.09", "[-1.0821-] {+1.09+}"),
        ("careers.career", "reviewed_on", None, "2026-11-22", "[-nothing-] {+2026-11-22+}"),
        ("careers.career", "gone", "a", {"b": 1}, '[-a-] {+{"b": 1}+}'),
    ],
)
def test_values_read_as_readers_know_them(label, name, before, after, expected):
    assert shown(label, name, before, after) == expected


def test_amount_bears_its_currency_where_the_change_names_it():
    model = apps.get_model(FIGURE)
    before, after = {"amount": "100", "currency": "USD"}, {"amount": "130", "currency": "CAD"}

    assert said(pieces_of(model, "amount", before, after)) == "[-USD\xa0100-] {+CAD\xa0130+}"


def test_fields_come_in_the_order_of_the_model_by_their_names():
    change = Change(label=FIGURE, before={"note": "", "amount": "1", "gone": 1}, after={"amount": "2", "note": "N"})

    assert [field.label for field in field_changes(change)] == ["Median", "Note", "Gone"]


@pytest.mark.parametrize(("before", "after", "mark"), [({}, {"amount": "1"}, ADDED), ({"amount": "1"}, {}, REMOVED)])
def test_new_or_removed_record_is_told_whole(before, after, mark):
    [field] = field_changes(Change(label=FIGURE, before=before, after=after))

    assert [(piece.kind, piece.text) for piece in field.pieces] == [(mark, "1")]


def test_kind_of_record_that_is_no_more_keeps_its_name():
    [field] = field_changes(Change(label="old.thing", before={"some_name": "1"}, after={"some_name": "2"}))

    assert kind_of("old.thing") == "old.thing"
    assert (field.label, said(field.pieces)) == ("Some name", "[-1-] {+2+}")


@pytest.mark.parametrize("label", CONTENT_MODELS)
def test_every_field_of_every_kind_has_a_name(label):
    model = apps.get_model(label)
    names = [field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]]
    change = Change(label=label, before=dict.fromkeys(names, "a"), after=dict.fromkeys(names, "b"))

    assert all(field.label and field.pieces for field in field_changes(change))
