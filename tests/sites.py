"""A site in a folder of its own, with database and workers, to measure or to hurt."""

import http.client
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_LIMIT = 60  # seconds
TIMEOUT = 15  # seconds until a reader gives up


def environment(folder, url=""):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    return kept | {"DJANGO_VAR_DIR": str(folder), "DATABASE_URL": url}


def manage(environment, *arguments, **kwargs):
    """Run a command of manage.py; raises CalledProcessError with what it said."""
    command = [sys.executable, "manage.py", *arguments]
    try:
        return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, **kwargs)
    except subprocess.CalledProcessError as error:
        error.add_note(error.stderr)
        raise


def shell(environment, script):
    return manage(environment, "shell", "--no-imports", "-c", script).stdout.strip()


def prepare(environment):
    manage(environment, "migrate", "--verbosity=0")
    manage(environment, "load_content")
    manage(environment, "collectstatic", "--noinput", "--verbosity=0")


@contextmanager
def serving(environment, port, workers=2, pinned=()):
    """The site on a port; yields the server's process, whose children are the workers.

    `pinned` is a command that keeps what it runs on one processor.
    """
    command = [*pinned, sys.executable, "-m", "granian", "--interface", "wsgi", "careerguide.wsgi:application"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(workers), "--blocking-threads", "4"]
    command += ["--respawn-failed-workers", "--no-ws"]
    log = Path(environment["DJANGO_VAR_DIR"]) / f"server-{port}.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            wait_for(port, log)
            yield server
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def ask(port, address):
    """The status and the packed body of one page; raises OSError or HTTPException."""
    response, body = fetch(port, address, {"Accept-Encoding": "gzip"})
    return response.status, body


def fetch(port, address, headers):
    """(answer, body) of one page; raises OSError or HTTPException."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        connection.request("GET", address, headers=headers)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def wait_for(port, log):
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        try:
            ask(port, "/healthz")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The site did not start:\n{log.read_text()}")


def children(pid):
    """The processes that a process started, and theirs."""
    try:
        own = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
    return [*own, *(grandchild for child in own for grandchild in children(child))]


def send(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def stop_for(pids, seconds):
    """Freeze processes, as a disk that hangs or a network that is gone would."""
    send(pids, signal.SIGSTOP)
    try:
        time.sleep(seconds)
    finally:
        send(pids, signal.SIGCONT)
