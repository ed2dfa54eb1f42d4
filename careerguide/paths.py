"""The path of a page by the name of its view: found once for each page, as a list names hundreds."""

from functools import lru_cache

from django.urls import reverse

MOST_KEPT = 20_000


@lru_cache(maxsize=MOST_KEPT)
def path_to(name, *args):
    """The site stands at the root of its host, so no prefix of a request comes before it."""
    return reverse(name, args=args)
