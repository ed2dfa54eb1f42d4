"""The files for containers, which nobody here could try, say so, and name what exists."""

import json
import re

import pytest
from django.conf import settings
from granian.cli import cli

DEPLOY = settings.BASE_DIR / "deploy"
COMPOSE = (DEPLOY / "compose.yaml").read_text()
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
KNOWN = set(re.findall(r"^#?([A-Z_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.MULTILINE))


@pytest.mark.parametrize("text", [COMPOSE, DOCKERFILE], ids=["compose.yaml", "Dockerfile"])
def test_file_says_that_it_is_untested(text):
    assert text.startswith("# UNTESTED")


def test_variables_are_those_of_the_site():
    used = set(re.findall(r"\b(?:DJANGO_[A-Z_]+|DATABASE_URL|WEB_[A-Z]+)\b", COMPOSE))

    assert {"DJANGO_SECRET_KEY", "DATABASE_URL"} <= used <= KNOWN


def test_server_is_started_with_options_that_it_has():
    command = json.loads(re.search(r"CMD (\[.*\])", DOCKERFILE.replace("\\\n", ""))[1])
    options = {option for parameter in cli.params for option in [*parameter.opts, *parameter.secondary_opts]}

    assert {one for one in command if one.startswith("--")} <= options
    assert command[-1] == "careerguide.wsgi:application"


def test_image_holds_no_data_of_a_running_site():
    left_out = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()

    assert {".git", ".venv", "var"} <= set(left_out)
