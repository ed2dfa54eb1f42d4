"""How fast the public pages are with a million figures: `python -m tests.million [--rows N]`.

Makes a site in a scratch folder, on SQLite and then on a PostgreSQL of its own, and prints how long a reader waits for
each kind of question in process, p50 and p95 in ms: with the content as shipped, then with N figures, and what of the
latter is spent in the database. `--here` measures in the database of the environment instead, and fills it only if it
holds fewer than N figures.
"""

import argparse
import os
import subprocess
import sys
import tempfile

import django

from tests import postgres

ROWS = 1_000_000


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.million", description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=ROWS, help=f"figures in the database, {ROWS:,} if not told")
    parser.add_argument("--here", action="store_true", help="measure in the database of the environment")
    parser.add_argument("--only", default="", help="measure only kinds of question whose name begins so")
    parser.add_argument("--save", default="", help="a file to put the figures into, as JSON")
    options = parser.parse_args()
    if options.here:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")
        django.setup()
        from tests.million import measuring

        return measuring.run(options.rows, options.only, options.save)
    command = [sys.executable, "-m", "tests.million", "--here", "--rows", str(options.rows)]
    command += ["--only", options.only, "--save", options.save]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DJANGO_VAR_DIR"] = folder
        os.environ.pop("DATABASE_URL", None)
        status = subprocess.run(command).returncode
        return status or postgres.main(command)


if __name__ == "__main__":
    sys.exit(main())
