"""Load the fixtures: all or nothing, every object validated, and no editor's change undone without saying so.

Django's `loaddata` saves whatever it reads. This loader runs `full_clean()` on every object and works in one
transaction. For each object it remembers a digest of its fields as the load left them (models.LoadedRow). An
object that looks otherwise was changed by an editor: it is kept and reported, unless the caller overwrites.

careerguide/loading.py loads the rows of one model; careerguide/dumping.py is the way back.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection

from careerguide import locks
from careerguide.loading import DERIVED_MODELS, ModelLoader
from careerguide.rows import RowError, read_file
from editorial.choices import Role
from editorial.recording import recorded
from salaries import judgement

__all__ = [
    "CONTENT_MODELS",
    "DERIVED_MODELS",
    "MOST_PROBLEMS_SHOWN",
    "OPTIONAL_MODELS",
    "ContentError",
    "LoadReport",
    "load",
    "lock_content",
]

# In the order of loading: a row may refer to rows of its own file above it and of the files before.
CONTENT_MODELS = [
    "sources.source",
    "sources.disagreement",
    "sources.side",
    "careers.country",
    "careers.setting",
    "careers.credential",
    "careers.credentialfact",
    "careers.career",
    "careers.alternativetitle",
    "careers.careersetting",
    "careers.duty",
    "careers.qualification",
    "careers.careerstage",
    "careers.passage",
    "careers.question",
    "careers.relatedcareer",
    "readinglist.topic",
    "readinglist.work",
    "readinglist.course",
    "readinglist.readinglist",
    "readinglist.listentry",
    "salaries.area",
    "salaries.cityalias",
    "salaries.populationdescribed",
    "salaries.exchangerate",
    "salaries.pricelevel",
    "salaries.salaryfigure",
    "salaries.acceptance",
    "sources.citation",
    "editorial.report",
    "editorial.decision",
]
# What editors may not have said anything in yet: their files may be empty, or missing.
OPTIONAL_MODELS = {"salaries.acceptance", "editorial.report", "editorial.decision"}
MOST_PROBLEMS_SHOWN = 50
REASON = "Brought to what the content files say."  # of a changed or removed record, on the page of changes


class ContentError(Exception):
    """The fixtures cannot be loaded; `problems` says where and why, one sentence each. Nothing was changed."""

    def __init__(self, problems):
        self.problems = problems
        super().__init__("\n".join(problems[:MOST_PROBLEMS_SHOWN]))


@dataclass
class LoadReport:
    """What a load did, as counts, and what it left alone because an editor had changed it."""

    counts: Counter = field(default_factory=Counter)
    kept: list = field(default_factory=list)


def load(folder, overwrite=False):
    """Bring the database to what the fixtures in `folder` say and return a LoadReport.

    Raises ContentError, with the database unchanged, if a file is missing or not readable, if a row is wrong,
    or if there is nothing to load.
    """
    try:
        rows = {
            label: read_file(folder / f"{label}.json", label, optional=label in OPTIONAL_MODELS)
            for label in CONTENT_MODELS
        }
    except RowError as error:
        raise ContentError([str(error)]) from error
    report, problems = LoadReport(), []
    with recorded(Role.FILES, reason=REASON, additions=False), judgement.postponed():
        lock_content()
        loaders = [ModelLoader(label, overwrite, report, problems) for label in CONTENT_MODELS]
        for loader in loaders:
            loader.load(rows[loader.label])
            if problems:  # Later files refer to this one: their rows would only repeat the same complaint.
                raise ContentError(problems)
        for loader in reversed(loaders):
            loader.remove_dropped()
        if problems:
            raise ContentError(problems)
        judgement.refresh()
    return report


def lock_content():
    """Let nobody else write content until this transaction ends, and wait for a load that is under way.

    Otherwise an edit saved between our reading and our writing would be lost. SQLite needs no lock: its
    transactions are IMMEDIATE (settings.DATABASES), so one writer waits for the other from the start.

    The tables are locked against whoever does not stand in line, such as a shell. They alone would not do: somebody who
    already held a record would wait for its table, while we waited for that record.
    """
    if connection.vendor != "postgresql":
        return
    locks.be_patient(locks.MOST_PATIENCE)
    locks.stand_in(locks.CONTENT)
    judgement.lock()
    tables = [apps.get_model(label)._meta.db_table for label in ["careerguide.loadedrow", *CONTENT_MODELS]]
    names = ", ".join(connection.ops.quote_name(table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
