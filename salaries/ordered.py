"""Any page of the figures of a view, without walking through those before it.

Few figures are filtered and sorted by the database as they are asked for. Of many, the census says where in the order
of areas a page lies, and an index holds the amounts of each population and currency in order: merged, they are the
whole order. See docs/decisions/2026-11-22-many-figures.md.
"""

from operator import add

from django.db import connection
from django.db.models import Case, Count, ExpressionWrapper, F, FloatField, Value, When
from django.db.models.functions import Round
from django.utils.functional import cached_property

from salaries.conversion import AMOUNT, FACTOR, YEARLY, YearlyAmount, as_printed
from salaries.models import SalaryFigure
from salaries.querysets import AMOUNT_ORDERS, ORDERS
from sources.choices import Confidence

FEW = 1000  # figures that the database may sort for a page
MOST_STREAMS = 100  # a statement with more parts takes longer than a scan
DATES = ["as_of", "-as_of"]
BY_AREA = ["city", "-city", "country", "-country"]


class OrderedFigures:
    """The figures of a SalaryFilter in their order, counted and sliced as a Paginator asks for them."""

    ordered = True

    def __init__(self, filterset):
        self.filterset = filterset
        self.conversion = filterset.conversion
        self.order = filterset.order
        self.apart = filterset.grouped  # what is not ranked comes last

    def count(self):
        return self.total

    @cached_property
    def total(self):
        """Exact, whatever the filters."""
        if self.filterset.has_bounds:
            return sum(map(sum, self.by_area))
        return self.census.total(self.chosen, self.places)

    @property
    def census(self):
        return self.filterset.census

    @cached_property
    def chosen(self):
        return self.census.chosen(self.filterset.codes, self.filterset.active.get("confidence", ()))

    @property
    def places(self):
        return self.filterset.places

    def __getitem__(self, wanted):
        start, stop = wanted.start, min(wanted.stop, self.total)
        if self.total <= FEW:
            return self.census.joined(list(self.filterset.rows[start:stop]))
        ranked, unranked = self.by_area
        border = sum(ranked)
        found = []
        if start < border:
            found += self.part(start, min(stop, border), ranked, is_ranked=True)
        if stop > border:
            found += self.part(max(start - border, 0), stop - border, unranked, is_ranked=False)
        return self.census.joined(found)

    def part(self, start, stop, counts, is_ranked):
        """The figures from `start` to `stop` of those that are ranked, or of those that are not.

        Where nothing stands apart, all count as ranked. What is not ranked has no order of amounts.
        """
        figures = self.of_view
        if self.apart:
            figures = figures.filter(self.conversion.ranked if is_ranked else ~self.conversion.ranked)
        if self.order in DATES:
            return self.by_date(figures, start, stop, is_ranked)
        if self.order in AMOUNT_ORDERS and is_ranked:
            keys = self.by_amount(start, stop)
            found = {figure.pk: figure for figure in self.rows(SalaryFigure.objects.filter(pk__in=keys).order_by())}
            return [found[key] for key in keys if key in found]
        return self.by_place(figures, counts, start, stop)

    @cached_property
    def by_area(self):
        """(numbers of ranked figures, of the others) by area: of the census, or of the database if there are bounds."""
        if self.filterset.has_bounds:
            return self.kept("areas", lambda: self.counted(self.narrowed(self.of_view)))
        ranks = self.conversion.ranks if self.apart else None
        return self.kept("areas", lambda: self.census.by_area(self.chosen, self.places, ranks))

    def kept(self, question, ask):
        return self.census.keep((question, self.filterset.query(without="ordering"), self.apart), ask)

    def counted(self, figures):
        is_ranked = Case(When(self.conversion.ranked, then=Value(True)), default=Value(False))
        if not self.apart:
            is_ranked = Value(True)
        lists = [0] * len(self.census.areas), [0] * len(self.census.areas)
        rows = figures.annotate(is_ranked=is_ranked).values_list("is_ranked", "area").annotate(n=Count("pk"))
        for ranked, area, count in rows:
            if area in self.census.at:
                lists[0 if ranked else 1][self.census.at[area]] += count
        return lists

    def rows(self, figures, start=None, stop=None):
        figures = figures.for_rows()
        if not self.conversion.is_printed:
            return list(figures.shown_in(self.conversion)[start:stop])
        return [as_printed(figure) for figure in figures[start:stop]]

    @property
    def of_view(self):
        """The figures that the filters let pass, wherever they are."""
        return self.filterset.bounded(self.of_filters)

    def bounded(self, figures, factor):
        """Those of `figures` within the bounds; if all share a factor, it is not looked up for each."""
        if factor and self.filterset.has_bounds:
            shown = Round(F("amount") * (Value(factor, FACTOR) * YEARLY), precision=2, output_field=AMOUNT)
            return self.filterset.within_bounds(figures.alias(shown_amount=shown))
        return self.filterset.bounded(figures)

    @property
    def of_filters(self):
        """The figures that the filters other than those about places and amounts let pass."""
        figures = SalaryFigure.objects.published().filter(career=self.census.role).order_by()
        confidences = self.filterset.active.get("confidence")
        figures = figures.describing(self.filterset.codes)
        return figures.filter(confidence__in=confidences) if confidences else figures

    def narrowed(self, figures):
        """Only those in the places that the filters let pass."""
        if self.places is None:
            return figures
        few = len(self.places) <= FEW
        return figures.filter(area__in=self.places if few else self.filterset.areas.values("pk"))

    def by_place(self, figures, counts, start, stop):
        """Figures in the order of areas, read in the areas alone that hold them."""
        order = self.order if self.order in BY_AREA else "city"
        areas, before = self.census.window(counts, order, start, stop)
        here = figures.filter(area__in=areas).order_by(*ORDERS[order], "pk")
        return self.rows(here, before, before + stop - start)

    def by_date(self, figures, start, stop, is_ranked):
        """Figures in the order of dates: a date that many figures have is read by place, others together."""
        here, found, reached = self.narrowed(figures), [], 0
        dates = self.kept(("dates", is_ranked), lambda: dict(here.values_list("as_of").annotate(n=Count("pk"))))
        few, before = [], 0
        stated = sorted(filter(None, dates), reverse=self.order == "-as_of")
        for date in [*stated, *({""} & dates.keys())]:
            first, last = max(start - reached, 0), min(stop - reached, dates[date])
            reached += dates[date]
            if first >= last:
                continue
            of_date = figures.filter(as_of=date)
            if dates[date] <= FEW:
                few, before = [*few, date], before if few else first
                continue
            found += self.of_few(here, few, before, stop - start - len(found))
            few = []
            counts = self.kept(("areas", is_ranked, date), lambda of=of_date: self.counted(self.narrowed(of)))
            found += self.by_place(of_date, list(map(add, *counts)), first, last)
        return found + self.of_few(here, few, before, stop - start - len(found))

    def of_few(self, figures, dates, before, count):
        if not dates:
            return []
        return self.rows(figures.filter(as_of__in=dates).order_by(*ORDERS[self.order], "pk"), before, before + count)

    @cached_property
    def streams(self):
        """[(conditions on figures, factor)]: in each of them the order of yearly amounts is that of shown amounts."""
        occurring = self.census.currencies(self.filterset.codes)
        currencies = sorted({currency for _, currency in occurring})
        factors = self.conversion.factors
        if self.conversion.is_printed:
            factors = [({"currency": currency}, None) for currency in currencies]
        streams = [
            ({"population": population, **condition}, factor)
            for population in self.filterset.codes
            for condition, factor in factors
            if (population, condition["currency"]) in occurring
        ]
        if len(streams) <= MOST_STREAMS:
            return streams
        return [(condition, factor) for condition, factor in factors if condition["currency"] in currencies]

    def by_amount(self, start, stop):
        """Keys of the ranked figures from `start` to `stop`. As printed, currencies follow each other."""
        if not self.conversion.is_printed:
            return self.merged(self.streams, start, stop, sum(self.by_area[0]))
        found, reached = [], 0
        for currency, count in sorted(self.ranked_by_currency.items()):
            first, last = max(start - reached, 0), min(stop - reached, count)
            reached += count
            if first < last:
                streams = [stream for stream in self.streams if stream[0]["currency"] == currency]
                found += self.merged(streams, first, last, count)
        return found

    @cached_property
    def ranked_by_currency(self):
        if self.filterset.has_bounds:
            ranked = self.narrowed(self.of_view).filter(self.conversion.ranked)
            counted = ranked.values_list("currency").annotate(n=Count("pk"))
            return self.kept("currencies", lambda: dict(counted))
        ranked = [cell for cell in self.chosen if cell.has_median and cell.confidence != Confidence.EXCLUDE]
        currencies = {cell.currency for cell in ranked}
        return {
            currency: self.census.total([cell for cell in ranked if cell.currency == currency], self.places)
            for currency in currencies
        }

    def merged(self, streams, start, stop, total):
        """Keys from `start` to `stop` of `total`: the first of every stream, put in order by the database.

        The second half of an order is the first of its reverse.
        """
        down = self.order == "-median"
        if start > total / 2:
            start, stop, down, reverse = total - stop, total - start, not down, True
        else:
            reverse = False
        parts, parameters = [], []
        first = (start, stop) if len(streams) == 1 else (0, stop)
        if not streams:
            return []
        for condition, factor in streams:
            figures = self.narrowed(self.bounded(self.of_filters, factor)).filter(**condition)
            figures = figures.exclude(confidence=Confidence.EXCLUDE).alias(yearly=YearlyAmount()).filter(yearly__gt=0)
            key = ExpressionWrapper(F("yearly") * Value(factor, FACTOR), FloatField()) if factor else F("yearly")
            figures = figures.order_by(*(["-yearly", "-pk"] if down else ["yearly", "pk"])).annotate(key=key)
            sql, some = figures.values_list("key", "pk")[slice(*first)].query.sql_with_params()
            parts.append(f"SELECT * FROM ({sql}) AS stream{len(parts)}")  # noqa: S608 (the ORM wrote it)
            parameters += some
        order = "1 DESC, 2 DESC" if down else "1, 2"
        sql = f"{' UNION ALL '.join(parts)} ORDER BY {order} LIMIT {stop - start:d} OFFSET {start - first[0]:d}"
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found = [key for _, key in cursor.fetchall()]
        return found[::-1] if reverse else found

    def highest_by_currency(self):
        """See SalaryFigureQuerySet.highest_by_currency; of the figures on all pages."""
        if self.filterset.has_bounds:
            return self.kept("highest", self.filterset.qs.highest_by_currency)
        return self.kept("highest", lambda: self.census.highest_by_currency(self.chosen, self.places))
