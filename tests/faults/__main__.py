"""Real faults, one after the other, under 60 requests a second: `make faults`, or `python -m tests.faults NAME...`

Needs Linux; the full disk needs root, because it mounts one. Exits 1 if a promise is broken.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.browser.server import free_port
from tests.faults.scenarios import SCENARIOS
from tests.postgres import started
from tests.sites import environment, prepare


def main(names):
    known = {one.__name__.replace("_", "-"): one for one in SCENARIOS}
    unknown = set(names) - set(known)
    if unknown:
        sys.exit(f"There is no {', '.join(sorted(unknown))}. Known are: {', '.join(known)}.")
    folder = Path(tempfile.mkdtemp(prefix="careerguide-faults-", dir="/tmp"))
    outcomes = []
    try:
        (folder / "postgres").mkdir()
        with started(folder / "postgres") as postgres:
            url = f"postgres://{postgres.postgres_user}@{str(postgres.pgdata).replace('/', '%2F')}/postgres"
            site = environment(folder / "site", url)
            (folder / "site").mkdir()
            say("Making a site on a PostgreSQL of its own")
            prepare(site)
            for name, scenario in known.items():
                if names and name not in names:
                    continue
                if name == "disk-full" and os.geteuid():
                    say("disk-full: left out, only root can mount a disk")
                    continue
                say(f"{name} …")
                outcomes.append(scenario(postgres, site, free_port()))
                say(line(outcomes[-1]))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say("", *table(outcomes))
    return 1 if any(one.broken for one in outcomes) else 0


def say(*lines):
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def line(one):
    kept = f"BROKEN: {'; '.join(one.broken)}" if one.broken else "kept"
    return f"| {one.name} | {one.requests:,} | {one.errors:,} | {one.silence:.2f} | {one.note} | {kept} |"


def table(outcomes):
    heading = "| fault | requests | errors | longest silence, s | counted | promise |"
    return [heading, "| --- | --- | --- | --- | --- | --- |", *map(line, outcomes)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
