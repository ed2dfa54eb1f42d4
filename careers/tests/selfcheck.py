"""What the self-check of a career answers, as an object and as a page."""

import re

from django.http import QueryDict

from careers.readiness import Readiness


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
