"""Nobody waits for somebody who waits for them, and whoever waits too long is told so, with all that was typed."""

import pytest

MEET = """
import json, sys
import django
django.setup()
from tests.concurrency import meetings
print(json.dumps(getattr(meetings, sys.argv[1])(*sys.argv[2:])))
"""


def test_form_and_load_do_not_lock_each_other_out(site):
    """A form holds a record, then its table, because it writes to it; a load holds the tables, then the records."""
    met = site.ask(MEET, "form_and_load")

    assert met == {"sent": 302, "updated": 1, "waited": True, "as in files": True}


@pytest.mark.parametrize(("first", "second"), [("duty", "citation"), ("citation", "duty")])
def test_part_and_whole_are_not_saved_at_once(first, second, site):
    """The second is told what the first has changed; without a lock on the whole it would overwrite that unseen."""
    met = site.ask(MEET, "whole_and_part", first)

    assert met == {"sent": 302, "waited": True, "told": True, "place": f"From the {first}"}


def test_part_waits_until_it_is_known_whether_it_is_public(site):
    """Otherwise what an editor writes in a draft would be public without anybody having read it."""
    met = site.ask(MEET, "part_while_published")

    assert met == {"sent": [302, 302], "waited": True, "public": False}


def test_busy_form_comes_back_and_can_be_saved_later(site):
    met = site.ask(MEET, "busy")

    assert met == {
        "refused": 200,
        "told": True,
        "kept": "While others save.",
        "version": True,
        "saved": 302,
        "note": "While others save.",
    }


def test_nothing_went_wrong_behind_the_pages(site):
    assert site.faults() == []
