from functools import partial

import pytest


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What changes inside `with committed():` is judged at its end, as when a transaction is through."""
    return partial(django_capture_on_commit_callbacks, execute=True)
