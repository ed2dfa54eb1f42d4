"""The keyboard as a reader uses it."""

import pytest


def tab_to(page, target, limit=60):
    for _ in range(limit):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab does not come to {target} within {limit} steps", pytrace=False)
