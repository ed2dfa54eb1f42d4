"""What the README tells a newcomer to type exists."""

import re
import subprocess

import pytest
from django.conf import settings
from django.core.management import get_commands

README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
DEPLOY = (settings.BASE_DIR / "docs" / "deploy.md").read_text(encoding="utf-8")
TEXTS = [README, (settings.BASE_DIR / "fixtures" / "README.md").read_text(encoding="utf-8"), DEPLOY]
MAKEFILE = (settings.BASE_DIR / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)\b(?= |`|\n)", README)) - {"and"}))
def test_make_target_exists(target):
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize(
    "command", sorted({name for text in TEXTS for name in re.findall(r"manage(?:\.py)? ([a-z_]+)", text)})
)
def test_management_command_exists(command):
    assert command in get_commands()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_linked_file_exists(path):
    assert (settings.BASE_DIR / path).exists()


@pytest.mark.parametrize("folder", re.findall(r"^\| `([^`]+)/`", README, re.MULTILINE))
def test_folder_of_the_map_exists(folder):
    assert (settings.BASE_DIR / folder).is_dir()


def test_help_lists_every_documented_target():
    shown = subprocess.run(["/usr/bin/make", "help"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)

    documented = set(re.findall(r"^([a-z]+):.*##", MAKEFILE, re.MULTILINE))
    assert documented == set(re.findall(r"^  make ([a-z]+)", shown.stdout, re.MULTILINE))
