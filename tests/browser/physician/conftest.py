"""A physician in mid-career considers a directorship: every step with JavaScript, without it, and on a narrow phone."""

import pytest

from tests.browser.looks import OVERFLOWING


@pytest.fixture(params=["scripts", "no-scripts", "phone"])
def way(request):
    return request.param


@pytest.fixture
def width(way):
    return 320 if way == "phone" else 1280


@pytest.fixture
def page(new_page, way):
    """A page whose last view must fit the window."""
    page = new_page(java_script_enabled=way != "no-scripts")
    yield page
    assert page.evaluate(OVERFLOWING) == []
