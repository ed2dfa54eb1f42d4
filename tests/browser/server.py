"""The site as `make run` runs it, with a database and static files of its own, for a browser to open."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass
from urllib.error import URLError
from urllib.parse import urlsplit

import dj_database_url
import psycopg2
import pytest
from django.conf import settings

START_LIMIT = 30  # seconds


@dataclass
class Editor:
    """The superuser of the site under test."""

    name: str = "editor"
    password: str = "a password for tests only"


@contextmanager
def running(folder, editor):
    """A new site in this folder, at the address given: http://127.0.0.1:41234, with no slash at its end."""
    with prepared(folder, editor) as environment, serving(folder, environment) as address:
        yield address


@contextmanager
def prepared(folder, editor):
    """The environment of a new site in this folder: its database holds the content and the superuser."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    environment |= {"DJANGO_VAR_DIR": str(folder), "DJANGO_SUPERUSER_PASSWORD": editor.password}
    with database_url(folder) as environment["DATABASE_URL"]:
        for command in (
            ["migrate", "--noinput", "--verbosity=0"],
            ["load_content"],
            ["collectstatic", "--noinput", "--verbosity=0"],
            ["createsuperuser", "--noinput", "--username", editor.name, "--email", "editor@example.org"],
        ):
            manage(command, environment)
        yield environment


@contextmanager
def serving(folder, environment):
    port = free_port()
    with served(port, environment | {"PORT": str(port)}, folder / "server.log"):
        yield f"http://127.0.0.1:{port}"


def free_port():
    with closing(socket.socket()) as candidate:
        candidate.bind(("127.0.0.1", 0))
        return candidate.getsockname()[1]


@contextmanager
def database_url(folder):
    """A new database beside those of the other tests, named for the folder, on the same kind of server."""
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    given = os.environ["DATABASE_URL"]
    name = f"careerguide_{folder.name}_{os.getpid()}"
    administer(given, f"CREATE DATABASE {name}")
    try:
        yield urlsplit(given)._replace(path=f"/{name}").geturl()
    finally:
        administer(given, f"DROP DATABASE {name} WITH (FORCE)")


def administer(url, statement):
    config = dj_database_url.parse(url)
    address = {"host": config["HOST"], "port": config["PORT"], "user": config["USER"], "password": config["PASSWORD"]}
    given = {name: value for name, value in address.items() if value}
    with closing(psycopg2.connect(dbname=config["NAME"], **given, **config.get("OPTIONS", {}))) as connection:
        connection.autocommit = True  # databases are not made in a transaction
        with connection.cursor() as cursor:
            cursor.execute(statement)


def manage(arguments, environment):
    """Run a command of manage.py and return what it says."""
    command = [sys.executable, "manage.py", *arguments]
    result = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    if result.returncode:
        pytest.fail(f"{' '.join(arguments)} failed:\n{result.stdout}{result.stderr}", pytrace=False)
    return result.stdout


@contextmanager
def served(port, environment, log):
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "careerguide.wsgi:application"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "4"]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", server, log)
            yield
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for(address, server, log):
    limit = time.monotonic() + START_LIMIT
    while server.poll() is None and time.monotonic() < limit:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 (our own address)
            return
        except URLError:
            time.sleep(0.1)
    pytest.fail(f"The site did not answer at {address}:\n{log.read_text()}", pytrace=False)
