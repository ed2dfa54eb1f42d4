"""How readers report an error: by a mail of their own, in which the id of what they read is filled in.

Nothing is sent through this site, and nothing about the reader is kept.
"""

from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.urls import Resolver404, resolve

from careerguide.context_processors import SITE_NAME
from careerguide.middleware import WRITING_PREFIX
from careerguide.paths import path_to

# Records that stand on the page of another: what their anchors begin with, and the field that leads to the page.
PARTS = {
    "alternativetitle": ("careers.alternativetitle", "career"),
    "careersetting": ("careers.careersetting", "career"),
    "careerstage": ("careers.careerstage", "career"),
    "duty": ("careers.duty", "career"),
    "fact": ("careers.credentialfact", "credential"),
    "passage": ("careers.passage", "career"),
    "qualification": ("careers.qualification", "career"),
    "question": ("careers.question", "career"),
    "relatedcareer": ("careers.relatedcareer", "career"),
}
# Records with a page of their own.
KINDS = {
    "career": "careers.career",
    "course": "readinglist.course",
    "credential": "careers.credential",
    "disagreement": "sources.disagreement",
    "figure": "salaries.salaryfigure",
    "list": "readinglist.readinglist",
    "source": "sources.source",
    "work": "readinglist.work",
}
KIND_OF = {label: kind for kind, label in KINDS.items()}
OWNER_OF = dict(PARTS.values())
# RFC 6068 allows these in a subject or a body beside letters and digits; “+” is encoded, as some programs read a space.
PLAIN = "!$'()*,;:@"


def id_of(record):
    """The name of a record in mails and reports: "duty-peer-review@medical-director", "figure:delhi-2024"."""
    label = record._meta.label_lower
    if label in OWNER_OF:
        return f"{record.anchor}@{getattr(record, OWNER_OF[label]).slug}"
    return f"{KIND_OF[label]}:{record.slug}"


def record_of(about):
    """The record that an id names; None if there is none."""
    kind, colon, slug = about.partition(":")
    if colon and kind in KINDS:
        return apps.get_model(KINDS[kind]).objects.filter(slug=slug).first()
    anchor, _, owner = about.rpartition("@")
    prefix = anchor.partition("-")[0]
    if prefix not in PARTS:
        return None
    label, field = PARTS[prefix]
    parts = apps.get_model(label).objects.filter(**{f"{field}__slug": owner}).select_related(field)
    return next((part for part in parts if part.anchor == anchor), None)


def page_of(about):
    """The address of what a report is about, an id or an address of this site; empty if it is neither.

    The record may be gone: this asks no database, so that a page can name many.
    """
    if about.startswith("/"):
        return about if is_ours(about) else ""
    kind, colon, slug = about.partition(":")
    if colon and kind in KINDS and is_slug(slug):
        return apps.get_model(KINDS[kind])(slug=slug).get_absolute_url()
    anchor, at, owner = about.rpartition("@")
    if at and anchor.partition("-")[0] in PARTS and is_slug(anchor) and is_slug(owner):
        label, field = PARTS[anchor.partition("-")[0]]
        return f"{apps.get_model(label)._meta.get_field(field).related_model(slug=owner).get_absolute_url()}#{anchor}"
    return ""


def is_slug(text):
    return text.replace("-", "").replace("_", "").isalnum() and text.isascii()


def is_ours(address):
    """Whether a page of this site that readers see stands at an address without host."""
    try:
        resolve(address.partition("#")[0].partition("?")[0])
    except Resolver404:
        return False
    return not address.startswith(("//", "/\\", WRITING_PREFIX))


def report_address(record, says=""):
    """What a link “Report an error” leads to: a mail with the id filled in, or how to report where no mail is read."""
    if not settings.CONTACT_EMAIL:
        return f"{path_to('salaries:known-issues')}#report"
    lines = [
        f"{settings.BASE_URL}{record.get_absolute_url()}",
        *([f"It says: {says}"] if says else []),
        "What is wrong?",
        "",
        "A source, if you have one:",
    ]
    return mail_address(f"{SITE_NAME}: {id_of(record)}", lines)


def mail_address_of_site():
    """A mail about anything."""
    return mail_address(f"{SITE_NAME}: error")


def mail_address(subject, lines=()):
    """A mailto address after RFC 6068: lines end with CRLF, and no text can add a field of its own."""
    to = quote(settings.CONTACT_EMAIL, safe="@")
    body = f"&body={quote(one_line_each(lines), safe=PLAIN)}" if lines else ""
    return f"mailto:{to}?subject={quote(' '.join(subject.split()), safe=PLAIN)}{body}"


def one_line_each(lines):
    return "\r\n".join(" ".join(line.split()) for line in lines)
