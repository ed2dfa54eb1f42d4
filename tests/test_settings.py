"""The settings as a process meets them: each case starts Python with an environment of its own."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

KEY = "a-key-for-tests-that-is-long-enough-to-be-taken-0123456789"
PRODUCTION = {
    "DJANGO_ENV": "production",
    "DJANGO_SECRET_KEY": KEY,
    "DJANGO_ALLOWED_HOSTS": "guide.example.org,www.example.org",
}
SHOW = """
import json
from django.conf import settings
print(json.dumps({name: getattr(settings, name, None) for name in dir(settings) if name.isupper()}, default=str))
"""


@pytest.fixture
def start(tmp_path):
    """A function that runs Python with the given variables and none of the caller's; returns the finished process."""

    def run(variables, *arguments):
        environment = {"PATH": os.environ["PATH"], "DJANGO_VAR_DIR": str(tmp_path / "var")} | variables
        environment["DJANGO_SETTINGS_MODULE"] = "careerguide.settings"
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)

    return run


@pytest.fixture
def values(start):
    """A function that returns the settings that the given variables lead to."""

    def read(**variables):
        result = start(variables, "-c", SHOW)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    return read


def test_nothing_set_passes_check(start):
    result = start({}, "manage.py", "check", "--fail-level", "WARNING")

    assert result.returncode == 0, result.stderr


def test_nothing_set_is_safe(values):
    found = values()

    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert found["BASE_URL"] == "http://127.0.0.1:8000"
    assert found["DATABASES"]["default"]["ENGINE"] == "django.db.backends.sqlite3"


def test_nothing_set_makes_a_key_that_only_its_owner_reads(values, tmp_path):
    key = values()["SECRET_KEY"]
    key_file = tmp_path / "var" / "secret-key"

    assert key_file.stat().st_mode & 0o777 == 0o600
    assert key_file.read_text() == key == values()["SECRET_KEY"]
    assert len(key) >= 50


