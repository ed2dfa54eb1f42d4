"""Requests a second: the site on one processor, who asks on another, nginx with the same bytes in the same rounds."""

import contextlib
import gzip
import os
import re
import shutil
import subprocess
import time
from collections import namedtuple
from pathlib import Path
from statistics import median

from tests.browser.server import free_port
from tests.sites import children, fetch, serving

PAGE = "/salaries/"
CONNECTIONS = 32
UNITS = {"us": 0.001, "ms": 1, "s": 1000}  # in milliseconds
TICKS = os.sysconf("SC_CLK_TCK")
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr crit;
events {{ worker_connections 512; }}
http {{
    access_log off; sendfile on; gzip_static on; keepalive_requests 1000000; default_type text/html;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}/pages; }}
}}
"""

# A way of asking: the name in the table, who is asked, the path and the headers.
Target = namedtuple("Target", "name pid port path headers")
Round = namedtuple("Round", "rate p99 cpu errors")


def measured(site, folder, rounds, progress):
    """{name: figures}: requests a second, ratio to nginx, p99 in ms, CPU in µs; medians of the rounds, CPU the best."""
    asking, answering = pinned(-1), pinned(0)
    port = free_port()
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(serving(site, port, workers=1, pinned=answering))
        answer, page = fetch(port, PAGE, {"Accept-Encoding": "gzip"})
        targets = [
            Target("kept page", server.pid, port, PAGE, {"Accept-Encoding": "gzip"}),
            Target("kept page, Brotli", server.pid, port, PAGE, {"Accept-Encoding": "br"}),
            Target("kept page, 304", server.pid, port, PAGE, {"If-None-Match": answer.getheader("ETag")}),
            Target("kept profile", server.pid, port, "/careers/medical-director/", {"Accept-Encoding": "gzip"}),
            Target("static file of the site", server.pid, port, stylesheet(page), {"Accept-Encoding": "gzip"}),
            Target("bare Django", server.pid, port, "/healthz", {}),
            Target("page not kept", server.pid, port, PAGE, {"Cookie": "seen=1"}),
        ]
        nginx = stack.enter_context(static_server(folder, page, answering)) if shutil.which("nginx") else None
        if nginx:
            targets.insert(0, nginx)
        taken = {target.name: [] for target in targets}
        for number in range(rounds + 1):
            for target in targets:
                progress(f"round {number} of {rounds}: {target.name}")
                one = asked(target, asking)
                if number:  # the one before the first warms up
                    taken[target.name].append(one)
    base = taken.get(nginx.name) if nginx else None
    return {name: summary(some, base) for name, some in taken.items()}


def pinned(which):
    """A command that keeps another on one of the processors at hand; nothing where that cannot be."""
    cores = sorted(os.sched_getaffinity(0))
    return ["taskset", "-c", str(cores[which])] if len(cores) > 1 and shutil.which("taskset") else []


def stylesheet(page):
    return re.search(r'href="(/static/css/[^"]+)"', gzip.decompress(page).decode())[1]


@contextlib.contextmanager
def static_server(folder, page, answering):
    """nginx with the page as the site packed it."""
    folder, port = folder / "nginx", free_port()
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "page.html.gz").write_bytes(page)
    (folder / "pages" / "page.html").write_bytes(gzip.decompress(page))
    for one in (folder.parent, folder, folder / "pages"):
        one.chmod(0o755)  # the worker is another user if root starts it
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    server = subprocess.Popen([*answering, shutil.which("nginx"), "-c", folder / "nginx.conf", "-p", folder])
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                fetch(port, "/page.html", {})
                break
            time.sleep(0.1)
        yield Target("nginx, static file", server.pid, port, "/page.html", {"Accept-Encoding": "gzip"})
    finally:
        server.terminate()
        server.wait()


def asked(target, asking):
    seconds = 3 if target.name == "page not kept" else 1
    command = [*asking, shutil.which("wrk"), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    command += [part for name, value in target.headers.items() for part in ("-H", f"{name}: {value}")]
    before = processor_time(target.pid)
    run = subprocess.run(
        [*command, f"http://127.0.0.1:{target.port}{target.path}"], check=True, capture_output=True, text=True
    )
    spent = processor_time(target.pid) - before
    requests = int(re.search(r"(\d+) requests in", run.stdout)[1])
    amount, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", run.stdout).groups()
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)[1])
    errors = "Non-2xx" in run.stdout or "Socket errors" in run.stdout
    return Round(rate, float(amount) * UNITS[unit], 1_000_000 * spent / max(requests, 1), errors)


def processor_time(pid):
    """Seconds that a process and those that it started took, in user and system."""
    spent = 0
    for one in (pid, *children(pid)):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        spent += int(fields[11]) + int(fields[12])
    return spent / TICKS


def summary(rounds, base):
    """The figures of a target; its ratios are to what nginx did in the same round."""
    figures = {
        "rate": median(one.rate for one in rounds),
        "p99": median(one.p99 for one in rounds),
        "cpu": min(one.cpu for one in rounds),
        "errors": sum(one.errors for one in rounds),
    }
    if base:
        ratios = sorted(one.rate / other.rate for one, other in zip(rounds, base, strict=True))
        figures |= {"ratio": median(ratios), "lowest": ratios[0], "highest": ratios[-1]}
        figures["cpu_ratio"] = figures["cpu"] / min(one.cpu for one in base)
    return figures
