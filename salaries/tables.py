"""The columns of the salary table, and how each is sorted."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column of the table: `href` sorts by it, `sorted` is the value of aria-sort or empty."""

    label: str
    href: str = ""
    sorted: str = ""
    numeric: bool = False


def columns(filterset):
    """The table's columns; a sortable one links to its other order and says how it is sorted now."""
    conversion = filterset.conversion
    return [
        column(filterset, "City or area", "city", "-city"),
        column(filterset, "Country", "country", "-country"),
        column(
            filterset,
            "Median" if conversion.is_printed else f"Median, {conversion.units} a year",
            "-median",
            "median",
            True,
        ),
        Column("In its currency" if conversion.is_printed else "On one axis"),
        Column("Confidence"),
        column(filterset, "Source, as of", "-as_of", "as_of"),
    ]


def column(filterset, label, first, second, numeric=False):
    wanted = second if filterset.order == first else first
    name = first.lstrip("-")
    direction = {name: "ascending", f"-{name}": "descending"}.get(filterset.order, "")
    query = filterset.query(without="ordering")
    return Column(label, f"{query}{'&' if query else '?'}ordering={wanted}", direction, numeric)
