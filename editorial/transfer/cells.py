"""What one cell of a spreadsheet may hold, and how text passes through it unharmed.

On the way out, text that a spreadsheet would run as a formula gets an apostrophe in front; on the way in it loses it
again. Text that already looks so gets one more, so that every text comes back as it was.
"""

import re

from salaries.exports import neutralized

MOST_CHARACTERS = 10_000
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # no text that a person writes holds these
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
NEEDS_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def is_formula(text):
    return neutralized(text) != text


def guarded(text):
    return f"'{text}" if is_formula(text.lstrip("'")) else text


def unguarded(text):
    return text[1:] if text.startswith("'") and is_formula(text.lstrip("'")) else text


def refusal(text):
    """Why no column takes such a cell; empty if one may."""
    if len(text) > MOST_CHARACTERS:
        return f"{len(text):,} characters are too many for one cell. The most is {MOST_CHARACTERS:,}."
    if UNSEEN.search(text):
        return "It holds a character that is no text, such as NUL. Type the cell again."
    if is_formula(text):
        return f"It begins with “{text.strip()[:1] or 'a tab'}”, as a formula does. If it is text, put ' in front."
    return ""


def escaped(text):
    """Text as XLSX writes it: what XML cannot hold as _xHHHH_ (ECMA-376, part 1, 22.9.2.19)."""
    return NEEDS_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text):
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
