"""Findings of the rules, for the whole table at once: computed when content changes, never for a page.

`refresh()` runs a constant number of queries however many figures there are. It is called by the content loader, after
every transaction that saved or deleted a record it looks at (salaries/apps.py), and by the command `judge_figures`,
which also lets time pass: whether a figure is stale depends on the day. Changes past the models, such as
`QuerySet.update()`, send no signal: call `refresh()` after them.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from careerguide import locks
from salaries.findings import Acceptance, Finding
from salaries.models import Area, PopulationDescribed, SalaryFigure
from salaries.peers import Facts, Peers
from salaries.rules import findings_of
from sources.choices import RANKS, Confidence
from sources.models import Source

LOOKS_AT = ["salaries.SalaryFigure", "salaries.Area", "salaries.PopulationDescribed", "salaries.PriceLevel"]
LOOKS_AT += ["salaries.Acceptance", "careers.Country", "sources.Source"]  # the kinds of records that rules ask
PORTION = 5000  # keys in one statement; databases bound the number of parameters
AS_STORED = ["currency", "currency_certain", "as_printed", "period", "as_of", "basis", "withheld", "at_least"]
AS_STORED += ["sample_size", "wage_error", "status"]
RELATED = ["career", "area", "population", "source"]
YEARLY_AMOUNTS = ["yearly_amount", "yearly_p10", "yearly_p90"]


class Said(NamedTuple):
    """What may change of a finding: thousands are compared, and few are stored anew."""

    severity: str
    rank: int
    sentence: str
    accepted: bool


def facts():
    """What the rules need of every figure, in six queries; records that figures share are fetched once."""
    areas = Area.objects.select_related("country").in_bulk()
    populations = PopulationDescribed.objects.in_bulk()
    sources = Source.objects.in_bulk()
    ppp = dict(SalaryFigure.objects.purchasing_power())
    return [
        fact(row, areas[row["area"]], populations[row["population"]], sources[row["source"]], ppp.get(row["pk"]))
        for row in SalaryFigure.objects.yearly().order_by("pk").values("pk", *AS_STORED, *RELATED, *YEARLY_AMOUNTS)
    ]


def fact(row, area, population, source, ppp):
    return Facts(
        key=row["pk"],
        place=area.name,
        country=area.country_id,
        local_currency=area.country.currency,
        area=area.pk,
        surroundings=area.within_id,
        role=row["career"],
        is_title=population.is_title,
        population=str(population),
        yearly=row["yearly_amount"],
        ppp=ppp,
        p10=row["yearly_p10"],
        p90=row["yearly_p90"],
        source=source.pk,
        publisher=source.publisher,
        trust=source.trust,
        **{name: row[name] for name in AS_STORED},
    )


_postponed = ContextVar("judgement postponed", default=False)
_due = ContextVar("judgement due", default=False)


@contextmanager
def postponed():
    """Many records change inside; whoever does so calls `refresh()` once at the end, in the same transaction."""
    token = _postponed.set(True)
    try:
        yield
    finally:
        _postponed.reset(token)


def content_changed(sender, **kwargs):
    """A record that rules look at was saved or deleted: judge once, when the transaction is through.

    Deleting a hundred figures sends a hundred signals. After a rollback the mark stays, which costs one idle look.
    """
    if not _postponed.get():
        _due.set(True)
        transaction.on_commit(refresh_if_due, robust=True)  # what was saved is saved; a fault here is logged


def lock():
    """Hold, until the transaction ends, what only one judge may hold."""
    locks.stand_in(locks.JUDGES)


def stand_in_line(judging=True):
    """For whoever is going to save content: wait patiently, and before any record is held; see careerguide/locks.py.

    `judging` says that figures are judged in the same transaction. Who locked a figure first and then waited for the
    judges would wait for somebody who waits for that figure.
    """
    locks.be_patient(locks.PATIENCE)
    locks.stand_in(locks.CONTENT, shared=True)
    if judging:
        lock()


def refresh_if_due():
    if _due.get():
        _due.set(False)
        refresh()


@transaction.atomic
def refresh(today: date | None = None):
    """Bring findings and confidences to what the rules say today; returns the number of findings that changed.

    One at a time: another process that judges, or loads content, waits and then reads what this one left.
    """
    lock()
    peers = Peers(facts(), today or timezone.localdate())
    accepted = set(Acceptance.objects.in_force().values_list("figure_id", "rule"))
    wanted = {
        (one.key, rule.name): Said(rule.severity, RANKS[rule.severity], sentence, (one.key, rule.name) in accepted)
        for one in peers.figures
        for rule, sentence in findings_of(one, peers)
    }
    changes = store(wanted)
    store_confidence(wanted)
    return changes


def store(wanted):
    """Make the stored findings those wanted, {(figure, rule): Said}, touching only what differs."""
    stored = Finding.objects.order_by().values_list("figure_id", "rule", "pk", *Said._fields)
    current = {(figure, rule): (pk, Said(*said)) for figure, rule, pk, *said in stored}
    both = sorted(wanted.keys() & current.keys())
    changed = [finding(key, wanted[key], current[key][0]) for key in both if wanted[key] != current[key][1]]
    gone = [current[key][0] for key in current.keys() - wanted.keys()]
    for some in portions(gone):
        Finding.objects.filter(pk__in=some).delete()
    Finding.objects.bulk_update(changed, Said._fields, batch_size=PORTION)
    new = [finding(key, said) for key, said in wanted.items() if key not in current]
    Finding.objects.bulk_create(new, batch_size=PORTION)
    return len(gone) + len(changed) + len(new)


def finding(key, said, pk=None):
    figure, rule = key
    return Finding(pk=pk, figure_id=figure, rule=rule, **said._asdict())


def store_confidence(wanted):
    """Keep each figure's worst open severity beside it, where filters and rankings look for it."""
    worst = {}
    for (figure, _), said in wanted.items():
        if not said.accepted:
            worst[figure] = max(worst.get(figure, -1), said.rank)
    levels = {rank: severity for severity, rank in RANKS.items()}
    changed = {}
    for pk, confidence in SalaryFigure.objects.order_by().values_list("pk", "confidence"):
        level = levels.get(worst.get(pk), Confidence.CLEAR)
        if level != confidence:
            changed.setdefault(level, []).append(pk)
    for level, keys in changed.items():
        for some in portions(keys):
            SalaryFigure.objects.filter(pk__in=some).update(confidence=level)


def portions(keys):
    return (keys[start : start + PORTION] for start in range(0, len(keys), PORTION))
