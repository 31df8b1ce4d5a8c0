"""When a case is due: always computed from its events, never kept as a counter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.states import MOVES, PAUSING

STARTS_PAUSE = frozenset(move.event for move in MOVES.values() if move.target in PAUSING)
ENDS_PAUSE = frozenset(
    move.event for move in MOVES.values() if move.sources & PAUSING and move.target not in PAUSING
)
CLOCK_EVENTS = STARTS_PAUSE | ENDS_PAUSE
"""The kinds of events that a due date depends on."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date and how far it can be trusted."""

    due: date
    paused: bool
    """The clock stands still; `due` is what it would be if it went on today."""
    late: bool
    sure: bool
    """False where a year on the way has no holiday notice yet."""


Pause = tuple[date, date | None]
"""From the day the clock stopped to the day it went on; None while it stands."""


def pauses(events: Iterable[tuple[str, datetime]], calendar: WorkCalendar) -> tuple[Pause, ...]:
    """The pauses in a case's events, given as (kind, when) in their order."""
    found: list[Pause] = []
    since: date | None = None
    for kind, at in events:
        if since is None and kind in STARTS_PAUSE:
            since = calendar.date_of(at)
        elif since is not None and kind in ENDS_PAUSE:
            found.append((since, calendar.date_of(at)))
            since = None
    return (*found, (since, None)) if since else tuple(found)


def deadline(
    start: date, workdays: int, stops: Sequence[Pause], today: date, calendar: WorkCalendar
) -> Deadline:
    """`workdays` counted from the day after `start`.

    A pause begins the day after it was asked for and lasts through the day it ended,
    just as the start itself never counts.
    """
    day, left = start, workdays
    while left > 0:
        day += timedelta(days=1)
        if calendar.is_workday(day) and not any(_covers(stop, day, today) for stop in stops):
            left -= 1
    paused = bool(stops) and stops[-1][1] is None
    sure = all(calendar.knows(date(year, 1, 1)) for year in range(start.year, day.year + 1))
    return Deadline(due=day, paused=paused, late=not paused and today > day, sure=sure)


def _covers(stop: Pause, day: date, today: date) -> bool:
    since, until = stop
    return since < day <= (until or max(today, since))
