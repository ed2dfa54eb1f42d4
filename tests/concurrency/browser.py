"""A browser without a screen: it keeps cookies, reads the form of an admin page and sends it as it was filled in."""

import re
from contextlib import closing
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

LIMIT = 60  # seconds without an answer
NOT_SENT = {"submit", "button", "reset", "image", "file"}


class Browser:
    """Every request has a connection of its own, so that any worker of the site may answer it."""

    def __init__(self, site, session=""):
        self.host = urlsplit(site).netloc
        self.cookies = {"sessionid": session} if session else {}

    def get(self, path):
        return self.request("GET", path)

    def post(self, path, values):
        return self.request("POST", path, urlencode(values), {"Content-Type": "application/x-www-form-urlencoded"})

    def request(self, method, path, body=None, headers=None):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        with closing(HTTPConnection(self.host, timeout=LIMIT)) as connection:
            connection.request(method, path, body, {**(headers or {}), **({"Cookie": cookies} if cookies else {})})
            response = connection.getresponse()
            for header in response.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: one.coded_value for name, one in SimpleCookie(header).items()}
            text = response.read().decode()
        return Answer(self, path, response.status, response.headers.get("Location", ""), text)

    def open(self, path):
        """The form of an admin page."""
        return self.get(path).form


@dataclass
class Answer:
    browser: Browser
    path: str
    status: int
    location: str
    text: str

    def __str__(self):
        lists = re.findall(r'<ul class="(?:errorlist|messagelist).*?</ul>', self.text, re.DOTALL)
        said = [re.sub(r"(<[^>]*>|\s)+", " ", one).strip() for one in lists]
        return f"{self.path}: {self.status} {self.location} {' '.join(said)}".strip()

    @property
    def form(self):
        assert self.status == 200, self
        reader = FormReader()
        reader.feed(self.text)
        assert "csrfmiddlewaretoken" in reader.values, f"There is no form at {self.path}."
        return Form(self.browser, self.path, reader.values, reader.boxes)

    @property
    def saved(self):
        """After “Save and continue editing” only what was saved leads back to the record."""
        return self.status == 302 and self.location == self.path

    @property
    def page(self):
        """What the person then sees, who is led on from a form that was accepted."""
        return self.browser.get(self.location) if self.status == 302 else self

    @property
    def tells_of_conflict(self):
        return self.status == 200 and 'id="conflict"' in self.text


@dataclass
class Form:
    browser: Browser
    path: str
    values: dict
    boxes: set

    def send(self, **values):
        return self.browser.post(self.path, self.values | {"_continue": "1"} | values)


class FormReader(HTMLParser):
    """What a browser would send of the form of a record if nothing were changed: {name: value}, and its checkboxes.

    A field with several values is beyond it; the forms that are tried here have none.
    """

    def __init__(self):
        super().__init__()
        self.values, self.boxes = {}, set()
        self.inside = False
        self.name = ""  # of the select or textarea that is open
        self.typed = None  # what stands in the textarea that is open

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id", "").endswith("_form") and given.get("method") == "post"
        elif not self.inside:
            return
        elif tag == "input" and "name" in given:
            self.read_input(given, given.get("type", "text"))
        elif tag in ("select", "textarea"):
            self.name, self.typed = given["name"], "" if tag == "textarea" else None
        elif tag == "option" and "selected" in given:
            self.values[self.name] = given["value"]

    def read_input(self, given, kind):
        if kind == "checkbox":
            self.boxes.add(given["name"])
        if kind not in NOT_SENT and (kind not in ("checkbox", "radio") or "checked" in given):
            self.values[given["name"]] = given.get("value", "on" if kind == "checkbox" else "")

    def handle_data(self, data):
        if self.typed is not None:
            self.typed += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.typed is not None:
            self.values[self.name] = self.typed.removeprefix("\n")
            self.typed = None
        elif tag == "form":
            self.inside = False
