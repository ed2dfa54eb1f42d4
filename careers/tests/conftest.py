"""The career whose self-check is tried: one requirement of each necessity."""

import pytest

from careers.tests.records import asks, dispute, newcomer


@pytest.fixture
def career():
    """A career that asks for one thing of each necessity."""
    made = newcomer()
    asks(made, "board", "disputed", position=1, disagreement=dispute("board", yes=["law-for"], no=["law-against"]))
    asks(made, "audits", "helpful", position=2, stage="senior")
    asks(made, "budget", "usual", position=3, stage="early")
    asks(made, "license", "required", position=4, kind="license", physician_only=True)
    return made
