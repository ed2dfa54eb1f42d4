import io
import logging

import pytest
from django.contrib.auth.models import User

from careerguide.logs import LineFormatter
from tests.signin.signing_in import NAME, PASSWORD


@pytest.fixture
def account(db):
    """An editor's account with a password that the site would take."""
    return User.objects.create_user(NAME, password=PASSWORD, is_staff=True)


@pytest.fixture
def lines():
    """A function that returns the lines that the log has got since, as they stand on standard error."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(LineFormatter("{asctime} {levelname} {name} {message}", style="{"))
    loggers = [logging.getLogger(), logging.getLogger("django")]  # the latter does not pass on to the former
    for logger in loggers:
        logger.addHandler(handler)
    yield lambda: handler.stream.getvalue().splitlines()
    for logger in loggers:
        logger.removeHandler(handler)
