"""The rows of an export, read portion by portion: what a million figures share is fetched once, not once a row.

First the keys of all rows in their order, eight bytes each; then the columns, a portion of keys at a time. So no
transaction and no cursor of the server stays open while a slow client reads, and memory does not grow with the table.
"""

import json
from array import array
from functools import lru_cache
from itertools import islice

from django.db import connection
from django.db.models import CharField, F, Func
from django.db.models.expressions import Col, RawSQL

from salaries.choices import ROLE
from salaries.drawings import NO_RATE
from salaries.models import Area, Finding, PopulationDescribed, SalaryFigure
from sources.choices import Confidence
from sources.models import Source

PORTION = 2000  # rows
WHOLE = 5000  # rows that are sent as one file with a length, which holds no thread while somebody slow reads
KEYS_AT_ONCE = 10_000
TEXTS = 10_000  # encoded texts that are kept: most rows repeat those of others
EXCLUDE = Confidence.EXCLUDE.value

# The columns of a file, in order. Those that rows share stand in groups, which are put into text once.
AREA = ["city", "city_name", "area_kind", "country"]
WHOM = ["career", "population", "population_name"]
TERMS = ["currency", "currency_certain", "period", "basis", "covers"]
SPREAD = {"p10": "p10", "p25": "p25", "p75": "p75", "p90": "p90", "mean": "mean"}  # {column: field}
SAMPLE = {"at_least": "at_least", "sample_size": "sample_size", "employment": "employment"}
SAMPLE |= {"employment_error_percent": "employment_error", "wage_error_percent": "wage_error"}
SAID = ["city_as_printed", "as_of", "note"]
MONEY = ["shown_currency", "rate_date"]
SOURCE = ["source", "source_url", "retrieved", "licence", "attribution"]
COLUMNS = ["id", AREA, WHOM, "amount", TERMS, [*SPREAD], "median_withheld", [*SAMPLE], "as_printed", SAID]
COLUMNS += ["shown_amount", MONEY, "rankable", "why_not_ranked", "confidence", "findings", SOURCE]
COLUMNS += ["conversion_attribution"]

# What is read for them.
SHARED = ["area_id", "population_id", "source_id"]
AS_STORED = ["slug", "withheld", "as_printed", "confidence", *TERMS, *SAID]

# One parameter for a whole portion of keys: Django handles every one of a list by itself.
THESE = {
    "sqlite": ("SELECT value FROM json_each(%s)", json.dumps),
    "postgresql": ("SELECT unnest(%s::bigint[])", list),
}


class Plain(Func):
    """A number that prints as files have it: 357000, not 357000.00; 32.34 stays. Unknown: the text `none`.

    PostgreSQL gives text; SQLite a whole number, a float or that text, whatever the value is.
    """

    output_field = CharField()

    def __init__(self, name, none):
        super().__init__(F(name))
        self.none = none

    def as_sqlite(self, compiler, connection):
        number = self.source_expressions[0]
        sql, parameters = compiler.compile(number)
        if isinstance(number, Col):  # a whole decimal is stored as a whole number; what is worked out is a float
            return f"COALESCE({sql}, %s)", [*parameters, self.none]
        whole = f"CASE WHEN {sql} = CAST({sql} AS INTEGER) THEN CAST({sql} AS INTEGER) ELSE {sql} END"
        return f"COALESCE({whole}, %s)", [*parameters * 4, self.none]

    def as_postgresql(self, compiler, connection):
        sql, parameters = compiler.compile(self.source_expressions[0])
        return f"COALESCE(TRIM_SCALE({sql})::text, %s)", [*parameters, self.none]


class Side(Func):
    """Numbers that stand side by side in a file, as one text. `named` holds what stands before each of them."""

    output_field = CharField()

    def __init__(self, names, named, none):
        super().__init__(*(Plain(name, none) for name in names))
        self.named = named

    def as_sql(self, compiler, connection):
        parts, parameters = [], []
        for before, number in zip(self.named, self.source_expressions, strict=True):
            sql, some = compiler.compile(number)
            parts += ["%s", sql] if before else [sql]
            parameters += [before, *some] if before else some
        return " || ".join(parts), parameters


