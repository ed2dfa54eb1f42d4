"""Read settings from environment variables, and say what to do when one cannot be read."""

import os
import secrets
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
SECRET_KEY_LENGTH = 50


def flag(name, default):
    """Read a yes/no variable. Raises ImproperlyConfigured for anything that is neither."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no. Write 1 or 0.")
    return value in TRUE


def whole_number(name, default):
    """Read a number of zero or more. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number, such as {default}.")
    return int(value)


def words(name):
    """Read a comma-separated variable as a list without empty items."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def secret_key():
    """Read DJANGO_SECRET_KEY, or the file that DJANGO_SECRET_KEY_FILE names; empty if neither is set."""
    key_file = os.environ.get("DJANGO_SECRET_KEY_FILE", "")
    if not key_file:
        return os.environ.get("DJANGO_SECRET_KEY", "")
    try:
        return Path(key_file).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"DJANGO_SECRET_KEY_FILE: cannot read {key_file}: {error.strerror}.") from error


def local_secret_key(path):
    """Return this machine's own key for local use, made at first need and readable by its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as new:
            new.write(secrets.token_urlsafe(SECRET_KEY_LENGTH))
    except FileExistsError:
        pass
    except OSError:  # A read-only folder: a key for this process alone still serves every page.
        return secrets.token_urlsafe(SECRET_KEY_LENGTH)
    return path.read_text()


def database(local_file):
    """Read DATABASE_URL; without it, SQLite in `local_file`. An address that cannot be read is not repeated:
    it holds a password."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(local_file)}
    try:
        return dj_database_url.parse(address, conn_max_age=60)
    except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError):
        form = "postgres://user:password@host:5432/name"
    raise ImproperlyConfigured(f"DATABASE_URL cannot be read. Write it as {form} or sqlite:////path/to/file.")


def require_production(key, hosts, base_url):
    """Refuse to start half-configured: raise ImproperlyConfigured naming every variable that is missing or unsafe."""
    problems = []
    if not key:
        problems.append("DJANGO_SECRET_KEY (or DJANGO_SECRET_KEY_FILE) is missing: set a long random text.")
    elif len(key) < SECRET_KEY_LENGTH or len(set(key)) < 5:
        problems.append(f"DJANGO_SECRET_KEY is too weak: use at least {SECRET_KEY_LENGTH} random characters.")
    if not hosts:
        problems.append("DJANGO_ALLOWED_HOSTS is missing: set your host names, such as guide.example.org.")
    elif any("*" in host or host.startswith(".") for host in hosts):
        problems.append("DJANGO_ALLOWED_HOSTS: name each host; a pattern would accept forged ones.")
    if base_url and not base_url.startswith(("https://", "http://")):
        problems.append("DJANGO_BASE_URL must begin with https://, such as https://guide.example.org.")
    if problems:
        raise ImproperlyConfigured("DJANGO_ENV=production, but:\n- " + "\n- ".join(problems))
