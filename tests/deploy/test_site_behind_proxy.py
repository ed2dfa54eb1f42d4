"""The site itself, started as its unit starts it and twice, behind nginx: what readers notice of kills and restarts."""

import re
import shlex
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings

from tests import scanner
from tests.browser.server import Editor, free_port, prepared, wait_for
from tests.deploy.conftest import folder_for_nginx
from tests.deploy.proxy import running

UNIT = (settings.BASE_DIR / "deploy" / "career-guide@.service").read_text().replace("\\\n", " ")
COMMAND = re.search(r"^ExecStart=\S+/\.venv/bin/granian (.*)$", UNIT, re.MULTILINE)[1]
PRODUCTION = {
    "DJANGO_ENV": "production",
    "DJANGO_ALLOWED_HOSTS": "guide.example.org,127.0.0.1",
    "DJANGO_SECRET_KEY": "a-key-for-tests-that-is-long-enough-to-be-taken-0123456789",
    "DJANGO_BEHIND_PROXY": "1",
}
OF_PROXY = {"Host": "guide.example.org", "X-Forwarded-Proto": "https"}


class Instance:
    def __init__(self, environment, log):
        self.environment, self.log, self.port = environment, log, free_port()
        self.start()

    def start(self):
        command = [
            f"{settings.BASE_DIR}/.venv/bin/granian",
            *shlex.split(COMMAND.replace("%i", str(self.port)).replace("${WEB_THREADS}", "4")),
        ]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        wait_for(f"http://127.0.0.1:{self.port}/healthz", self.process, self.log)

    def wait_until_ready(self):
        """As docs/deploy.md says: the next instance is restarted no sooner."""
        asked = Request(f"http://127.0.0.1:{self.port}/readyz", headers=OF_PROXY)
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            with suppress(HTTPError), urlopen(asked, timeout=10) as answer:  # noqa: S310 (our own address)
                return answer.status
            time.sleep(0.1)
        pytest.fail(f"The instance did not become ready:\n{self.log.read_text()}", pytrace=False)

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.process.wait(15)


@pytest.fixture(scope="module")
def site(nginx, tmp_path_factory):
    """nginx before two instances: (how to ask, the instances)."""
    folder = tmp_path_factory.mktemp("behind_proxy")
    with ExitStack() as stack:
        environment = stack.enter_context(prepared(folder, Editor())) | PRODUCTION
        instances = []
        for number in (1, 2):
            instances.append(Instance(environment, folder / f"instance{number}.log"))
            stack.callback(instances[-1].stop)
        place = stack.enter_context(folder_for_nginx())
        yield stack.enter_context(running(place, [instance.port for instance in instances])), instances


def test_page_comes_over_https_and_knows_it(site):
    proxy, _ = site
    status, headers, body = proxy.ask("/salaries/?country=IN")

    assert status == 200
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert b'<link rel="canonical" href="https://guide.example.org/salaries/' in body


def test_sign_in_sets_cookies_for_https_only(site):
    status, headers, _ = site[0].ask("/admin/login/")

    assert status == 200
    assert headers["set-cookie"].startswith("__Host-csrftoken=")
    assert "Secure" in headers["set-cookie"]


@pytest.mark.parametrize("path", ["/", "/admin/login/", "/nothing/", "/salaries.csv", "/static/css/base.css"])
def test_score_of_a_scanner_is_a_plus(path, site):
    """As an outsider sees it, with what nginx adds and what it answers by itself."""
    status, headers, _ = site[0].ask(path)

    assert status in {200, 404}
    assert (
        scanner.score(scanner.Answer(headers.items(), [headers["set-cookie"]] if "set-cookie" in headers else []))
        >= 100
    )


def test_readiness_is_told_on_the_machine(site):
    assert site[0].ask("/readyz")[::2] == (200, b'{"status": "ok"}')


@contextmanager
def readers(proxy):
    """Readers who ask for pages that no copy was kept of, until the block ends; yields a list of their statuses."""
    statuses, going = [], [True]

    def read(reader):
        while going:
            statuses.append(proxy.ask(f"/search/?q={reader}x{len(statuses)}")[0])
            time.sleep(0.05)  # three of them stay below the limit of the proxy

    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(read, number) for number in range(3)]
        try:
            time.sleep(0.5)
            yield statuses
            time.sleep(0.5)
        finally:
            going.clear()
    for reader in asked:
        reader.result()


def test_killed_instance_costs_no_reader_a_page(site):
    proxy, [first, _] = site
    with readers(proxy) as statuses:
        subprocess.run(["/usr/bin/pkill", "-KILL", "-P", str(first.process.pid)], check=True)  # its worker ...
        first.stop(signal.SIGKILL)
    first.start()

    assert len(statuses) > 10
    assert set(statuses) == {200}, proxy.log()


def test_restart_of_both_in_turn_costs_no_reader_a_page(site):
    """As in an upgrade."""
    proxy, both = site
    with readers(proxy) as statuses:
        for instance in both:
            instance.stop()
            instance.start()
            instance.wait_until_ready()
            time.sleep(2.5)  # nginx asks it again after two seconds

    assert len(statuses) > 10
    assert set(statuses) == {200}, proxy.log()


def test_worker_that_dies_is_replaced(site):
    _, [first, _] = site

    def workers():
        listed = subprocess.run(["/usr/bin/pgrep", "-P", str(first.process.pid)], capture_output=True, text=True)
        return set(listed.stdout.split())

    before = workers()
    subprocess.run(["/usr/bin/pkill", "-KILL", "-P", str(first.process.pid)], check=True)
    limit = time.monotonic() + 15
    while (workers() & before or not workers()) and time.monotonic() < limit:
        time.sleep(0.1)
    wait_for(f"http://127.0.0.1:{first.port}/healthz", first.process, first.log)

    assert workers()
    assert not workers() & before