def test_empty_key_of_this_machine_is_refused(start, tmp_path):
    """A disk that was full at the first start leaves such a file; every page would fail with it."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret-key").touch()

    refused(start({}, "manage.py", "check"), "is empty")


def test_folder_is_private(values, tmp_path):
    values()

    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_log_level_is_read_in_any_case(values):
    assert values(DJANGO_LOG_LEVEL="warning")["DEBUG"] is False


def test_empty_variables_count_as_unset(values):
    names = example_names() - {"DJANGO_VAR_DIR"}

    assert values(**dict.fromkeys(names, ""))["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]


def test_database_lies_in_the_folder_whatever_its_name(values, tmp_path):
    folder = tmp_path / "a #1 folder? 100%25"

    assert values(DJANGO_VAR_DIR=str(folder))["DATABASES"]["default"]["NAME"] == str(folder / "db.sqlite3")


def test_database_on_a_socket_is_read(values):
    found = values(DATABASE_URL="postgres://guide@%2Frun%2Fpostgresql/guide")["DATABASES"]["default"]

    assert (found["HOST"], found["USER"], found["NAME"]) == ("/run/postgresql", "guide", "guide")


@pytest.mark.parametrize("url", ["postgresq://guide:hidden@db/guide", "postgres://guide:hidden@db:port/guide"])
def test_bad_database_address_is_refused_without_showing_its_password(start, url):
    result = start({"DATABASE_URL": url}, "-c", SHOW)

    refused(result, "DATABASE_URL")
    assert "hidden" not in result.stderr


@pytest.mark.parametrize("url", ["mysql://guide:hidden@db/guide", "oracle://x", "sqlite://", "sqlite://:memory:"])
def test_database_that_the_site_does_not_know_is_refused(start, url):
    result = start({"DATABASE_URL": url}, "manage.py", "check")

    refused(result, "DATABASE_URL cannot be used. Write it as")
    assert "hidden" not in result.stderr


def test_database_in_a_folder_that_is_not_there_is_refused(start, tmp_path):
    result = start({"DATABASE_URL": f"sqlite:///{tmp_path}/none/guide.sqlite3"}, "manage.py", "check")

    refused(result, "DATABASE_URL: the folder of its file is not there")


def test_file_instead_of_the_folder_is_refused(start, tmp_path):
    (tmp_path / "file").touch()

    refused(start({"DJANGO_VAR_DIR": str(tmp_path / "file")}, "manage.py", "check"), "DJANGO_VAR_DIR: cannot make")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter any folder")
def test_folder_that_may_not_be_entered_is_refused(start, tmp_path):
    (tmp_path / "var").mkdir(mode=0)

    refused(start({}, "manage.py", "check"), "DJANGO_VAR_DIR: this account may not enter")


def test_production_complete_passes_deployment_check(start):
    result = start(PRODUCTION, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"DATABASE_URL": "sqlite:///x.sqlite3"}, True),
        ({"DATABASE_URL": f"sqlite:///{settings.BASE_DIR}/x.sqlite3"}, True),
        ({}, False),
        ({"DATABASE_URL": "postgres://127.0.0.1:1/guide"}, False),
    ],
)
def test_deployment_check_tells_of_data_that_an_upgrade_would_leave_behind(variables, told, start):
    result = start(PRODUCTION | variables, "manage.py", "check", "--deploy")

    assert result.returncode == 0, result.stderr
    assert ("an upgrade would leave it behind" in result.stderr) == told


def test_deployment_check_tells_of_misspelled_variables(start):
    given = {"DJANGO_BEHIND_PROXI": "1", "DJANGO_COLOR": "red", "DJANGO_SUPERUSER_USERNAME": "ada"}
    result = start(PRODUCTION | given, "manage.py", "check", "--deploy")

    assert re.findall(r"(DJANGO_\w+) is no variable of this site\.\s+HINT: (.*)", result.stderr) == [
        ("DJANGO_BEHIND_PROXI", "Did you mean DJANGO_BEHIND_PROXY?"),
        ("DJANGO_COLOR", "See .env.example for those that there are."),
    ]


def test_production_is_strict(values):
    found = values(**PRODUCTION)

    assert found["DEBUG"] is False
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert found["SECURE_PROXY_SSL_HEADER"] is None
    assert found["BASE_URL"] == "https://guide.example.org"


def test_key_comes_from_a_file(values, tmp_path):
    (tmp_path / "key").write_text(f"{KEY}\n")
    without_key = {name: value for name, value in PRODUCTION.items() if name != "DJANGO_SECRET_KEY"}

    assert values(**without_key, DJANGO_SECRET_KEY_FILE=str(tmp_path / "key"))["SECRET_KEY"] == KEY


@pytest.mark.parametrize(
    ("named", "changes"),
    [
        pytest.param("DJANGO_SECRET_KEY", {"DJANGO_SECRET_KEY": ""}, id="no key"),
        pytest.param("DJANGO_SECRET_KEY", {"DJANGO_SECRET_KEY": "short"}, id="short key"),
        pytest.param("DJANGO_SECRET_KEY", {"DJANGO_SECRET_KEY": "ab" * 40}, id="monotonous key"),
        pytest.param("DJANGO_SECRET_KEY_FILE", {"DJANGO_SECRET_KEY_FILE": "/nowhere/key"}, id="no key file"),
        pytest.param("DJANGO_SECRET_KEY", {"DJANGO_SECRET_KEY_FILE": os.devnull}, id="empty key file"),
        pytest.param("DJANGO_ALLOWED_HOSTS", {"DJANGO_ALLOWED_HOSTS": ""}, id="no hosts"),
        pytest.param("DJANGO_ALLOWED_HOSTS", {"DJANGO_ALLOWED_HOSTS": " , "}, id="only commas for hosts"),
        pytest.param("DJANGO_ALLOWED_HOSTS", {"DJANGO_ALLOWED_HOSTS": "*"}, id="any host"),
        pytest.param("DJANGO_ALLOWED_HOSTS", {"DJANGO_ALLOWED_HOSTS": "a.org,.b.org"}, id="any host below a domain"),
        pytest.param("DJANGO_DEBUG", {"DJANGO_DEBUG": "1"}, id="debug"),
        pytest.param("DJANGO_ALLOWED_HOSTS", {"DJANGO_ALLOWED_HOSTS": "https://a.org"}, id="host with scheme"),
        pytest.param("DJANGO_ALLOWED_HOSTS", {"DJANGO_ALLOWED_HOSTS": "a.org:443"}, id="host with port"),
        pytest.param("DJANGO_ALLOWED_HOSTS", {"DJANGO_ALLOWED_HOSTS": "a b"}, id="host with space"),
        pytest.param("DJANGO_SECRET_KEY_FALLBACKS", {"DJANGO_SECRET_KEY_FALLBACKS": "short"}, id="short fallback"),
        pytest.param("DJANGO_BASE_URL", {"DJANGO_BASE_URL": "guide.example.org"}, id="base URL without scheme"),
        pytest.param("DJANGO_BASE_URL", {"DJANGO_BASE_URL": "https://a.org/x?y"}, id="base URL with path"),
        pytest.param("DJANGO_LOG_LEVEL", {"DJANGO_LOG_LEVEL": "loud"}, id="unknown log level"),
        pytest.param(
            "DJANGO_SECURITY_CONTACT", {"DJANGO_SECURITY_CONTACT": "call us"}, id="contact that is no address"
        ),
        pytest.param("DJANGO_CONTACT_EMAIL", {"DJANGO_CONTACT_EMAIL": "a@b.org\nX: y"}, id="contact with a line"),
        pytest.param("DJANGO_CONTACT_EMAIL", {"DJANGO_CONTACT_EMAIL": "mailto:a@b.org"}, id="contact as an address"),
        pytest.param("DJANGO_ENV", {"DJANGO_ENV": "prod"}, id="unknown environment"),
    ],
)
def test_production_refuses(start, named, changes):
    refused(start(PRODUCTION | changes, "manage.py", "check"), named)


def test_production_names_everything_that_is_missing_at_once(start):
    result = start({"DJANGO_ENV": "production"}, "manage.py", "check")

    refused(result, "DJANGO_SECRET_KEY")
    refused(result, "DJANGO_ALLOWED_HOSTS")


def test_public_hosts_without_production_are_refused(start):
    refused(start({"DJANGO_ALLOWED_HOSTS": "guide.example.org"}, "manage.py", "check"), "DJANGO_ENV")


@pytest.mark.parametrize(
    "name",
    [
        "DJANGO_DEBUG",
        "DJANGO_HTTPS",
        "DJANGO_BEHIND_PROXY",
        "DJANGO_HSTS_PRELOAD",
        "DJANGO_ADMIN_MFA",
        "DJANGO_SECOND_PERSON",
    ],
)
@pytest.mark.parametrize("value", ["maybe", "2", "truee", "1 0"])
def test_bad_switch_is_refused(start, name, value):
    refused(start({name: value}, "-c", SHOW), name)


@pytest.mark.parametrize(
    ("value", "meant"),
    [("1", True), ("TRUE", True), (" yes ", True), ("on", True), ("0", False), ("No", False), ("", False)],
)
def test_switch_is_read(values, value, meant):
    assert values(DJANGO_DEBUG=value)["DEBUG"] is meant


@pytest.mark.parametrize("value", ["-1", "1.5", "1_000", "1e3", "²", "٣", "a year"])
def test_bad_number_is_refused(start, value):
    refused(start(PRODUCTION | {"DJANGO_HSTS_SECONDS": value}, "-c", SHOW), "DJANGO_HSTS_SECONDS")


def test_bad_port_is_refused(start):
    refused(start({"PORT": "http"}, "-c", SHOW), "PORT")


@pytest.mark.parametrize("value", ["0", "1", "two"])
def test_too_few_threads_are_refused(start, value):
    refused(start(PRODUCTION | {"WEB_THREADS": value}, "manage.py", "check"), "WEB_THREADS")


def refused(result, named):
    """The process did not start, and its last words name the variable."""
    assert result.returncode != 0
    last_words = result.stderr.partition("ImproperlyConfigured:")[2]
    assert named in last_words, result.stderr


def example_names():
    """The variables that .env.example lists."""
    return set(re.findall(r"^#?([A-Z_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.MULTILINE))


def test_example_lists_exactly_the_variables_that_are_read():
    code = "".join((settings.BASE_DIR / "careerguide" / name).read_text() for name in ("settings.py", "environment.py"))
    read = set(re.findall(r'(?:environ\.get|flag|words|whole_number)\(\s*"([A-Z_]+)"', code))
    read |= {"DATABASE_URL"} if "dj_database_url.config(" in code else set()
    read |= set(re.findall(r"\$\${([A-Z_]+):-\d", (settings.BASE_DIR / "Makefile").read_text()))

    assert len(read) > 15  # else the patterns no longer find them
    assert example_names() == read
