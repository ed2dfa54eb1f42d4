"""Make the fixtures of topics, works and courses, and their citations, from the research files."""

import json
import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careerguide.fixtures import read_fixture, write_fixtures

# The files in which the descriptions without titles and the list of courses stood: source, count.
DESCRIPTIONS = {
    "000_084c8c75f63499f7.txt": ("opencourser-guide-2025", 24),
    "001_ebdc56f8e3d756d2.txt": ("opencourser-career-2024", 19),
}
COURSE_LIST = ("opencourser-career-2024", 16)

KINDS = {"periodical report": "report"}
CONFIDENCES = {"no match found": "no-match", "weak match": "weak-match"}
LANGUAGES = {"en": "en", "English": "en", "French (from the title)": "fr", "": ""}

# What the research calls a level, in front of any bracket or semicolon, and the choice it becomes.
LEVELS = {
    "introductory": "introductory",
    "Beginner": "introductory",
    "Level 1 of 4": "introductory",
    "intermediate": "intermediate",
    "Intermediate": "intermediate",
    "Level 4 of 4": "advanced",
    "practitioner reference": "reference",
    "all physician leaders": "all",
    "all leaders": "all",
    "general": "all",
    "": "unstated",
}

# Topics that readers filter by, each with the finer subjects of the research that it covers.
TOPICS = {
    "quality-measurement": (
        "Quality and its measurement",
        "measure selection; measurement; monitoring; outcomes measurement; performance measurement; public reporting; "
        "quality; quality assurance; quality concepts; quality evaluation; quality framework; quality indicators; "
        "quality management; quality measurement; quality of care; six aims; structure, process, outcome",
    ),
    "improvement-methods": (
        "Improvement methods",
        "continuous quality improvement; data for improvement; implementation; implementation planning; improvement; "
        "improvement basics; lean; Model for Improvement; organisational learning; PDSA cycle; PDSA cycles; "
        "quality improvement; run charts; Shewhart charts; statistical process control; system redesign; "
        "testing change",
    ),
    "patient-safety": ("Patient safety", "diagnostic error; error; patient safety; safety culture"),
    "value-and-payment": (
        "Value-based care and payment",
        "accountable care; accountable care organisations; affordability; alternative payment models; "
        "clinical integration; cost of care; patient-centred medical homes; payment; payment categories; "
        "payment reform; value-based care; value-based health care; value-based payment",
    ),
    "leadership-and-change": (
        "Leadership and change",
        "communication; culture; hospital performance; leadership; leadership behaviours; leading change; "
        "medical director role; organisational change; physician leadership; self-management",
    ),
    "governance-and-peer-review": (
        "Governance, credentialing and peer review",
        "adverse action reporting; certification; credentialing; governance; medical staff governance; peer review",
    ),
    "law-and-compliance": (
        "Law and compliance",
        "anti-kickback law; compliance; employment law; health law; law; liability; Stark law",
    ),
    "finance-and-strategy": (
        "Finance and strategy",
        "accounting; budgeting; finance; reimbursement; strategic management; strategy",
    ),
    "data-and-technology": (
        "Data, information technology and telehealth",
        "data for improvement; data preparation; data quality; health information technology; healthcare analytics; "
        "medical code grouping; telehealth; utilisation; virtual visits",
    ),
    "population-health-and-equity": (
        "Population health, access and equity",
        "access; access to care; equity; health equity; population health; universal health coverage",
    ),
    "policy-and-history": (
        "Health policy and history",
        "Affordable Care Act; health policy history; health systems; Medicare; policy recommendations; quality policy",
    ),
    "particular-services": (
        "Particular services, from cancer to long-term care",
        "cancer care; caring relationships; chiropractic; dentistry; long-term care; mental health; nursing theory; "
        "substance use",
    ),
    "workforce-and-well-being": ("Workforce and well-being", "clinician well-being; system design; workforce"),
    "global-health": ("Global health", "cultural sensitivity; global health; universal health coverage"),
}

# Subjects too narrow or too wide to filter by; search still finds them among the keywords.
KEYWORDS_ONLY = (
    "Canada; capstone; classic papers; culture change; essays and speeches; ethics; evidence; healthcare management; "
    "integrated care; patient-centred care; personal safety; serious games; systems thinking; tools; United States"
)

# The research is in British spelling, the site in American. Stems in lower case only: a capital marks a name or title.
AMERICAN = {
    "authoris": "authoriz",
    "behaviour": "behavior",
    "centred": "centered",
    "enrolment": "enrollment",
    "licence": "license",
    "organis": "organiz",
    "practise": "practice",
    "programme": "program",
    "utilis": "utiliz",
}


