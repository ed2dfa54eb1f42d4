"""Copy that is broken in itself: whoever reads it sees that something is wrong."""

import re

from editorial.content_rules.content import HEADINGS
from editorial.content_rules.registry import rule
from sources.choices import Severity

# Endings of adjectives that few verbs share; those that do are named.
ADJECTIVE = (
    r"(?!(?:enable|disable|table|vary|bless|total|signal|equal|mimic|panic|credential|trial|journal|critique|dial)\b)"
    r"(?:[a-z-]{2,}(?:able|ible|ful|ous|tive|sive|less|ial|nal|ual|ary|ic|ique)"
    r"|must-read|must-have|essential|excellent|important|relevant|great|good|ideal|perfect|useful|key)"
)
MISSING_VERB = re.compile(
    rf"(?:^|[.!?]\s+)((?:It|They|He|She|We|You) (?:an? )?(?:very |most |highly )?{ADJECTIVE})\b", re.M
)
STRAY = [
    (re.compile(r"^[ \t]*([.,;:!?…]+)[ \t]*$", re.M), "a line with nothing but “{}”"),
    (re.compile(r"\S( {2,})\S"), "more than one space in a row"),
    (re.compile(r"\w( [.,;:!?])(?=\s|$)"), "a space before “{}”"),
    (
        re.compile(r"(?<![.…])([.,;:!?]*(?:,,|;;|::|\.\.(?!\.)|!!|\?\?|,\.|\.,(?! ?\w)|;\.|[:;],)[.,;:!?]*)"),
        "“{}” in a row",
    ),
    (re.compile(r"[a-z]([,;:])[A-Z][a-z]"), "no space after “{}”"),
]
UNFINISHED = re.compile(
    r"TODO\b|TBD\b|FIXME\b|XXX\b|[Ll]orem ipsum|\[(?:[Ii]nsert|citation needed|[Yy]our )[^]]*\]"
    r"|\ufffd|â€|Ã©|&(?:amp|nbsp|quot);|</?(?:p|br|div|span|b|i)\b[^>]*>"
)
PAIRS = ["()", "[]", "“”"]
LIST_NUMBER = re.compile(r"^[ \t]*(\d{1,2})[.)] ", re.M)
NUMBERED_FIRST = re.compile(r"^[ \t]*(?:First|Firstly|One)[,:] ", re.M)
EMPTY_MESSAGE = re.compile(
    r"(?:haven['’]t (?:picked|added|chosen|written) any|nothing (?:here|to show) yet|coming soon"
    r"|check back (?:later|soon)|\bno (?:books|courses|works|items|entries|results|content) (?:yet|found|available))\b"
)
FURNITURE = re.compile(
    r"(?:read more(?= *(?:$|\n|\.\.|…))|share this (?:post|page)|more to explore|tell a friend|see all salaries"
    r"|affiliate (?:commission|disclosure)|bars indicate relevance|completion of this course|welcome to our"
    r"|sorted from most relevant|thank you for reading)\b"
)
OF_A_KIND = re.compile(r"(?:this|these) (course|book)s?\b")
TASKS = "introduce|discuss|describe|explain|outline|explore|highlight|emphasize|summarize|examine|mention|define"
MATTERS = (
    "concept|role|importance|significance|impact|responsibilit|involvement|key|various|need|challenge|benefit|future"
)
ABOUT = rf"their\b|(?:how|why) (?:a|the|they)\b|(?:a|an|the) (?:\w+ )?(?:{MATTERS}|medical director)\w*"
WRITER_TASK = re.compile(rf"[-*\d.) ]*((?:{TASKS}) (?:{ABOUT}))", re.IGNORECASE)


@rule(
    "A verb is missing",
    Severity.EXCLUDE,
    "A sentence begins with a pronoun and goes on with an adjective, as in “It helpful start”.",
    "Adjectives are known by their endings and a short list; the middle of a sentence is not looked at.",
)
def missing_verb(one, content):
    found = MISSING_VERB.search(one.whole)
    return f"“{found[1]}” has no verb." if found else None


@rule(
    "Stray or doubled punctuation",
    Severity.EXCLUDE,
    "A line holds nothing but punctuation, marks or spaces are doubled, or a space is missing after a comma.",
    "A mark that is wrong but stands alone is not seen.",
)
def stray_punctuation(one, content):
    for pattern, what in STRAY:
        found = pattern.search(one.whole)
        if found:
            return f"There is {what.format(found[1].strip())}: “{around(one.whole, found)}”."
    return None


