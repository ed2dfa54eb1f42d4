"""Read settings from environment variables, and say what to do when one cannot be read."""

import logging
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
SECRET_KEY_LENGTH = 50
SQLITE = "django.db.backends.sqlite3"
KNOWN_DATABASES = {SQLITE, "django.db.backends.postgresql"}
# No pattern, scheme, port or space: a pattern would accept forged hosts, the others would match none.
HOST_NAME = re.compile(r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\Z|^\[[0-9a-fA-F:]+\]\Z")
CONTACT_ADDRESS = re.compile(r"^(https://[!-~]+|mailto:[!-~]+@[!-~]+)\Z")
MAIL_ADDRESS = re.compile(r"^[!-9;-?A-~]+@[A-Za-z0-9.-]+\Z")  # no space, no "mailto:"
BASE_ADDRESS = re.compile(r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?\Z")


def flag(name, default):
    """Read a yes/no variable. Raises ImproperlyConfigured for anything that is neither."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no. Write 1 or 0.")
    return value in TRUE


def whole_number(name, default, least=0):
    """Read a number of `least` or more. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number, such as {default}.")
    if int(value) < least:
        raise ImproperlyConfigured(f"{name}={value!r} is too small: write {least} or more, such as {default}.")
    return int(value)


def words(name):
    """Read a comma-separated variable as a list without empty items."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def log_level():
    """Read DJANGO_LOG_LEVEL, in any case of letters. Raises ImproperlyConfigured for an unknown level."""
    level = (os.environ.get("DJANGO_LOG_LEVEL") or "INFO").upper()
    if level not in logging.getLevelNamesMapping():
        raise ImproperlyConfigured(f"DJANGO_LOG_LEVEL={level!r}: write DEBUG, INFO, WARNING or ERROR.")
    return level


def private_folder(path):
    """Make a folder that only its owner can read, unless it is there already."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"DJANGO_VAR_DIR: cannot make the folder {path}: {error.strerror}.") from error
    if not os.access(path, os.X_OK):
        raise ImproperlyConfigured(f"DJANGO_VAR_DIR: this account may not enter {path}. Run as the one that owns it.")


def read_key(path, name):
    """Read a key file; raises ImproperlyConfigured if it is unreadable or empty."""
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}: cannot read a key from {path}: {error}.") from error
    if not key:
        raise ImproperlyConfigured(f"{name}: {path} is empty. Write a long random text into it, or remove the file.")
    return key


def secret_key():
    """Read DJANGO_SECRET_KEY, or the file that DJANGO_SECRET_KEY_FILE names; empty if neither is set."""
    key_file = os.environ.get("DJANGO_SECRET_KEY_FILE", "")
    return read_key(Path(key_file), "DJANGO_SECRET_KEY_FILE") if key_file else os.environ.get("DJANGO_SECRET_KEY", "")


def local_secret_key(path):
    """Return this machine's own key for local use, made at first need and readable by its owner only.

    In a folder that takes or shows nothing, a key for this process still serves every page.
    """
    try:
        private_folder(path.parent)
        if not path.exists():
            make_key(path)
    except (OSError, ImproperlyConfigured):
        return secrets.token_urlsafe(SECRET_KEY_LENGTH)
    return read_key(path, "The local key")


def make_key(path):
    """The file appears at once with the whole key in it, so that processes that start together all read the same."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(new, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(SECRET_KEY_LENGTH))
        with suppress(FileExistsError):  # another process was quicker: its key counts
            os.link(new, path)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def security_contact():
    """Read DJANGO_SECURITY_CONTACT, an address that RFC 9116 allows, or make one of DJANGO_CONTACT_EMAIL."""
    address, mail = os.environ.get("DJANGO_SECURITY_CONTACT", ""), contact_email()
    if address and not CONTACT_ADDRESS.match(address):
        raise ImproperlyConfigured("DJANGO_SECURITY_CONTACT: write https://… or mailto:…, without spaces.")
    return address or (f"mailto:{mail}" if mail else "")


def contact_email():
    """Read DJANGO_CONTACT_EMAIL, a bare address; empty if it is not set."""
    mail = os.environ.get("DJANGO_CONTACT_EMAIL", "")
    if mail and not MAIL_ADDRESS.match(mail):
        raise ImproperlyConfigured("DJANGO_CONTACT_EMAIL: write an address alone, such as editors@example.org.")
    return mail


def database(local_file):
    """Read DATABASE_URL; without it, SQLite in `local_file`. An address that cannot be read is not repeated:
    it holds a password."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        return {"ENGINE": SQLITE, "NAME": str(local_file)}
    try:
        found = dj_database_url.parse(address, conn_max_age=60)
    except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError):
        found = {"ENGINE": "", "NAME": ""}
    if found["ENGINE"] not in KNOWN_DATABASES or found["NAME"] in ("", ":memory:"):
        form = "postgres://user:password@host:5432/name"
        raise ImproperlyConfigured(f"DATABASE_URL cannot be used. Write it as {form} or sqlite:////path/to/file.")
    if found["ENGINE"] == SQLITE and not os.access(Path(found["NAME"]).parent, os.X_OK):
        raise ImproperlyConfigured("DATABASE_URL: the folder of its file is not there, or may not be entered. Make it.")
    return found


def require_production(key, fallbacks, hosts, base_url):
    """Refuse to start half-configured: raise ImproperlyConfigured naming every variable that is missing or unsafe."""
    problems = []
    if not key:
        problems.append("DJANGO_SECRET_KEY (or DJANGO_SECRET_KEY_FILE) is missing: set a long random text.")
    elif is_weak(key):
        problems.append(f"DJANGO_SECRET_KEY is too weak: use at least {SECRET_KEY_LENGTH} random characters.")
    if any(is_weak(fallback) for fallback in fallbacks):
        problems.append("DJANGO_SECRET_KEY_FALLBACKS: one of them is too weak to have been a key.")
    if not hosts:
        problems.append("DJANGO_ALLOWED_HOSTS is missing: set your host names, such as guide.example.org.")
    for host in hosts:
        if not HOST_NAME.match(host):
            problems.append(f"DJANGO_ALLOWED_HOSTS: {host!r} is no plain host name, such as guide.example.org.")
    if base_url and not BASE_ADDRESS.match(base_url):
        problems.append("DJANGO_BASE_URL: write only scheme and host, such as https://guide.example.org.")
    if problems:
        raise ImproperlyConfigured("DJANGO_ENV=production, but:\n- " + "\n- ".join(problems))


def is_weak(key):
    return len(key) < SECRET_KEY_LENGTH or len(set(key)) < 5
