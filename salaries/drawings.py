"""What a row of figures draws and says beside the amounts: positions on an axis, and why a figure is not ranked."""

from salaries.charts import axis, bar, spread

SPREAD = ["amount", "p10", "p25", "p75", "p90"]
NO_RATE = "No exchange rate or price level on record fits its currency and country."


def why_not_ranked(figure):
    """The sentences that keep a figure out of rankings; a view that cannot convert it has one of its own."""
    return [one.sentence for one in figure.reasons if one.excludes] or [NO_RATE]


def drawn(figures, conversion, highest_by_currency):
    """Give each figure what its row draws: a bar within its currency as printed, else a place on the common axis.

    Returns the axis, None if amounts are as printed or nothing can be drawn. `highest_by_currency` is that of
    SalaryFigureQuerySet; it is asked only for printed amounts.
    """
    if conversion.is_printed:
        highest = highest_by_currency()
        for figure in figures:
            if figure.amount is not None:
                figure.bar = bar(figure.yearly_amount, figure.currency, *highest[figure.currency])
        return None
    return on_one_axis([figure for figure in figures if figure.shown_amount is not None], conversion.units)


def on_one_axis(figures, units):
    """Give each figure its `spread` on the axis that holds them all, and return the axis."""
    values = {figure: [figure.shown(getattr(figure, name)) for name in SPREAD] for figure in figures}
    line = axis([value for some in values.values() for value in some], units)
    for figure, some in values.items():
        figure.spread = spread(line, *some) if line else None
    return line
