"""Identified works for reference managers: as CSL-JSON, and from that as BibTeX and RIS.

Only what was found is written: an ISBN, DOI or year that nobody saw is left out, never filled in.
"""

import json
import re

import bibtexparser
import rispy
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from pylatexenc.latexencode import unicode_to_latex

from readinglist.choices import AuthorRole, WorkKind

LONGEST_PERSON = 4  # words; a longer name among the authors is that of a committee
OF_A_BODY = {"of", "for", "and", "on", "the"}  # words that no person's name holds
# "JAMA 1999;282(12):1184–1190" and whatever follows; "Journal of …, 2009" has no volume.
JOURNAL = re.compile(
    r"(?P<journal>[^\d;]+?),? (?P<year>(?:19|20)\d\d)"
    r"(?:;(?P<volume>\d+)(?:\((?P<issue>[^)]+)\))?:(?P<page>[\d–-]+))?(?:;|\Z)"
)
CSL_TYPES = {WorkKind.BOOK: "book", WorkKind.REPORT: "report", WorkKind.ARTICLE: "article-journal"}
BIBTEX_TYPES = {"book": "book", "report": "techreport", "article-journal": "article", "article": "misc"}
RIS_TYPES = {"book": "BOOK", "report": "RPRT", "article-journal": "JOUR", "article": "GEN"}


def csl(work):
    """One work as a CSL-JSON item (citationstyles.org, schema 1.0.2); unknown fields are absent."""
    journal = JOURNAL.match(work.container) if work.kind == WorkKind.ARTICLE else None
    published_in = journal["journal"] if journal else work.container
    editors = work.author_role == AuthorRole.EDITOR
    item = {
        "id": work.slug,
        "type": CSL_TYPES[work.kind] if work.kind != WorkKind.ARTICLE or journal else "article",
        "title": f"{work.title}: {work.subtitle}" if work.subtitle else work.title,
        "editor" if editors else "author": [name(one) for one in work.author_list] or body(work.issuing_body),
        "issued": {"date-parts": [[work.year]]} if work.year else None,
        "edition": work.edition if work.kind == WorkKind.BOOK else "",
        "publisher": work.publisher or work.issuing_body,
        "container-title": published_in,
        "volume": journal["volume"] if journal else "",
        "issue": journal["issue"] if journal else "",
        "page": journal["page"] if journal else "",
        "ISBN": work.isbn13,
        "DOI": work.doi,
        "URL": work.url,
        "language": work.language,
        "note": work.edition if work.kind != WorkKind.BOOK else "",
    }
    return {field: value for field, value in item.items() if value}


def name(text):
    """A person by family and given name, the family name last; a committee as it is written."""
    words = text.split()
    if len(words) > LONGEST_PERSON or len(words) == 1 or OF_A_BODY & set(words):
        return {"literal": text}
    return {"family": words[-1], "given": " ".join(words[:-1])}


def body(text):
    """Bodies are separated by semicolons."""
    return [{"literal": one.strip()} for one in text.split(";") if one.strip()]


def family_first(one):
    return one.get("literal") or f"{one['family']}, {one['given']}"


def as_csl_json(works):
    return json.dumps([csl(work) for work in works], ensure_ascii=False, indent=2) + "\n"


def as_bibtex(works):
    """BibTeX with letters beyond ASCII as LaTeX commands, which every version of BibTeX reads."""
    return bibtexparser.write_string(Library([bibtex_entry(csl(work)) for work in works]))


def bibtex_entry(item):
    kind = BIBTEX_TYPES[item["type"]]
    texts = {
        **{role: " and ".join(bibtex_name(one) for one in item.get(role, [])) for role in ("author", "editor")},
        "title": f"{{{latex(item['title'])}}}",  # braces keep the capitals that most styles would lower
        {"techreport": "institution"}.get(kind, "publisher"): latex(item.get("publisher", "")),
        {"article": "journal", "misc": "howpublished"}.get(kind, "series"): latex(item.get("container-title", "")),
        **{field: latex(item.get(field, "")) for field in ("edition", "volume", "note")},
        "year": year_of(item),
        "number": latex(item.get("issue", "")),
        "pages": item.get("page", "").replace("–", "--"),
        "isbn": item.get("ISBN", ""),
        "doi": item.get("DOI", ""),
        "url": item.get("URL", ""),
    }
    return Entry(kind, item["id"], [Field(key, text) for key, text in texts.items() if text])


def latex(text):
    """Letters beyond ASCII and the signs that LaTeX reads, as commands."""
    return unicode_to_latex(text)


def bibtex_name(one):
    """Braces keep the name of a body together, whatever "and" or comma it holds."""
    return f"{{{latex(one['literal'])}}}" if "literal" in one else latex(family_first(one))


def year_of(item):
    return str(item["issued"]["date-parts"][0][0]) if "issued" in item else ""


class RisWriter(rispy.RisWriter):
    def set_header(self, count, **kwargs):
        """No number before each reference: the format has none."""
        return None


def as_ris(works):
    return rispy.dumps([ris_entry(csl(work)) for work in works], implementation=RisWriter)


def ris_entry(item):
    """The RIS tags by the names that rispy gives them; SN holds an ISBN or an ISSN."""
    first, _, last = item.get("page", "").partition("–")
    fields = {
        "type_of_reference": RIS_TYPES[item["type"]],
        "id": item["id"],
        "title": item["title"],
        "authors": [family_first(one) for one in item.get("author", [])],
        "secondary_authors": [family_first(one) for one in item.get("editor", [])],
        "year": year_of(item),
        "secondary_title": item.get("container-title", ""),
        "publisher": item.get("publisher", ""),
        "edition": item.get("edition", ""),
        "volume": item.get("volume", ""),
        "number": item.get("issue", ""),
        "start_page": first,
        "end_page": last,
        "issn": item.get("ISBN", ""),
        "doi": item.get("DOI", ""),
        "urls": [item["URL"]] if "URL" in item else [],
        "language": item.get("language", ""),
        "notes": [item["note"]] if "note" in item else [],
    }
    return {field: value for field, value in fields.items() if value}


# {suffix: (writer, media type)}
FORMATS = {
    "bib": (as_bibtex, "application/x-bibtex"),
    "ris": (as_ris, "application/x-research-info-systems"),
    "csl.json": (as_csl_json, "application/vnd.citationstyles.csl+json"),
}
