"""The project's figures of speed: `make bench`, or `python -m tests.bench [--without-million] [--file bench.json]`.

Rates against nginx's static file, taken in turns in one run; what a page costs in process; how pages do with a million
figures. Needs wrk; compares with nginx if there is one. Figures are ratios, or counts, because machines are noisy.
"""

import argparse
import datetime
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import report
from tests.bench.rates import measured
from tests.sites import ROOT, environment, prepare


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--without-million", action="store_true", help="leave out the million figures (10 minutes)")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of one second for each page, 9 if not told")
    parser.add_argument("--file", type=Path, default=ROOT / "var" / "bench.json", help="where the last run is kept")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("make bench needs wrk, which asks for pages quickly enough: apt install wrk (and nginx to compare).")
    last = report.read(options.file)
    found = {"when": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"), "commit": commit()}
    folder = Path(tempfile.mkdtemp(prefix="careerguide-bench-"))
    try:
        site = environment(folder)
        progress("making a site")
        prepare(site)
        found["rates"] = measured(site, folder, options.rounds, progress)
        report.show(report.rates(found, last))
        progress("asking each page in process")
        found["costs"] = report.answer_of([sys.executable, "-m", "tests.bench.costs"], site)
        report.show(report.costs(found, last), report.first_visits(found, last))
        if not options.without_million:
            found["million"] = million(folder)
            report.show(report.million(found, last), report.exports(found, last))
    finally:
        shutil.rmtree(folder)
    report.write(options.file, found)
    progress(f"kept in {options.file}, to compare with the next run")


def million(folder):
    file = folder / "million.json"
    subprocess.run([sys.executable, "-m", "tests.million", "--save", file], check=True, stdout=subprocess.DEVNULL)
    return report.read(file)


def commit():
    git = shutil.which("git")
    if not git:
        return "unknown"
    run = subprocess.run([git, "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return run.stdout.strip() or "unknown"


def progress(text):
    """What is being done: in one line of a terminal, as lines elsewhere; results alone go to the standard output."""
    end = "\r" if os.isatty(2) else "\n"
    sys.stderr.write(f"\033[K… {text}{end}" if end == "\r" else f"… {text}{end}")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
