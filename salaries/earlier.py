"""What a figure said to readers before it was corrected, as its recorded changes tell."""

from dataclasses import dataclass

from editorial.models import Change
from editorial.status import Status
from salaries.models import SalaryFigure

VALUE = ["amount", "at_least", "withheld", "currency", "period"]  # what a reader takes for the figure
MOST = 200  # changes of one figure that are looked through


@dataclass(frozen=True)
class EarlierValue:
    """A value that readers saw: `figure` says it as it then was; `change` ended it; `corrected_on` brought the next."""

    figure: SalaryFigure
    change: Change
    corrected_on: object


def earlier_values(figure):
    """What readers saw before in place of what a figure now says, the newest first; in one query.

    A change holds only what differed. So the whole value is worked out backwards, from what the figure now says.
    """
    now = {name: getattr(figure, name) for name in [*VALUE, "status"]}
    seen = value_of(now) if figure.is_published else None
    shown_since, found = None, []
    for change in Change.objects.of(figure)[:MOST]:
        if not change.before:  # The figure was added.
            break
        earlier = now | {name: value for name, value in change.before.items() if name in now}
        was_seen = earlier["status"] == Status.PUBLISHED
        if now["status"] == Status.PUBLISHED and not (was_seen and value_of(earlier) == value_of(now)):
            shown_since = change
        if was_seen and value_of(earlier) != seen:
            since = shown_since or change
            found.append(EarlierValue(figure_with(earlier), change, since.changed_at))
        if was_seen:
            seen = value_of(earlier)
        now = earlier
    return found


def value_of(said):
    """What of a figure a reader takes for its value, equal for equal values however they are spelled."""
    return [SalaryFigure._meta.get_field(name).to_python(said[name]) for name in VALUE]


def figure_with(said):
    """An unsaved figure that says so: templates print it as they print any other."""
    return SalaryFigure(**dict(zip(VALUE, value_of(said), strict=True)))