class ExportRows:
    """The figures of a filterset for a file: `keys` in order, `sources` of them, and their rows as text."""

    def __init__(self, filterset):
        self.conversion = filterset.conversion
        self.keys, sources = array("q"), set()
        pairs = filterset.figures.prefetch_related(None).values_list("pk", "source_id")
        for key, source in pairs.iterator(chunk_size=KEYS_AT_ONCE):
            self.keys.append(key)
            sources.add(source)
        self.sources = Source.objects.in_bulk(sources)

    def __len__(self):
        return len(self.keys)

    def portions(self, form):
        """Lists of rows as text, in order; `form` is one of those of salaries/exports.py."""
        shared = Shared(self.sources, self.conversion, form)
        keys = iter(self.keys)
        while portion := list(islice(keys, PORTION)):
            if rows := self.portion(portion, shared):
                yield rows

    def portion(self, keys, shared):
        """Rows of these keys, in their order; a figure that readers can no longer see is left out."""
        figures = SalaryFigure.objects.published().filter(pk__in=these(keys)).order_by()
        form, numbers = shared.form, {"number": Plain("amount", shared.form.NONE)}
        for name, group in (("spread", SPREAD), ("sample", SAMPLE)):
            numbers[f"{name}_text"] = form.numbers(group)
        if not self.conversion.is_printed:
            figures = figures.shown_in(self.conversion)
            numbers["shown"] = Plain("shown_amount", form.NONE)
        found = fetched(figures.annotate(**numbers).values_list("pk", *SHARED, *AS_STORED, *numbers))
        reasons = {}
        told = Finding.objects.filter(figure__in=these(keys)).order_by()
        for reason in fetched(told.values_list("figure_id", "rank", "rule", "severity", "sentence", "accepted")):
            reasons.setdefault(reason[0], []).append(reason)
        for some in reasons.values():
            if len(some) > 1:
                some.sort(key=worst_first)
        rows = {stored[0]: shared.row(stored, reasons.get(stored[0], ())) for stored in found}
        return [rows[key] for key in keys if key in rows]


def these(keys):
    """For `__in`: a portion of keys as one parameter."""
    sql, written = THESE[connection.vendor]
    return RawSQL(sql, [written(list(keys))])  # noqa: S611 (no text of a reader is in it)


def fetched(rows):
    """The rows of a values_list as the database hands them over; Django would look at every value again."""
    sql, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


class Shared:
    """What rows share, already as text, and how a row is put together from it and what is stored of its figure."""

    def __init__(self, sources, conversion, form):
        areas = Area.objects.order_by().values_list("pk", "slug", "name", "kind", "country_id")
        self.areas = {pk: form.some(AREA, about) for pk, *about in areas}
        self.populations = {
            one.pk: form.some(WHOM, (ROLE, one.pk, one.name)) for one in PopulationDescribed.objects.all()
        }
        self.sources = {pk: form.some(SOURCE, of_source(source)) for pk, source in sources.items()}
        self.is_printed = conversion.is_printed
        self.converted = form.some(MONEY, (conversion.units, conversion.day and conversion.day.isoformat()))
        self.not_converted = form.some(MONEY, (None, None))
        self.attribution = form.text(conversion.attribution)
        self.text = lru_cache(TEXTS)(form.text)
        self.terms, self.said = lru_cache(TEXTS)(self.of_terms), lru_cache(TEXTS)(self.of_said)
        self.form = form
        self.template = form.template(COLUMNS)

    def of_terms(self, terms):
        currency, certain, *others = terms
        texts = [self.text(currency), self.form.TRUTH[certain], *map(self.text, others)]
        return self.form.beside(TERMS, texts)

    def of_said(self, said):
        city_as_printed, as_of, note = said
        return self.form.some(SAID, (city_as_printed, as_of or "unstated", note))

    def row(self, stored, reasons):
        """One figure as text in the order of COLUMNS.

        `shown_amount` is in `shown_currency` a year, to two decimals; both are empty where nothing was converted.
        """
        _, area, population, source, slug, withheld, as_printed, confidence = stored[:8]
        amount, spread, sample = stored[16:19]
        text, none = self.text, self.form.NONE
        rankable = amount != none and confidence != EXCLUDE
        shown, money, attribution, why_not = none, self.not_converted, none, ""
        if not rankable or (not self.is_printed and stored[19] == none):
            excluding = [
                sentence for _, _, _, severity, sentence, accepted in reasons if severity == EXCLUDE and not accepted
            ]
            why_not = " ".join(excluding) or NO_RATE
        elif not self.is_printed:
            shown, money, attribution = stored[19], self.converted, self.attribution
        return self.template % (
            self.form.text(slug),
            self.areas[area],
            self.populations[population],
            amount,
            self.terms(stored[8:13]),
            spread,
            text(withheld),
            sample,
            self.form.text(as_printed),
            self.said(stored[13:16]),
            shown,
            money,
            self.form.TRUTH[rankable],
            text(why_not),
            text(confidence),
            self.form.findings(reasons),
            self.sources[source],
            attribution,
        )


def worst_first(reason):
    _, rank, rule, *_ = reason
    return -rank, rule


def of_source(source):
    """Whose figure it is, and under which terms; an unknown date is the word "unstated"."""
    retrieved = source.retrieved_on.isoformat() if source.retrieved_on else "unstated"
    names = f"{source.publisher}, {source.title}"
    return names, source.url, retrieved, source.licence, source.attribution
