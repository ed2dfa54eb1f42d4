"""What an editor writes down of a reported error: what it is about, what came of it, and nothing about the reader."""

import re
from itertools import chain, count

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from editorial.choices import ReportState
from editorial.models import Report
from editorial.reports.mails import is_ours, record_of
from editorial.saving.forms import EditorialForm

CLOSED = (ReportState.CHANGED, ReportState.UNCHANGED)
MAIL = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}\.[a-z]{2,}", re.IGNORECASE)  # bounded: any text comes
# Numbers as people write telephone numbers. Amounts, dates, ISBNs and ids of figures are none.
TELEPHONE = re.compile(
    r"""
    (?<![\w.])\+\s?\d(?:[\s().\/-]{0,2}\d){7,14}(?!\d)         # +49 30 1234567
    | (?<![\w.,-])\(\d{2,5}\)[\s.\/-]{0,2}\d(?:[\s.\/-]?\d){5,9}(?!\d)  # (212) 555-0100
    | (?<![\w.,-])\d{3}([\s.-])\d{3}\1\d{4}(?![\w-])           # 212-555-0100
    | (?<![\w.,-])0\d{1,4}[\s\/-]\d{3,4}[\s\/-]?\d{3,5}(?![\w-])  # 0171 2345678
    | \b(?:tel|phone|telephone|mobile|fax)\b\D{0,12}\d(?:[\s().\/-]?\d){5,14}
    """,
    re.VERBOSE | re.IGNORECASE,
)
PERSONAL = "Take out the {}: nothing about the reader is kept here, and this text is published."


def without_contacts(text):
    """The text itself. Raises ValidationError if it holds a mail address or a telephone number."""
    found = [
        name for name, pattern in (("e-mail address", MAIL), ("telephone number", TELEPHONE)) if pattern.search(text)
    ]
    if found:
        raise ValidationError(PERSONAL.format(" and the ".join(found)))
    return text


class ReportForm(EditorialForm):
    next_status = change_source = confirmed = None  # a report has no status, and what it says is the editors' own

    class Meta:
        model = Report
        fields = ["about", "name", "said", "reported_on", "slug", "state", "answer", "closed_on"]
        help_texts = {
            "about": "The id in the subject of the mail, such as “duty-audit-peer-review@medical-director” or "
            "“figure:medical-director-delhi-opencourser”; or the address of a page of this site, without the host.",
            "name": "As readers know it, such as “Delhi: INR 3,900,000”. If you leave it empty, the name of the record "
            "is taken that the id names.",
            "said": "In your own words, without the reader's name, mail address or telephone number, and without "
            "anything else that tells who it was. Readers see it.",
            "reported_on": "The day on which the mail came.",
            "slug": "Part of its address, so it does not change later. If you leave it empty, it is made of day "
            "and name.",
            "state": "Reported, then checked; in the end changed or not changed, with an answer.",
            "answer": "What was found, and what was changed or why not. A closed report needs it. Readers see it.",
            "closed_on": "If you leave it empty, a report is closed today.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"name", "slug"} & set(self.fields):
            self.fields[name].required = False
        self.fields["change_reason"].help_text = "For the history that editors see. Readers are told by the answer."

    def clean_about(self):
        about = self.cleaned_data["about"].strip()
        if about.startswith("/"):
            if is_ours(about):
                return about
            raise ValidationError(
                "No page of this site stands at this address. Copy it from the browser, without the host."
            )
        self.named = record_of(about)
        if self.named or ("about" not in self.changed_data and self.instance.pk):  # It may be gone since.
            return about
        raise ValidationError(
            "This id names no record. Copy it from the subject of the mail, or give the page's address."
        )

    def clean_name(self):
        return without_contacts(self.cleaned_data["name"])

    def clean_said(self):
        return without_contacts(self.cleaned_data["said"])

    def clean_answer(self):
        return without_contacts(self.cleaned_data["answer"])

    def clean(self):
        cleaned = super().clean()
        self.propose_name(cleaned)
        self.propose_slug(cleaned)
        self.settle(cleaned)
        return cleaned

    def propose_name(self, cleaned):
        if cleaned.get("name") == "" and "about" in cleaned:
            named = getattr(self, "named", None)
            if named:
                cleaned["name"] = str(named)[: Report._meta.get_field("name").max_length]
            else:
                self.add_error("name", "Say what it is about: an address alone tells readers little.")

    def propose_slug(self, cleaned):
        """Day and name, and a number if there is such a report already."""
        if cleaned.get("slug") != "" or not (cleaned.get("name") and cleaned.get("reported_on")):
            return
        length = Report._meta.get_field("slug").max_length
        proposed = slugify(f"{cleaned['reported_on']} {cleaned['name']}")[: length - 4].rstrip("-")
        slugs = chain([proposed], (f"{proposed}-{number}" for number in count(2)))
        cleaned["slug"] = next(slug for slug in slugs if not Report.objects.named(slug).exists())

    def settle(self, cleaned):
        """Closed with an answer and a day, or open with neither."""
        state, closed_on = cleaned.get("state"), cleaned.get("closed_on")
        if state in CLOSED:
            if cleaned.get("answer") == "":
                self.add_error("answer", "Say what was found, and what was changed or why not: readers see it.")
            if "closed_on" in cleaned and not closed_on:
                closed_on = cleaned["closed_on"] = timezone.localdate()
        elif state and closed_on:
            self.add_error("closed_on", "It is still open: leave this empty, or choose “changed” or “not changed”.")
        if closed_on and cleaned.get("reported_on") and closed_on < cleaned["reported_on"]:
            self.add_error("closed_on", "It cannot be closed before it was reported.")
