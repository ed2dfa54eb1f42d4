"""Kinds of questions, each asked in many variants, and how long the answers take."""
# ruff: noqa: T201 (a program: its answer is what it prints)

import json
import sys
import time
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from random import Random
from statistics import quantiles

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from salaries.models import Area, PopulationDescribed, SalaryFigure
from tests.faults.hostile import memory
from tests.million import rows

SEED = 6
VARIANTS = 60
FIELDS = ["p50_before", "p95_before", "p50_after", "p95_after", "database_p50_after", "database_p95_after"]
WIDTHS = (14, 8, 10, 8, 14, 8)
HEADING = "".join(
    [
        f"{'question':<30}{'asked':>6}{'as shipped':>14}{'p95':>8}{'p50, ms':>10}{'p95':>8}",
        f"{'in database':>14}{'p95':>8}{'queries':>9}",
    ]
)


def run(count, only, save):
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.ALLOWED_HOSTS = ["testserver"]
    say = progress()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
    say("migrating")
    call_command("migrate", verbosity=0)
    if not SalaryFigure.objects.exists():
        say("loading the content")
        call_command("load_content", verbosity=0, stdout=StringIO())
    asked = {name: addresses for name, addresses in questions().items() if name.startswith(only)}
    found = {name: {"asked": len(addresses)} for name, addresses in asked.items()}
    if SalaryFigure.objects.count() < count:
        measure("before", asked | {"areas": []}, found, say)  # those areas are made with the figures
        rows.fill(count, say)
    measure("after", asked, found, say)
    say("")
    print(f"{connection.vendor}, {SalaryFigure.objects.count():,} figures")
    print(HEADING)
    for name, figures in found.items():
        print(line(name, figures), flush=True)
    files = {suffix: exported(suffix, say) for suffix in ("csv", "json")} if "exports".startswith(only) else {}
    for suffix, one in files.items():
        print(f"{suffix}: {one['rows']:,} rows at {one['rate']:,.0f} a second, memory grew by {one['grown']:,} KiB")
    if save:
        file = Path(save)
        others = json.loads(file.read_text()) if file.exists() else {}
        file.write_text(json.dumps(others | {connection.vendor: {"questions": found, "exports": files}}))


def measure(when, asked, found, say):
    for name, addresses in asked.items():
        if addresses:
            figures = measured(name, addresses, say)
            found[name] |= {f"{field}_{when}": value for field, value in figures.items()}


def progress():
    """Progress in one line of a terminal, as lines elsewhere."""
    began = time.monotonic()

    def say(text):
        if sys.stderr.isatty():
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
        elif text:
            print(f"{time.monotonic() - began:6.0f} s  {text}", file=sys.stderr, flush=True)

    return say


