"""The rules by which the HTTP Observatory scores a site, as far as one answer shows them: A+ begins at 100.

Written after its published table of tests and scores. Where its versions differ the lower score is taken: nothing is
given for Cross-Origin-Resource-Policy.
"""

import re

from tests.pages import Page

HALF_YEAR = 15_768_000  # seconds
PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
UNSAFE = {"'unsafe-inline'", "'unsafe-eval'", "data:", "https:", "http:", "*"}
BONUS_FROM = 90


def score(answer):
    """Penalties first; bonuses count only for whoever has few of them."""
    parts = [rule(answer) for rule in RULES]
    total = 100 + sum(part for part in parts if part < 0)
    return total + sum(part for part in parts if part > 0) if total >= BONUS_FROM else total


class Answer:
    """Headers by their names in small letters, cookies as Set-Cookie has them, the policy, and of HTML the Page."""

    def __init__(self, headers, cookies=(), page=None):
        self.headers = {name.lower(): value for name, value in headers}
        self.cookies, self.page = list(cookies), page
        self.policy = {}
        for part in self.headers.get("content-security-policy", "").split(";"):
            name, *values = part.split() or [""]
            self.policy.setdefault(name, values)

    @classmethod
    def of(cls, response):
        html = response.get("Content-Type", "").startswith("text/html") and response.status_code != 304
        cookies = [morsel.OutputString() for morsel in response.cookies.values()]
        return cls(response.items(), cookies, Page(response) if html and response.content else None)

    def sources(self, directive):
        return self.policy.get(directive, self.policy.get("default-src", ["*"]))


def content_security_policy(answer):
    if "content-security-policy" not in answer.headers:
        return -25
    if UNSAFE & {*answer.sources("script-src"), *answer.sources("object-src")}:
        return -20
    if UNSAFE & set(answer.sources("style-src")):
        return 0
    return 10 if answer.policy.get("default-src") == ["'none'"] else 5


def cookies(answer):
    if not answer.cookies:
        return 0
    scores = []
    for cookie in answer.cookies:
        flags = {flag.strip().lower().partition("=")[0]: flag for flag in cookie.split(";")[1:]}
        session = re.match("[^=]*(session|csrf)", cookie)
        if "secure" not in flags:
            scores.append(-10 if session else -5)
        if session and "httponly" not in flags:
            scores.append(-30)
        if "samesite" in flags and not re.search("=(lax|strict)", flags["samesite"], re.IGNORECASE):
            scores.append(-20)
        scores.append(5 if "samesite" in flags else -20 if "csrf" in cookie.partition("=")[0] else 0)
    return min(scores)


def sharing(answer):
    everyone = answer.headers.get("access-control-allow-origin") == "*"
    return -50 if everyone and answer.headers.get("access-control-allow-credentials") == "true" else 0


def strict_transport(answer):
    age = re.match(r"max-age=(\d+)", answer.headers.get("strict-transport-security", ""))
    return -20 if not age else -10 if int(age[1]) < HALF_YEAR else 0


def referrer(answer):
    policy = answer.headers.get("referrer-policy")
    return 0 if policy is None else 5 if policy in PRIVATE_REFERRERS else -5


def scripts(answer):
    sources = [script.get("src", "") for script in answer.page.all("script")] if answer.page else []
    if any(source.startswith("http:") for source in sources):
        return -50
    return -5 if any("//" in source for source in sources) else 0


def sniffing(answer):
    return 0 if answer.headers.get("x-content-type-options") == "nosniff" else -5


def framing(answer):
    if answer.policy.get("frame-ancestors") in (["'none'"], ["'self'"]):
        return 5
    return 0 if answer.headers.get("x-frame-options") in {"DENY", "SAMEORIGIN"} else -20


def resource_policy(answer):
    return -20 if answer.headers.get("cross-origin-resource-policy") == "cross-origin" else 0


RULES = [
    content_security_policy,
    cookies,
    sharing,
    strict_transport,
    referrer,
    scripts,
    sniffing,
    framing,
    resource_policy,
]