class Command(BaseCommand):
    help = "Make the fixtures of topics, works and courses, and their citations, from reading.json and courses.json."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="Where reading.json and courses.json lie: ../shared/data.")
        parser.add_argument(
            "--to", type=Path, default=settings.BASE_DIR / "fixtures", help="The folder to write to, if not fixtures/."
        )

    def handle(self, *args, folder, to, **options):
        works = read_research(folder / "reading.json")
        courses = read_research(folder / "courses.json")
        cited = read_fixture(to / "sources.citation.json")
        others = [row for row in cited if not row["fields"].keys() & {"work", "course"}]
        files = {
            "readinglist.topic": [topic_row(slug) for slug in TOPICS],
            "readinglist.work": [work_row(work) for work in works],
            "readinglist.course": [course_row(course) for course in courses],
            "sources.citation": [*others, *work_citations(works), *course_citations(courses)],
        }
        write_fixtures(to, files)
        for label, rows in files.items():
            self.stdout.write(f"{len(rows)} rows in {to / label}.json")


def read_research(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from error


def topic_row(slug):
    return {"model": "readinglist.topic", "fields": {"slug": slug, "name": TOPICS[slug][0]}}


def access(entry, url):
    """Free where the research saw the text, or the offer, open; otherwise nobody has checked."""
    basis = entry[f"{url}_basis"]
    doubtful = any(words in basis for words in ("recalled", "not seen", "not checked", "not the paper itself"))
    open_text = url == "free_url" and entry[url] and not doubtful
    return "free" if open_text or "free web game" in entry.get("platform", "") else "unchecked"


def work_row(work):
    fields = {
        **shared_fields(work, url="free_url", level="audience_level"),
        "kind": KINDS.get(work["kind"], work["kind"]),
        "authors": "\n".join(work["authors"]),
        "isbn13_note": american(joined(work["isbn13_format"], work["isbn13_basis"])),
        "doi_note": american(work["doi_basis"]),
        "why_it_fits": american(work["why_it_fits"]),
        "alternates": "\n".join(work["alternates"]),
    }
    as_they_are = [
        "subtitle", "author_role", "issuing_body", "year", "edition", "publisher", "container", "isbn13", "doi",
        "match_strength",
    ]  # fmt: skip
    return {"model": "readinglist.work", "fields": fields | {name: work[name] for name in as_they_are}}


def course_row(course):
    fields = {
        **shared_fields(course, url="course_url", level="level"),
        "platform": course["platform"].replace("Stanford's own free web game", "a free web game"),
        "institution": course["institution"],
        "instructor": course["instructor"],
        "series": course["part_of"],
        "skill_area": american(course["skill_area"]),
        "rank": course["seed_number"],
    }
    return {"model": "readinglist.course", "fields": fields}


def shared_fields(entry, url, level):
    """What works and courses have in common; `url` and `level` are the names the research gives these."""
    return {
        "slug": entry["id"],
        "title": entry["title"],
        "language": known(LANGUAGES, entry["language"], entry),
        "level": known(LEVELS, re.split(r" \(|;", entry[level])[0], entry),
        "level_note": american(entry[level]) if entry[level].lower() not in LEVELS.values() else "",
        "topics": topics_of(entry),
        "keywords": american("; ".join(entry["topics"])),
        "url": entry[url],
        "url_basis": american(entry[f"{url}_basis"]),
        "access": access(entry, url),
        "confidence": CONFIDENCES.get(entry["confidence"], entry["confidence"]),
        "doubts": doubts(entry),
        "evidence": "\n".join(entry["sources"]),
    }


def topics_of(entry):
    """The natural keys of the topics which cover the entry's subjects. Refuses a subject that is in no table."""
    covering = {slug: set(subjects.split("; ")) for slug, (_name, subjects) in TOPICS.items()}
    unplaced = set(entry["topics"]) - set().union(*covering.values()) - set(KEYWORDS_ONLY.split("; "))
    topics = [[slug] for slug, subjects in covering.items() if subjects & set(entry["topics"])]
    if unplaced or not topics:
        raise CommandError(f"{entry['id']}: give its subjects {sorted(unplaced or entry['topics'])} a place in TOPICS.")
    return topics


def doubts(entry):
    """The doubts of the research; a work that fits its description badly may yet be certain as a book."""
    text = american(entry["doubts"])
    if entry["confidence"] == "weak match" and entry.get("bibliographic_confidence") == "verified":
        text += " The work itself, as against the match, is verified."
    return text


def american(text):
    for british, spelling in AMERICAN.items():
        text = re.sub(rf"\b(un)?{british}", rf"\g<1>{spelling}", text)
    return text


def joined(*parts):
    return "; ".join(part for part in parts if part)


def known(table, key, entry):
    if key not in table:
        raise CommandError(f"{entry['id']}: {key!r} is new; add it to the table in this command.")
    return table[key]


def work_citations(works):
    for work in works:
        for file, (source, count) in DESCRIPTIONS.items():
            numbers = work["seed_descriptions"][file]
            if numbers:
                yield citation(source, "work", work, f"reading list, description {numbers[0]} of {count}")
        yield citation("reading-research-2026", "work", work)


def course_citations(courses):
    source, count = COURSE_LIST
    for course in courses:
        yield citation(source, "course", course, f"Online Courses, {course['seed_number']} of {count}")
        yield citation("course-research-2026", "course", course)


def citation(source, kind, entry, place=""):
    fields = {"source": [source], "stance": "supports", "place": place, kind: [entry["id"]]}
    return {"model": "sources.citation", "fields": fields}
