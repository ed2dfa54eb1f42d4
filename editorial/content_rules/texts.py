"""Words and sentences of a text, as rules compare them."""

import re

WORD = re.compile(r"[a-zA-Z][a-zA-Z'’-]+")
SMALL = frozenset(
    WORD.findall(
        "a able about after all an and are as at be been being by can do does for from has have how if in into is it "
        "its may more most must need of on one or other our should so such than that the their them there these they "
        "this those to was what when where which who whom will with without you your"
    )
)
STEM = 5  # letters: "managing" and "manage" are one word, "medical" and "medicine" too
LINK = re.compile(r"\[([^]]*)\]\([^)\s]*\)")
SENTENCE_END = re.compile(r"(?<=[.!?])[”\"*)]*\s+|\n+")


def unlinked(text):
    """Markdown without the addresses of its links."""
    return LINK.sub(r"\1", text) if "](" in text else text


def sentences(text):
    """Its sentences; a line of a list counts as one."""
    return [one for one in SENTENCE_END.split(text) if one]


def normal(text):
    """Its words alone, in lower case."""
    return " ".join(WORD.findall(text.lower()))


def stems(text):
    """The words that carry its meaning, each cut short."""
    return {word[:STEM] for word in WORD.findall(text.lower()) if word not in SMALL}


def pairs(text):
    """Every two neighboring words."""
    words = normal(text).split()
    return set(zip(words, words[1:], strict=False))
