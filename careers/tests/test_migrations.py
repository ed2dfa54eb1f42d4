"""Back to the tables before settings, credentials and disagreements, and forward again, with the content in them."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.databases import throw_away_database

COMMANDS = [
    ["migrate", "--verbosity=0"],
    ["load_content"],
    ["migrate", "sources", "0001", "--verbosity=0"],
    ["migrate", "careers", "0001", "--verbosity=0"],
    ["migrate", "readinglist", "0001", "--verbosity=0"],
    ["migrate", "--verbosity=0"],
    ["load_content", "--overwrite"],
    ["load_content"],
]


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What each command printed, in their order."""
    with throw_away_database(tmp_path_factory.mktemp("back")) as environment:
        return [run(command, environment) for command in COMMANDS]


def run(command, environment):
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), command
    return done.stdout


def test_going_back_and_forward_keeps_the_tables_usable(said):
    assert "created" in said[1]
    assert "Kept" not in said[6]


def test_content_is_whole_again_afterwards(said):
    records = said[1].split("Content loaded: ")[1].split()[0]

    assert f"Content loaded: {records} records ({records} unchanged)." in said[7]
