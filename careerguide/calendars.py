"""Deadlines of credentials as an iCalendar file (RFC 5545)."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Alarm, Calendar, Event

from careerguide.richtext import to_text

AHEAD = timedelta(days=30)  # when a calendar reminds: an application takes weeks


def deadlines(credentials, today):
    """(day, fact) of every deadline and dated law of `credentials` from `today` on, the nearest first."""
    facts = [fact for credential in credentials for fact in credential.facts.all()]
    dated = [(day, fact) for fact in facts if (day := fact.next_on(today))]
    return sorted(dated, key=lambda pair: (pair[0], pair[1].pk))


def calendar_of(credentials, today, stamp):
    """The file as bytes. Whole days without a time zone; what recurs, recurs every year. `stamp` is when it is made."""
    calendar = Calendar()
    calendar.add("prodid", "-//Medical Director Career Guide//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Credential deadlines")
    for day, fact in deadlines(credentials, today):
        address = settings.BASE_URL + fact.get_absolute_url()
        event = Event()
        event.add("uid", f"{fact.credential.slug}.{fact.slug}@{urlsplit(settings.BASE_URL).hostname}")
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("summary", f"{fact.credential.abbreviation}: {fact.title}")
        event.add("description", f"{to_text(fact.text)} Checked on {fact.credential.checked_on}. {address}")
        event.add("url", address)
        event.add("transp", "TRANSPARENT")
        if fact.every_year:
            event.add("rrule", {"freq": "yearly"})
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{fact.credential.abbreviation}: {fact.title}")
        alarm.add("trigger", -AHEAD)
        event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical()
