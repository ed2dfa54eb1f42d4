"""What the self-check of a career answers, as an object and as a page."""

import re

from django.http import QueryDict

from careers.readiness import Readiness
from salaries.tests.pages import words

HAVE, WORKING, NO, UNSURE = "have", "working", "no", "unsure"


def readiness(career, query=""):
    return Readiness(career, QueryDict(query))


def page(client, career, query=""):
    return client.get(f"{career.get_absolute_url()}readiness/?{query}").content.decode()


def result(content):
    """The HTML of the result; empty if the page shows the form alone."""
    found = re.search(r'<section class="result".*?</section>', content, re.DOTALL)
    return found[0] if found else ""


def notice(content):
    """The HTML of what the result says of a role that is closed, or may be; empty if it says nothing of it."""
    found = re.search(r'<div class="notice notice--problem">.*?</div>', result(content), re.DOTALL)
    return found[0] if found else ""


def parts_of(content):
    """{heading of a part of the result: titles under it}, in the order of the page."""
    found = {}
    for part in result(content).split("<h3>")[1:]:
        heading, _, rest = part.partition("</h3>")
        found[heading] = [words(title) for title in re.findall(r'<h4 class="statement__title">(.*?)</h4>', rest)]
    return found


def gap(content, requirement):
    """The HTML of what the result says of one requirement."""
    title = f'<h4 class="statement__title"><a href="{requirement.get_absolute_url()}">'
    return result(content).split(title)[1].split('<p class="statement__ways">')[0]


def slugs(items):
    return [item.qualification.slug for item in items]
