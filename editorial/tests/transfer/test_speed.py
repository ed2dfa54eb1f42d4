"""Five thousand rows, beside the time of the processor that writing them bare takes here: 0.5 s in the trial.

A slow or busy machine slows both; three seconds of the trial are six times the bare writing.
"""

import time
from datetime import date, timedelta

import pytest
from django.db import transaction

from editorial.tests.transfer.files import as_csv, exported, imported, planned
from salaries.models import SalaryFigure
from sources.models import Source

pytestmark = pytest.mark.django_db

# Times the bare writing. With nothing else to do: 1.2 to 1.9 to check, 5 to 6.5 to import on SQLite, 7.7 to 8.7 on
# PostgreSQL, whose own work is not counted. Two processes on one core slow each other down.
CHECKED = 4
IMPORTED = 12


@pytest.fixture
def rows():
    """As many figures as five thousand days, with every column an export has."""
    real = exported()
    days = [date(1990, 1, 1) + timedelta(days=n) for n in range(5000)]
    new = [{"slug": f"new-{day}", "as_of": day, "status": "draft"} for day in days]
    return [real[number % len(real)] | row for number, row in enumerate(new)]


@pytest.fixture
def bare(rows):
    """Seconds it takes to write the rows with neither rules nor history nor judgement."""
    records = [line.record for line in planned(as_csv(*rows)).lines]
    with transaction.atomic():
        seconds = timed(SalaryFigure.objects.bulk_create, records)[1]
        transaction.set_rollback(True)
    return seconds


def timed(work, *args, **kwargs):
    started = time.process_time()
    done = work(*args, **kwargs)
    return done, time.process_time() - started


def test_five_thousand_rows_are_checked_and_imported_quickly(rows, bare):
    plan, checked = timed(planned, as_csv(*rows))
    done, added = timed(imported, as_csv(*rows), seen=plan.digest)

    assert done.imported
    assert SalaryFigure.objects.filter(slug__startswith="new-").count() == 5000
    assert checked < CHECKED * bare
    assert added < IMPORTED * bare


def test_five_thousand_published_figures_are_changed_quickly(rows, bare):
    imported(as_csv(*rows))
    SalaryFigure.objects.filter(slug__startswith="new-").update(status="published")
    changed = as_csv(*(row | {"status": "published", "note": "Read again."} for row in rows))
    done, seconds = timed(imported, changed, reason="The note was wrong.", source=Source.objects.first())

    assert done.imported
    assert SalaryFigure.objects.filter(note="Read again.", status="published").count() == 5000
    assert seconds < IMPORTED * bare