@rule(
    "Bracket or quotation mark not closed",
    Severity.EXCLUDE,
    "Opening and closing brackets or quotation marks differ in number.",
    "Straight quotation marks are only counted; a pair in the wrong order is not seen.",
)
def unbalanced(one, content):
    for name, text in one.texts.items():
        for opening, closing in PAIRS:
            if text.count(opening) != text.count(closing):
                counts = times(text.count(opening)), times(text.count(closing))
                return f"“{opening}” stands {counts[0]} in its {name}, “{closing}” {counts[1]}."
        if text.count('"') % 2:
            return f"A straight quotation mark in its {name} is not closed."
    return None


@rule(
    "Unfinished or torn text",
    Severity.EXCLUDE,
    "It holds a mark for the writer (“TODO”, lorem ipsum), HTML, or letters torn by a wrong encoding.",
    "Only the usual marks are known.",
)
def unfinished(one, content):
    found = UNFINISHED.search(one.whole)
    return f"“{found[0]}” is no text for readers." if found else None


@rule(
    "Numbering that does not run",
    Severity.EXCLUDE,
    "A numbered list does not run 1, 2, 3; or it begins with the word “First” and goes on with 2.",
    "A list that is cut short after its last number looks whole.",
)
def torn_numbering(one, content):
    for name, text in one.texts.items():
        numbers = [int(number) for number in LIST_NUMBER.findall(text)] if "2" in text else []
        expected = 1
        for number in numbers:
            if number not in (expected, 1):
                before = "“First,”" if NUMBERED_FIRST.search(text) else f"{expected - 1}" if expected > 1 else "nothing"
                return f"In its {name}, {number}. follows {before}."
            expected = number + 1
    return None


@rule(
    "Message of an empty page",
    Severity.EXCLUDE,
    "It says that nothing is there yet, as in “We haven’t chosen any titles”. A page says so itself where it is true.",
    "Only the usual wordings are known.",
)
def empty_message(one, content):
    found = EMPTY_MESSAGE.search(one.lower)
    return f"“{found[0]}” is what an empty page says." if found else None


@rule(
    "Words of another page",
    Severity.EXCLUDE,
    "It speaks of itself as of another kind, “this course” where there is no course; or it repeats the furniture of a "
    "web page, such as “Read more” or “Tell a friend”.",
    "Careers, credentials and lists are held to it. A text that has named a course or book before may well go on with "
    "“this course”.",
)
def words_of_another_page(one, content):
    found = FURNITURE.search(one.lower)
    if found:
        return f"“{found[0]}” belongs to the frame of a web page."
    if one.label.startswith("careers.") or one.label == "readinglist.readinglist":
        found = OF_A_KIND.search(one.lower)
        if found and found[1] not in one.lower[: found.start()]:
            return f"“{found[0]}” on a {one.obj._meta.verbose_name}."
    return None


@rule(
    "Instruction to a writer",
    Severity.EXCLUDE,
    "A sentence tells a writer what to write instead of telling a reader something: “Introduce the role”, “Discuss "
    "their week”.",
    "Advice rightly begins with a verb. So only verbs of writing count, followed by what writers are told to write "
    "about, and never where the sentence speaks to “you”. Headings are not looked at.",
)
def instruction_to_a_writer(one, content):
    for sentence in one.sentences:
        found = WRITER_TASK.match(sentence)
        if found and not re.search(r"\byou(?:r|rs)?\b", sentence, re.IGNORECASE):
            return f"“{found[1]} …” tells a writer what to do."
    return None


@rule(
    "Heading repeated in the text",
    Severity.EXCLUDE,
    "The text begins with its own heading, so that readers see it twice.",
    "A heading in other words is not seen.",
)
def repeated_heading(one, content):
    first = one.body.lstrip("#* ").partition("\n")[0].rstrip("*.: ")
    if not one.heading or one.heading not in (one.texts.get(name) for name in HEADINGS):
        return None
    if first.casefold() == one.heading.rstrip(".: ").casefold():
        return f"“{one.heading}” stands above the text and again at its beginning."
    return None


def around(text, found):
    """A few words on both sides of a match, on one line."""
    start, end = max(0, found.start() - 20), found.end() + 20
    return " ".join(text[start:end].split(" ")).replace("\n", " ").strip()


def times(number):
    return "once" if number == 1 else f"{number} times"