def questions():
    """{kind of question: addresses}; seeded, so that two runs ask the same."""
    random = Random(SEED)  # noqa: S311 (not a secret)
    populations = list(PopulationDescribed.objects.order_by("position", "code").values_list("code", flat=True))
    common = ["11-9111", "29-1229", "29-1215", "29-1216", "title"]
    cities = list(Area.objects.cities().order_by("pk").values_list("slug", flat=True))
    slugs = SalaryFigure.objects.order_by("pk").values_list("slug", flat=True)[: 7 * VARIANTS : 7]
    table = reverse("salaries:figures")

    def population():
        return f"population={random.choice(common if random.random() < 0.5 else populations)}"

    def some():
        chosen = random.sample(populations, random.randint(2, 5))
        return "&".join(f"population={code}" for code in chosen)

    filters = {
        "country": lambda: f"country={random.choice(['US', 'US', 'IN', 'GB', 'DE', 'CA'])}",
        "state": lambda: f"state={random.choice(['texas-us', 'california-us', 'vermont-us'])}",
        "kind": lambda: f"kind={random.choice(['metropolitan', 'nonmetropolitan', 'state', 'city'])}",
        "confidence": lambda: f"confidence={random.choice(['note', 'doubt', 'exclude'])}",
        "city": lambda: f"city={random.choice(cities)}",
        "q": lambda: f"q={random.choice(['york', 'texas', 'india', 'lake', 'springfield'])}",
    }
    bounds = {
        "min": lambda: f"min={random.choice([1, 50_000, 120_000, 200_000, 900_000])}",
        "max": lambda: f"max={random.choice([60_000, 150_000, 10_000_000])}",
    }
    orders = ["city", "-city", "country", "-country", "median", "-median", "as_of", "-as_of"]

    def mix(*names, whom=population, basis="printed", order=None, page=""):
        known = filters | bounds
        parts = [whom(), *(known[name]() for name in names)]
        parts += [f"basis={basis}", f"ordering={order or random.choice(orders)}"]
        return f"{table}?{'&'.join(parts)}{page}"

    def several(**values):
        share = random.random()
        names = [] if share < 0.3 else random.sample(list(filters), 1 if share < 0.7 else 2)
        return mix(*names, **values)

    asked = range(VARIANTS)
    deep = ["&page=40", "&page=200", "&page=99999"]
    found = {
        "no filter": [table, *(f"{table}?ordering={order}" for order in orders)] * 4,
        "one population": [mix() for _ in asked],
        "several populations": [mix(whom=some) for _ in asked],
        "filters": [several() for _ in asked],
        "filters, converted": [several(basis="converted") for _ in asked],
        "filters, purchasing power": [several(basis="ppp") for _ in asked],
        "converted by median": [mix(basis="converted", order=order) for order in ("-median", "median") * 20],
        "bounds": [mix(random.choice(list(bounds)), basis=random.choice(["printed", "converted"])) for _ in asked],
        "bounds and filters": [mix(random.choice(list(bounds)), random.choice(list(filters))) for _ in asked],
        "pages by number": [mix(page=random.choice(deep)) for _ in asked],
        "pages by number, converted": [mix(basis="converted", page=random.choice(deep)) for _ in asked],
        "pages by number, several": [mix(whom=some, page=random.choice(deep)) for _ in asked],
        "all populations": [
            mix(whom=lambda: "&".join(f"population={code}" for code in populations), order=order) for order in orders
        ],
        "cities": [reverse("salaries:city", args=[slug]) for slug in cities],
        "areas": [reverse("salaries:city", args=[f"area-{n}"]) for n in range(VARIANTS)],
        "figure": [reverse("salaries:figure", args=[slug]) for slug in slugs],
        "known issues": [reverse("salaries:known-issues")] * 3,
        "profile": [reverse("careers:career", args=["medical-director"])] * 5,
        "search": [f"/search/?q={text}" for text in ("york", "bangalore", "care", "texas", "nowhere")] * 4,
        "home": ["/"] * 5,
        "method": ["/method/"] * 5,
        "sitemap": ["/sitemap.xml"] * 2,
        "compare": [f"{reverse('salaries:compare')}?city={cities[n]}&city={cities[n + 1]}" for n in range(10)],
    }
    return found


@contextmanager
def timed_queries():
    spent = []

    def timer(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append(time.perf_counter() - began)

    with connection.execute_wrapper(timer):
        yield spent


def measured(name, addresses, say):
    """Milliseconds that pages take as a reader waits, and what of that the database takes; and how many queries."""
    client = Client()
    ask(client, addresses[0])  # what is kept for a revision is kept now
    pages, queries, counts = [], [], set()
    for number, address in enumerate(addresses):
        say(f"{name}: {number + 1} of {len(addresses)}")
        with timed_queries() as spent:
            began = time.perf_counter()
            ask(client, address)
            pages.append(time.perf_counter() - began)
        queries.append(sum(spent))
        counts.add(len(spent))
    (page_p50, page_p95), (database_p50, database_p95) = percentiles(pages), percentiles(queries)
    number = str(max(counts)) if min(counts) == max(counts) else f"{min(counts)}-{max(counts)}"
    found = {"p50": page_p50, "p95": page_p95, "database_p50": database_p50, "database_p95": database_p95}
    return found | {"queries": number}


def line(name, found):
    texts = ["" if field not in found else f"{found[field]:.1f}" for field in FIELDS]
    columns = "".join(f"{text:>{width}}" for text, width in zip(texts, WIDTHS, strict=True))
    return f"{name:<30}{found['asked']:>6}{columns}{found['queries_after']:>9}"


def ask(client, address):
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    if response.streaming:
        for _ in response:
            pass


def exported(suffix, say):
    """All figures as one file: how many rows, rows a second, and by how many KiB the process grew meanwhile."""
    every = "&".join(f"population={code}" for code in PopulationDescribed.objects.values_list("code", flat=True))
    say(f"all figures as {suffix}")
    response = Client().get(f"/salaries.{suffix}?{every}")
    pieces = iter(response)
    next(pieces)  # the order of all rows is known now, eight bytes each
    before, began, rows_sent = memory(), time.perf_counter(), 0
    for piece in pieces:
        rows_sent += piece.count(b"\n")
    took, grown = time.perf_counter() - began, memory() - before
    return {"rows": rows_sent, "rate": rows_sent / took, "grown": grown}


def percentiles(times):
    """The median and the 95th percentile of seconds, in milliseconds."""
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    return 1000 * cuts[9], 1000 * cuts[18]
