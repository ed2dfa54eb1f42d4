"""The units for systemd name what exists, and give the site no more than it needs."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from granian.cli import cli

DEPLOY = settings.BASE_DIR / "deploy"
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in {".service", ".timer", ".target"})
SERVICES = [name for name in UNITS if name.endswith(".service")]
CODE = "/opt/career-guide/current"
MOST_EXPOSED = 2.0  # of 10, by systemd's own count; what it finds "OK" begins at 5


class Unit(dict):
    """The values of each setting of a unit, which may stand there several times."""

    def __init__(self, name):
        text = (DEPLOY / name).read_text().replace("\\\n", " ")
        configparser.ConfigParser(strict=False, interpolation=None).read_string(text)  # raises where it is no unit
        for key, value in re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE):
            self.setdefault(key, []).append(value)


@pytest.fixture
def installed(tmp_path):
    """The units, as if this checkout lay where the guide says."""
    for name in UNITS:
        text = (DEPLOY / name).read_text().replace(CODE, str(settings.BASE_DIR))
        (tmp_path / name.replace("@.", "@8001.")).write_text(text)
        (tmp_path / name.replace("@.", "@8002.")).write_text(text)
    return tmp_path


def systemd(*arguments):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    return subprocess.run(["/usr/bin/systemd-analyze", *arguments], capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("name", UNITS)
def test_unit_is_accepted_by_systemd(name, installed):
    done = systemd("verify", "--man=no", "--recursive-errors=no", str(installed / name.replace("@.", "@8001.")))

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", SERVICES)
def test_service_is_exposed_little(name, installed):
    file = installed / name.replace("@.", "@8001.")
    done = systemd("security", "--offline=true", "--no-pager", str(file))

    assert float(re.search(r"Overall exposure level.*: ([0-9.]+)", done.stdout)[1]) <= MOST_EXPOSED


@pytest.mark.parametrize("name", SERVICES)
def test_service_starts_what_the_project_has(name):
    program, *arguments = Unit(name)["ExecStart"][0].split()

    assert program.startswith(f"{CODE}/.venv/bin/")
    if program.endswith("/python"):
        assert (settings.BASE_DIR / arguments[0]).exists()
        assert arguments[1] in get_commands()
    else:
        known = {option for parameter in cli.params for option in [*parameter.opts, *parameter.secondary_opts]}
        assert {argument for argument in arguments if argument.startswith("--")} <= known
        assert arguments[-1] == "careerguide.wsgi:application"


@pytest.mark.parametrize("name", SERVICES)
def test_services_share_user_place_settings_and_bounds(name):
    """They are written out in each file, because systemd has no other way that one can read."""
    only_here = {"Description", "ExecStart", "ReadWritePaths", "TimeoutStartSec", "MemoryMax", "Type", "After"}
    shared, unit = Unit("career-guide-judge.service"), Unit(name)

    assert len(shared) > 30
    assert [key for key in shared if key not in only_here and not set(shared[key]) <= set(unit.get(key, []))] == []


def test_variables_are_those_that_the_site_reads():
    example = (settings.BASE_DIR / ".env.example").read_text()
    text = (DEPLOY / "environment").read_text()
    for name in SERVICES:
        text += "".join(f"{line}\n" for line in Unit(name)["Environment"])
    names = re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE)

    assert len(names) >= 6
    assert [name for name in names if f"#{name}=" not in example] == []


def test_target_names_what_is_there():
    wanted = " ".join(Unit("career-guide.target")["Wants"]).split()

    assert [name for name in wanted if re.sub(r"@\d+", "@", name) not in UNITS] == []
    for timer in (name for name in wanted if name.endswith(".timer")):
        assert timer.replace(".timer", ".service") in UNITS


def test_ports_are_those_of_the_proxy():
    instances = set(re.findall(r"career-guide@(\d+)", (DEPLOY / "career-guide.target").read_text()))

    assert instances == set(re.findall(r"server 127\.0\.0\.1:(\d+)", (DEPLOY / "nginx.conf").read_text()))


def test_files_are_those_that_the_guide_installs():
    guide = (settings.BASE_DIR / "docs" / "deploy.md").read_text()

    assert [path.name for path in Path(DEPLOY).iterdir() if path.stem.partition("@")[0] not in guide] == []


@pytest.mark.parametrize(("command", "mask"), [("migrate", "0077"), ("collectstatic", "0022")])
def test_commands_run_as_the_site_does(command, mask, tmp_path):
    """With its user, settings and key. Files are its own, but for static ones, which the proxy reads."""
    (tmp_path / "environment").write_text((DEPLOY / "environment").read_text())
    (tmp_path / "secret-key").write_text("of no use")
    fake = tmp_path / "setpriv"
    fake.write_text('#!/bin/sh\numask; echo "$DJANGO_SECRET_KEY $DJANGO_ENV"; pwd; echo "$@"\n')
    fake.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "CAREER_GUIDE_ETC": str(tmp_path)}
    done = subprocess.run([DEPLOY / "manage", command, "--x"], env=environment, capture_output=True, text=True)

    user = "--reuid=career-guide --regid=career-guide --init-groups --no-new-privs"
    assert done.stdout.splitlines() == [
        mask,
        "of no use production",
        str(settings.BASE_DIR),
        f"{user} .venv/bin/python manage.py {command} --x",
    ]
