"""The rows of an export, read portion by portion: what a million figures share is fetched once, not once a row.

First the keys of all rows in their order, eight bytes each; then the columns, a portion of keys at a time. So no
transaction and no cursor of the server stays open while a slow client reads, and memory does not grow with the table.
"""

from array import array
from functools import lru_cache
from itertools import islice

from django.db.models import F, FloatField
from django.db.models.functions import Cast

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
MONEY = ["shown_currency", "rate_date"]
SOURCE = ["source", "source_url", "retrieved", "licence", "attribution"]
COLUMNS = ["id", AREA, WHOM, "amount", "currency", "currency_certain", "period", "basis", "covers"]
COLUMNS += ["p10", "p25", "p75", "p90", "mean", "median_withheld", "at_least", "sample_size", "employment"]
COLUMNS += ["employment_error_percent", "wage_error_percent", "as_printed", "city_as_printed", "as_of", "note"]
COLUMNS += ["shown_amount", MONEY, "rankable", "why_not_ranked", "confidence", "findings", SOURCE]
COLUMNS += ["conversion_attribution"]

# What is read for them.
SHARED = ["area_id", "population_id", "source_id"]
AS_STORED = ["slug", "currency", "currency_certain", "period", "basis", "covers", "withheld", "sample_size"]
AS_STORED += ["employment", "as_printed", "city_as_printed", "as_of", "note", "confidence"]
NUMBERS = ["amount", "p10", "p25", "p75", "p90", "mean", "at_least", "employment_error", "wage_error"]


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
        figures = SalaryFigure.objects.published().filter(pk__in=keys).order_by()
        names = NUMBERS
        if not self.conversion.is_printed:
            figures, names = figures.shown_in(self.conversion), [*NUMBERS, "shown_amount"]
        numbers = {f"{name}_number": Cast(F(name), FloatField()) for name in names}
        found = figures.annotate(**numbers).values_list("pk", *SHARED, *AS_STORED, *numbers)
        reasons = {}
        for figure, *reason in (
            Finding.objects.filter(figure__in=keys)
            .order_by()
            .values_list("figure_id", "rank", "rule", "severity", "sentence", "accepted")
        ):
            reasons.setdefault(figure, []).append(reason)
        for some in reasons.values():
            some.sort(key=worst_first)
        rows = {stored[0]: shared.row(stored, reasons.get(stored[0], ())) for stored in found}
        return [rows[key] for key in keys if key in rows]


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
        self.form = form
        self.template = form.template(COLUMNS)

    def row(self, stored, reasons):
        """One figure as text in the order of COLUMNS.

        `shown_amount` is in `shown_currency` a year, to two decimals; both are empty where nothing was converted.
        """
        _, area, population, source, slug, currency, certain, period, basis, covers, withheld, sample = stored[:12]
        employment, as_printed, city_as_printed, as_of, note, confidence = stored[12:18]
        text, none = self.text, self.form.NONE
        numbers = [none if one is None else int(one) if one.is_integer() else one for one in stored[18:]]
        amount, p10, p25, p75, p90, mean, at_least, employment_error, wage_error = numbers[:9]
        rankable = stored[18] is not None and confidence != EXCLUDE
        shown, money, attribution, why_not = none, self.not_converted, none, ""
        if not rankable or (not self.is_printed and stored[27] is None):
            excluding = [
                sentence for _, _, severity, sentence, accepted in reasons if severity == EXCLUDE and not accepted
            ]
            why_not = " ".join(excluding) or NO_RATE
        elif not self.is_printed:
            shown, money, attribution = numbers[9], self.converted, self.attribution
        return self.template % (
            text(slug),
            self.areas[area],
            self.populations[population],
            amount,
            text(currency),
            self.form.truth(certain),
            text(period),
            text(basis),
            text(covers),
            p10,
            p25,
            p75,
            p90,
            mean,
            text(withheld),
            at_least,
            none if sample is None else sample,
            none if employment is None else employment,
            employment_error,
            wage_error,
            text(as_printed),
            text(city_as_printed),
            text(as_of or "unstated"),
            text(note),
            shown,
            money,
            self.form.truth(rankable),
            text(why_not),
            text(confidence),
            self.form.findings(reasons),
            self.sources[source],
            attribution,
        )


def worst_first(reason):
    rank, rule, *_ = reason
    return -rank, rule


def of_source(source):
    """Whose figure it is, and under which terms; an unknown date is the word "unstated"."""
    retrieved = source.retrieved_on.isoformat() if source.retrieved_on else "unstated"
    names = f"{source.publisher}, {source.title}"
    return names, source.url, retrieved, source.licence, source.attribution
