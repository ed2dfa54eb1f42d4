"""nginx with the example configuration, on ports and in folders of a test; only names and places are changed."""

import http.client
import ssl
import subprocess
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

from django.conf import settings

from tests.browser.server import free_port

CONFIGURATION = settings.BASE_DIR / "deploy" / "nginx.conf"
MAIN = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class Instance(ThreadingHTTPServer):
    """A stand-in for one instance of the site, which can be stopped, frozen and made to fail."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, name, port):
        self.name, self.seen, self.status, self.headers, self.body = name, [], 200, {}, None
        self.going = Event()
        self.going.set()
        super().__init__(("127.0.0.1", port), Answer)
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"  # a connection for each request: a stopped instance leaves none open

    def do_GET(self):
        site = self.server
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        site.seen.append((self.command, self.path, dict(self.headers)))
        site.going.wait(20)
        body = (site.body or f"{site.name} {self.path} {len(site.seen)}").encode()
        try:
            self.send_response(site.status)
            for name, value in site.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:  # nginx went away meanwhile
            pass

    do_POST = do_GET

    def log_message(self, *arguments):
        pass


class Proxy:
    """A running nginx, and how a reader asks it."""

    def __init__(self, folder, ports):
        self.folder, self.ports = folder, ports

    def ask(self, path="/", method="GET", host="guide.example.org", body=None, tls=True, **headers):
        """The status, the headers with small letters, and the body of an answer."""
        connection = self.connection(host, tls)
        sent = {"Host": host} | {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body=body, headers=sent)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def connection(self, host="guide.example.org", tls=True):
        if not tls:
            return http.client.HTTPConnection("127.0.0.1", self.ports["80"], timeout=15)
        trust = ssl._create_unverified_context()  # noqa: S323 (the certificate of this test)
        wrap = trust.wrap_socket
        trust.wrap_socket = lambda sock, server_hostname: wrap(sock, server_hostname=host)
        return http.client.HTTPSConnection("127.0.0.1", self.ports["443"], timeout=15, context=trust)

    def log(self):
        """What nginx said of errors, the newest last."""
        return (self.folder / "error.log").read_text()[-4000:]

    def statuses(self, path, times):
        """What one reader gets who asks as fast as a program can, over one connection."""
        statuses, connection = [], self.connection()
        try:
            for _ in range(times):
                connection.request("GET", path, headers={"Host": "guide.example.org"})
                answer = connection.getresponse()
                answer.read()
                statuses.append(answer.status)
        finally:
            connection.close()
        return statuses


def configured(folder, upstreams):
    """Write the configuration for these folders and ports; return which port stands for which."""
    ports = {"80": free_port(), "443": free_port(), "8001": upstreams[0], "8002": upstreams[1]}
    text = CONFIGURATION.read_text()
    for old, new in [
        ("    listen [::]:80 default_server;\n", ""),
        ("    listen [::]:443 ssl default_server;\n", ""),
        ("    listen [::]:80;\n", ""),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("listen 80", f"listen 127.0.0.1:{ports['80']}"),
        ("listen 443", f"listen 127.0.0.1:{ports['443']}"),
        ("127.0.0.1:8001", f"127.0.0.1:{ports['8001']}"),
        ("127.0.0.1:8002", f"127.0.0.1:{ports['8002']}"),
        ("/etc/ssl/career-guide", str(folder)),
        ("/var/cache/nginx", str(folder)),
        ("/var/lib/career-guide", str(folder)),
    ]:
        assert old in text, old
        text = text.replace(old, new)
    (folder / "site.conf").write_text(text)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
    subprocess.run(
        ["/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        + ["-subj", "/CN=guide.example.org", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True,
        capture_output=True,
    )
    return ports


def command(folder, *options):
    return ["/usr/sbin/nginx", "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf", *options]


@contextmanager
def running(folder, upstreams):
    proxy = Proxy(folder, configured(folder, upstreams))
    process = subprocess.Popen(command(folder), stderr=subprocess.PIPE)
    try:
        limit = time.monotonic() + 10
        while not Path(folder / "nginx.pid").exists() and process.poll() is None and time.monotonic() < limit:
            time.sleep(0.02)
        assert process.poll() is None, process.stderr.read()
        yield proxy
    finally:
        process.terminate()
        process.wait(10)
        process.stderr.close()
