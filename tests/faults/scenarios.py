"""Real faults under a steady load of readers. Each returns what was counted, and what of it breaks a promise."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.server import free_port
from tests.faults.readers import reading
from tests.sites import ROOT, ask, children, environment, manage, prepare, send, serving, shell, stop_for

EDITED = "/salaries/figures/medical-director-delhi-opencourser/"
EDIT = """
from salaries.models import SalaryFigure
figure = SalaryFigure.objects.get(slug="medical-director-delhi-opencourser")
figure.note = {text!r}
figure.save()
"""
COUNT = "from careers.models import Duty; from salaries.models import SalaryFigure; "
COUNT += "print(Duty.objects.count(), SalaryFigure.objects.count())"
SHOWN_WITHIN = 2.0  # seconds


@dataclass
class Outcome:
    name: str
    requests: int = 0
    errors: int = 0
    silence: float = 0.0  # seconds
    note: str = ""
    broken: list = field(default_factory=list)  # promises

    @classmethod
    def of(cls, name, met, most_silence=None, most_errors=0, note=""):
        broken = [f"errors: {', '.join(sorted(set(met.bad))[:5])}"] if len(met.bad) > most_errors else []
        if most_silence and met.silence > most_silence:
            broken.append(f"silence over {most_silence} s")
        return cls(name, met.requests, len(met.bad), met.silence, note, broken)


def postgres_stopped(postgres, site, port):
    with serving(site, port), reading(port) as met:
        time.sleep(2)
        os.kill(postgres.get_pid(), signal.SIGINT)  # the fast way to stop: it ends every connection
        time.sleep(12)
        postgres.ensure_postgres_running()
        time.sleep(4)
    return Outcome.of("PostgreSQL stopped for 12 s", met, most_silence=3)


def postgres_frozen(postgres, site, port):
    with serving(site, port), reading(port) as met:
        time.sleep(2)
        pid = postgres.get_pid()
        stop_for([pid, *children(pid)], 10)
        time.sleep(4)
    return Outcome.of("PostgreSQL frozen for 10 s", met, most_silence=3)


def workers_killed(postgres, site, port):
    """Whoever's request a killed worker holds meets an error; behind a proxy that asks the next one, nobody does."""
    with serving(site, port) as server, reading(port) as met:
        for _ in range(4):
            killed = children(server.pid)[:1]
            send(killed, signal.SIGKILL)
            while len(there := children(server.pid)) < 2 or {*killed} & {*there}:
                time.sleep(0.1)
            time.sleep(4)  # the new one has loaded, and granian does not take it for a crash loop
        time.sleep(3)
    return Outcome.of("one worker killed, 4 times", met, most_silence=3, most_errors=met.requests // 100)


def edit_shows_on_other_instance(postgres, site, port):
    slowest = 0.0
    folder = Path(site["DJANGO_VAR_DIR"])
    other, other_port = site | {"DJANGO_VAR_DIR": str(folder / "other")}, free_port()
    shutil.copytree(folder / "static", folder / "other" / "static", dirs_exist_ok=True)
    with serving(site, port), serving(other, other_port), reading(other_port) as met:
        for number in range(5):
            text = f"Read again, the {number}th time."
            shell(site, EDIT.format(text=text))
            changed = time.monotonic()
            while any(text.encode() not in plain(one) for one in (port, other_port)):
                time.sleep(0.05)
                assert time.monotonic() < changed + 20, "an edit never showed"
            slowest = max(slowest, time.monotonic() - changed)
    outcome = Outcome.of("edit seen on two instances", met, note=f"shown after {slowest:.1f} s at most")
    if slowest > SHOWN_WITHIN:
        outcome.broken.append(f"later than {SHOWN_WITHIN} s")
    return outcome


def plain(port):
    import gzip

    return gzip.decompress(ask(port, EDITED)[1])


def four_admin_writers(postgres, site, port):
    """The test of four people who save through the admin while four read, on this PostgreSQL."""
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "tests/concurrency/test_four_writers.py"]
    run = subprocess.run(command, cwd=ROOT, env=site, capture_output=True, text=True)
    note = next((line for line in run.stdout.splitlines() if line.startswith("Four writers")), "no count")
    failed = [line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    saves, pages = (int(one.replace(",", "")) for one in re.search(r"([\d,]+) saves.* ([\d,]+) pages", note).groups())
    return Outcome("four admin writers", saves + pages, len(failed), note=note, broken=failed)


def loader_killed(postgres, site, port):
    """Killed while it fills an empty database, the loader leaves all or nothing; on both kinds of database."""
    whole, states = shell(site, COUNT), []
    for empty in empty_sites(postgres, site):
        manage(empty, "migrate", "--verbosity=0")
        for seconds in (1, 2, 4, 6, 8):
            command = [sys.executable, "manage.py", "load_content"]
            loading = subprocess.Popen(command, cwd=ROOT, env=empty, stdout=subprocess.DEVNULL)
            time.sleep(seconds)
            loading.kill()
            loading.wait()
            states.append(shell(empty, COUNT))
        manage(empty, "load_content")
        states.append(shell(empty, COUNT))
    half = [one for one in states if one not in ("0 0", whole)]
    killed = sum(one == "0 0" for one in states)
    note = f"{len(half)} half-loaded states; {killed} times nothing, {states.count(whole)} times all"
    return Outcome("load_content killed, 10 times", note=note, broken=[f"half-loaded: {half}"] if half else [])


def empty_sites(postgres, site):
    shell(site, "from django.db import connection; connection.cursor().execute('CREATE DATABASE empty')")
    for name, url in (("sqlite", ""), ("postgresql", f"{site['DATABASE_URL'].rpartition('/')[0]}/empty")):
        folder = Path(site["DJANGO_VAR_DIR"]) / name
        folder.mkdir()
        yield environment(folder, url)


def disk_full(postgres, site, port):
    """SQLite on a small disk of its own that fills up: pages are read, edits are refused, nothing is spoiled."""
    with small_disk(site) as folder:
        small = environment(folder)
        prepare(small)
        with serving(small, port), reading(port) as met:
            time.sleep(2)
            fill(folder)
            refused = not edited(small, "On a full disk.")
            time.sleep(6)
            (folder / "filling").unlink()
            taken = edited(small, "With room again.")
            time.sleep(3)
        sound = (
            shell(
                small,
                "from django.db import connection; c = connection.cursor(); "
                "c.execute('PRAGMA integrity_check'); print(c.fetchone()[0])",
            )
            == "ok"
        )
    outcome = Outcome.of("disk full for 6 s, SQLite on it", met, most_silence=3)
    promises = {"an edit was lost without a word": refused, "no edit with room again": taken, "database spoiled": sound}
    outcome.broken += [text for text, kept in promises.items() if not kept]
    return outcome


@contextmanager
def small_disk(site):
    folder = Path(site["DJANGO_VAR_DIR"]) / "small"
    folder.mkdir()
    with ExitStack() as stack:
        subprocess.run(
            [shutil.which("mount"), "-t", "tmpfs", "-o", "size=80m,mode=700", "tmpfs", str(folder)], check=True
        )
        unmount = [shutil.which("umount"), "--lazy", str(folder)]
        stack.callback(subprocess.run, unmount, check=True)
        yield folder


def fill(folder):
    with (folder / "filling").open("wb") as file:
        try:
            while True:
                file.write(b"x" * 65_536)
                file.flush()
        except OSError:
            return


def edited(site, text):
    try:
        shell(site, EDIT.format(text=text))
    except subprocess.CalledProcessError:
        return False
    return True


def hostile_queries(postgres, site, port):
    """200,000 addresses that nobody meant, in one process: its memory stays what it was."""
    script = "from tests.faults.hostile import flood; print(*flood(200_000))"
    before, after, kept = (int(one) for one in manage(site, "shell", "--no-imports", "-c", script).stdout.split()[-3:])
    grown = after - before
    broken = [f"memory grew by {grown} KiB"] if grown > before // 10 else []
    note = f"memory {before:,} to {after:,} KiB; {kept} pages kept"
    return Outcome("200,000 hostile query strings", 200_000, 0, 0.0, note, broken)


SCENARIOS = [
    postgres_stopped,
    postgres_frozen,
    workers_killed,
    edit_shows_on_other_instance,
    four_admin_writers,
    loader_killed,
    disk_full,
    hostile_queries,
]
