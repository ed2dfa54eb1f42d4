"""What a row says of its columns: whether what is known differs, and for how many anything is known."""

import pytest

from careers.settings_table import EVERYWHERE
from careers.tables import NOT_RESEARCHED, Entry, Row


def row_of(texts, comparable, general="", unknown=NOT_RESEARCHED):
    """A row with a column for each letter of `texts`: what stands there, or nothing for a blank."""
    cells = [
        (f"Place {name}", [Entry(text)] if text != " " else []) for name, text in zip("abcde", texts, strict=False)
    ]
    return Row("A row", [(EVERYWHERE, [Entry(general)] if general else []), *cells], unknown, comparable)


@pytest.mark.parametrize(
    ("texts", "verdict", "differs"),
    [
        ("xxxxx", "The same", False),
        ("xxxxy", "Differs", True),
        ("xx   ", "The same, known for 2 of 5", False),
        ("xy   ", "Differs, known for 2 of 5", True),
        ("x y x", "Differs, known for 3 of 5", True),
        ("  x  ", "Known for Place c only", False),
        ("     ", "Not researched for any", False),
        ("xy", "Differs", True),
        ("x ", "Known for Place a only", False),
        ("x", "", False),
        (" ", "Not researched for any", False),
    ],
)
@pytest.mark.parametrize("general", ["", "x", "z"])
def test_row_of_like_words_says_whether_what_is_known_differs(texts, verdict, differs, general):
    """That one column is not researched makes no difference; what holds everywhere is no column of its own."""
    row = row_of(texts, True, general)

    assert (row.verdict, row.differs) == (verdict, differs)


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        ("xxxxx", ""),
        ("xyxyx", ""),
        ("xy   ", "Known for 2 of 5"),
        ("  x  ", "Known for Place c only"),
        ("     ", "Not researched for any"),
    ],
)
def test_row_of_free_words_says_only_for_how_many_anything_is_known(texts, verdict):
    row = row_of(texts, False)

    assert (row.verdict, row.differs) == (verdict, False)


def test_row_with_words_of_its_own_for_the_unknown_does_not_speak_of_research():
    assert row_of("  ", False, unknown="no figure").verdict == ""
