"""The site with several workers, as `WEB_WORKERS=4 make run` serves it, and publishers who are signed in.

Its database is its own, on the same kind of server as that of the other tests, and holds the real content.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.server import free_port, manage, served
from tests.concurrency.browser import Browser
from tests.databases import throw_away_database

WORKERS = 4
SIGN_IN = """
import json, sys
import django
django.setup()
from django.contrib.auth.models import Group, User
from django.test import Client
keys = []
for name, group in json.loads(sys.argv[1]):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    keys.append(client.cookies["sessionid"].value)
print(json.dumps(keys))
"""
COUNTS = []  # what the tests of this folder counted, for the end of the output


def pytest_terminal_summary(terminalreporter):
    for line in COUNTS:
        terminalreporter.write_line(line)


@dataclass
class Site:
    address: str
    environment: dict
    log: Path

    def ask(self, script, *arguments):
        """Run a script beside the site, on its database; returns what it prints, which is JSON."""
        command = [sys.executable, "-c", script, *arguments]
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def sign_in(self, *accounts):
        """A browser for each (name, group), whose account is made for it."""
        return [Browser(self.address, key) for key in self.ask(SIGN_IN, json.dumps(accounts))]

    def reader(self):
        return Browser(self.address)

    def faults(self):
        """What the site's log tells of faults, those that no answer showed included."""
        lines = self.log.read_text().splitlines()
        return [line for line in lines if " ERROR " in line or " CRITICAL " in line or "Traceback" in line]


@pytest.fixture(scope="package")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("concurrency")
    with throw_away_database(folder) as environment:
        port, log = free_port(), folder / "server.log"
        environment |= {"PORT": str(port), "GRANIAN_WORKERS": str(WORKERS)}
        for command in ["migrate", "--verbosity=0"], ["load_content"], ["collectstatic", "--noinput", "--verbosity=0"]:
            manage(command, environment)
        with served(port, environment, log):
            yield Site(f"http://127.0.0.1:{port}", environment, log)


@pytest.fixture(scope="session")
def count():
    """A function that adds a line to the end of the test output."""
    return COUNTS.append
