"""Tables of what was found, beside what the last run found and what is promised."""

import json
import subprocess
import sys

from tests.sites import ROOT

# What the project promises, taken in one run: (field, at least or at most, how much).
GOALS = {
    "kept page": [("ratio", ">=", 0.45), ("cpu_ratio", "<=", 2.2)],
    "kept page, 304": [("ratio", ">=", 0.50)],
}
# Its 60 rows may cost 5 ms over bare middleware on a machine where that takes 0.27 ms and nginx's file 9.8 µs.
TABLE, TABLE_GOAL = "/salaries/?population=29-1229&population=11-9111", 540.0
NGINX = "nginx, static file"
MILLION_GOALS = {"sqlite": 10.0, "postgresql": 15.0}  # ms, p95; or four times that of the content as shipped
SAME_PAGE = {"areas": "cities"}  # the page of an area is that of a city; those areas are made with the million figures


def read(file):
    """What was kept of a run; nothing if there was none."""
    return json.loads(file.read_text()) if file.exists() else {}


def write(file, found):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, indent=1) + "\n")


def answer_of(command, environment):
    run = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(run.stdout)


def show(*tables):
    for lines in tables:
        sys.stdout.write("\n".join(["", *lines, ""]))
    sys.stdout.flush()


def table(heading, rows):
    """Lines of a Markdown table: the first column to the left, numbers to the right."""
    rows = [heading, *rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heading))]
    lines = [
        "| "
        + " | ".join(
            text.rjust(width) if column else text.ljust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in rows
    ]
    rule = ["-" * width if not column else "-" * (width - 1) + ":" for column, width in enumerate(widths)]
    return [lines[0], f"| {' | '.join(rule)} |", *lines[1:]]


def rates(found, last):
    rows = []
    for name, one in found["rates"].items():
        ratio = f"{one['ratio']:.3f} ({one['lowest']:.3f}-{one['highest']:.3f})" if "ratio" in one else "no nginx"
        before = last.get("rates", {}).get(name, {}).get("ratio")
        rows.append(
            [
                name + (" (ERRORS)" if one["errors"] else ""),
                f"{one['rate']:,.0f}",
                ratio,
                f"{before:.3f}" if before else "",
                f"{one['p99']:.2f}",
                f"{one['cpu']:.1f}",
                f"{one['cpu_ratio']:.2f}" if "cpu_ratio" in one else "",
                "; ".join(verdict(one, *goal) for goal in GOALS.get(name, [])),
            ]
        )
    heading = ["one processor", "requests/s", "of nginx's rate", "last run", "p99, ms", "CPU, µs", "of nginx's", "goal"]
    return table(heading, rows)


def verdict(one, field, sign, limit):
    if field not in one:
        return ""
    kept = one[field] >= limit if sign == ">=" else one[field] <= limit
    return f"{sign} {limit:,g} {'met' if kept else 'MISSED'}"


def costs(found, last):
    rows = []
    for path, one in found["costs"]["pages"].items():
        before = last.get("costs", {}).get("pages", {}).get(path, {}).get("cpu")
        before = f"{before:.1f}" if before else ""
        goal = of_nginx(found, one["cpu"]) if path == TABLE else ""
        sizes = [f"{one[size] / 1000:.1f}" for size in ("bytes", "gzip", "br")]
        rows.append([path, f"{one['cpu']:.1f}", before, str(one["queries"]), *sizes, goal])
    bare = found["costs"]["bare"]
    heading = [f"not kept, over {bare:.1f} ms bare", "CPU, ms", "last run", "queries", "KB", "gzip", "Brotli", "goal"]
    return table(heading, rows)


def of_nginx(found, cost):
    """What a page costs, bare middleware included, in CPU of nginx for a file in the same run; nothing without it."""
    if NGINX not in found["rates"]:
        return ""
    ratio = 1000 * (cost + found["costs"]["bare"]) / found["rates"][NGINX]["cpu"]
    return f"{ratio:.0f} times nginx: {verdict({'ratio': ratio}, 'ratio', '<=', TABLE_GOAL)}"


def first_visits(found, last):
    rows = []
    for path, one in found["costs"]["visits"].items():
        before = last.get("costs", {}).get("visits", {}).get(path, {}).get("gzip")
        before = f"{before / 1024:.1f}" if before else ""
        rows.append([path, str(one["requests"]), f"{one['gzip'] / 1024:.1f}", before])
    return table(["first visit", "requests", "KiB, gzip", "last run"], rows)


def million(found, last):
    rows = []
    for database, measured in found["million"].items():
        for name, one in measured["questions"].items():
            shipped, high = measured["questions"][SAME_PAGE.get(name, name)].get("p95_before"), one["p95_after"]
            before = last.get("million", {}).get(database, {}).get("questions", {}).get(name, {}).get("p95_after")
            texts = [number(value) for value in (shipped, one["p50_after"], high, before, one["database_p95_after"])]
            goal = "met" if high <= max(MILLION_GOALS[database], 4 * (shipped or 0)) else "MISSED"
            rows.append([f"{database}: {name}", *texts, one["queries_after"], goal])
    heading = ["a million figures", "p95 as shipped, ms", "p50", "p95", "last run", "in database", "queries", "goal"]
    return table(heading, rows)


def exports(found, last):
    rows = []
    for database, measured in found["million"].items():
        for suffix, one in measured["exports"].items():
            before = last.get("million", {}).get(database, {}).get("exports", {}).get(suffix, {}).get("rate")
            rate, grown = f"{one['rate']:,.0f}", f"{one['grown'] / 1024:.1f}"
            goal = verdict(one, "rate", ">=", 50_000)
            rows.append(
                [f"{database}: {suffix}", f"{one['rows']:,}", rate, f"{before:,.0f}" if before else "", grown, goal]
            )
    return table(["everything as a file", "rows", "rows a second", "last run", "memory grew, MiB", "goal"], rows)


def number(value):
    return "" if value is None else f"{value:.1f}"
