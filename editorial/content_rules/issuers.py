"""Which body grants which credential, as texts name them."""

import re
from dataclasses import dataclass

BODY = re.compile(r"[A-Z][\w-]+(?: (?:(?:of|in|and|for|the) )*[A-Z][\w-]+)+")
BODIES = re.compile(r"\b(?:Board|Association|Society|College|Faculty|Commission|Academy|Institute|Council)\b")
ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z]{2,})\)")
GRANTED = r"\b(?:from|by|of|through) (?:the )?"


@dataclass(frozen=True)
class Issued:
    """A credential, and the patterns by which a text names it, its issuer, and its issuer as the one who grants."""

    name: str
    issuer: str
    named: re.Pattern
    body: re.Pattern
    granted: re.Pattern
    names: tuple[str, ...]

    def stands_in(self, text):
        """A quick look, before the patterns."""
        return any(name in text for name in self.names)


def issued(credential):
    """The patterns of one credential; None if its issuer is not named as a body."""
    bodies = [body for body in BODY.findall(credential.issuer) if BODIES.search(body)]
    bodies += ABBREVIATION.findall(credential.issuer)
    if not bodies:
        return None
    return Issued(
        credential.name,
        credential.issuer,
        any_of([credential.name, credential.abbreviation]),
        any_of(bodies),
        any_of(bodies, GRANTED),
        (credential.name, credential.abbreviation),
    )


def any_of(names, before=r"\b"):
    return re.compile(f"{before}({'|'.join(re.escape(name) for name in names)})\\b")
