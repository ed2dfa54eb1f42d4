"""What each page costs without the layer of kept pages: CPU in this process, queries, bytes. Prints JSON."""

import json
import os
import sys
import time

import brotli
import django

from tests.weights import files_of, packed, static_file
from tests.wsgi import get

REPEATS = 9
BARE = "/robots.txt"  # all of the middleware and hardly a view
PAGES = [
    "/",
    "/careers/",
    "/careers/medical-director/",
    "/careers/medical-director/settings/",
    "/careers/medical-director/readiness/",
    "/careers/compare/?career=medical-director&career=department-chair",
    "/credentials/",
    "/credentials/cmd/",
    "/reading/",
    "/reading/lists/first-three/",
    "/salaries/",
    "/salaries/?population=29-1229&population=11-9111",
    "/salaries/?basis=converted&ordering=-median",
    "/salaries/?country=US&population=11-9111&ordering=-median",
    "/salaries/compare/?city=delhi&city=mumbai",
    "/salaries/cities/delhi/",
    "/salaries/figures/medical-director-delhi-opencourser/",
    "/known-issues/",
    "/disagreements/",
    "/sources/",
    "/method/",
    "/changes/",
    "/search/?q=delhi",
]
VISITS = ["/", "/salaries/", "/careers/chief-medical-officer/", "/reading/"]


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")
    django.setup()
    from django.core.handlers.wsgi import WSGIHandler

    application = WSGIHandler()
    bare = cost(application, BARE)[0]
    answer = {"bare": bare, "pages": {path: figures(application, path, bare) for path in PAGES}}
    answer["visits"] = {path: first_visit(application, path) for path in VISITS}
    json.dump(answer, sys.stdout)


def figures(application, path, bare):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get(application, path)  # what is kept for a revision is kept now
    with CaptureQueriesContext(connection) as queries:
        get(application, path)
    asked = len(queries)  # before the next request empties their list
    milliseconds, page = cost(application, path)
    sizes = {"bytes": len(page), "gzip": packed(page), "br": len(brotli.compress(page, quality=5))}
    return {"cpu": milliseconds - bare, "queries": asked, **sizes}


def cost(application, path):
    """Milliseconds of processor time of the best try, and the page."""
    get(application, path)
    best = []
    for _ in range(REPEATS):
        began = time.process_time()
        status, page = get(application, path)
        best.append(time.process_time() - began)
        assert status.startswith("200"), (path, status)
    return 1000 * min(best), page


def first_visit(application, path):
    """Requests and packed bytes of somebody who comes with an empty browser cache."""
    _, page = get(application, path)
    files = files_of(page.decode())
    return {"requests": 1 + len(files), "gzip": packed(page) + sum(packed(static_file(name)) for name in files)}


if __name__ == "__main__":
    main()
