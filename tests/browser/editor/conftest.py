"""People who sign in to a site of their own, so that what they change is seen by no other test."""

import pytest
from playwright.sync_api import expect

from tests.browser.editing import PATIENCE, Person


@pytest.fixture
def site(editing):
    return editing.address


@pytest.fixture(autouse=True)
def patience():
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def sign_in(new_page):
    """A function that signs somebody in, in a browser of their own."""
    return lambda name, scripts=True: Person(new_page(java_script_enabled=scripts), name, scripts).sign_in()


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request):
    return request.param


@pytest.fixture
def answered(problems):
    """A function that forgets that the browser told of an answer with this status, as it does on purpose here."""

    def forget(status):
        told = [problem for problem in problems if f"the server responded with a status of {status}" in problem]
        assert told
        problems[:] = [problem for problem in problems if problem not in told]

    return forget
