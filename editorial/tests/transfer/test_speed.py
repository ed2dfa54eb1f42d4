"""Five thousand rows. Measured as time of the processor: how much else the machine has to do does not count."""

import time
from datetime import date, timedelta

import pytest

from editorial.tests.transfer.files import NEW, as_csv, imported, planned
from salaries.models import SalaryFigure

pytestmark = pytest.mark.django_db

SECONDS = 6  # twice what is promised: two processes on one core slow each other down


@pytest.fixture
def content():
    days = [date(1990, 1, 1) + timedelta(days=n) for n in range(5000)]
    return as_csv(*(NEW | {"slug": f"new-{day}", "as_of": day} for day in days))


def test_five_thousand_rows_are_checked_and_imported_quickly(content):
    started = time.process_time()
    plan = planned(content)
    checked = time.process_time()
    done = imported(content, seen=plan.digest)
    ended = time.process_time()

    assert done.imported
    assert SalaryFigure.objects.filter(slug__startswith="new-").count() == 5000
    assert checked - started < SECONDS
    assert ended - checked < SECONDS
